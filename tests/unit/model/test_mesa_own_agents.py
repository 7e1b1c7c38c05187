"""What a user adds: agents of her own, firms that can do more, regions that step otherwise."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
import pytest

from model.agents import Firm
from model.region import Region
from tests.unit.model.mesa_regions import STEPS, advance, small_region, small_scenario


class Journalist(mesa.Agent):
    """An agent of a user's own, made as Mesa's tutorial does."""

    def __init__(self, model: mesa.Model, paper: str = "Gazette") -> None:
        super().__init__(model)
        self.paper = paper
        self.headlines: list[float] = []

    def step(self) -> None:
        largest = max(self.model.agents_by_type[Firm], key=lambda firm: firm.size)
        self.headlines.append(largest.size)


class Reported(Region):
    """A region with agents of its own, who act before everybody else."""

    def __init__(self, *, journalists: int = 2, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        Journalist.create_agents(self, journalists)

    def step(self) -> None:
        self.agents_by_type[Journalist].shuffle_do("step")
        super().step()


def test_own_agents_are_agents_like_any_other() -> None:
    region = small_region(Reported)
    assert Journalist in region.agent_types
    assert [agent.paper for agent in region.agents_by_type[Journalist]] == ["Gazette", "Gazette"]
    advance(region, STEPS)
    for journalist in region.agents.select(agent_type=Journalist):
        assert len(journalist.headlines) == region.steps == STEPS
        assert journalist.random is region.random
    identities = region.agents.get("unique_id")
    assert len(set(identities)) == len(identities)
    assert set(region.agents_by_type[Journalist].get("unique_id")) == {-2, -3}


def test_own_agents_leave_the_luck_of_the_region_alone() -> None:
    reported, plain = small_region(Reported, journalists=5), small_region()
    advance(reported, STEPS)
    advance(plain, STEPS)
    assert np.array_equal(reported.record.series, plain.record.series)


def test_own_agents_can_be_removed() -> None:
    region = small_region(Reported)
    first, second = region.agents_by_type[Journalist]
    first.remove()
    assert list(region.agents_by_type[Journalist]) == [second]
    third = Journalist(region, paper="Herald")
    assert third.unique_id not in {first.unique_id, second.unique_id}
    assert third in region.agents


def test_the_order_of_agents_does_not_depend_on_when_somebody_first_looked() -> None:
    orders = []
    for looks in (True, False):
        region = small_region()
        for _ in range(STEPS):
            if looks:
                len(region.agents)
            Journalist(region)
            region.step()
        orders.append(region.agents.get("unique_id"))
    assert orders[0] == orders[1]
    carriers = sorted(region.world.carriers.id.tolist())
    assert orders[0] == [*range(-1, -2 - STEPS, -1), *carriers]


class Restless(Firm):
    """A firm that can do more."""

    def move(self) -> None:
        self.place = self.random.randrange(self.model.world.scenario.firms.places)


class Moving(Region):
    """A region of such firms."""

    firm_type = Restless

    def step(self) -> None:
        self.agents_by_type[Restless].shuffle_do("move")
        super().step()


def test_firms_can_be_given_behaviour() -> None:
    moving, still = small_region(Moving), small_region()
    places = moving.world.carriers.place.copy()
    moving.step()
    assert (moving.world.carriers.place[: len(places)] != places).any()
    advance(moving, STEPS - 1)
    advance(still, STEPS)
    assert all(type(firm) is Restless for firm in moving.agents.select(agent_type=Firm))
    assert moving.observed("knowledge_of_firms") != still.observed("knowledge_of_firms")
    assert moving.steps == still.steps == STEPS


def test_a_subclass_takes_the_settings_of_a_region() -> None:
    region = Reported(
        scenario=small_scenario(), regime="sector", seed=5, journalists=1, **{"firms.places": 3}
    )
    assert len(region.agents_by_type[Journalist]) == 1
    assert region.world.scenario.firms.places == 3
    assert region.policymakers[0].regime_name == "sector"


def test_an_agent_cannot_be_of_two_regions() -> None:
    one, other = small_region(Reported), small_region(Reported)
    journalist = next(iter(one.agents_by_type[Journalist]))
    assert journalist not in other.agents
    assert journalist.model is one
    with pytest.raises(KeyError):
        other.deregister_agent(journalist)
