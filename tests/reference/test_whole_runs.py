"""Whole runs agree, step by step: state, decisions, growth account and record, under every regime."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.observables import OBSERVABLES
from model.region import Region
from model.scenario import REGIME_NAMES, Scenario, twin_of
from tests.reference.agreement import assert_agree, assert_decisions_agree
from tests.reference.region import ReferenceRegion
from tests.reference.states import AFFORDABLE, MEASURED

STEPS = 24
ALL_REGIMES = (*REGIME_NAMES, *(twin_of(name) for name in REGIME_NAMES if name != "none"), "lottery")
CLOSE = 1e-5
"""Rounding to single precision differs now and then, and adds up a little over a run.

Relative to the largest value of each quantity, and for the account to what the region knows.
"""

SMALL: dict[str, Any] = {
    "steps": STEPS,
    "knowledge_space": {"domains": 12, "sectors": 3, "cross_cutting_domains": 2},
    "firms": {"number": 40, "places": 2},
    "start": {"run_up": 40},
    # Domains live so short that some are born and die in a run, and no age is just 0, where rounding decides.
    "life_cycles": {"turbulence": 1.0, "length": 30.7, "rise": 5.0, "fall": 24.0},
    # Enough money for every instrument to be delivered, few enough members for clusters to close.
    "policy": {"budget": 0.04},
    "instruments": AFFORDABLE,
    "recording": {"network_every": 5},
}

EVERYTHING = {
    "rd_grant": 0.1,
    "training": 0.1,
    "technology_transfer": 0.1,
    "brokerage": 0.1,
    "joint_project": 0.2,
    "public_research": 0.1,
    "discovery_pilot": 0.2,
    "start_up_support": 0.1,
}


def composed(**switches: Any) -> dict[str, Any]:
    """The whole budget for a regime at some point of the space of switches."""
    regime = {"review_every": 2, "delivery": EVERYTHING, **switches}
    policy = {"budget": 0.05, "policymakers": [{"regime": "composed"}]}
    return {"policy": policy, "regimes": {"composed": regime}}


def pilots(**settings: Any) -> dict[str, Any]:
    """Smart specialisation with pilots of some kind."""
    return {**GRANTS, "instruments": {"discovery_pilot": settings}}


MOSTLY_GRANTS = {"rd_grant": 0.8, "discovery_pilot": 0.2}
GRANTS: dict[str, Any] = {"policy": {"budget": 0.05, "policymakers": [{"regime": "smart_specialisation"}]}}

VARIANTS: dict[str, dict[str, Any]] = {
    "two_policymakers_and_events": {
        "steps": STEPS,
        "policy": {
            "budget": 0.05,
            "policymakers": [
                {"name": "ministry", "regime": "sector", "share": 0.4},
                {"name": "agency", "regime": "smart_specialisation", "share": 0.6},
            ],
        },
        "events": [
            {"kind": "demand_shock", "step": 4, "sectors": ["sector 1"], "factor": 0.2},
            {"kind": "frontier_shock", "step": 6, "domains": ["domain 3"], "factor": 1.5},
            {"kind": "regime_switch", "step": 7, "policymaker": "ministry", "regime": "cluster"},
            {"kind": "budget_change", "step": 16, "factor": 0.0},
        ],
    },
    "one_after_the_other": {
        "steps": STEPS,
        "policy": {
            "budget": 0.05,
            "policymakers": [
                {"name": "early", "regime": "cluster", "stop": 9},
                {"name": "late", "regime": "everything", "start": 10},
            ],
        },
        "regimes": {
            "cluster": {"policy_driven": 0.5, "clusters": 3, "applicants": 3},
            "everything": {
                "kind": "sector",
                "choose_by": "growth",
                "spotting_share": 0.2,
                "delivery": EVERYTHING,
            },
        },
        "organisations": {"cluster_organisation": {"funding": 2.0}, "university": {"capacity": 1.0}},
    },
    "measured": {
        **MEASURED,
        "entry": {"spin_offs": 0.1, "outlier_share": 0.4},
        "policy": {"budget": 0.05, "policymakers": [{"regime": "smart_specialisation"}]},
    },
    "nobody_in_particular": {
        "policy": {"budget": 0.05, "policymakers": [{"regime": "lottery"}]},
        "regimes": {"lottery": {"delivery": EVERYTHING}},
    },
    "sectors_discovered": composed(
        prioritise="sectors",
        targeting="targeted",
        scope="across",
        search="discovering",
        policy_driven=0.5,
        spotting_share=0.2,
        scaling=3,
        scale_growth=0.0,
    ),
    "sectors_from_below": composed(
        prioritise="sectors", links="networked", policy_driven=0.0, priorities=1, applicants=2
    ),
    "clusters_discovered": composed(
        prioritise="clusters",
        targeting="targeted",
        search="discovering",
        policy_driven=0.3,
        clusters=3,
        applicants=3,
        members_needed=4,
        captured=0.3,
        outward=0.5,
    ),
    "clusters_across": composed(
        prioritise="clusters", links="isolated", scope="across", choose_by="size", clusters=2
    ),
    "domains_inside": composed(
        prioritise="domains",
        targeting="targeted",
        search="discovering",
        policy_driven=0.0,
        monitoring_lag=2,
        mastery=1.0,
    ),
    "domains_through_clusters": {
        **composed(
            prioritise="domains",
            targeting="targeted",
            links="networked",
            scope="across",
            choose_by="growth",
            policy_driven=0.6,
            through_clusters=0.5,
        ),
        "organisations": {"cluster_organisation": {"number": 3}},
    },
    "domains_on_a_list": composed(
        prioritise="domains", targeting="targeted", choose_by="list", listed_domains=[2, 5]
    ),
    "domains_known": composed(prioritise="domains", choose_by="trend", captured=0.4),
    "discovery_with_flaws": {
        "policy": {"budget": 0.05, "policymakers": [{"regime": "smart_specialisation"}]},
        "regimes": {
            "smart_specialisation": {
                "review_every": 1,
                "stop_after": 1,
                "captured": 0.5,
                "feedback": False,
                "monitoring_lag": 1,
            }
        },
    },
    "calm": {**GRANTS, "life_cycles": {"turbulence": 0.0}},
    "turbulent": {**GRANTS, "life_cycles": {"turbulence": 5.0}},
    "earmarked": {
        **composed(prioritise="domains", targeting="earmarked", search="discovering", delivery=MOSTLY_GRANTS),
        "instruments": {"rd_grant": {"duration": 5, "match": 3.0}},
    },
    "free_and_short": {
        **composed(prioritise="domains", targeting="targeted", delivery=MOSTLY_GRANTS),
        "instruments": {"rd_grant": {"duration": 1, "match": 0.3}},
    },
    "sectors_by_lot": composed(prioritise="sectors", by_lot=True),
    "clusters_by_lot": composed(prioritise="clusters", by_lot=True, clusters=2, applicants=2),
    "domains_by_lot": composed(
        prioritise="domains", by_lot=True, search="discovering", targeting="earmarked"
    ),
    "nothing_is_published": pilots(publication=0.0),
    "half_is_published": {**pilots(publication=0.5), "research": {"foresight": 20}},
    "pilots_by_belief": {
        **pilots(noise=0.2),
        "regimes": {"smart_specialisation": {"pilots_by": "belief", "review_every": 2}},
    },
    "shut_off_from_outside": {"absorption": {"outside_rate": 0.0}},
    "much_from_outside": {"absorption": {"outside_rate": 1.0, "outside_level": 0.5}},
    "informed": {
        **GRANTS,
        "regimes": {"smart_specialisation": {"informed": True, "review_every": 2}},
    },
    "no_foresight": {**GRANTS, "research": {"foresight": 0}},
    "what_is_done_leaks_out": {**GRANTS, "potentials": {"diffusion": 0.2, "spread": 1.5}},
    "all_domains_alike": {**GRANTS, "potentials": {"spread": 0.0}},
    "critical_mass": {**GRANTS, "research": {"critical_mass": 0.8, "critical_effort": 5.0}},
    "not_all_are_replaced": {"entry": {"replacement": 0.5}, "market": {"exit_hazard": 0.3}},
    "doors_wide_open": {
        "research": {"latent_ease": 1.0, "opened_ease": 1.0, "opened_attention": 1.0, "focus_review": 0.5},
        "recombination": {"opened_threshold": 0.0, "latent_threshold": 0.0, "internal_entry": 1.0},
    },
    "born_first": {"knowledge_space": {"latent_names": ["domain 4", "domain 2"]}},
    "as_it_was_founded": {"start": {"run_up": 0}},
    "barter": {"absorption": {"exchange": "barter"}},
    "frozen_absorptive_capacity": {"channels": {"freeze_absorptive_capacity": True}},
    "frozen_ties": {"channels": {"freeze_ties": True}},
    "no_networked_recombination": {"channels": {"networked_recombination": False}},
    "ring": {"ties": {"network": "ring", "initial_degree": 4.0}},
    "watts_strogatz": {"ties": {"network": "watts_strogatz", "initial_degree": 4.0}},
    "erdos_renyi": {"ties": {"network": "erdos_renyi"}},
    "barabasi_albert": {"ties": {"network": "barabasi_albert", "slots": 4}},
    "everybody_fails": {
        "events": [
            {
                "kind": "demand_shock",
                "step": 3,
                "sectors": [f"sector {n}" for n in (1, 2, 3)],
                "factor": 0.001,
            }
        ],
        "entry": {"replacement": 0.0},
        "market": {"exit_hazard": 0.5},
    },
    "without_organisations": {
        "organisations": {
            kind: {"number": 0}
            for kind in (
                "university",
                "technology_transfer",
                "training",
                "business_support",
                "discovery_platform",
            )
        }
    },
}


def scenario(**changes: Any) -> Scenario:
    """The small region, with changes to its sections."""
    sections = {**SMALL}
    for name, section in changes.items():
        both = isinstance(section, dict) and isinstance(sections.get(name), dict)
        sections[name] = {**sections[name], **section} if both else section
    sections["instruments"] = {
        name: {**AFFORDABLE[name], **sections["instruments"].get(name, {})} for name in AFFORDABLE
    }
    return Scenario.model_validate(sections)


def run_side_by_side(chosen: Scenario, seed: int) -> None:
    """Step both models from the same start and compare all that there is after every step."""
    region = Region(chosen, seed=seed)
    reference = ReferenceRegion.from_region(region)
    while region.running:
        region.step()
        reference.step()
        step = region.world.step
        recorded = dict(zip(OBSERVABLES, region.record.series[step].tolist(), strict=True))
        known = max(1.0, recorded["knowledge_per_region"])
        np.testing.assert_allclose(region.record.account[step], reference.account, CLOSE, CLOSE * known)
        np.testing.assert_allclose(region.record.memos[step], reference.memos, CLOSE, CLOSE * known)
        assert recorded == pytest.approx(reference.series[-1], rel=CLOSE, abs=CLOSE)
        reference.forget_what_was_booked()
        assert_agree(region.world, reference, CLOSE, of_largest=True)
        assert_decisions_agree(region, reference, CLOSE)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("regime", ALL_REGIMES)
def test_regime(regime: str, seed: int) -> None:
    run_side_by_side(scenario().with_regime(regime), seed)


@pytest.mark.parametrize("name", VARIANTS)
def test_variant(name: str) -> None:
    run_side_by_side(scenario(**{"steps": 12, **VARIANTS[name]}), 3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 14))
@pytest.mark.parametrize("regime", ALL_REGIMES)
def test_regime_over_many_seeds(regime: str, seed: int) -> None:
    run_side_by_side(scenario(steps=60).with_regime(regime), seed)


@pytest.mark.slow
@pytest.mark.parametrize("regime", ALL_REGIMES)
def test_regime_on_the_default_story(regime: str) -> None:
    run_side_by_side(Scenario.model_validate({"steps": 20}).with_regime(regime), 1)


def test_a_copy_made_in_the_middle_of_a_run_goes_on_alike() -> None:
    chosen = scenario(**VARIANTS["two_policymakers_and_events"])
    region = Region(chosen, seed=4)
    for _ in range(10):
        region.step()
    reference = ReferenceRegion.from_region(region)
    for _ in range(8):
        region.step()
        reference.step()
    reference.forget_what_was_booked()
    assert_agree(region.world, reference, CLOSE, of_largest=True)
    assert_decisions_agree(region, reference, CLOSE)
