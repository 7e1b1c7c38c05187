"""The compiled exchange does what the plain one does, and what an exchange must do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from analysis.studies.replication.economy import Network, network_of
from model.kernels.barter_exchange import can_trade, exchange
from model.streams import Streams
from tests.reference.barter_exchange import Agent, Market
from tests.reference.random_numbers import Luck, stream_key
from tests.reference.states import QUICK, THOROUGH

ENOUGH = 100_000


@st.composite
def economies(draw: DrawFn) -> dict[str, Any]:
    """A few agents on some network, isolated ones and equal ones included."""
    agents, categories = draw(st.integers(2, 9)), draw(st.integers(1, 6))
    pairs = [(i, j) for i in range(agents) for j in range(i + 1, agents)]
    ties = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=20, unique=True))
    level = st.sampled_from([0.0, 1.0, 1.005, 2.0]) | st.floats(0.0, 30.0, width=32)
    row = st.lists(level, min_size=categories, max_size=categories)
    return {
        "levels": np.array(draw(st.lists(row, min_size=agents, max_size=agents))),
        "network": network_of(np.array(sorted(ties), np.int64), agents),
        "absorbed": draw(st.sampled_from([0.1, 0.5, 1.0])),
        "tolerance": draw(st.sampled_from([0.01, 0.1])),
        "barter": draw(st.booleans()),
        "by_tie": draw(st.booleans()),
        "seed": draw(st.integers(0, 2**32 - 1)),
    }


def fast(economy: dict[str, Any], most_rounds: int) -> tuple[np.ndarray, int, bool, np.ndarray, np.ndarray]:
    levels, network = economy["levels"].copy(), economy["network"]
    taught, learned = np.zeros((2, len(levels)), np.int64)
    key: Any = Streams(economy["seed"]).key("test.meetings", 0)
    rounds, exhausted = exchange(
        levels, network.ties, network.begin, network.partners, economy["absorbed"], economy["tolerance"],
        economy["barter"], economy["by_tie"], most_rounds, key, taught, learned,
    )  # fmt: skip
    return levels, rounds, exhausted, taught, learned


def compare(economy: dict[str, Any], most_rounds: int) -> None:
    """Both models do the same, meeting by meeting."""
    levels, rounds, exhausted, taught, learned = fast(economy, most_rounds)
    agents = [Agent(row.tolist()) for row in economy["levels"]]
    ties = [(int(i), int(j)) for i, j in economy["network"].ties]
    names = ("absorbed", "tolerance", "barter", "by_tie")
    market = Market(agents, ties, *(economy[name] for name in names))
    luck = Luck(stream_key(economy["seed"], "test.meetings", 0))
    assert (rounds, exhausted) == market.run(luck, most_rounds)
    np.testing.assert_allclose(levels, [agent.levels for agent in agents], rtol=1e-12)
    assert taught.tolist() == [agent.taught for agent in agents]
    assert learned.tolist() == [agent.learned for agent in agents]


@given(economy=economies(), most_rounds=st.integers(0, 30))
@QUICK
def test_it_agrees_with_the_plain_exchange(economy: dict[str, Any], most_rounds: int) -> None:
    compare(economy, most_rounds)


@pytest.mark.slow
@given(economy=economies(), most_rounds=st.integers(0, 300))
@THOROUGH
def test_it_agrees_with_the_plain_exchange_thoroughly(economy: dict[str, Any], most_rounds: int) -> None:
    compare(economy, most_rounds)


def check_laws(economy: dict[str, Any]) -> None:
    """Nobody forgets or passes the best, trades balance, and at the end nothing is left to trade."""
    levels, rounds, exhausted, taught, learned = fast(economy, ENOUGH)
    assert exhausted
    assert rounds < ENOUGH
    assert (levels >= economy["levels"]).all()
    assert (levels.max(axis=0) == economy["levels"].max(axis=0)).all()
    assert taught.sum() == learned.sum()
    if economy["barter"]:
        assert (taught == learned).all()
    left = [
        can_trade(levels, i, j, economy["tolerance"], economy["barter"]) for i, j in economy["network"].ties
    ]
    assert not any(left)
    before = [
        can_trade(economy["levels"], i, j, economy["tolerance"], economy["barter"])
        for i, j in economy["network"].ties
    ]
    assert (rounds > 0) == any(before)


@given(economy=economies())
@QUICK
def test_it_keeps_the_laws_of_exchange(economy: dict[str, Any]) -> None:
    check_laws(economy)


@pytest.mark.slow
@given(economy=economies())
@THOROUGH
def test_it_keeps_the_laws_of_exchange_thoroughly(economy: dict[str, Any]) -> None:
    check_laws(economy)


@given(economy=economies())
@QUICK
def test_agents_without_partners_keep_what_they_have(economy: dict[str, Any]) -> None:
    levels, *_ = fast(economy, ENOUGH)
    alone = np.diff(economy["network"].begin) == 0
    assert (levels[alone] == economy["levels"][alone]).all()


def meeting(levels: list[list[float]], *, barter: bool, tolerance: float = 0.01) -> np.ndarray:
    """Two agents meet twice."""
    network: Network = network_of(np.array([[0, 1]], np.int64), 2)
    economy = {
        "levels": np.array(levels), "network": network, "absorbed": 0.1, "tolerance": tolerance,
        "barter": barter, "by_tie": True, "seed": 1,
    }  # fmt: skip
    return fast(economy, 1)[0]


def test_each_learns_a_tenth_of_the_difference() -> None:
    assert meeting([[10.0, 0.0], [0.0, 10.0]], barter=True).tolist() == [[10.0, 1.0], [1.0, 10.0]]


def test_nobody_teaches_for_nothing_under_barter() -> None:
    levels = [[10.0, 5.0], [0.0, 5.0]]
    assert meeting(levels, barter=True).tolist() == levels
    assert meeting(levels, barter=False).tolist() == [[10.0, 5.0], [1.0, 5.0]]


def test_equally_many_categories_go_each_way() -> None:
    after = meeting([[10.0, 10.0, 10.0, 0.0], [0.0, 0.0, 0.0, 10.0]], barter=True)
    assert after[0].tolist() == [10.0, 10.0, 10.0, 1.0]
    assert sorted(after[1].tolist()) == [0.0, 0.0, 1.0, 10.0]


@pytest.mark.parametrize(("level", "trades"), [(1.009, False), (1.011, True)])
def test_a_difference_below_one_percent_counts_as_none(level: float, trades: bool) -> None:  # noqa: FBT001
    levels = [[level, 0.0], [1.0, 5.0]]
    assert (meeting(levels, barter=True) != np.array(levels)).any() == trades
