"""Chart, labels and sentences come from one reading, and claim nothing within chance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from analysis.dashboard.captions import changes_between, outcome_label
from analysis.dashboard.charts.look import Look
from analysis.dashboard.panels.compare import main_option, told_change
from analysis.dashboard.panels.lesson import judged_guess
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.reading import change, read, turns
from analysis.dashboard.state.view import LANGUAGES, View
from analysis.dashboard.texts import Texts
from analysis.dashboard.words import change_sentence, headline, standings, turn_sentences
from analysis.figures.style import THEMES
from analysis.statistics.comparison import interval
from model.loading import library
from model.record import OUTCOMES
from model.scenario import REGIME_NAMES, twin_of
from tests.unit.analysis.dashboard.pictures import made_up, really_run, with_before

SHORT = (("horizon", 20),)
VIEW = View(story="thin_rural_region", changes=SHORT)
EN = Texts("en")
LOOK = Look(THEMES["light"], EN)

SURE = {"none": [100, 102, 98, 100], "sector": [103, 105, 101, 103.1], "cluster": [110, 112, 108, 110.1]}
OPEN = {"none": [100, 102, 98, 100], "sector": [104, 99, 101, 100], "cluster": [101, 106, 95, 103]}


def says(picture: Picture, texts: Texts = EN, outcome: str = "breadth") -> str:
    return headline(read(picture, outcome), outcome_label(outcome, texts), texts)


def ends_in_chart(picture: Picture, outcome: str) -> dict[str, float]:
    """Read off where lines end, as somebody does who sees the chart."""
    option = main_option(picture, read(picture, outcome), LOOK)
    return {
        each["id"].removeprefix("line:"): each["data"][-1]
        for each in option["series"]
        if each["id"].startswith("line:")
    }


def test_the_default_picture_is_the_paired_lead_over_no_policy() -> None:
    picture = made_up(SURE, View(story=VIEW.story, changes=SHORT))
    reading = read(picture, "breadth")
    assert reading.chart == "lead"
    assert np.all(reading.lines["none"].mean == 0)
    difference, low, high = interval(np.array(SURE["cluster"]) - np.array(SURE["none"]))
    line = reading.lines["cluster"]
    assert line.low is not None
    assert line.high is not None
    mean = np.mean(SURE["none"])
    assert (line.end, line.low[-1], line.high[-1]) == pytest.approx(
        tuple(100 * each / mean for each in (difference, low, high))
    )
    labels = [each["text"] for each in main_option(picture, reading, LOOK)["kf"]["ends"]]
    assert labels[0] == "cluster\n+10%, best in 100% of runs"


def test_a_sure_leader_is_named_with_its_lead_and_its_certainty() -> None:
    said = says(made_up(SURE, VIEW))
    assert said.startswith("Cluster leads: Breadth ends +10% against no policy (95%: +9.9% to +10.1%)")
    assert said.endswith("best in 100% of runs.")


def test_nobody_is_said_to_lead_within_chance() -> None:
    said = says(made_up(OPEN, VIEW))
    assert said.startswith("Nobody leads beyond chance. Cluster is highest on average")
    assert "cannot be told apart from sector and no policy" in said


def test_of_what_is_no_outcome_more_is_not_better() -> None:
    assert says(made_up(SURE, VIEW), outcome="exits").startswith("Cluster is highest beyond chance")
    assert "leads" not in says(made_up(OPEN, VIEW), outcome="exits")


def test_one_seed_leads_to_no_claim() -> None:
    one = {name: ends[:1] for name, ends in SURE.items()}
    for chart in ("lead", "levels", "seed"):
        said = says(made_up(one, replace(VIEW, chart=chart)))
        assert "eed" in said
        assert "leads" not in said
        assert standings(read(made_up(one, replace(VIEW, chart=chart)), "breadth"), EN) == []


def test_bands_and_sentences_agree_on_what_lies_above_no_policy() -> None:
    picture = made_up(
        OPEN | {"sector": [103, 105.1, 101, 103], "smart_specialisation": [90, 92.1, 87.9, 90]}, VIEW
    )
    reading = read(picture, "breadth")
    above, below, unclear = standings(reading, EN)
    assert above == "Above no policy beyond chance: sector (+3%)."
    assert below == "Below no policy beyond chance: smart specialisation (−10%)."
    assert unclear.startswith("Cannot be told apart from no policy: cluster")


def test_a_turn_is_told_only_beyond_chance() -> None:
    steps = 20
    dip = np.concatenate([np.linspace(0, -20, 11), np.linspace(-15, 30, 10)])
    noise = [100.0, 101.0, 99.0, 100.5]
    picture = made_up({"none": noise, "cluster": noise}, VIEW, none=np.zeros(steps + 1), cluster=dip)
    (turn,) = turns(picture, read(picture, "breadth"))
    assert (turn.ahead, turn.behind) == ("cluster", "none")
    assert dip[turn.until] < 0 < dip[turn.since]
    assert dip[turn.since - 1] <= 0
    assert turn_sentences([turn], EN)[0].startswith("Cluster was behind no policy until quarter")
    scattered: Any = {"none": [0, 60, -60, 30], "cluster": [50, -40, 20, -30]}
    wild = made_up(scattered, VIEW, none=np.zeros(steps + 1), cluster=dip)
    assert turns(wild, read(wild, "breadth")) == ()


def test_a_change_is_told_with_what_it_did_and_whether_the_leader_changed() -> None:
    before = made_up(SURE, VIEW)
    doubled = {
        "none": [130, 133, 128, 130],
        "sector": [160, 162, 158, 161],
        "cluster": [140, 142, 138, 140.1],
    }
    view = VIEW.changed("absorptive_capacity", 1.5)
    picture = with_before(made_up(doubled, view), before, view)
    said = told_change(replace(picture, history=replace(picture.history)), LOOK)
    assert said.startswith("Absorptive capacity × 1.5: no policy +30.2%, sector +55.5%")
    found = change(picture, "breadth")
    assert found is not None
    assert change_sentence(found, "X", EN).endswith("; the leader changed from cluster to sector.")
    same = with_before(made_up(SURE, view), before, view)
    assert told_change(same, LOOK).endswith("; cluster still leads.")
    assert "nothing changes" in told_change(same, LOOK)
    noise = {name: [end + (-1) ** place for place, end in enumerate(ends)] for name, ends in SURE.items()}
    moved_by_luck = with_before(made_up(noise, view), before, view)
    assert told_change(moved_by_luck, LOOK).count("(within chance)") == len(SURE)


def test_the_words_of_a_change_name_the_control_in_both_languages() -> None:
    setting = made_up(SURE, VIEW).setting
    now = VIEW.changed("budget", 0.02).changed("regimes.cluster.links", "isolated")
    assert changes_between(VIEW, now, setting, Texts("de")).startswith("Budget 0,02; ")
    assert "cluster: Links isolated" in changes_between(VIEW, now, setting, EN)
    assert changes_between(now, VIEW, setting, EN).startswith("Budget 0.03")


@pytest.mark.parametrize(
    ("ends", "guess", "told"),
    [
        (SURE, "cluster", "You guessed it"),
        (SURE, "sector", "but cluster leads"),
        (OPEN, "cluster", "not beyond chance"),
        (OPEN, "sector", "nobody is wrong yet"),
    ],
)
def test_a_guess_is_wrong_only_beyond_chance(ends: Any, guess: str, told: str) -> None:
    assert told in judged_guess(read(made_up(ends, VIEW), "breadth"), guess, EN)


def test_money_and_mind_say_who_beats_a_twin_or_comes_closest() -> None:
    view = replace(VIEW, chart="mind")
    twin = {twin_of(name): SURE["none"] for name in ("sector", "cluster")}

    def said(ends: Any) -> str:
        picture = made_up({**ends, **twin}, view)
        shown = replace(view, regimes=tuple(ends))
        return says(replace(picture, history=replace(picture.history, views=(shown,))))

    assert said(SURE).startswith("Cluster earns most by its mind: ")
    assert "ends +10% against its lottery twin (95%: " in said(SURE)
    found = said(OPEN)
    assert found.startswith(
        "No policy beats its lottery twin beyond chance; cluster comes closest, at +1.2% (95%: "
    )
    assert found.endswith("%).")


def test_bands_are_drawn_from_four_seeds_on() -> None:
    """The interval of two seeds is so wide that nothing else could be seen."""
    for count, shown in ((2, False), (4, True)):
        picture = made_up({name: ends[:count] for name, ends in OPEN.items()}, VIEW)
        option = main_option(picture, read(picture, "breadth"), LOOK)
        assert any(each["id"].startswith("low:") for each in option["series"]) is shown


def test_every_sentence_begins_with_a_capital_and_names_in_a_sentence_do_not() -> None:
    ends = {name.replace("cluster", "smart_specialisation"): each for name, each in OPEN.items()}
    assert says(made_up(ends, VIEW)).startswith("Nobody leads beyond chance. Smart specialisation is highest")
    assert "ist „intelligente Spezialisierung“. Breite:" in says(made_up(ends, VIEW), Texts("de"))


def test_a_lead_over_nothing_is_in_units_not_in_percent() -> None:
    picture = made_up({"none": [0, 0, 0, 0], "cluster": [5, 6, 4, 5.1]}, VIEW, start=0.0)
    reading = read(picture, "spending")
    assert not reading.relative
    assert reading.lines["cluster"].end == pytest.approx(5.025)


SETTINGS = ((), (("absorptive_capacity", 1.5),), (("budget", 0.04),))


@pytest.mark.parametrize("story", library())
@pytest.mark.parametrize("more", SETTINGS)
def test_the_leader_in_text_is_the_leader_in_the_chart(story: str, more: Any) -> None:
    view = View(story=story, changes=tuple(sorted((("horizon", 8), *more))))
    many = really_run(view, 4)
    for chart in ("lead", "levels", "seed"):
        picture = replace(many, history=replace(many.history, views=(replace(view, chart=chart),)))
        for outcome in OUTCOMES:
            ends = ends_in_chart(picture, outcome)
            best = max(ends, key=lambda regime: ends[regime])
            sure = read(picture, outcome).sure
            for language in LANGUAGES:
                texts = Texts(language)
                said = says(picture, texts, outcome)
                assert first_named(said, texts) == best, (chart, outcome, said)
                leads = said.startswith(("Nobody", "Niemand", "On this", "Bei diesem"))
                assert leads is not sure or chart == "seed"


def first_named(said: str, texts: Texts) -> str:
    """Give the regime that a sentence names first."""
    places = {name: said.lower().find(texts.regime(name).lower()) for name in REGIME_NAMES}
    return min((name for name in REGIME_NAMES if places[name] >= 0), key=lambda name: places[name])
