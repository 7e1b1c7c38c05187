"""What channels contribute, on games whose solution is known from theory."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.comparison import compare, interval
from analysis.statistics.shapley import (
    CHANNELS,
    COLUMNS,
    attribute,
    harsanyi_dividends,
    interaction_indices,
    ratio_interval,
    shapley_values,
)

Worth = Callable[[frozenset[int]], float]

PLAYERS = 3
SETS = [frozenset(k for k in range(PLAYERS) if code >> k & 1) for code in range(2**PLAYERS)]
ABSORPTION, RECOMBINATION, TIES = range(PLAYERS)


def game(worth: Worth) -> np.ndarray:
    return np.array([worth(members) for members in SETS])


def by_permutations(values: np.ndarray) -> list[float]:
    """Shapley's own definition: the mean of what each player adds, over all orders of joining."""
    worth = dict(zip(SETS, values, strict=True))
    orders = list(permutations(range(PLAYERS)))
    added = [0.0] * PLAYERS
    for order in orders:
        for place, player in enumerate(order):
            before = frozenset(order[:place])
            added[player] += (worth[before | {player}] - worth[before]) / len(orders)
    return added


def runs(worth: Callable[[str, frozenset[int], int], float], seeds: int = 5) -> pd.DataFrame:
    """Outcomes of every regime with every set of channels live."""
    rows = []
    for regime in ("none", "cluster"):
        for seed in range(seeds):
            for members in SETS:
                live = {channel: place in members for place, channel in enumerate(CHANNELS)}
                rows.append({"regime": regime, "seed": seed, **live, "known": worth(regime, members, seed)})
    return pd.DataFrame(rows)


def noisy(regime: str, members: frozenset[int], seed: int) -> float:
    number = seed + 100 * sum(2**place for place in members) + 10_000 * (regime == "cluster")
    return 50.0 + 3 * len(members) + float(np.random.default_rng(number).normal())


def quantity(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table[table["quantity"] == name].set_index("channels")


def test_in_an_additive_game_everybody_gets_what_they_bring() -> None:
    worth = game(lambda members: 5.0 + sum((1.0, -2.0, 4.0)[player] for player in members))
    assert shapley_values(worth) == pytest.approx([1.0, -2.0, 4.0])
    assert interaction_indices(worth) == pytest.approx([0.0, 0.0, 0.0])


def test_a_pure_interaction_is_shared_evenly_by_those_who_make_it() -> None:
    pair = game(lambda members: 6.0 if {ABSORPTION, TIES} <= members else 0.0)
    assert shapley_values(pair) == pytest.approx([3.0, 0.0, 3.0])
    assert interaction_indices(pair) == pytest.approx([0.0, 6.0, 0.0])
    everybody = game(lambda members: 6.0 if len(members) == PLAYERS else 0.0)
    assert shapley_values(everybody) == pytest.approx([2.0, 2.0, 2.0])
    assert interaction_indices(everybody) == pytest.approx([3.0, 3.0, 3.0])


def test_players_who_stand_in_for_each_other_interact_below_zero() -> None:
    either = game(lambda members: 1.0 if {RECOMBINATION, TIES} & members else 0.0)
    assert shapley_values(either) == pytest.approx([0.0, 0.5, 0.5])
    assert interaction_indices(either) == pytest.approx([0.0, 0.0, -1.0])


@given(values=st.lists(st.floats(-1e3, 1e3), min_size=8, max_size=8))
def test_values_are_those_of_the_definition(values: list[float]) -> None:
    worth = np.array(values)
    assert shapley_values(worth) == pytest.approx(by_permutations(worth), abs=1e-9)
    assert shapley_values(worth).sum() == pytest.approx(worth[-1] - worth[0], abs=1e-9)
    assert harsanyi_dividends(worth).sum() == pytest.approx(worth[-1], abs=1e-9)


@given(values=st.lists(st.floats(-1e3, 1e3), min_size=4, max_size=4))
def test_a_dummy_gets_nothing_and_interacts_with_nobody(values: list[float]) -> None:
    # Whether ties are live makes no difference.
    worth = np.array([*values, *values])
    assert shapley_values(worth)[TIES] == 0.0
    assert interaction_indices(worth)[1:].tolist() == [0.0, 0.0]


@given(values=st.lists(st.floats(-1e3, 1e3), min_size=8, max_size=8))
def test_interaction_is_the_mean_second_difference(values: list[float]) -> None:
    worth = dict(zip(SETS, values, strict=True))
    for (i, j), found in zip(
        combinations(range(PLAYERS), 2), interaction_indices(np.array(values)), strict=True
    ):
        others = [frozenset[int](), frozenset(range(PLAYERS)) - {i, j}]
        differences = [worth[s | {i, j}] - worth[s | {i}] - worth[s | {j}] + worth[s] for s in others]
        assert found == pytest.approx(np.mean(differences), abs=1e-9)


def test_a_game_has_a_power_of_two_of_sets() -> None:
    with pytest.raises(ValueError, match="8 sets, not 9"):
        shapley_values(np.zeros(9))


def test_contributions_and_remainder_sum_to_the_lead_of_the_comparison() -> None:
    outcomes = runs(noisy)
    table = attribute(outcomes, ["known"])
    assert list(table.columns) == list(COLUMNS)
    live = outcomes[outcomes[list(CHANNELS)].all(axis=1)]
    compared = compare(live, ["known"]).iloc[1]
    lead = quantity(table, "lead").iloc[0]
    assert (lead["value"], lead["low"], lead["high"]) == pytest.approx(
        (compared["difference"], compared["difference_low"], compared["difference_high"]), rel=1e-12
    )
    assert lead["relative"] == pytest.approx(compared["relative"], rel=1e-12)
    remainder = quantity(table, "remainder")["value"].sum()
    for parts in ("contribution", "dividend"):
        assert quantity(table, parts)["value"].sum() + remainder == pytest.approx(lead["value"], abs=1e-12)


def test_what_a_channel_does_without_policy_contributes_nothing() -> None:
    table = attribute(runs(lambda _, members, seed: seed + 10.0 * len(members)), ["known"])
    assert (table["value"] == 0).all()


def test_intervals_are_those_of_contributions_seed_by_seed() -> None:
    outcomes = runs(noisy)
    table = attribute(outcomes, ["known"])
    by_seed = []
    for seed in range(5):
        worth = game(
            lambda members, seed=seed: noisy("cluster", members, seed) - noisy("none", members, seed)
        )  # type: ignore[misc]
        by_seed.append(by_permutations(worth))
    for place, channel in enumerate(CHANNELS):
        row = quantity(table, "contribution").loc[channel]
        assert (row["value"], row["low"], row["high"]) == pytest.approx(
            interval(np.array(by_seed)[:, place]), abs=1e-12
        )


def test_shares_sum_to_a_hundred_where_the_lead_is_sure_and_are_left_out_where_not() -> None:
    def sure(regime: str, members: frozenset[int], seed: int) -> float:
        return noisy(regime, members, seed) + (20.0 + 5 * len(members)) * (regime == "cluster")

    table = attribute(runs(sure), ["known"])
    assert table["share"].sum() == pytest.approx(100)
    shared = table[table["share"].notna()]
    assert set(shared["quantity"]) == {"contribution", "remainder"}
    assert (shared["share_low"] < shared["share"]).all()
    assert (shared["share"] < shared["share_high"]).all()
    assert attribute(runs(noisy), ["known"])["share"].isna().all()


def test_only_seeds_that_finished_with_every_set_count() -> None:
    outcomes = runs(noisy)
    lost = (outcomes["regime"] == "cluster") & (outcomes["seed"] == 2) & ~outcomes["ties"]
    whole = attribute(outcomes[outcomes["seed"] != 2], ["known"])
    pd.testing.assert_frame_equal(attribute(outcomes[~lost], ["known"]), whole)
    assert set(whole["seeds"]) == {4}
    assert len(attribute(outcomes[outcomes["ties"]], ["known"])) == 0


def test_one_seed_gives_contributions_without_intervals_and_shares() -> None:
    table = attribute(runs(noisy, seeds=1), ["known"])
    assert table["value"].notna().all()
    assert table[["low", "high", "share"]].isna().all(axis=None)


def test_the_order_of_runs_does_not_matter() -> None:
    outcomes = runs(noisy)
    shuffled = pd.concat([outcomes.iloc[:1], outcomes.iloc[1:].sample(frac=1, random_state=0)])
    pd.testing.assert_frame_equal(
        attribute(shuffled, ["known"]), attribute(outcomes, ["known"]), check_exact=True
    )


def test_the_interval_of_a_ratio_covers_the_truth_in_about_95_of_100_samples() -> None:
    generator = np.random.default_rng(4)
    covered = []
    for _ in range(2_000):
        denominator = generator.normal(4.0, 2.0, 8)
        numerator = 0.5 * denominator + generator.normal(0, 1.0, 8)
        _, low, high = ratio_interval(numerator, denominator)
        covered.append(low <= 0.5 <= high)
    assert np.mean(covered) == pytest.approx(0.95, abs=0.02)


def test_the_interval_of_a_ratio_to_what_may_be_nothing_has_no_ends() -> None:
    noise = np.random.default_rng(5).normal(size=(2, 6))
    assert ratio_interval(noise[0], noise[1] - noise[1].mean() + 0.01)[1:] == (-np.inf, np.inf)
