"""What following replicates found: how many seeds are enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from analysis.studies.replicates import words as told
from analysis.studies.sweep.answer import FindingsOfSweep, Warned
from analysis.words.document import Section, Words, count, words
from analysis.words.names import regime

if TYPE_CHECKING:
    from matplotlib.figure import Figure

UNSURE = 2.0
"""Ratio of upper to lower end of the seeds needed from which the estimate is called rough."""
PAIRED, UNPAIRED, LEVEL = "paired lead", "unpaired lead", "level"


@dataclass(frozen=True, kw_only=True)
class ReplicatesFindings(FindingsOfSweep):
    """How many seeds are enough; its tables are those of `analysis.studies.replicates.design`."""

    kind: ClassVar[str] = "replicates"
    version: ClassVar[int] = 2
    printed: ClassVar[tuple[str, ...]] = ("summary",)

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "How many simulated regions are enough"

    def answer(self) -> tuple[Words, ...]:
        """Say how wide intervals are, and how many seeds make them as narrow as wanted."""
        summary = self.tables["summary"]
        return tuple(
            told.known(
                f"{self.what(str(row['regime']))}{self.where(row['scenario'])}",
                row,
                f"summary/{row['scenario']}/{row['regime']}/{row['measure']}",
            )
            for row in summary[summary["measure"] != UNPAIRED].to_dict("records")
        )

    def sections(self) -> tuple[Section, ...]:
        """Show widths and needs of all regimes."""
        table = told.summary_table(self.tables["summary"], float(self.manifest["half_width"]), self.where)
        return (Section(self.subtitle, (), (table,), figures=told.DRAWN),)

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws widths and means as seeds are added."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.replicates.figures.half_widths import half_widths  # noqa: PLC0415
        from analysis.studies.replicates.figures.running_means import running_means  # noqa: PLC0415

        label, wanted = self.label, float(self.manifest["half_width"])
        widths = {
            f"half_widths{suffix}": partial(half_widths, rows, label, wanted, theme=theme)
            for suffix, rows in self.by_scenario("widths")
        }
        means = {
            f"running_means{suffix}": partial(running_means, rows, label, theme=theme)
            for suffix, rows in self.by_scenario("running")
        }
        return {**widths, **means}

    def following(self, folder: Path) -> str:
        """Name the study to make next."""
        del folder
        sweep = self.manifest["sweep"]["folder"]
        return f"sensitivity {sweep}" if self.manifest["factors"] else f"export {sweep} --to runs.csv"

    def warned(self) -> Iterator[Warned]:
        """Warn of too few seeds, and of a spread that is known roughly only."""
        summary = self.tables["summary"]
        asked = summary[summary["measure"] != UNPAIRED]
        seeds = count(self.seeds, "samples/seeds")
        worst = int(asked["needed"].max())
        if worst > self.seeds:
            yield Warned(
                words(
                    seeds,
                    " seeds are too few for the half-width that is wanted; ",
                    count(worst, "summary/needed"),
                    " would do under every policy.",
                ),
                seeds=worst,
            )
        rough = asked.iloc[int((asked["needed_high"] / asked["needed_low"]).argmax())]
        if rough["needed_high"] > UNSURE * rough["needed_low"]:
            name = str(rough["regime"])
            source = f"summary/{rough['scenario']}/{name}/{rough['measure']}"
            yield Warned(
                words(
                    seeds,
                    f" seeds tell the spread between seeds roughly only: under {regime(name)} anything from ",
                    count(int(rough["needed_low"]), f"{source}/needed_low"),
                    " to ",
                    count(int(rough["needed_high"]), f"{source}/needed_high"),
                    " seeds may be needed.",
                )
            )
