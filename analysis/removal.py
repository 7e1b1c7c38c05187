"""What a kind of meso-organisation contributes: the same seeds with and without it."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison import interval
from analysis.errors import RequestError
from analysis.experiment import Experiment, Task, arrange
from analysis.multiplicity import holm, paired_probability
from analysis.provenance import model_digest
from model.loading import load_scenario
from model.meso import ORGANISATION_KINDS
from model.record import OUTCOMES
from model.scenario import Scenario

LEVEL = 0.05
"""Probability, adjusted for the number of tests, below which a contribution is told from zero."""

COLUMNS = (
    "regime", "kind", "outcome", "seeds", "with", "without", "contribution", "low", "high",
    "relative", "relative_low", "relative_high", "probability", "adjusted_probability", "distinguishable",
)  # fmt: skip


@dataclass(frozen=True)
class Removal:
    """An experiment of which every regime is repeated without each kind of meso-organisation.

    Attributes
    ----------
    experiment
        Scenario, regimes and seeds.
    kinds
        Kinds that are taken away, one at a time.
    """

    experiment: Experiment
    kinds: tuple[str, ...] = tuple(ORGANISATION_KINDS)

    def __post_init__(self) -> None:
        for kind in self.kinds:
            if kind not in ORGANISATION_KINDS:
                raise RequestError(_no_such_kind(kind))
        if len(set(self.kinds)) < len(self.kinds):
            raise RequestError(f"--kinds {','.join(self.kinds)}: a kind is named twice.")

    def treatments(self) -> dict[tuple[str, str], Scenario]:
        """Give the scenario of each regime with all kinds (named ``""``) and without each of them."""
        return {
            (regime, kind): without(scenario, kind) if kind else scenario
            for regime, scenario in self.experiment.scenarios().items()
            for kind in ("", *self.kinds)
        }

    def tasks(self) -> tuple[Task, ...]:
        """List the runs, seed by seed; each is labelled with its regime and the kind that is missing."""
        return arrange({label(*key): each for key, each in self.treatments().items()}, self.experiment.seeds)

    def identity(self) -> str:
        """Say in 32 hexadecimal digits what is run: equal for equal experiment, kinds and model."""
        text = json.dumps([self.experiment.identity(), self.kinds, model_digest()])
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def label(regime: str, kind: str) -> str:
    """Name a treatment: a regime, and the kind that it has to do without."""
    return f"{regime} without {kind}" if kind else regime


def without(scenario: Scenario, kind: str) -> Scenario:
    """Take a kind of meso-organisation out of a scenario: none at the start, and none founded later.

    Parameters
    ----------
    scenario
        Resolved scenario.
    kind
        Name of the kind.

    Returns
    -------
    Scenario
        The same in everything else. Money that a policymaker has for what the kind delivers stays unspent.
    """
    settings: dict[str, object] = {f"organisations.{kind}.number": 0}
    if hasattr(getattr(scenario.organisations, kind), "may_be_founded"):
        settings[f"organisations.{kind}.may_be_founded"] = False
    return load_scenario(scenario, settings)


def contributions(removal: Removal, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Compare every regime with itself without each kind, on every outcome.

    Parameters
    ----------
    removal
        What was run.
    outcomes
        One row a run: ``regime`` (label of the treatment), ``seed`` and every outcome.

    Returns
    -------
    pandas.DataFrame
        One row for each regime, kind and outcome. ``contribution`` is the mean over seeds of the outcome with the
        kind minus that without it, with a 95% interval by Student's t; ``relative`` the same in percent of the
        mean without it. ``probability`` is that of a single test, ``adjusted_probability`` takes into account
        how many the table makes (Holm 1979), and what ``distinguishable`` says follows from it; both are empty
        where a kind does nothing at all.
    """
    rows = []
    for regime in removal.experiment.regimes:
        for kind in removal.kinds:
            for outcome in OUTCOMES:
                table = outcomes.pivot_table(index="seed", columns="regime", values=outcome)
                pair = table.reindex(columns=[label(regime, ""), label(regime, kind)]).dropna().to_numpy()
                rows.append({"regime": regime, "kind": kind, "outcome": outcome} | _compare(pair))
    made = pd.DataFrame(rows)
    made["adjusted_probability"] = holm(made["probability"].to_numpy(np.float64))
    made["distinguishable"] = made["adjusted_probability"] < LEVEL
    return made[list(COLUMNS)]


def _compare(pair: np.ndarray) -> dict[str, float]:
    if not len(pair):
        return {"seeds": 0, **dict.fromkeys(COLUMNS[4:13], np.nan)}
    present, missing = pair.T
    mean, low, high = interval(present - missing)
    scale = 100 / abs(missing.mean()) if missing.any() else np.nan
    # A kind that does nothing under a regime changes nothing, and no test is made of it.
    differs = bool((present != missing).any())
    return {
        "seeds": len(pair), "with": present.mean(), "without": missing.mean(),
        "contribution": mean, "low": low, "high": high,
        "relative": mean * scale, "relative_low": low * scale, "relative_high": high * scale,
        "probability": paired_probability(present - missing) if differs else np.nan,
    }  # fmt: skip


def sentence(row: Mapping[Any, Any]) -> str:
    """Say in one sentence what a kind contributes.

    Parameters
    ----------
    row
        A row of :func:`contributions`.

    Returns
    -------
    str
        A sentence for people.
    """
    name = ORGANISATION_KINDS[str(row["kind"])].label.lower()
    size = f"{row['relative']:+.1f}% ({row['relative_low']:+.1f} to {row['relative_high']:+.1f})"
    verdict = "" if row["distinguishable"] else ", which cannot be told from zero"
    return f"{name} {size}{verdict}"


def _no_such_kind(kind: str) -> str:
    nearest = difflib.get_close_matches(kind, ORGANISATION_KINDS, n=1)
    hint = f" Did you mean {nearest[0]!r}?" if nearest else ""
    return f"There is no kind of organisation {kind!r}; there are {', '.join(ORGANISATION_KINDS)}.{hint}"
