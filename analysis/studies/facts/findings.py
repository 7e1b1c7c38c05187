"""What an investigation of facts found: verdicts, and the claims that they rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from analysis.studies.facts import words
from analysis.studies.facts.estimates import PICTURE
from analysis.studies.facts.registry import FACTS
from analysis.studies.study import Findings
from analysis.words.document import Section, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, kw_only=True)
class FactsFindings(Findings):
    """What an investigation found; its tables are those of `analysis.studies.facts.estimates.tables_of`."""

    kind: ClassVar[str] = "facts"
    printed: ClassVar[tuple[str, ...]] = ("facts",)

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "What emerges in the model, what does not, and what holds by construction"

    @property
    def pictures(self) -> dict[str, pd.DataFrame]:
        """Tables of the facts that have a figure of their own, by the name of the fact."""
        found = {name: table for name, table in self.tables.items() if name.startswith(PICTURE)}
        return {name.removeprefix(PICTURE): table for name, table in found.items()}

    def size(self) -> str:
        """Say how much was run."""
        runs, seconds = self.manifest["runs_finished"], self.manifest["seconds"]
        return f"{self.seeds} {'seed' if self.seeds == 1 else 'seeds'}, {runs} runs in {seconds:.1f} s"

    def described(self) -> dict[str, Any]:
        """Describe what was run."""
        return {"settings": self.manifest["settings"], **super().described()}

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return (words.asked(len(self.manifest["facts"]), self.seeds),)

    def answer(self) -> tuple[Words, ...]:
        """Say what holds, what is built in, and what does not come out or in part only."""
        return words.answer(self.tables["facts"])

    def mind(self) -> tuple[Words, ...]:
        """Say how verdicts are to be read."""
        return ((words.JUDGED,),)

    def warnings(self) -> tuple[Words, ...]:
        """Say that one seed judges nothing."""
        return (("One seed has no intervals, so nothing is judged; 16 or more would tell.",),) * (
            self.seeds == 1
        )

    def sections(self) -> tuple[Section, ...]:
        """Show verdicts, then claims."""
        table = self.tables["facts"]
        return (words.verdicts_section(table), words.claims_section(table, list(self.pictures)))

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws the verdicts, and every fact that has a picture."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.facts.figures.facts_gallery import drawings  # noqa: PLC0415

        return drawings(self.tables["facts"], self.pictures, theme)

    def following(self, folder: Path) -> str:
        """Name the command that tests another fact, or all of them on other seeds."""
        del folder
        others = [str(number) for number, fact in FACTS.items() if fact.name not in self.manifest["facts"]]
        return f"facts --only {others[0]}" if others else "facts --seeds 20000-20063"
