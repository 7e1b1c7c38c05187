"""What the desk and the map draw and say, from runs that were really made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from analysis.dashboard.charts.chosen import gains_of_groups, longest_funded, timeline
from analysis.dashboard.charts.europe_map import europe_map
from analysis.dashboard.charts.look import Look
from analysis.dashboard.panels.desk import log_of, winners_of, winners_sentence
from analysis.dashboard.panels.europe import said_of_all, told_names, told_of
from analysis.dashboard.state.europe import circles, kept_answer, on_the_map
from analysis.dashboard.state.own_policy import at_desk, with_theme
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.view import OWN_POLICY, View
from analysis.dashboard.texts import Texts
from analysis.figures.style import THEMES
from analysis.studies.comparison.chosen import spells
from model.region import run
from model.scenario import REGIME_NAMES
from tests.unit.analysis.dashboard.pictures import really_run

STEPS = 16
VIEW = at_desk(View(story="thin_rural_region", regimes=("none", "smart_specialisation"))).changed(
    "horizon", STEPS
)
LOOK = {language: Look(THEMES["light"], Texts(language)) for language in ("en", "de")}


@pytest.fixture(scope="module")
def picture() -> Picture:
    return really_run(with_theme(VIEW, 4), 2)


def test_runs_on_the_desk_tell_what_a_run_of_its_own_tells(picture: Picture) -> None:
    seed = picture.sample.seeds[0]
    alone = run(picture.setting.of("smart_specialisation"), seed, follow_firms=True)
    after = picture.sample.runs["smart_specialisation"][0].after
    assert after is not None
    pd.testing.assert_frame_equal(after.priorities, alone.priorities())
    pd.testing.assert_frame_equal(after.firms, alone.firms())


@pytest.mark.parametrize("policy", ["smart_specialisation", OWN_POLICY])
def test_bars_of_the_timeline_are_the_spells_of_the_log(picture: Picture, policy: str) -> None:
    log = log_of(picture, policy, LOOK["en"].texts)
    assert log is not None
    names = longest_funded(log, STEPS)
    option = timeline(log, names, "#000000", STEPS, LOOK["en"])
    drawn: dict[str, float] = dict.fromkeys(names, 0.0)
    for series in option["series"]:
        if series["id"].startswith("funded:"):
            for name, bar in zip(names, series["data"], strict=True):
                drawn[name] += bar["value"]
    funded = spells(log, STEPS + 1)
    wanted = (funded["ended"] - funded["begun"]).groupby(funded["name"]).sum() / 4
    assert drawn == pytest.approx({name: wanted[name] for name in names}, abs=1e-3)
    ends = [sum(series["data"][at]["value"] if isinstance(series["data"][at], dict) else series["data"][at]
                for series in option["series"] if series["type"] == "bar") for at in range(len(names))]  # fmt: skip
    assert max(ends) <= STEPS / 4 + 1e-6
    assert all(name in option["aria"]["label"]["description"] for name in names)


def test_a_theme_is_what_is_funded(picture: Picture) -> None:
    log = log_of(picture, OWN_POLICY, LOOK["en"].texts)
    assert log is not None
    assert picture.setting.scenario.regimes[OWN_POLICY].listed_domains == (4,)
    assert len(longest_funded(log, STEPS)) == 1


def test_who_wins_is_drawn_with_its_interval_and_told_as_surely(picture: Picture) -> None:
    table = winners_of(picture, "smart_specialisation", "none")
    assert table is not None
    rows = table[(table["measure"] == "jobs") & table["relative"].notna()]
    rows = rows.assign(sure=rows["adjusted"] < 0.05)
    labels = [str(group) for group in rows["group"]]
    option = gains_of_groups(rows, labels, "#123456", LOOK["de"])
    dots = next(each for each in option["series"] if each["id"] == "gain")["data"]
    assert [each["value"][0] for each in dots] == pytest.approx(list(rows["relative"]), rel=1e-4)
    filled = [each["itemStyle"]["color"] == "#123456" for each in dots]
    assert filled == list(rows["sure"])
    said = winners_sentence(rows, "smart_specialisation", "none", "jobs", LOOK["en"].texts)
    assert said.startswith("Jobs under smart specialisation")
    if not rows["sure"].any():
        assert "no sector, size or place clearly" in said
    sure = rows.assign(sure=True)
    sure = sure[sure["by"] == "sector"]
    best = sure.sort_values("relative").iloc[-1]
    assert str(best["group"]) in winners_sentence(
        sure, "smart_specialisation", "none", "jobs", LOOK["en"].texts
    )


def test_nothing_is_told_of_who_wins_before_the_runs_are_there(picture: Picture) -> None:
    bare: Any = really_run(
        View(story="thin_rural_region", regimes=("none", "sector")).changed("horizon", 4), 1
    )
    assert winners_of(bare, "sector", "none") is None
    assert log_of(bare, "sector", LOOK["en"].texts) is None
    assert winners_of(picture, "none", "none") is None


def contrast(one: str, other: str) -> float:
    """Ratio of the luminances of two colours, as WCAG 2 has it."""
    values = []
    for colour in (one, other):
        parts = [
            each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in to_rgb(colour)
        ]
        values.append(
            sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
        )
    return (max(values) + 0.05) / (min(values) + 0.05)


def answer(tmp_path: Path) -> pd.DataFrame:
    table = pd.DataFrame({
        "region": ["ITH5", "DE21", "RO21"], "best": ["cluster", "sector", "none"],
        "leader": ["cluster", None, None], "certainty": [0.999, 0.8, None],
    })  # fmt: skip
    path = tmp_path / "regions.csv"
    table.to_csv(path, index=False)
    found = kept_answer(path)
    assert found is not None
    return found


def test_the_map_has_all_regions_full_where_somebody_leads_and_pale_elsewhere(tmp_path: Path) -> None:
    look = LOOK["en"]
    regions = on_the_map(answer(tmp_path))
    option = europe_map(regions, REGIME_NAMES, "DE21", told_names(regions, look.texts), look)
    drawn = {one["name"]: one for series in option["series"] for one in series["data"]}
    assert set(drawn) == set(circles().index)
    assert drawn["ITH5"]["itemStyle"]["color"] == look.theme.regimes["cluster"]
    assert drawn["DE21"]["itemStyle"]["color"] not in {look.theme.regimes["sector"], look.theme.background}
    assert drawn["DE21"]["itemStyle"]["borderWidth"] > drawn["ITH5"]["itemStyle"]["borderWidth"]
    assert "certainty of 80%" in drawn["DE21"]["said"]
    assert "not run" in told_of(regions, "FR10", look.texts)
    assert len(option["kf"]["spots"]) == len(regions)


@pytest.mark.parametrize("theme", THEMES)
def test_names_in_circles_can_be_read(tmp_path: Path, theme: str) -> None:
    look = Look(THEMES[theme], Texts("en"), large=False)
    regions = on_the_map(answer(tmp_path))
    option = europe_map(regions, REGIME_NAMES, "", told_names(regions, look.texts), look)
    drawn = [one for series in option["series"] for one in series["data"]]
    assert len({one["itemStyle"]["color"] for one in drawn}) == 4
    for one in drawn:
        assert contrast(one["label"]["color"], one["itemStyle"]["color"]) >= 4.5, one["name"]


def test_where_nothing_is_kept_the_map_says_so(tmp_path: Path) -> None:
    assert kept_answer(tmp_path / "none.csv") is None
    for look in LOOK.values():
        assert "run.py europe" in said_of_all(None, look.texts)
        option = europe_map(
            on_the_map(None), REGIME_NAMES, "", told_names(on_the_map(None), look.texts), look
        )
        assert [each["id"] for each in option["series"] if each["data"]] == ["unknown"]


def test_the_map_says_who_leads_in_how_many_regions(tmp_path: Path) -> None:
    said = said_of_all(answer(tmp_path), LOOK["en"].texts)
    assert said == "Leading beyond chance: cluster in 1; in 2 of 3 regions nobody."


def test_circles_do_not_cover_each_other() -> None:
    table = circles()
    for code, one in table.iterrows():
        rest = table.drop(index=code)
        apart = ((rest["x"] - one["x"]) ** 2 + (rest["y"] - one["y"]) ** 2) ** 0.5
        assert (apart - rest["radius"] - one["radius"]).min() > -0.002
