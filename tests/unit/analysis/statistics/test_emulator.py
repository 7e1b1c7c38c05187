"""The emulator on functions that are known: intervals that hold, luck told apart, and a refusal."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.statistics.emulator import COVERED, Accuracy, encoded, importance, train

NAMES = [f"x{place}" for place in range(5)]
STAND = {name: [name] for name in NAMES}


def made(rows: int, seed: int, noise: float = 0.5) -> tuple[pd.DataFrame, np.ndarray]:
    generator = np.random.default_rng(seed)
    inputs = pd.DataFrame(generator.random((rows, 5)), columns=NAMES)
    truth = 4 * (inputs["x0"] > 0.5) * inputs["x1"] + 2 * inputs["x2"]
    return inputs, truth.to_numpy() + generator.normal(0, noise, rows)


@pytest.mark.slow
def test_its_intervals_hold_what_they_should_on_rows_it_has_not_seen() -> None:
    inputs, output = made(200, 1)
    emulator = train(inputs, output, noise=np.full(200, 0.25))
    assert emulator.accuracy.good
    assert 0.05 < emulator.accuracy.luck < 0.4
    other, truth = made(1_000, 2)
    guessed = emulator.predict(other)
    covered = ((guessed["low"] <= truth) & (truth <= guessed["high"])).mean()
    assert COVERED[0] <= covered <= COVERED[1]
    assert (guessed["high"] - guessed["low"]).mean() < 5 * 0.5 * 2
    assert np.sqrt(((guessed["mean"] - truth) ** 2).mean()) == pytest.approx(emulator.accuracy.error, rel=0.2)


def test_it_refuses_where_there_is_nothing_to_learn() -> None:
    inputs, _ = made(80, 3)
    inputs = inputs[["x0"]]
    emulator = train(inputs, np.random.default_rng(4).normal(size=80))
    with pytest.raises(RequestError, match="not luck"):
        emulator.predict(inputs)
    assert len(emulator.predict(inputs, even_if_poor=True)) == 80
    with pytest.raises(RequestError, match="40 in 10 are needed"):
        train(inputs.iloc[:20], np.zeros(20))
    with pytest.raises(RequestError, match="in 4 groups"):
        train(inputs, np.zeros(80), groups=[0, 1, 2, 3] * 20)


def test_it_refuses_where_intervals_do_not_hold() -> None:
    for covered, good in ((0.88, False), (0.90, True), (0.95, True), (0.98, True), (1.0, False)):
        assert Accuracy("boosted_trees", 200, 0.9, 0.05, 1.0, covered).good == good


@pytest.mark.slow
def test_runs_of_one_group_are_held_out_together() -> None:
    # What tells a group apart and nothing else would let an emulator remember, not learn.
    groups = np.repeat(np.arange(10), 6)
    luck, inputs = np.random.default_rng(8).normal(size=10)[groups], pd.DataFrame({"number": groups * 1.0})
    assert train(inputs, luck).accuracy.explained > 0.9
    assert train(inputs, luck, groups=groups).accuracy.explained < 0.5


def test_importance_is_told_from_luck() -> None:
    inputs, output = made(150, 5)
    table = importance(inputs, output, STAND, repeats=2).set_index("lever")
    assert table.loc[["x0", "x1", "x2"], "told_apart"].all()
    assert not table.loc[["x3", "x4"], "told_apart"].any()
    assert table["importance"].idxmax() in {"x0", "x1"}


@pytest.mark.slow
def test_where_all_is_luck_no_lever_is_told_apart() -> None:
    for seed in range(4):
        inputs, _ = made(60, seed)
        luck = np.random.default_rng(100 + seed).normal(size=60)
        assert not importance(inputs, luck, STAND, repeats=1)["told_apart"].any()


def test_words_become_columns_and_numbers_stay() -> None:
    table = pd.DataFrame({"kind": ["a", "b", "a"], "size": [1, 2, 3], "late": [0.5, 1, 1], "same": [1, 1, 1]})
    numbers, stand = encoded(table, {"time": ("late",)})
    assert set(numbers) == {"kind=a", "kind=b", "size", "late"}
    assert stand == {"kind": ["kind=a", "kind=b"], "size": ["size"], "time": ["late"]}
