"""What a sensitivity analysis found: indices, and what of them is seed noise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from analysis.statistics.sensitivity import samples_for_half_width
from analysis.studies.sensitivity import words as told
from analysis.studies.sweep.answer import FindingsOfSweep, Warned, about_noise
from analysis.words.document import Number, Section, Words, count, plain, words
from analysis.words.names import regime

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INDEX = {"sobol": "total", "morris": "mu_star", "pawn": "pawn"}
WIDE = 0.1
"""Half-width of the interval of a Sobol index from which a sample is called too small."""
FEW_TRAJECTORIES = 10
FEW_POINTS = 250
MORE_POINTS = 1000


@dataclass(frozen=True, kw_only=True)
class SensitivityFindings(FindingsOfSweep):
    """Which factors matter; its tables are those of `analysis.studies.sensitivity.design`."""

    kind: ClassVar[str] = "sensitivity"
    version: ClassVar[int] = 2
    printed: ClassVar[tuple[str, ...]] = ("indices", "pairs")

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "On which conditions it depends"

    @property
    def method(self) -> str:
        """Method of the indices."""
        return str(self.manifest["method"])

    def answer(self) -> tuple[Words, ...]:
        """Say for each regime which conditions matter."""
        groups = self.tables["indices"].groupby(["scenario", "regime"], sort=False)
        return tuple(
            told.depends(
                f"{self.what(str(name))}{self.where(scenario)}",
                rows,
                self.method,
                f"indices/{scenario}/{name}",
            )
            for (scenario, name), rows in groups
        )

    def sections(self) -> tuple[Section, ...]:
        """Show all indices, with what luck gives a condition without effect."""
        return (told.section(self.tables["indices"], self.method, self.subtitle, self.where),)

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws indices."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.sensitivity.figures import sensitivity_indices  # noqa: PLC0415

        labels = self.manifest["factors"]
        return {
            f"indices{suffix}": partial(
                sensitivity_indices, rows, self.method, self.label, labels, self.unit, theme=theme
            )
            for suffix, rows in self.by_scenario("indices")
        }

    def following(self, folder: Path) -> str:
        """Name the study to make next."""
        del folder
        sweep = self.manifest["sweep"]["folder"]
        several = self.leads or len(self.manifest["regimes"]) > 1
        return f"discover {sweep}" if several else f"replicates {sweep} --of level"

    def warned(self) -> Iterator[Warned]:
        """Warn of too few points, and of seed noise."""
        yield from {"sobol": self._about_sobol, "morris": self._about_morris, "pawn": self._about_pawn}[
            self.method
        ]()
        groups = self.tables["indices"].groupby(["scenario", "regime"], sort=False)
        noisy = {
            f"{regime(str(name))}{self.where(scenario)}": float(rows["noise_share"].iloc[0])
            for (scenario, name), rows in groups
        }
        yield from about_noise(noisy, self.seeds)

    def _about_blocks(self) -> Iterator[Warned]:
        indices = self.tables["indices"]
        dropped, kept = int(indices["blocks_dropped"].max()), int(indices["blocks"].min())
        if dropped:
            yield Warned(
                words(
                    count(dropped, "indices/blocks_dropped"),
                    " of ",
                    count(dropped + kept, "indices/all_blocks"),
                    f" blocks of the {self.method} design have a point that is missing and are left out whole: one "
                    "hole would spoil all indices.",
                )
            )

    def _about_sobol(self) -> Iterator[Warned]:
        yield from self._about_blocks()
        indices = self.tables["indices"]
        widest = max(float(indices[name].max()) for name in ("total_half_width", "first_order_half_width"))
        if widest > WIDE:
            needed = samples_for_half_width(int(indices["blocks"].min()), widest, WIDE)
            yield Warned(
                words(
                    count(int(indices["points"].min()), "indices/points"),
                    " points leave an interval of ±",
                    plain(widest, "indices/half_width", largest=10),
                    "; about ",
                    count(needed, "advised/samples"),
                    " base samples would bring it to ±",
                    Number(WIDE, f"{WIDE:g}", "advised/half_width"),
                    ".",
                ),
                samples=needed,
            )

    def _about_morris(self) -> Iterator[Warned]:
        yield from self._about_blocks()
        blocks = int(self.tables["indices"]["blocks"].min())
        if blocks < FEW_TRAJECTORIES:
            yield Warned(
                words(
                    count(blocks, "indices/blocks"),
                    " trajectories are few; ",
                    count(FEW_TRAJECTORIES, "advised/usual"),
                    " or more are usual.",
                ),
                samples=max(2 * FEW_TRAJECTORIES, int(self.manifest["design"]["samples"])),
            )

    def _about_pawn(self) -> Iterator[Warned]:
        indices = self.tables["indices"]
        points, reach = int(indices["points"].min()), float(indices["threshold"].max())
        if points < FEW_POINTS:
            yield Warned(
                words(
                    "With ",
                    count(points, "indices/points"),
                    " points, a factor without effect can have an index of up to ",
                    plain(reach, "indices/threshold", largest=10),
                    "; ",
                    count(MORE_POINTS, "advised/samples"),
                    " points would bring that to about ",
                    plain(reach * (points / MORE_POINTS) ** 0.5, "advised/threshold", largest=10),
                    ".",
                ),
                samples=MORE_POINTS,
            )
