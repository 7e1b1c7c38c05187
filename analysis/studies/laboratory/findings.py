"""What the laboratory found: the table of measures, and what is behind each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from analysis.studies.laboratory import words
from analysis.studies.study import Findings
from analysis.words.document import Section, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, kw_only=True)
class LaboratoryFindings(Findings):
    """What the laboratory found; its tables are those of `analysis.studies.laboratory.design.tables_of`."""

    kind: ClassVar[str] = "laboratory"
    printed: ClassVar[tuple[str, ...]] = ("measures",)

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "What the model can decide, against aims that were set beforehand"

    @property
    def seeds(self) -> int:
        """Fresh seeds."""
        return len(self.manifest["seeds"])

    @property
    def failed(self) -> list[dict[str, Any]]:
        """Runs that ended in an error."""
        return list(self.manifest["runs_failed"])

    def size(self) -> str:
        """Say how much was run."""
        told = self.manifest
        measures = told["measures"].values()
        runs, seconds = (sum(measure[name] for measure in measures) for name in ("runs", "seconds"))
        count = len(measures)
        return (
            f"{count} {'measure' if count == 1 else 'measures'}, {runs:,} {'run' if runs == 1 else 'runs'} of "
            f"{told['scenario']['steps']} quarters, seeds {min(told['seeds'])} to {max(told['seeds'])}, "
            f"{seconds:.0f} s of work"
        )

    def described(self) -> dict[str, Any]:
        """Describe what was run."""
        told = self.manifest
        failed = [{key: run[key] for key in ("regime", "seed", "error")} for run in self.failed]
        names = ("story", "asked", "seeds", "size", "seconds")
        # Measured in the table, asked and timed here.
        return {**{name: told[name] for name in names}, "taken": told["measures"], "failed": failed}

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return (words.asked(self.seeds),)

    def answer(self) -> tuple[Words, ...]:
        """Say which aims are met."""
        return tuple(words.answer(self.tables["measures"]))

    def mind(self) -> tuple[Words, ...]:
        """Say how intervals are made, and what is measured elsewhere."""
        return ((words.INTERVALS,), (words.ELSEWHERE,))

    def warnings(self) -> tuple[Words, ...]:
        """Say which measures are not finished, and which lack runs."""
        return tuple(words.warnings(self.manifest))

    def sections(self) -> tuple[Section, ...]:
        """Show the measures and what is behind them."""
        return tuple(words.sections(self.tables, self.manifest["measures"]))

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws the figures of the measures that were taken."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.laboratory import figures  # noqa: PLC0415

        drawn: dict[str, tuple[Callable[..., Figure], tuple[str, ...]]] = {
            "measures": (figures.measures, ("measures",)),
            "mind": (figures.minds, ("mind",)),
            "surface": (figures.surfaces, ("surface",)),
            "steadiness": (figures.steadiness, ("steadiness", "screening")),
        }
        return {
            name: partial(draw, *(self.tables[each] for each in needed), theme=theme)
            for name, (draw, needed) in drawn.items()
            if name in self.tables and len(self.tables[name])
        }

    def following(self, folder: Path) -> str:
        """Name the command that goes on with what is not measured here."""
        del folder
        return "facts"
