"""What an ablation found: effects of switches, walks from regimes, and what was spent."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from analysis.statistics.factorial import factorial_effects, walks
from analysis.studies.ablation import words
from analysis.studies.ablation.treatments import Treatments
from analysis.studies.study import FindingsOfRuns
from analysis.words.document import Section, Words
from model.record import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def tables_of(outcomes: pd.DataFrame, treatments: Treatments) -> dict[str, pd.DataFrame]:
    """Compute effects, walks and spending.

    Parameters
    ----------
    outcomes
        ``regime``, ``seed``, every outcome and ``spent``, one row a run.
    treatments
        What was tried.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``effects`` and ``walks``, see :mod:`analysis.statistics.factorial`; ``spending``, the mean money that each
        treatment spent and that as a share of the most; ``outcomes``, ``corners`` and ``flips``.
    """
    spent = outcomes.groupby("regime", sort=False, as_index=False)["spent"].mean()
    return {
        "effects": factorial_effects(outcomes, treatments.corners, OUTCOMES),
        "walks": walks(outcomes, treatments.flips, OUTCOMES),
        "spending": spent.assign(share_of_most=spent["spent"] / max(spent["spent"].max(), 1e-12)),
        "outcomes": outcomes.drop(columns="spent"),
        "corners": treatments.corners,
        "flips": treatments.flips,
    }


@dataclass(frozen=True, kw_only=True)
class AblationFindings(FindingsOfRuns):
    """What an ablation found; its tables are those of `tables_of`."""

    kind: ClassVar[str] = "ablation"
    printed: ClassVar[tuple[str, ...]] = ("effects", "walks", "spending")
    tried: ClassVar[str] = "treatments"

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "Which difference between policies does the work"

    @property
    def seeds(self) -> int:
        """Simulated regions that were finished under every combination."""
        seeds = words.primary(self.tables["effects"])["seeds"]
        return int(seeds.min()) if len(seeds) else 0

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return (words.asked(self.seeds),)

    def answer(self) -> tuple[Words, ...]:
        """Say which switches do the work."""
        return tuple(words.answer(self.tables["effects"], self.tables["walks"]))

    def mind(self) -> tuple[Words, ...]:
        """Say what is meant by chance."""
        return ((words.TESTED,),)

    def sections(self) -> tuple[Section, ...]:
        """Show effects, walks and spending."""
        walked = self.tables["walks"]
        shown = (
            words.effects_section(self.tables["effects"]),
            words.walks_section(walked) if len(walked) else None,
            words.spending_section(self.tables["spending"]),
        )
        return tuple(section for section in shown if section is not None)

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws effects and walks."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.figures.subject import with_subject  # noqa: PLC0415
        from analysis.studies.ablation import figures  # noqa: PLC0415

        drawn = {
            "switch_effects": partial(figures.switch_effects, self.tables["effects"], theme=theme),
            "regime_walks": partial(figures.regime_walks, self.tables["walks"], theme=theme),
        }
        return with_subject(drawn, self.title, theme, self.setting())

    def following(self, folder: Path) -> str:
        """Name the command that runs one of the treatments again."""
        return f"run {shlex.quote(str(folder / 'scenario.toml'))} --regime {self.tables['corners']['regime'].iloc[-1]}"
