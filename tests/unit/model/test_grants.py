"""Grants: capped against own R&D, earmarked for a domain or free, and awarded for a while."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from model.building import build_world
from model.policy.instruments import INSTRUMENTS
from model.policy.orders import Delivery, Order
from model.processes.exogenous import end_support
from model.processes.learning import learn_to_learn
from model.processes.research import research
from model.region import Region
from model.scenario import Scenario
from model.world import World

TABLE: dict[str, Any] = {
    "steps": 20,
    "knowledge_space": {"domains": 12, "sectors": 3, "cross_cutting_domains": 2},
    "firms": {"number": 40},
    "start": {"run_up": 10},
    "market": {"exit_hazard": 0.0},
}
GRANT = INSTRUMENTS["rd_grant"]


def world(**grant: Any) -> World:
    made = build_world(Scenario.model_validate({**TABLE, "instruments": {"rd_grant": grant}}), 1)
    made.step = 1
    end_support(made)
    return made


def deliver(made: World, money: float, key: int = 1, **order: Any) -> Delivery:
    return GRANT.deliver(made, Order("rd_grant", 1.0, **order), money, -1, np.uint64(key))


@pytest.mark.parametrize("match", [0.5, 1.0, 2.0])
def test_a_subsidy_is_capped_against_own_research(match: float) -> None:
    made = world(match=match, per_employee=10.0)
    carriers = made.carriers
    delivery = deliver(made, 1e6)
    firms = carriers.kind == 0
    np.testing.assert_allclose(carriers.subsidy[firms], match * carriers.rd_spending[firms])
    # What nobody may have is not spent.
    paid = (carriers.subsidy * carriers.size).sum() * made.scenario.instruments.rd_grant.unit_cost
    assert delivery.spent == pytest.approx(paid)
    assert deliver(made, 1e6).spent == pytest.approx(0.0, abs=1e-6)


def test_with_a_large_match_the_cap_per_employee_is_all() -> None:
    made = world(match=100.0)
    made.carriers.rd_spending[:] = np.where(made.carriers.kind == 0, 0.05, 0.0)
    deliver(made, 1e6)
    firms = made.carriers.kind == 0
    most = made.scenario.instruments.rd_grant.per_employee
    np.testing.assert_allclose(made.carriers.subsidy[firms], most)


def test_an_earmark_is_for_firms_without_another_grant_and_each_domain_gets_its_part() -> None:
    made = world()
    deliver(made, 3.0, domains=(2, 5, 5), earmarked=True)
    carriers = made.carriers
    money = carriers.subsidy * carriers.size * made.scenario.instruments.rd_grant.unit_cost
    assert money[carriers.earmark == 2].sum() == pytest.approx(1.0)
    assert money[carriers.earmark == 5].sum() == pytest.approx(2.0)
    assert ((carriers.earmark >= 0) == (carriers.subsidy > 0)).all()
    had = carriers.subsidy > 0
    before = carriers.subsidy[had].copy()
    deliver(made, 1e6, domains=(7,), earmarked=True)
    assert np.array_equal(carriers.subsidy[had], before)
    assert set(carriers.earmark[had].tolist()) == {2, 5}


def test_without_an_earmark_money_is_free() -> None:
    made = world()
    deliver(made, 3.0, domains=(2,))
    assert (made.carriers.earmark == -1).all()
    assert made.carriers.subsidy.sum() > 0


def test_what_is_earmarked_works_where_it_is_meant_to() -> None:
    changes = []
    for earmark in (-1, 4):
        made = world(crowding_out=0.0)
        learn_to_learn(made)
        carriers = made.carriers
        firms = np.flatnonzero((carriers.kind == 0) & (carriers.knowledge[:, 4] < made.space.frontier[4]))
        carriers.focus[firms] = 1
        carriers.subsidy[firms] = carriers.rd_spending[firms]
        carriers.earmark[firms] = earmark
        before = carriers.knowledge[firms].astype(np.float64)
        research(made)
        changes.append(carriers.knowledge[firms] - before)
    free, themed = changes
    assert (free[:, 4] == 0).all()
    assert (themed[:, 4] >= 0).all()
    assert themed[:, 4].sum() > 0
    # Half of the effort is the firm's own.
    np.testing.assert_allclose(themed[:, 1], 0.5 * free[:, 1], rtol=1e-3, atol=1e-6)
    assert (np.delete(themed, [1, 4], axis=1) == 0).all()


def served(duration: int, regime: str = "lottery", **settings: Any) -> list[list[int]]:
    """Seats of the firms that have a grant, step by step."""
    table = {
        **TABLE, "policy": {"budget": 0.003, "policymakers": [{"regime": regime}]},
        "instruments": {"rd_grant": {"duration": duration}}, **settings,
    }  # fmt: skip
    region = Region(Scenario.model_validate(table), seed=2)
    seats = []
    while region.running:
        region.step()
        carriers = region.world.carriers
        seats.append(carriers.seat[carriers.subsidy > 0].tolist())
    return seats


def test_the_same_firms_are_served_in_all_quarters_of_an_award() -> None:
    seats = served(5)
    for first in range(0, 20, 5):
        award = seats[first : first + 5]
        # As its own R&D moves, money reaches one firm more or less; the order of the draw stays.
        core = set(award[0]).intersection(*award[1:])
        assert core
        assert all(len(set(each) - core) <= 1 for each in award)
    cores = [frozenset(seats[first]) for first in range(0, 20, 5)]
    assert len(set(cores)) == len(cores)


def test_with_a_duration_of_a_quarter_all_are_drawn_anew() -> None:
    seats = served(1)
    assert all(set(one) != set(other) for one, other in pairwise(seats))


@pytest.mark.parametrize("duration", [1, 4, 20])
def test_awards_begin_when_they_are_drawn(duration: int) -> None:
    made = world(duration=duration)
    begun = []
    for made.step in range(1, 13):
        begun.append(GRANT.drawn_at(made))
    assert begun == [1 + duration * ((step - 1) // duration) for step in range(1, 13)]
