"""Figures of studies: what is drawn, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.studies.discovery.figures.discovered_boxes import discovered_boxes
from analysis.studies.discovery.figures.feature_scores import feature_scores
from analysis.studies.discovery.figures.peeling_trajectories import peeling_trajectories
from analysis.studies.replicates.figures.half_widths import half_widths
from analysis.studies.replicates.figures.running_means import running_means
from analysis.studies.robustness.figures.regret_curves import regret_curves
from analysis.studies.robustness.figures.satisficing_curves import satisficing_curves
from analysis.studies.sensitivity.figures import sensitivity_indices

LABELS = {"budget": "Budget", "openness": "Openness"}


def texts(figure: Figure) -> str:
    return " ".join(
        text.get_text()
        for ax in figure.axes
        for text in (*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels())
    )


def indices(method: str) -> pd.DataFrame:
    main, luck = {"sobol": ("total", "luck"), "morris": ("mu_star", "luck"), "pawn": ("pawn", "threshold")}[
        method
    ]
    rows = pd.DataFrame(
        {
            "regime": ["sector", "sector", "cluster", "cluster"], "factor": ["budget", "openness"] * 2,
            main: [0.8, 0.1, 0.3, 0.2], luck: 0.15, "influential": [True, False, True, False],
        }
    )  # fmt: skip
    more = {"sobol": "first_order", "morris": "sigma"}
    return rows if method == "pawn" else rows.assign(**{f"{main}_half_width": 0.05, more[method]: 0.1})


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("method", ["sobol", "morris", "pawn"])
def test_bars_are_as_long_as_indices_and_pale_where_luck_explains_them(method: str, theme: str) -> None:
    figure = sensitivity_indices(indices(method), method, "Lead", LABELS, theme=theme)
    figure.draw_without_rendering()
    sector, cluster = figure.axes
    # The most important factor stands on top.
    assert [bar.get_width() for bar in sector.patches] == [0.1, 0.8]
    assert [bar.get_alpha() for bar in cluster.patches] == [pytest.approx(0.35), 1]
    assert "Budget" in texts(figure)
    assert figure.get_facecolor() == pytest.approx((*_rgb(style.THEMES[theme].background), 1.0))


def _rgb(colour: str) -> Iterator[float]:
    return (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def boxes() -> pd.DataFrame:
    return pd.DataFrame(
        {"regime": ["sector"], "share": [0.3], "density": [0.9], "coverage": [0.7], "held_out_density": [0.8],
         "held_out_coverage": [0.6]}
    )  # fmt: skip


def test_trajectories_mark_the_box_that_was_chosen() -> None:
    way = pd.DataFrame(
        {"regime": "sector", "coverage": [1.0, 0.7, 0.4], "density": [0.3, 0.9, 1.0], "restricted": [0, 1, 2],
         "chosen": [False, True, False]}
    )  # fmt: skip
    figure = peeling_trajectories(way, boxes())
    (ax,) = figure.axes
    marked = [tuple(line.get_xydata()[0]) for line in ax.lines if len(line.get_xydata()) == 1]
    assert marked == [(0.7, 0.9), (0.6, 0.8)]


def test_boxes_are_drawn_within_the_range_that_was_sampled() -> None:
    limits = pd.DataFrame(
        {
            "regime": "sector", "factor": ["budget", "openness"], "low": [0.02, np.nan], "high": [np.nan, 0.4],
            "values": None, "range_low": [0.0, 0.2], "range_high": [0.04, 0.6], "quasi_p_low": [1e-9, np.nan],
            "quasi_p_high": [np.nan, 0.03],
        }
    )  # fmt: skip
    figure = discovered_boxes(limits, boxes(), LABELS)
    (ax,) = figure.axes
    figure.draw_without_rendering()
    spans = {tuple(np.round(line.get_xdata(), 3)) for line in ax.lines}
    assert spans == {(0, 1), (0.5, 1), (0, 0.5)}
    assert "0.02 (< 0.001)" in texts(figure)
    assert "0.4 (0.03)" in texts(figure)


def test_scores_are_written_in_their_cells() -> None:
    scores = pd.DataFrame(
        {
            "regime": "sector",
            "factor": ["openness", "budget"],
            "score": [0.25, 0.75],
            "accuracy": 0.8,
            "without": 0.6,
        }
    )
    figure = feature_scores(scores, LABELS)
    figure.draw_without_rendering()
    assert [text.get_text() for text in figure.axes[0].texts] == ["0.75", "0.25"]
    assert "80% (60%)" in texts(figure)


def futures() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "scenario": "story", "point": [0, 1, 0, 1], "regime": ["none", "none", "sector", "sector"],
            "performance": [0.0, 0.0, 5.0, -1.0], "regret": [5.0, 0.0, 0.0, 1.0],
        }
    )  # fmt: skip


def test_regret_curves_reach_all_futures() -> None:
    (ax,) = regret_curves(futures(), "Lead", "%").axes
    steps = [line for line in ax.lines if len(line.get_xydata()) > 1]
    assert len(steps) == 2
    assert all(line.get_ydata()[-1] == 1 for line in steps)
    squares = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "s"]
    assert squares == [5, 1]


def test_the_baseline_has_no_curve_where_it_is_nought_everywhere() -> None:
    (ax,) = satisficing_curves(futures(), "Lead", "%", 0.0, "none").axes
    steps = [line for line in ax.lines if len(line.get_xydata()) > 2]
    assert len(steps) == 1
    assert list(steps[0].get_ydata()) == [1, 0.5, 0]


def test_widths_and_means_by_seeds() -> None:
    widths = pd.DataFrame(
        {"regime": "sector", "measure": ["paired lead"] * 2 + ["unpaired lead"] * 2, "seeds": [2, 3] * 2,
         "low": 1.0, "median": [2.0, 1.5, 9.0, 8.0], "high": 10.0}
    )  # fmt: skip
    (ax,) = half_widths(widths, "Lead", 1.0).axes
    assert [list(line.get_ydata()) for line in ax.lines[:2]] == [[2, 1.5], [9, 8]]
    running = widths.assign(mean=[4.0, 5.0, 7.0, 7.0], half_width=2.0, point=3)
    (ax,) = running_means(running, "Lead").axes
    assert list(ax.lines[0].get_ydata()) == [4, 5]


def test_figures_are_written_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one.svg", "other.svg"):
        style.save(sensitivity_indices(indices("sobol"), "sobol", "Lead", LABELS), tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()
