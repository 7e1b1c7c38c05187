"""Figures of surfaces: they show what the tables say, and nothing is cut off or overlaps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from analysis.axes import Axis, find_axis
from analysis.figures import style, surface_gallery
from analysis.figures.leader_map import Scale, leader_map
from analysis.surface import differences, leaders
from analysis.surface_parts import parts
from model.record import OUTCOMES
from model.scenario import REGIME_NAMES, Scenario
from tests.unit.analysis.surfaces import corners, outcomes
from tests.unit.analysis.test_figures import boxes

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
    yield from surface_gallery.draw(
        cells, taken, differences(runs, names, MEASURE), axes, REGIME_NAMES, MEASURE, theme
    )


@pytest.mark.parametrize("two", [False, True], ids=["one axis", "two axes"])
def test_no_text_is_cut_off_or_overlaps_another(two: bool) -> None:  # noqa: FBT001
    for name, figure in figures("light", two=two):
        texts = boxes(figure)
        for text, box in texts:
            assert figure.bbox.x0 <= box.x0, (name, text)
            assert box.x1 <= figure.bbox.x1 + 1, (name, text)
            assert figure.bbox.y0 <= box.y0, (name, text)
            assert box.y1 <= figure.bbox.y1, (name, text)
        for (text, box), (other, other_box) in itertools.combinations(texts, 2):
            shared = Bbox.intersection(box, other_box)
            assert shared is None or shared.width * shared.height < 2, (name, text, other)


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
        style.save(dict(figures("light", two=True))["leaders"], tmp_path / f"{name}.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()
