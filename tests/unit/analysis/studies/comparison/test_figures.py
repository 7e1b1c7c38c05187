"""Figures: nothing is cut off or overlaps, colours hold for eyes of every kind."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.statistics.comparison import compare
from analysis.statistics.factorial import factorial_effects, walks
from analysis.statistics.shapley import CHANNELS, attribute
from analysis.statistics.winners import MEASURES
from analysis.statistics.winners import who_wins as table_of_winners
from analysis.studies.ablation import figures as ablation
from analysis.studies.attribution import figures as attribution
from analysis.studies.comparison.figures import (
    curves,
    differences,
    drawn,
    growth_account,
    lead,
    ranking,
    spending,
    timeline,
    who_wins,
)
from analysis.studies.comparison.findings import ComparisonFindings
from model.policy.chronicle import Entry
from model.record import ACCOUNT_SOURCES, OUTCOMES
from model.scenario import REGIME_NAMES
from tests.unit.analysis.legible import illegible
from tests.unit.analysis.runs.synthetic import findings, results
from tests.unit.analysis.studies.ablation import synthetic_ablation

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
    compared = choosing().compared
    yield "lead", lead.lead_over_time(compared, theme=theme, size=size)
    yield "who wins", who_wins.who_wins(winners(), "cluster", "none", theme=theme, size=size)
    yield "timeline", timeline.timeline(compared, theme=theme, size=size)
    yield "spending", spending.spending(found.ledger(), theme=theme, size=size)
    yield "attribution", attribution.channel_contributions(leads(), OUTCOMES[0], theme=theme, size=size)
    made, tried = synthetic_ablation.treatments(), synthetic_ablation.outcomes(OUTCOMES)
    effects = factorial_effects(tried, made.corners, OUTCOMES)
    yield "switch effects", ablation.switch_effects(effects, theme=theme, size=size)
    flipped = walks(tried, made.flips, OUTCOMES)
    yield "regime walks", ablation.regime_walks(flipped, theme=theme, size=size)


def choosing() -> ComparisonFindings:
    """A comparison in which two regimes choose priorities: funded, tried, stopped and taken up again."""
    found = findings()
    rows = [
        (
            regime,
            10_000,
            "agency",
            step,
            "domain",
            f"a domain that is called number {number}",
            event,
            0.1,
            0.5,
            0.2,
            "agency",
        )
        for regime in ("sector", "cluster")
        for number in range(6)
        for step, event in (
            (1, "proposed"),
            (1, "piloted"),
            (2 + number, "supported"),
            (5 + number, "stopped"),
        )
    ]
    columns = ["regime", "seed", "policymaker", "step", *Entry._fields[1:]]
    return replace(found, tables={**found.tables, "priorities": pd.DataFrame(rows, columns=columns)})


def winners() -> pd.DataFrame:
    """Gains of groups of firms, some clear and some not."""
    luck = np.random.default_rng(2)
    rows = []
    for seed, regime in itertools.product(range(5), ("none", "cluster")):
        for firm in range(40):
            size, lead = (
                3.0 * (1 + firm),
                1.0 if regime == "none" else 1.0 + 0.02 * (firm % 3) + 0.01 * luck.normal(),
            )
            row = {"regime": regime, "seed": seed, "firm": firm, "sector": firm % 3, "place": firm % 2,
                   "entered": 0 if firm < 36 else 4, "support": float(regime == "cluster") * (firm % 4),
                   "sector_name": ("machines", "food and drink with a long name", "sensors")[firm % 3]}  # fmt: skip
            row |= {
                f"{what}_{when}": size * lead for what in MEASURES for when in ("start", "end", "average")
            }
            rows.append(row)
    return table_of_winners(pd.DataFrame(rows), "none")


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


# The narrow page leaves the least room.
@pytest.mark.parametrize(
    "size", [pytest.param(style.SLIDE, marks=pytest.mark.slow, id="slide"), pytest.param(NARROW, id="narrow")]
)
def test_no_text_is_cut_off_or_overlaps_another(size: style.Size) -> None:
    assert {name: found for name, figure in figures("light", size) if (found := illegible(figure))} == {}


def test_texts_that_cannot_be_read_are_noticed() -> None:
    figure = Figure()
    figure.text(0.5, 0.5, "here")
    figure.text(0.51, 0.5, "there")
    figure.text(0.98, 0.1, "far too long")
    assert illegible(figure) == ["far too long is cut off", "here lies over there"]


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
    alone = findings(results(regimes=("none",)))
    names = list(drawn.drawn(alone.tables, "A region", "light", alone.compared))
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
