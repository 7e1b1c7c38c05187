"""What a fact is: claims about the model, each a number that every seed gives and a side on which it must lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from analysis.studies.facts.laboratory import WatchedRun
from analysis.studies.facts.treatments import Treatment

Side = Literal["above", "below", "within", "shown"]
Runs = Mapping[str, WatchedRun]
"""Runs of one seed by the name of their treatment."""


@dataclass(frozen=True)
class Claim:
    """One thing that the model must show for a fact to hold.

    Attributes
    ----------
    name
        Name in tables; unique within its fact.
    measure
        What exactly is estimated, in one line.
    unit
        Unit of the estimate.
    side
        Where the whole 95% interval over seeds must lie for the claim to hold; ``shown`` for a number
        that stands beside the claims and has no part in the verdict.
    bound
        Number above or below which, or lower end of the range within which, it must lie.
    upper
        Upper end of the range.
    construction
        The equation that contains the claim already; empty if none does.
    any_of
        Claims of a fact that share this word are alternatives: one of them is enough.
    """

    name: str
    measure: str
    unit: str
    side: Side = "above"
    bound: float = 0.0
    upper: float = 0.0
    construction: str = ""
    any_of: str = ""

    @property
    def rule(self) -> str:
        """Say where the estimate must lie."""
        if self.side == "shown":
            return "no rule: shown beside"
        if self.side == "within":
            return f"between {self.bound:g} and {self.upper:g}"
        return f"{self.side} {self.bound:g}"


@dataclass(frozen=True)
class Fact:
    """A stylised fact that the model is held against.

    Attributes
    ----------
    number
        Its number, which papers and tables refer to.
    name
        Name in code and tables.
    statement
        The fact, in one sentence.
    source
        Where it was found.
    claims
        What must be seen; the first is the leading one, drawn in figures.
    treatments
        Conditions that are run.
    estimate
        Gives one number for each claim from the runs of one seed; NaN where a seed cannot tell.
    pool
        Instead of ``estimate`` for what only all seeds together tell: gives one number for each claim
        from the material that ``collect`` takes out of the runs of each seed.
    collect
        See ``pool``.
    prepare
        Makes what is pooled of the material of all seeds, seed by seed, where one seed's part depends on
        the others by leaps, such as by a threshold: done anew without each seed, that would fool a jackknife.
    picture
        Table for a figure of its own, from the runs of all seeds.
    tried
        What was tried, on seeds below 1,000, where the fact does not emerge.
    """

    number: int
    name: str
    statement: str
    source: str
    claims: tuple[Claim, ...]
    treatments: tuple[Treatment, ...]
    estimate: Callable[[Runs], Mapping[str, float]] | None = None
    pool: Callable[[Sequence[Any]], Mapping[str, float]] | None = None
    collect: Callable[[Runs], Any] | None = None
    prepare: Callable[[Sequence[Any]], Sequence[Any]] | None = None
    picture: Callable[[Sequence[Runs]], pd.DataFrame] | None = None
    tried: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Reference:
    """A fact whose verdict another command gives.

    Attributes
    ----------
    number, name, statement, source
        As for a fact.
    command
        Arguments of run.py that test it.
    """

    number: int
    name: str
    statement: str
    source: str
    command: str
