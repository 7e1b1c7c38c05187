"""A region can be copied and pickled, and then goes its own way."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest

from model.agents import Firm
from model.region import Region
from tests.unit.model.mesa_regions import STEPS, advance, small_region

COPIES = {"deepcopy": copy.deepcopy, "pickle": lambda region: pickle.loads(pickle.dumps(region))}  # noqa: S301
COPY = pytest.mark.parametrize("duplicate", COPIES.values(), ids=COPIES)


def half_way(*, looked_at: bool) -> Region:
    region = small_region(regime="smart_specialisation")
    advance(region, STEPS // 2)
    if looked_at:
        region.agents_by_type[Firm].set("pos", (1, 1))
    return region


def recorded(region: Region) -> np.ndarray:
    return region.record.series[: region.steps + 1]


@COPY
@pytest.mark.parametrize("looked_at", [False, True])
def test_a_copy_goes_on_as_the_original_would(duplicate: Callable[[Any], Any], *, looked_at: bool) -> None:
    region = half_way(looked_at=looked_at)
    copied = duplicate(region)
    advance(region, STEPS - STEPS // 2)
    assert copied.steps == STEPS // 2
    advance(copied, STEPS - STEPS // 2)
    assert np.array_equal(copied.record.series, region.record.series)
    assert copied.result().ledger().equals(region.result().ledger())
    assert copied.agents.get("unique_id") == region.agents.get("unique_id")


@COPY
def test_a_copy_leaves_the_original_alone(duplicate: Callable[[Any], Any]) -> None:
    region, untouched = half_way(looked_at=True), half_way(looked_at=True)
    copied = duplicate(region)
    copied.agents_by_type[Firm].set("openness", 1.0)
    copied.agents_by_type[Firm].do(lambda firm: firm.knowledge.fill(0.5))
    next(iter(copied.agents_by_type[Firm])).remove()
    advance(copied, 2)
    advance(region, 2)
    advance(untouched, 2)
    assert np.array_equal(recorded(region), recorded(untouched))
    assert not np.array_equal(recorded(copied), recorded(region))


@COPY
def test_the_agents_of_a_copy_are_its_own(duplicate: Callable[[Any], Any]) -> None:
    region = half_way(looked_at=True)
    copied = duplicate(region)
    assert all(agent.model is copied for agent in copied.agents)
    assert not {*copied.agents} & {*region.agents}
    assert [firm.pos for firm in copied.agents_by_type[Firm]] == [(1, 1)] * len(region.agents_by_type[Firm])
    assert copied.random.random() == region.random.random()
    added = mesa.Agent(copied)
    assert added in copied.agents
    assert added not in region.agents
    identities = copied.agents.get("unique_id")
    assert len(set(identities)) == len(identities)
