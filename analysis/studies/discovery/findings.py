"""What scenario discovery found: boxes of conditions, and how far to trust them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from analysis.statistics import prim
from analysis.studies.discovery import words as told
from analysis.studies.sweep.answer import FindingsOfSweep, Warned
from analysis.words.document import Section, Words, count, share, words
from analysis.words.names import first_upper, regime, subject

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ALL_OTHERS = told.ALL_OTHERS
FEW_IN_BOX = 30
MOST_LOST = 0.5
"""Share of what a box gains in density that may be gone on points held out before it is warned of."""


@dataclass(frozen=True, kw_only=True)
class DiscoveryFindings(FindingsOfSweep):
    """Under which conditions each regime leads; its tables are those of `analysis.studies.discovery.design`."""

    kind: ClassVar[str] = "discovery"
    version: ClassVar[int] = 2
    printed: ClassVar[tuple[str, ...]] = ("boxes", "limits", "scores")

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "Under which conditions each policy leads"

    def answer(self) -> tuple[Words, ...]:
        """Say for each regime where it leads, and how dense in leads that is."""
        boxes = self.tables["boxes"].to_dict("records")
        return tuple(told.leads(row, self.tables["limits"]) for row in boxes)

    def sections(self) -> tuple[Section, ...]:
        """Show boxes of all regimes, their limits, and scores of factors."""
        tables = (
            told.boxes_table(self.tables["boxes"]),
            told.limits_table(self.tables["limits"]),
            told.scores_table(self.tables["scores"]),
        )
        shown = tuple(table for table in tables if table is not None)
        return (Section(self.subtitle, (), shown, figures=told.DRAWN),)

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws boxes, scores and the way to them."""
        tables = self.tables
        if tables["trajectories"].empty:
            return {}
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.discovery.figures.discovered_boxes import discovered_boxes  # noqa: PLC0415
        from analysis.studies.discovery.figures.feature_scores import feature_scores  # noqa: PLC0415
        from analysis.studies.discovery.figures.peeling_trajectories import peeling_trajectories  # noqa: PLC0415

        labels, over = self.manifest["factors"], str(self.manifest["over"] or ALL_OTHERS)
        way, boxes, limits = tables["trajectories"], tables["boxes"], tables["limits"]
        drawn: dict[str, Callable[[], Figure]] = {
            "trajectories": partial(peeling_trajectories, way, boxes, over, theme=theme),
            "scores": partial(feature_scores, tables["scores"], labels, theme=theme),
        }
        if not limits.empty:
            drawn["boxes"] = partial(discovered_boxes, limits, boxes, labels, over, theme=theme)
        return drawn

    def following(self, folder: Path) -> str:
        """Name the study to make next."""
        del folder
        return f"robustness {self.manifest['sweep']['folder']}"

    def warned(self) -> Iterator[Warned]:
        """Warn of boxes with few points, or that describe luck, and of leads that may be luck."""
        for row in self.tables["boxes"].to_dict("records"):
            yield from _about_box(row, f"boxes/{row['regime']}")
        unclear = 1 - float(self.tables["leaders"]["clear"].mean())
        if unclear > 0.5:
            yield Warned(
                words(
                    "At ",
                    share(unclear, "leaders/unclear_share"),
                    " of the points the best policy cannot be told from the next one by its seeds alone; boxes bear "
                    "that, single points do not.",
                )
            )


def _about_box(row: Mapping[Any, Any], source: str) -> Iterator[Warned]:
    name, points = regime(str(row["regime"])), int(row["points"])
    total = count(points, f"{source}/points")
    if pd.isna(row.get("density", math.nan)):
        few = row["share"] < 0.5
        number = int(row["cases"]) if few else points - int(row["cases"])
        yield Warned(
            words(
                f"{first_upper(subject(str(row['regime'])))} {'leads' if few else 'does not lead'} at ",
                count(number, f"{source}/{'cases' if few else 'others'}"),
                " of ",
                total,
                " points only: no box is looked for with fewer than ",
                count(prim.FEWEST, "advised/fewest"),
                ".",
            )
        )
    elif row["restricted"] and row["box_points"] < FEW_IN_BOX:
        needed = math.ceil(points * FEW_IN_BOX / row["box_points"] / 10) * 10
        yield Warned(
            words(
                f"The box of {name} holds ",
                count(int(row["box_points"]), f"{source}/box_points"),
                " of ",
                total,
                " points; about ",
                count(needed, "advised/samples"),
                " points would put ",
                count(FEW_IN_BOX, "advised/in_box"),
                " into it.",
            ),
            samples=needed,
        )
    elif row["restricted"] and _lost(row) > MOST_LOST:
        yield Warned(
            words(
                f"The box of {name} has a density of ",
                share(float(row["density"]), f"{source}/density_share"),
                " on the points that it was made for, but ",
                share(float(row["held_out_density"]), f"{source}/held_out_density_share"),
                " on points held out, where ",
                share(float(row["share"]), f"{source}/share"),
                " would be had without any: it mostly describes luck. More seeds make leads clearer, more points "
                "boxes.",
            ),
            samples=2 * points,
        )


def _lost(row: Mapping[Any, Any]) -> float:
    """Share of what a box gains in density that is gone on points held out."""
    gained = float(row["density"] - row["share"])
    return float(row["density"] - row["held_out_density"]) / gained if gained > 0 else math.inf
