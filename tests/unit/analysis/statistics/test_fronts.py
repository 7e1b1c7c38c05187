"""Fronts: who is dominated, and in which order policies stand."""

from __future__ import annotations

import numpy as np

from analysis.statistics.fronts import dominates, in_order

VALUES = np.array([[3.0, 1.0], [1.0, 3.0], [2.0, 2.0], [1.0, 1.0], [0.0, 0.0]])


def test_who_dominates_whom() -> None:
    found = dominates(VALUES)
    assert found[2, 3]
    assert found[0, 3]
    assert not found[0, 1]
    assert not found.diagonal().any()


def test_the_order_puts_fronts_first_and_what_misses_last() -> None:
    order = in_order(VALUES)
    assert set(order[:3]) == {0, 1, 2}
    assert order[2] == 2, "the ends of a front are lonelier"
    assert order[3:].tolist() == [3, 4]
    short = np.array([[5.0], [0.0], [-1.0], [0.0], [0.0]])
    assert in_order(VALUES, short)[-1] == 0
    assert in_order(VALUES[:, :1]).tolist() == [0, 2, 1, 3, 4]
    assert len(in_order(np.empty((0, 1)))) == 0
