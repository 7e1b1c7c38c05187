"""Levers have positions in every story, and one of them is where the story has it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.dashboard.classroom.levers import ROLES, SETTINGS
from analysis.dashboard.classroom.regions import ahead
from analysis.dashboard.classroom.seat import Seat
from analysis.dashboard.state.settings import setting_for
from analysis.dashboard.state.view import View
from model.loading import library
from model.record import OBSERVABLES
from model.region import Region
from model.scenario import Scenario


@pytest.mark.parametrize("story", library())
def test_every_story_takes_every_position(story: str) -> None:
    view = View(story=story)
    base = setting_for(view).base
    for number in range(1, 13):
        for step in ("luck", "settings", "roles"):
            for wanted in ahead(step, Seat(number, ""), view, base):
                setting = setting_for(wanted.view)
                assert not setting.left_out
                assert set(wanted.regimes) <= set(setting.scenario.all_regimes)


def test_where_a_story_has_it_nothing_is_changed() -> None:
    view = View()
    base = setting_for(view).base
    for lever in (*SETTINGS, *(role.lever for role in ROLES if role.lever)):
        assert lever.moved(view, lever.start(base), base) == view
        assert len(lever.positions(base)) == len(lever.values) + 1
        assert lever.moved(view, 0, base) != view


@pytest.mark.parametrize("role", [role for role in ROLES if role.lever], ids=lambda role: role.name)
def test_the_lever_of_a_role_moves_its_aim(role: object) -> None:
    assert role in ROLES
    lever, aim = role.lever, role.aim  # type: ignore[attr-defined]
    view = View(story="thin_rural_region", changes=(("horizon", 40), ("start.run_up", 8)))
    base = setting_for(view).base
    column, ends = list(OBSERVABLES).index(aim), set()
    for place in (0, len(lever.positions(base)) - 1):
        scenario = setting_for(lever.moved(view, place, base)).of(role.regime)  # type: ignore[attr-defined]
        ends.add(tuple(float(run(scenario, seed).record.series[-1, column]) for seed in (1, 2, 3)))
    assert len(ends) == 2


def run(scenario: Scenario, seed: int) -> Region:
    region = Region(scenario, seed=seed)
    while region.running:
        region.step()
    return region


def test_roles_are_dealt_in_turn() -> None:
    assert [Seat(number, "").role.name for number in range(1, 8)] == [
        *(role.name for role in ROLES),
        ROLES[0].name,
    ]
    assert replace(ROLES[-1]).lever is None
