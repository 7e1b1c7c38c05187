"""What each kind of meso-organisation contributes, as found by taking it away."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

from analysis.statistics.comparison import interval
from analysis.statistics.multiplicity import holm, paired_probability
from analysis.studies.organisations import words
from analysis.studies.study import FindingsOfRuns
from analysis.words.document import Section, Words
from model.record import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = (
    "regime", "kind", "outcome", "seeds", "with", "without", "contribution", "low", "high",
    "relative", "relative_low", "relative_high", "probability", "adjusted_probability", "distinguishable",
)  # fmt: skip


def label(regime: str, kind: str) -> str:
    """Name a treatment: a regime, and the kind that it has to do without."""
    return f"{regime} without {kind}" if kind else regime


def contributions(outcomes: pd.DataFrame, regimes: Sequence[str], kinds: Sequence[str]) -> pd.DataFrame:
    """Compare every regime with itself without each kind, on every outcome.

    Parameters
    ----------
    outcomes
        One row a run: ``regime`` (label of the treatment), ``seed`` and every outcome.
    regimes, kinds
        What was run.

    Returns
    -------
    pandas.DataFrame
        One row for each regime, kind and outcome. ``contribution`` is the mean over seeds of the outcome with the
        kind minus that without it, with a 95% interval by Student's t; ``relative`` the same in percent of the
        mean without it. ``probability`` is that of a single test, ``adjusted_probability`` takes into account
        how many the table makes (Holm 1979), and what ``distinguishable`` says follows from it; both are empty
        where a kind does nothing at all.
    """
    wide = {
        outcome: outcomes.pivot_table(index="seed", columns="regime", values=outcome) for outcome in OUTCOMES
    }
    rows = []
    for regime in regimes:
        for kind in kinds:
            for outcome, table in wide.items():
                pair = table.reindex(columns=[label(regime, ""), label(regime, kind)]).dropna().to_numpy()
                rows.append({"regime": regime, "kind": kind, "outcome": outcome} | _compare(pair))
    made = pd.DataFrame(rows)
    made["adjusted_probability"] = holm(made["probability"].to_numpy(np.float64))
    made["distinguishable"] = made["adjusted_probability"] < words.LEVEL
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


@dataclass(frozen=True, kw_only=True)
class OrganisationsFindings(FindingsOfRuns):
    """What each kind of meso-organisation contributes; tables are ``contributions`` and ``outcomes``."""

    kind: ClassVar[str] = "organisations"
    printed: ClassVar[tuple[str, ...]] = ("contributions",)

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "What each kind of organisation contributes"

    @property
    def seeds(self) -> int:
        """Simulated regions that were finished with and without a kind."""
        return int(self.tables["contributions"]["seeds"].max())

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return (words.asked(self.manifest["kinds"], self.seeds),)

    def answer(self) -> tuple[Words, ...]:
        """Say which kind is missed most, which more are, and which nowhere."""
        return words.answer(self.tables["contributions"])

    def mind(self) -> tuple[Words, ...]:
        """Say what is meant by chance."""
        return ((words.TESTED,),)

    def sections(self) -> tuple[Section, ...]:
        """Show contributions to the primary outcome and to the others."""
        table = self.tables["contributions"]
        elsewhere = words.other_outcomes(table)
        return (words.contributions_section(table), *(() if elsewhere is None else (elsewhere,)))

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws contributions."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.figures.subject import with_subject  # noqa: PLC0415
        from analysis.studies.organisations.figures import contributions_of_organisations  # noqa: PLC0415

        draw = partial(contributions_of_organisations, self.tables["contributions"], theme=theme)
        return with_subject({"contributions": draw} if self.seeds else {}, self.title, theme, self.setting())

    def following(self, folder: Path) -> str:
        """Name the command that compares the regimes themselves."""
        return f"compare {shlex.quote(str(folder / 'scenario.toml'))}"
