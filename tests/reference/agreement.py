"""Whether two states are the same, quantity by quantity, up to a tolerance."""

from __future__ import annotations

from typing import Any

import numpy as np

from model.region import Region
from model.state import COLUMNS
from model.world import World
from tests.reference.conversion import QUANTITIES
from tests.reference.region import ReferenceRegion

CLOSE = 1e-6
"""Relative and absolute tolerance after one process: a few units in the last place of single precision."""


def state(world: World) -> dict[str, Any]:
    """All that a world holds, by name; ties that do not exist are left out."""
    table = world.carriers
    live = np.arange(table.slots)[None, :] < table.degree[:, None]
    values: dict[str, Any] = {"step": world.step, "next_id": table.next_id}
    for column in COLUMNS:
        value = getattr(table, column.name)
        values[column.name] = np.where(live, value, 0) if column.block.startswith("tie") else value.copy()
    values |= {name: np.copy(getattr(world, name)) for name in QUANTITIES}
    values |= {name: np.copy(value) for name, value in vars(world.space).items()}
    return values


def differences(
    one: dict[str, Any], other: dict[str, Any], tolerance: float = 0.0, *, of_largest: bool = False
) -> list[str]:
    """Names of what differs between two states, with a word on how; NaN equals NaN.

    The tolerance is relative to each value and to 1 or, with ``of_largest``, to the largest value of a
    quantity: for sums that have grown over a run and come near zero again.
    """
    assert one.keys() == other.keys()
    return [
        f"{name}: {_worst(one[name], other[name])}"
        for name in one
        if not _same(
            np.asarray(one[name]),
            np.asarray(other[name]),
            tolerance,
            _scale(one, name, of_largest=of_largest),
        )
    ]


def _scale(values: dict[str, Any], name: str, *, of_largest: bool) -> float:
    # Memo items are differences of what is booked: as exact as that, however small they are.
    scale = np.asarray(values["account" if name == "memos" else name])
    wanted = name == "memos" or (of_largest and scale.dtype.kind in "fiu")
    return max(1.0, float(np.abs(scale).max(initial=0.0))) if wanted else 1.0


def _same(one: Any, other: Any, tolerance: float, scale: float) -> bool:
    if one.shape != other.shape:
        return False
    if one.dtype.kind not in "fiu" or tolerance == 0.0:
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return np.allclose(one, other, rtol=tolerance, atol=tolerance * scale, equal_nan=True)


def _worst(one: Any, other: Any) -> str:
    one, other = np.asarray(one), np.asarray(other)
    if one.shape != other.shape or one.size == 0 or one.dtype.kind not in "fiu":
        return f"{one.tolist()} against {other.tolist()}"
    place = np.unravel_index(np.argmax(np.abs(one.astype(float) - other.astype(float))), one.shape)
    return f"{one[place]} against {other[place]} at {tuple(int(p) for p in place)}"


def assert_agree(
    world: World, region: ReferenceRegion, tolerance: float = CLOSE, *, of_largest: bool = False
) -> None:
    """Assert that a world and a reference region are in the same state."""
    found = differences(state(world), state(region.to_world()), tolerance, of_largest=of_largest)
    assert found == [], found


def assert_decisions_agree(region: Region, reference: ReferenceRegion, tolerance: float = CLOSE) -> None:
    """Assert that policymakers and meso-organisations have decided the same."""
    step = region.world.step
    for one, other in zip(region.policymakers, reference.policymakers, strict=True):
        assert one.memory.domains == other.memory.domains
        assert one.memory.sectors == other.memory.sectors
        assert one.memory.cells == other.memory.cells
        assert one.next_review == other.next_review
        np.testing.assert_allclose(
            one.ledger.entries[: step + 1], other.ledger.as_array(), tolerance, tolerance
        )
        np.testing.assert_allclose(one.ledger.budget[: step + 1], other.ledger.budgets, tolerance, tolerance)
    for ours, theirs in zip(region.organisations, reference.organisations, strict=True):
        assert ours.unique_id == theirs.unique_id
        assert ours.funded_at == theirs.funded_at
        account = ours.account.entries[step + 1 - len(theirs.account) : step + 1]
        np.testing.assert_allclose(
            account, [list(each.values()) for each in theirs.account], tolerance, tolerance
        )
