"""A map of leaders: paired, longer where it is close, honest on how long it takes."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.dashboard.state.surface import COUNT, LOOKS, Surface
from analysis.dashboard.state.view import View
from model.record import OUTCOMES
from tests.unit.analysis.dashboard.pictures import made_up

REGIMES = ("none", "cluster")
OUTCOME = OUTCOMES[0]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def surface() -> Surface:
    view = View(story="thin_rural_region", changes=(("horizon", 8),), x="budget", y="openness")
    found = Surface.of(made_up({name: [100.0, 101.0] for name in REGIMES}, view))
    found.clock = Clock()
    return found


def answer(found: Surface, keys: list[Any], lead: float) -> None:
    """Let cluster lead clearly in the leftmost column; elsewhere luck decides."""
    left = min(found.points[0])
    for place, regime, seed in keys:
        luck = np.sin(1000.0 * seed + 10 * place[0] + place[1] + 3 * REGIMES.index(regime))
        gain = lead if regime == "cluster" and place[0] == left else 0.0
        assert isinstance(found.clock, Clock)
        found.clock.now += 0.5
        found.take((place, regime, seed), np.full(len(OUTCOMES), 100 + gain + luck))


def test_it_looks_longer_only_where_it_is_close() -> None:
    found = surface()
    first = found.missing(OUTCOME)
    assert len(first) == COUNT * COUNT * len(REGIMES) * LOOKS[0]
    assert found.seconds_left(len(first)) is None
    answer(found, first, lead=20.0)
    assert found.seconds_left(10) == 5.0
    second = found.missing(OUTCOME)
    assert {place[0] for place, _, _ in second} == {*found.points[0]} - {min(found.points[0])}
    assert {seed for _, _, seed in second} == set(found.seeds[LOOKS[0] : LOOKS[1]])
    answer(found, second, lead=20.0)
    assert found.missing(OUTCOME) == []
    cells = found.cells(OUTCOME)
    assert set(cells.loc[cells["leader"].notna(), "budget"]) == {min(found.points[0])}
    assert set(cells.loc[cells["leader"].notna(), "leader"]) == {"cluster"}
    assert set(cells.loc[cells["leader"].isna(), "seeds"]) == {LOOKS[1]}
    assert found.told_apart()[OUTCOME] == COUNT


def test_a_run_that_fails_costs_its_seed_in_its_cell_only() -> None:
    found = surface()
    keys = found.missing(OUTCOME)
    answer(found, keys[1:], lead=20.0)
    found.take(keys[0], None)
    cells = found.cells(OUTCOME)
    assert len(cells) == COUNT * COUNT - 1
    assert len(found.table()) == len(keys) - 1
    answer(found, found.missing(OUTCOME), lead=20.0)
    assert found.missing(OUTCOME) == []


def test_runs_are_those_of_the_curves_of_a_cell() -> None:
    found = surface()
    place = (found.points[0][1], found.points[1][2])
    job = found.job((place, "cluster", found.seeds[3]))
    assert job.seed == found.seeds[3]
    assert job.scenario.policy.budget == place[0]
    assert job.scenario.firms.openness_mean == place[1]
    assert found.seeds[0] == job.scenario.story.typical_seed
