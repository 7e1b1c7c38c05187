"""Figures: nothing is cut off or overlaps, colours hold for eyes of every kind."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.ablation import factorial_effects, walks
from analysis.attribution import CHANNELS, attribute
from analysis.comparison import compare
from analysis.figures import (
    attribution,
    curves,
    differences,
    gallery,
    growth_account,
    ranking,
    regime_walks,
    spending,
    style,
    switch_effects,
)
from model.record import ACCOUNT_SOURCES, OUTCOMES
from model.scenario import REGIME_NAMES
from tests.unit.analysis import synthetic_ablation
from tests.unit.analysis.synthetic import results

NARROW = (6.0, 10.0)
# Machado, Oliveira and Fernandes (2009), full severity; rows give red, green, blue as they are seen.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def figures(theme: str, size: style.Size) -> Iterator[tuple[str, Figure]]:
    found = results()
    series, comparison = found.series(), compare(found.outcomes(), OUTCOMES)
    yield "outcomes", curves.outcome_curves(series, OUTCOMES, theme=theme, size=size)
    yield "differences over time", curves.difference_curves(series, OUTCOMES, "none", theme=theme, size=size)
    yield "differences", differences.paired_differences(comparison, theme=theme, size=size)
    yield "growth account", growth_account.growth_account(found.account(), theme=theme, size=size)
    yield "probability best", ranking.probability_best(comparison, theme=theme, size=size)
    yield "spending", spending.spending(found.ledger(), theme=theme, size=size)
    yield "attribution", attribution.channel_contributions(leads(), OUTCOMES[0], theme=theme, size=size)
    made, tried = synthetic_ablation.treatments(), synthetic_ablation.outcomes(OUTCOMES)
    effects = factorial_effects(tried, made.corners, OUTCOMES)
    yield "switch effects", switch_effects.switch_effects(effects, theme=theme, size=size)
    flipped = walks(tried, made.flips, OUTCOMES)
    yield "regime walks", regime_walks.regime_walks(flipped, theme=theme, size=size)


def leads() -> pd.DataFrame:
    """Leads of three regimes, split among channels: some parts below zero, some wide, some sure."""
    luck = np.random.default_rng(1)
    rows = []
    for live in itertools.product([True, False], repeat=len(CHANNELS)):
        for place, regime in enumerate(REGIME_NAMES):
            for seed in range(6):
                lead = place * (1 + sum(np.array(live) * [2.0, -1.5, 4.0])) + luck.normal()
                row = {"regime": regime, "seed": seed, OUTCOMES[0]: 100 + lead}
                rows.append(row | dict(zip(CHANNELS, live, strict=True)))
    return attribute(pd.DataFrame(rows), OUTCOMES[:1])


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Where every text is that would be seen, in pixels."""
    figure.draw_without_rendering()
    axes = [axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis)]
    # An axis keeps labels beyond its ends that it does not draw.
    drawn = {tick.label1 for axis in axes for tick in axis._update_ticks()}
    kept = {tick.label1 for axis in axes for tick in (*axis.majorTicks, *axis.minorTicks)}
    texts = [text for text in figure.findobj(Text) if text not in kept - drawn]
    return [
        (text.get_text(), text.get_window_extent())
        for text in texts
        if text.get_visible() and text.get_text().strip()
    ]


@pytest.mark.parametrize("size", [style.SLIDE, NARROW], ids=["slide", "narrow"])
def test_no_text_is_cut_off_or_overlaps_another(size: style.Size) -> None:
    for name, figure in figures("light", size):
        frame = figure.bbox
        texts = boxes(figure)
        for text, box in texts:
            assert frame.x0 <= box.x0, (name, text)
            assert box.x1 <= frame.x1 + 1, (name, text)
            assert frame.y0 <= box.y0, (name, text)
            assert box.y1 <= frame.y1, (name, text)
        for (text, box), (other, other_box) in itertools.combinations(texts, 2):
            shared = Bbox.intersection(box, other_box)
            assert shared is None or shared.width * shared.height < 2, (name, text, other)


def test_every_outcome_has_a_panel_and_every_regime_a_line() -> None:
    figure = curves.outcome_curves(results().series(), OUTCOMES)
    assert len(figure.axes) == len(OUTCOMES)
    assert [len(ax.lines) for ax in figure.axes] == [4] * len(OUTCOMES)


def test_bars_of_the_growth_account_add_up_to_its_sums() -> None:
    account = results().account()
    (ax,) = growth_account.growth_account(account).axes
    drawn = sum(patch.get_width() for patch in ax.patches)  # type: ignore[attr-defined]
    assert drawn == pytest.approx(account["knowledge"].sum() / account["seed"].nunique())


def test_bars_of_an_attribution_add_up_to_the_lead() -> None:
    table = leads()
    figure = attribution.channel_contributions(table, OUTCOMES[0])
    lead = table[table["quantity"] == "lead"]["relative"].tolist()
    assert len(figure.axes) == len(lead) == 3
    for ax, expected in zip(figure.axes, lead, strict=True):
        *parts, last = [patch.get_width() for patch in ax.patches]  # type: ignore[attr-defined]
        assert len(parts) == len(CHANNELS) + 1
        assert sum(parts) == pytest.approx(last)
        assert last == pytest.approx(expected)


def test_the_line_of_a_difference_is_the_mean_of_the_pairs() -> None:
    series = results().series()
    measure = OUTCOMES[0]
    figure = curves.difference_curves(series, [measure], "none")
    last = series[series["step"] == series["step"].max()].pivot_table(
        index="seed", columns="regime", values=measure
    )
    drawn = [float(np.asarray(line.get_ydata())[-1]) for line in figure.axes[0].lines[:3]]
    expected = [
        (last[regime] - last["none"]).mean() for regime in ("sector", "cluster", "smart_specialisation")
    ]
    assert drawn == pytest.approx(expected)


@pytest.mark.parametrize("seeds", [(1,), (1, 2)], ids=["one seed", "two seeds"])
def test_a_band_needs_two_seeds(seeds: tuple[int, ...]) -> None:
    figure = curves.outcome_curves(results(seeds).series(), OUTCOMES)
    assert len(figure.axes[0].collections) == (4 if len(seeds) > 1 else 0)


def test_a_regime_has_its_colour_whichever_others_take_part() -> None:
    theme = style.THEMES["light"]
    alone = style.regime_colours(["cluster"], theme)["cluster"]
    among = style.regime_colours(["none", "my_mix", "cluster"], theme)
    assert among["cluster"] == alone
    assert among["my_mix"] not in theme.regimes.values()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_colours_stand_out_from_the_page(name: str) -> None:
    theme = style.THEMES[name]
    for colour in (*theme.regimes.values(), theme.text, theme.quiet):
        assert contrast(colour, theme.background) >= 3, colour


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_colours_of_regimes_differ_for_every_eye(name: str, deficiency: str) -> None:
    seen = [
        lightness_and_hue(DEFICIENCIES[deficiency] @ linear(colour))
        for colour in style.THEMES[name].regimes.values()
    ]
    nearest = min(float(np.linalg.norm(one - other)) for one, other in itertools.combinations(seen, 2))
    assert nearest > 15


def test_every_source_of_the_account_has_a_colour_of_its_own() -> None:
    colours = growth_account.source_colours(ACCOUNT_SOURCES)
    assert len(set(colours.values())) == len(ACCOUNT_SOURCES)
    assert growth_account.UNKNOWN_FAMILY not in colours.values()


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        figure = curves.difference_curves(results().series(), OUTCOMES[:2], "none", size=NARROW)
        for suffix in ("svg", "png"):
            style.save(figure, tmp_path / f"{name}.{suffix}")
    for suffix in ("svg", "png"):
        assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"other.{suffix}").read_bytes()


def test_figures_of_differences_need_a_difference() -> None:
    alone = results(regimes=("none",))
    names = [name for name, _ in gallery.draw(alone, compare(alone.outcomes(), OUTCOMES))]
    assert names == ["outcomes", "growth_account"]


def linear(colour: str) -> np.ndarray:
    values = np.array(to_rgb(colour))
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(colour: str, background: str) -> float:
    """Contrast ratio of the Web Content Accessibility Guidelines."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    darker, lighter = sorted(float(weights @ linear(one)) for one in (colour, background))
    return (lighter + 0.05) / (darker + 0.05)


def lightness_and_hue(rgb: np.ndarray) -> np.ndarray:
    """CIE Lab under D65, from linear red, green and blue."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
