"""Figures of surfaces: they show what the tables say, and nothing is cut off or overlaps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.runs.axes import Axis, find_axis
from analysis.statistics.leaders import differences, leaders
from analysis.studies.surface.figures import gallery
from analysis.studies.surface.figures.leader_map import Scale, leader_map
from analysis.studies.surface.parts import parts
from model.record import OUTCOMES
from model.scenario import REGIME_NAMES, Scenario
from tests.unit.analysis.legible import illegible
from tests.unit.analysis.studies.surface.surfaces import corners, outcomes

NAMES = {"x": "absorptive_capacity", "y": "size_of_region"}
MEASURE = OUTCOMES[0]


def table(*, two: bool) -> tuple[pd.DataFrame, list[Axis]]:
    runs = outcomes(corners) if two else outcomes(corners, y=(1.0,)).drop(columns="y")
    axes = [find_axis(name, Scenario()) for name in list(NAMES.values())[: 1 + two]]
    return runs.rename(columns=NAMES), axes


def figures(theme: str, *, two: bool) -> Iterator[tuple[str, Figure]]:
    runs, axes = table(two=two)
    names = [axis.name for axis in axes]
    cells = {outcome: leaders(runs, names, outcome) for outcome in OUTCOMES}
    taken = {outcome: parts(runs, names, outcome) for outcome in OUTCOMES}
    scales = [Scale(axis.name, axis.label, axis.unit) for axis in axes]
    drawn = gallery.draw(
        cells, taken, differences(runs, names, MEASURE), scales, REGIME_NAMES, MEASURE, theme,
        geometric=axes[0].geometric,
    )  # fmt: skip
    yield from ((name, make()) for name, make in drawn.items())


@pytest.mark.parametrize("two", [False, True], ids=["one axis", "two axes"])
def test_no_text_is_cut_off_or_overlaps_another(two: bool) -> None:  # noqa: FBT001
    assert {name: found for name, figure in figures("light", two=two) if (found := illegible(figure))} == {}


def test_cells_are_coloured_where_somebody_leads_and_hatched_elsewhere() -> None:
    runs, axes = table(two=True)
    cells = leaders(runs, [axis.name for axis in axes], MEASURE)
    x, y = (Scale(axis.name, axis.label) for axis in axes)
    (ax,) = leader_map(cells, x, y, REGIME_NAMES, "A title").axes
    tiles = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert len(tiles) == len(cells)
    for tile, leader in zip(tiles, cells["leader"], strict=True):
        assert bool(tile.get_hatch()) != isinstance(leader, str)
    written = [text.get_text() for text in ax.texts if "%" in text.get_text()]
    assert len(written) == cells["leader"].notna().sum()
    largest = cells.loc[cells["leader"] == "smart_specialisation", "lead_percent"].iloc[0]
    assert any(text.startswith(f"+{largest:.1f}%") for text in written)
    # The largest lead has the colour of its regime in full.
    colours = {tile.get_facecolor()[:3] for tile in tiles}
    assert style.THEMES["light"].regimes["smart_specialisation"] in {to_hex(colour) for colour in colours}


def to_hex(colour: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


def test_curves_are_the_means_and_bands_the_intervals() -> None:
    runs, axes = table(two=False)
    rows = differences(runs, [axes[0].name], MEASURE)
    figure = dict(figures("dark", two=False))["curves"]
    (ax,) = figure.axes
    lines = [line for line in ax.lines if len(list(line.get_ydata())) == 3]
    drawn = [list(line.get_ydata()) for line in lines]
    expected = [list(part["percent"]) for _, part in rows.groupby("regime", sort=False)]
    assert drawn == expected
    band = ax.collections[0].get_paths()[0].vertices
    first = rows[rows["regime"] == "sector"]
    assert band[:, 1].max() == pytest.approx(first["percent_high"].max())
    assert band[:, 1].min() == pytest.approx(first["percent_low"].min())


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        figure = next(figure for each, figure in figures("light", two=True) if each == "leaders")
        style.save(figure, tmp_path / f"{name}.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()
