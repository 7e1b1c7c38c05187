"""A reference region that runs up to its start ends where the simulation starts."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from model import building
from model.world import World
from tests.reference.agreement import assert_agree
from tests.reference.region import ReferenceRegion
from tests.reference.start import run_up
from tests.reference.states import MEASURED
from tests.reference.test_whole_runs import scenario

CLOSE = 1e-5
LONG: dict[str, Any] = {"start": {"run_up": 60}}

STARTS: dict[str, dict[str, Any]] = {
    "usual": {},
    "odd": {"start": {"run_up": 7}},
    "none": {"start": {"run_up": 0}},
    "calm": {"life_cycles": {"turbulence": 0.0}},
    "measured": MEASURED,
    "labour_is_fixed": {"market": {"labour_supply": 0.0, "exit_hazard": 0.1}},
    "with_events_later": {
        "events": [{"kind": "demand_shock", "step": 3, "sectors": ["sector 1"], "factor": 0.1}]
    },
}


def compare(changes: dict[str, Any], seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catch the simulation just before its run-up, and run both up."""
    before: list[World] = []

    def watched(world: World) -> None:
        before.append(deepcopy(world))
        run_up_of_the_model(world)

    run_up_of_the_model = building.run_up
    monkeypatch.setattr(building, "run_up", watched)
    monkeypatch.setattr(building, "_kept", type(building._kept)())
    started = building.build_world(scenario(**changes), seed)
    region = ReferenceRegion.from_world(before[0])
    run_up(region)
    region.counts[:] = 0.0
    assert_agree(started, region, CLOSE, of_largest=True)


@pytest.mark.parametrize("name", STARTS)
def test_start(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compare({"start": {"run_up": 16}, **STARTS[name]}, 5, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", STARTS)
def test_long_start(name: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    compare({**STARTS[name], **LONG}, seed, monkeypatch)
