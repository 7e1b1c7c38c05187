"""Whom policy reaches and what instruments do: the simulation and the reference model agree on any state."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.policy.instruments import INSTRUMENTS
from model.policy.orders import Delivery, Order
from model.policy.selection import choose_firms
from model.world import World
from tests.reference.agreement import CLOSE, assert_agree
from tests.reference.instruments import DELIVER, DELIVERED_BY
from tests.reference.random_numbers import Luck
from tests.reference.region import ReferenceRegion
from tests.reference.selection import choose_firms as run_race
from tests.reference.states import QUICK, THOROUGH, orders, worlds

each_instrument = pytest.mark.parametrize("name", INSTRUMENTS)
money = st.sampled_from([3.0, 20.0, 1000.0, 0.5, 0.0])
keys = st.integers(0, 2**64 - 1)


@given(world=worlds(), data=st.data(), key=keys, limit=st.integers(0, 30))
@QUICK
def test_the_same_firms_are_chosen(world: World, data: Any, key: int, limit: int) -> None:
    target = data.draw(orders(world, "any")).target
    region = ReferenceRegion.from_world(world)
    chosen = choose_firms(world, target, np.uint64(key), limit)
    expected = [firm.unique_id for firm in run_race(region, target, Luck(key), limit)]
    assert world.carriers.id[chosen].tolist() == expected


def compare(world: World, order: Order, paid: float, key: int, organisation: int | None) -> None:
    """Let both models deliver the same order."""
    region = ReferenceRegion.from_world(world)
    row = -1 if organisation is None else organisation
    deliverer: Any = None if organisation is None else region.carriers[organisation]
    ours = INSTRUMENTS[order.instrument].deliver(world, order, paid, row, np.uint64(key))
    theirs = DELIVER[order.instrument](region, order, paid, deliverer, Luck(key))
    assert ours.spent <= paid * (1 + 1e-12)
    assert as_numbers(ours) == pytest.approx(as_numbers(theirs), rel=CLOSE, abs=CLOSE, nan_ok=True)
    assert_agree(world, region)


def as_numbers(delivery: Delivery) -> dict[str, float]:
    """A delivery; what was achieved is of no account where nothing was delivered."""
    names = ("spent", "units", "success", "signal") if delivery.units > 0 else ("spent", "units")
    return {name: float(getattr(delivery, name)) for name in names}


def organisations(world: World) -> st.SearchStrategy[int | None]:
    """Rows of meso-organisations, or none."""
    return st.sampled_from([None, *np.flatnonzero(world.carriers.kind != 0).tolist()])


@each_instrument
@given(world=worlds(), data=st.data(), paid=money, key=keys)
@QUICK
def test_instrument(name: str, world: World, data: Any, paid: float, key: int) -> None:
    compare(world, data.draw(orders(world, name)), paid, key, data.draw(organisations(world)))


@pytest.mark.slow
@each_instrument
@given(world=worlds(most_firms=60), data=st.data(), paid=money, key=keys)
@THOROUGH
def test_instrument_thoroughly(name: str, world: World, data: Any, paid: float, key: int) -> None:
    compare(world, data.draw(orders(world, name)), paid, key, data.draw(organisations(world)))


def test_every_instrument_is_stated() -> None:
    assert list(DELIVER) == list(INSTRUMENTS)
    delivered_by = {name: instrument.delivered_by for name, instrument in INSTRUMENTS.items()}
    assert {name: DELIVERED_BY.get(name, "") for name in INSTRUMENTS} == delivered_by
