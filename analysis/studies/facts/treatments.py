"""The conditions under which regions are run to test the facts; facts share them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model.loading import load_scenario
from model.scenario import Scenario, twin_of

MACHINES = "machine_building_meets_iot"
RURAL = "thin_rural_region"
ENDING = "policy_driven_cluster"


@dataclass(frozen=True)
class Treatment:
    """A scenario under a regime, and what is watched while it runs.

    Attributes
    ----------
    name
        Name in tables.
    regime
        Regime that gets the whole budget.
    settings
        Parameters that differ from the story.
    story
        Story of the library.
    watchers
        Names in :data:`analysis.studies.facts.watchers.WATCHERS`.
    """

    name: str
    regime: str = "none"
    settings: Mapping[str, Any] = field(default_factory=dict)
    story: str = MACHINES
    watchers: tuple[str, ...] = ()

    def scenario(self, changes: Sequence[str] = ()) -> Scenario:
        """Resolve the scenario.

        Parameters
        ----------
        changes
            Parameters that a user changes in all treatments, ``"key=value"``; those that make the
            treatment what it is prevail.
        """
        return load_scenario(load_scenario(self.story, changes), self.settings).with_regime(self.regime)


NO_POLICY = Treatment("no_policy", watchers=("firms", "recombinations", "ties"))
SECTOR = Treatment("sector", "sector")
CLUSTER = Treatment("cluster", "cluster", watchers=("recombinations",))
SMART_SPECIALISATION = Treatment("smart_specialisation", "smart_specialisation")

RANDOM_PARTNERS = Treatment(
    "random_partners",
    settings={"steps": 40, "ties.network": "erdos_renyi", "ties.initial_degree": 4.0},
    watchers=("lessons",),
)
"""Ties that nobody chose: cognitive distance is then as good as drawn by lot."""

_SHORT: dict[str, Any] = {"steps": 40}
# A platform brokers ties with money of its own, and pays for pilots as well.
_NO_PLATFORM = {"organisations.discovery_platform.number": 0}
_NO_SKILL = {
    "firms.skill_mean": 0.0,
    "firms.skill_spread": 0.0,
    # Training providers would teach the unskilled with money of their own.
    "organisations.training.number": 0,
    **_NO_PLATFORM,
}
_NO_TIES = {"ties.search_probability": 0.0, "ties.initial_degree": 0.0, **_NO_PLATFORM}
NOTHING_ABSORBED = Treatment("no_absorptive_capacity", settings={**_SHORT, **_NO_SKILL})
NOTHING_ABSORBED_NO_TIES = Treatment(
    "no_absorptive_capacity_no_ties", settings={**_SHORT, **_NO_SKILL, **_NO_TIES}
)
NO_TIES = Treatment("no_ties", settings={**_SHORT, **_NO_TIES})

INWARD = Treatment(
    "cluster_inward", "cluster", {"regimes.cluster.outward": 0.0}, watchers=("members", "recombinations")
)
OUTWARD = Treatment(
    "cluster_outward", "cluster", {"regimes.cluster.outward": 1.0}, watchers=("members", "recombinations")
)

BUSINESS_DRIVEN = Treatment(
    "business_driven",
    "cluster",
    {"regimes.cluster.policy_driven": 0.0, "steps": 60},
    story=ENDING,
    watchers=("members",),
)
POLICY_DRIVEN = Treatment(
    "policy_driven",
    "cluster",
    {"regimes.cluster.policy_driven": 1.0, "steps": 60},
    story=ENDING,
    watchers=("members",),
)
FUNDED_UNTIL = 40
"""Last quarter in which the clusters of these two are paid for."""

NO_RECOMBINATION = Treatment(
    "no_networked_recombination", settings={"channels.networked_recombination": False}, watchers=("ties",)
)

_POOR = {
    "knowledge_space.sectors": 2,
    "knowledge_space.cross_cutting_domains": 0,
    "knowledge_space.sector_names": (),
    "knowledge_space.domain_names": (),
    "knowledge_space.latent_names": (),
}
LITTLE_VARIETY = Treatment("little_variety", settings=_POOR)
LITTLE_VARIETY_SMART = Treatment("little_variety_smart_specialisation", "smart_specialisation", _POOR)

RURAL_NO_POLICY = Treatment("rural_no_policy", story=RURAL)
RURAL_SECTOR = Treatment("rural_sector", "sector", story=RURAL)
RURAL_CLUSTER = Treatment("rural_cluster", "cluster", story=RURAL)
RURAL_SMART = Treatment("rural_smart_specialisation", "smart_specialisation", story=RURAL)

NO_TRIADS = Treatment("no_friends_of_friends", settings={"ties.friends_of_friends": 0.0}, watchers=("ties",))
"""Nobody is introduced by a partner: all that closes triangles is being of one sector or place."""

MANY_FIRMS = Treatment("many_firms", settings={"firms.number": 1000}, watchers=("firms",))
"""Tails need many firms."""

LOTTERY = Treatment("lottery", "lottery")
CALM = {"life_cycles.turbulence": 0.0}
RESTLESS = {"life_cycles.turbulence": 1.0}
LITTLE_UNOPENED = {"knowledge_space.latent_share": 0.2, "knowledge_space.latent_names": ()}
MUCH_UNOPENED = {"knowledge_space.latent_share": 0.5, "knowledge_space.latent_names": ()}
LOW_CAPACITY = {"firms.skill_mean": 0.35}
HIGH_CAPACITY = {"firms.skill_mean": 0.8}
_NETWORKS = {
    "kind": "lottery", "delivery": {"brokerage": 0.5, "joint_project": 0.5},
}  # fmt: skip
_STATIC = {
    "kind": "composed", "prioritise": "domains", "targeting": "earmarked", "scope": "across", "search": "fixed",
    "choose_by": "size", "review_every": 10_000, "delivery": {"rd_grant": 1.0},
}  # fmt: skip


def informed(condition: str, settings: Mapping[str, Any]) -> tuple[Treatment, Treatment]:
    """Smart specialisation that is told every potential, and its lottery twin."""
    told = {**settings, "regimes.informed": {"kind": "smart_specialisation", "informed": True}}
    return (
        Treatment(f"informed_{condition}", "informed", told),
        Treatment(f"informed_by_lot_{condition}", twin_of("informed"), told),
    )


def static(condition: str, settings: Mapping[str, Any]) -> tuple[Treatment, Treatment]:
    """Grants earmarked for domains that were largest at the start, and grants for whoever comes."""
    return (
        Treatment(f"static_{condition}", "static", {**settings, "regimes.static": _STATIC}),
        Treatment(f"lottery_{condition}", "lottery", settings),
    )


def networks(condition: str, settings: Mapping[str, Any]) -> tuple[Treatment, Treatment]:
    """Brokerage and joint projects for whoever comes, and no policy."""
    return (
        Treatment(f"networks_{condition}", "networks", {**settings, "regimes.networks": _NETWORKS}),
        Treatment(f"no_policy_{condition}", settings=settings),
    )


def priorities(number: int) -> Treatment:
    """Smart specialisation with so many priorities at a time, all of its grants earmarked for them."""
    regime = {"kind": "smart_specialisation", "priorities": number, "targeting": "earmarked"}
    return Treatment(f"priorities_{number}", "focused", {"regimes.focused": regime})


UNPUBLISHED = Treatment(
    "unpublished_pilots", "smart_specialisation", {"instruments.discovery_pilot.publication": 0.0}
)
