"""What robustness found: which regime does well by which criterion, and which of that is seed noise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from analysis.studies.robustness import words as told
from analysis.studies.sweep.answer import FindingsOfSweep, Warned
from analysis.words.document import Section, Words, count, counted, joined, rounded, words
from analysis.words.names import readable, regime

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FEW_FUTURES = 50
MOST_TIMES = 16
"""Times the seeds that there are which are still advised; they quarter what luck adds."""
NEXT_TO_NOTHING = (
    "So small a regret means that one policy is best nearly everywhere, beyond what seeds can measure; "
)
NOT_SPREAD = ("morris", "one_at_a_time")


@dataclass(frozen=True, kw_only=True)
class RobustnessFindings(FindingsOfSweep):
    """Which regime does well whatever comes; its tables are those of `analysis.studies.robustness.design`."""

    kind: ClassVar[str] = "robustness"
    version: ClassVar[int] = 2
    printed: ClassVar[tuple[str, ...]] = ("criteria", "choices")

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "Which policy does well whatever comes"

    def answer(self) -> tuple[Words, ...]:
        """Say which regime which criterion chooses, and what the choice may cost."""
        criteria, choices = self.tables["criteria"], self.tables["choices"]
        unit = "percentage points" if self.leads else "units"
        return (
            *told.chosen(choices, self.seeds),
            *told.cost(criteria, choices, self.points, unit),
            told.agreement(choices),
        )

    def sections(self) -> tuple[Section, ...]:
        """Show every criterion for every regime, as found and held out, and what each chooses."""
        criteria = self.tables["criteria"]
        unit = (
            f"percent of the mean under {regime(self.baseline)}" if self.leads else "the unit of the outcome"
        )
        tables = (
            told.criteria_table(criteria, unit, self.manifest["threshold"]),
            told.held_out_table(criteria),
            told.choices_table(criteria, self.tables["choices"]),
        )
        shown = tuple(table for table in tables if table.rows)
        return (Section(self.subtitle, (), shown, figures=told.DRAWN),)

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws regrets and shares that are good enough."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.robustness.figures.regret_curves import regret_curves  # noqa: PLC0415
        from analysis.studies.robustness.figures.satisficing_curves import satisficing_curves  # noqa: PLC0415

        futures, threshold = self.tables["futures"], self.manifest["threshold"]
        return {
            "regret": partial(regret_curves, futures, self.label, self.unit, theme=theme),
            "satisficing": partial(
                satisficing_curves, futures, self.label, self.unit, threshold, self.baseline, theme=theme
            ),
        }

    def following(self, folder: Path) -> str:
        """Name the study to make next."""
        del folder
        return f"replicates {self.manifest['sweep']['folder']}"

    def warned(self) -> Iterator[Warned]:
        """Warn of futures that stand for few others, and of what is seed noise."""
        kind = str(self.manifest["design"]["kind"])
        if kind in NOT_SPREAD:
            yield Warned(
                words(
                    f"The points of a design “{readable(kind)}” do not stand for the futures between them; shares and "
                    "percentiles mean more in a Latin hypercube."
                )
            )
        if self.points < FEW_FUTURES:
            yield Warned(
                words(
                    count(self.points, "samples/points"),
                    " futures are few for a 90th percentile or a worst case; ",
                    count(4 * FEW_FUTURES, "advised/samples"),
                    " would do.",
                ),
                samples=4 * FEW_FUTURES,
            )
        yield from self._about_choices()
        yield from self._about_regret()

    def _about_choices(self) -> Iterator[Warned]:
        choices = self.tables["choices"]
        unsure = choices[choices["contenders"].str.count(",") > choices["choice"].str.count(",")]
        if len(unsure) and self.seeds > 1:
            names = joined([told.CRITERIA[name] for name in unsure["criterion"]])
            yield Warned(
                words(
                    "By these criteria, luck of ",
                    *counted(self.seeds, "samples/seeds", "seed"),
                    f" may have put another policy first: {names}. ",
                    count(4 * self.seeds, "advised/seeds"),
                    " seeds would halve that luck.",
                ),
                seeds=4 * self.seeds,
            )

    def _about_regret(self) -> Iterator[Warned]:
        error = float(self.manifest["error_of_leads"])
        least = float(self.tables["futures"].groupby("regime")["regret"].mean().min())
        if error <= least:
            return
        told_of = (
            "A difference of two policies in one future has a standard error of ",
            rounded(error, "manifest/error_of_leads"),
            ", more than the least mean regret (",
            rounded(least, "futures/least_mean_regret"),
            "): regrets of that size are luck of ",
            *counted(self.seeds, "samples/seeds", "seed"),
            ", and the largest ones the more so. ",
        )
        if error <= least * MOST_TIMES**0.5:
            needed = int(-(-self.seeds * (error / least) ** 2 // 1))
            more: Words = (
                "With ",
                count(needed, "advised/seeds"),
                " seeds it would fall to the size of that regret.",
            )
        else:
            # A regret of next to nothing is never told from luck.
            needed = 4 * self.seeds
            more = (
                NEXT_TO_NOTHING,
                count(needed, "advised/seeds"),
                " would halve the luck in the others' regrets.",
            )
        yield Warned(words(*told_of, *more), seeds=needed)
