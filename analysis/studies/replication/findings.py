"""What a replication found: levels, spread, and verdicts on what was published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from analysis.studies.replication import statements, words
from analysis.studies.replication.experiment import TREATMENTS, means_table
from analysis.studies.study import Findings
from analysis.words.document import Section, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def tables_of(runs: pd.DataFrame, *, usual: bool) -> dict[str, pd.DataFrame]:
    """Average and judge.

    Parameters
    ----------
    runs
        As `analysis.studies.replication.experiment.runs_table` gives it.
    usual
        Whether parameters are those of the paper, so that there is an earlier reconstruction to compare with.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``runs``, ``means``, ``differences``, ``reconstruction``, ``statements``.
    """
    means, differences = means_table(runs), statements.differences_table(runs)
    earlier = statements.reconstruction_table(means)
    earlier = earlier if usual else earlier.iloc[:0]
    return {
        "runs": runs, "means": means, "differences": differences, "reconstruction": earlier,
        "statements": statements.statements_table(differences, earlier),
    }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReplicationFindings(Findings):
    """What a replication found; its tables are those of `tables_of`."""

    kind: ClassVar[str] = "replication"
    printed: ClassVar[tuple[str, ...]] = ("statements", "reconstruction", "means")
    cautions: ClassVar[tuple[str, ...]] = words.LIMITS

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "Barter of knowledge on networks from ring to random"

    def size(self) -> str:
        """Say how much was run."""
        return (
            f"{self.seeds} {'seed' if self.seeds == 1 else 'seeds'}, {self.manifest['runs_finished']} networks with "
            f"{len(TREATMENTS)} treatments each, in {self.manifest['seconds']:.1f} s"
        )

    def described(self) -> dict[str, Any]:
        """Describe what was run."""
        return {"study": self.manifest["study"], **super().described()}

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return (words.asked(self.seeds),)

    def answer(self) -> tuple[Words, ...]:
        """Say in a sentence what came out."""
        return (words.answer(self.tables["statements"], self.tables["means"]),)

    def mind(self) -> tuple[Words, ...]:
        """Say how verdicts come about."""
        return ((words.JUDGED,),)

    def sections(self) -> tuple[Section, ...]:
        """Show levels, spread and verdicts."""
        means = self.tables["means"]
        return (
            words.levels_section(means, self.tables["reconstruction"]),
            words.spread_section(means),
            words.statements_section(self.tables["statements"]),
        )

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws levels and heterogeneity."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.replication.figures.barter_heterogeneity import barter_heterogeneity  # noqa: PLC0415
        from analysis.studies.replication.figures.barter_networks import barter_networks  # noqa: PLC0415

        means, earlier = self.tables["means"], self.tables["reconstruction"]
        region = statements.small_world_region(means)
        return {
            "barter_networks": partial(barter_networks, means, earlier, region, theme=theme),
            "barter_heterogeneity": partial(barter_heterogeneity, means, region, theme=theme),
        }

    def following(self, folder: Path) -> str:
        """Name the command that has a region exchange in the same way."""
        del folder
        return "compare --set ties.network=watts_strogatz --set absorption.exchange=barter"
