"""Lottery twins: the same money and instruments as a regime, with priorities drawn by lot."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.policy.regimes.switches import SwitchedSpec
from model.region import Region
from model.scenario import Scenario, twin_of
from model.streams import Streams, uniforms

SWITCHED = ("sector", "cluster", "smart_specialisation")
TABLE: dict[str, Any] = {
    "steps": 24,
    "knowledge_space": {"domains": 12, "sectors": 3, "cross_cutting_domains": 2},
    "firms": {"number": 60, "places": 2},
    "start": {"run_up": 10},
    "regimes": {"own": {"kind": "composed", "prioritise": "domains", "search": "discovering"}},
}


def scenario(**sections: Any) -> Scenario:
    return Scenario.model_validate({**TABLE, **sections})


def test_every_regime_that_chooses_has_a_twin() -> None:
    regimes = scenario().all_regimes
    assert {name for name in regimes if name.endswith("_by_lot")} == {
        twin_of(name) for name, regime in scenario().regimes.items() if isinstance(regime, SwitchedSpec)
    }
    assert twin_of("own") in regimes
    assert twin_of("lottery") not in regimes
    assert twin_of("none") not in regimes


@pytest.mark.parametrize("name", [*SWITCHED, "own"])
def test_a_twin_differs_in_the_lot_alone(name: str) -> None:
    regimes = scenario().all_regimes
    one, twin = regimes[name].model_dump(), regimes[twin_of(name)].model_dump()
    assert {key for key in one if one[key] != twin[key]} == {"by_lot"}


def decisions(regime: str, seed: int = 1, **sections: Any) -> list[tuple[Any, ...]]:
    """Priorities after every step."""
    region = Region(scenario(**sections), regime=regime, seed=seed)
    made = []
    while region.running:
        region.step()
        memory = region.policymakers[0].memory
        made.append((memory.sectors, memory.domains, memory.cells))
    return made


# Another world: other prices, another growth of knowledge, other firms that leave.
ELSEWHERE: dict[str, Any] = {
    "research": {"productivity": 0.3},
    "market": {"exit_hazard": 0.08, "growth_volatility": 0.2},
    "recombination": {"attempts": 0.0},
}


@pytest.mark.parametrize("name", ["sector", "smart_specialisation", "own"])
def test_what_a_lot_decides_does_not_depend_on_the_state(name: str) -> None:
    by_lot = decisions(twin_of(name))
    assert decisions(twin_of(name), **ELSEWHERE) == by_lot
    assert decisions(twin_of(name), seed=2) != by_lot
    # A new lot is drawn every five years, and stays between.
    assert len(set(by_lot[:20])) == 1
    assert len(set(by_lot)) <= 2


def test_clusters_are_drawn_among_those_that_apply_by_lots_of_their_own() -> None:
    region = Region(scenario(), regime=twin_of("cluster"), seed=1)
    region.step()
    world, spec = region.world, region.world.scenario.regimes["cluster"]
    sectors, places = world.space.sectors, world.scenario.firms.places
    lots = uniforms(Streams(1).key("policy.0.lot", 1), np.arange(max(12, sectors * 256)), 0)
    start = Region(scenario(), regime="none", seed=1).world.carriers
    firms = np.zeros((sectors, places), np.int64)
    np.add.at(firms, (start.sector[start.kind == 0], start.place[start.kind == 0]), 1)
    cells = [(sector, place) for sector in range(sectors) for place in range(places)]
    eligible = sorted(cells, key=lambda cell: -lots[256 * cell[0] + cell[1]])
    expected = [cell for cell in eligible if firms[cell] >= spec.applicants][: spec.clusters]
    assert list(region.policymakers[0].memory.cells) == expected


@pytest.mark.parametrize("name", [*SWITCHED, "own"])
def test_a_twin_delivers_the_same_instruments_in_the_same_shares(name: str) -> None:
    # A region with much that is not held, so that there is always something to try.
    space = {"domains": 46, "sectors": 5, "cross_cutting_domains": 6}
    granted = []
    for regime in (name, twin_of(name)):
        region = Region(scenario(knowledge_space=space), regime=regime, seed=3)
        while region.running:
            region.step()
        (ledger,) = region.result().ledgers.values()
        granted.append(ledger[:, :, 0].sum(axis=0))
    one, twin = granted
    assert one.sum() > 0
    np.testing.assert_allclose(one / one.sum(), twin / twin.sum())


def test_a_twin_can_be_named_wherever_a_regime_can() -> None:
    chosen = scenario(
        policy={"policymakers": [{"name": "city", "regime": twin_of("sector")}]},
        events=[{"kind": "regime_switch", "step": 5, "regime": twin_of("cluster")}],
    )
    region = Region(chosen, seed=1)
    names = []
    while region.running:
        region.step()
        names.append(region.policymakers[0].regime_name)
    assert names == [twin_of("sector")] * 4 + [twin_of("cluster")] * 20
