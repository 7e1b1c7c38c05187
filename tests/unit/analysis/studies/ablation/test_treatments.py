"""The design of an ablation: every combination once, and one step at a time."""

from __future__ import annotations

import tomllib
from itertools import product

import pytest

from analysis.errors import RequestError
from analysis.studies.ablation.treatments import SWITCHES, arrange_treatments, composition_of, position_of
from model.loading import dump_scenario, load_scenario
from model.scenario import Scenario
from tests.unit.analysis.studies.ablation.synthetic_ablation import REGIMES, treatments

MADE = treatments()


def test_every_combination_of_switches_is_tried_once() -> None:
    signs = MADE.corners.drop(columns="regime")
    assert sorted(signs.itertuples(index=False, name=None)) == sorted(product((-1, 1), repeat=5))
    for row in MADE.corners.to_dict("records"):
        spec = MADE.scenario.regimes[row["regime"]]
        for switch in SWITCHES:
            assert getattr(spec, switch.name) == switch.positions[(row[switch.name] + 1) // 2][1]


def test_treatments_differ_in_switches_only() -> None:
    names = {switch.name for switch in SWITCHES}
    first, *others = (
        MADE.scenario.regimes[name].model_dump(exclude=names) for name in MADE.corners["regime"]
    )
    assert all(other == first for other in others)


@pytest.mark.parametrize("origin", REGIMES)
def test_a_step_changes_one_switch(origin: str) -> None:
    whole = composition_of(MADE.scenario, origin).model_dump()
    own = MADE.flips[MADE.flips["origin"] == origin]
    assert {switch.name for switch in SWITCHES} < set(own["switch"])
    for flip in own.to_dict("records"):
        made = MADE.scenario.regimes[flip["regime"]].model_dump()
        assert [name for name in whole if made[name] != whole[name]] == [flip["switch"]]


def test_built_in_regimes_are_where_the_pages_say() -> None:
    at = {
        name: [position_of(composition_of(MADE.scenario, name), switch) for switch in SWITCHES]
        for name in REGIMES
    }
    assert at == {
        "sector": ["generic", "mixed", "inside", "fixed", "from_above"],
        "cluster": ["generic", "mixed", "inside", "fixed", "from_below"],
        "smart_specialisation": ["targeted", "mixed", "across", "discovering", "mixed"],
    }


def test_the_scenario_with_all_treatments_can_be_read_again() -> None:
    again = Scenario.model_validate(tomllib.loads(dump_scenario(MADE.scenario)))
    assert again == MADE.scenario
    assert MADE.names[0] == "none"
    assert len(set(MADE.names)) == len(MADE.names) == 1 + 3 + 32 + len(MADE.flips)


def test_what_is_no_switch_is_set_by_the_composed_regime() -> None:
    scenario = load_scenario(
        Scenario(), ["regimes.composed.priorities=7", "regimes.composed.prioritise=sectors"]
    )
    made = arrange_treatments(scenario, ["cluster"])
    for name in made.corners["regime"]:
        assert (made.scenario.regimes[name].priorities, made.scenario.regimes[name].prioritise) == (
            7,
            "sectors",
        )


def test_a_clustered_variant_of_a_regime_that_spots_clusters_is_possible() -> None:
    scenario = load_scenario(Scenario(), ["regimes.sector.spotting_share=0.3"])
    made = arrange_treatments(scenario, ["sector"])
    assert made.scenario.regimes["sector-prioritise-clusters"].spotting_share == 0


@pytest.mark.parametrize("name", ["none", "untargeted", "nosuch"])
def test_a_regime_without_switches_is_told(name: str) -> None:
    with pytest.raises(RequestError, match="sector, cluster, smart_specialisation, composed"):
        arrange_treatments(Scenario(), [name])


def test_a_name_that_a_variant_needs_is_told() -> None:
    taken = {"cluster-scope-across": {"kind": "cluster"}}
    with pytest.raises(RequestError, match="cluster-scope-across"):
        arrange_treatments(Scenario.model_validate({"regimes": taken}), ["cluster"])


def test_a_variant_that_makes_no_sense_is_told() -> None:
    only_pilots = {"kind": "smart_specialisation", "delivery": {"discovery_pilot": 1.0}}
    scenario = Scenario.model_validate({"regimes": {"only_pilots": only_pilots}})
    with pytest.raises(RequestError, match=r"only_pilots-search-fixed cannot be tried: .*discovery_pilot"):
        arrange_treatments(scenario, ["only_pilots"])
