"""Every parameter must move an output: each is perturbed where it is in force, and something recorded changes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

from model.region import Region
from model.scenario import Scenario
from model.spec.declarations import Declaration, declarations
from tests.reference.states import AFFORDABLE, MEASURED

Table = dict[str, Any]

SMALL: Table = {
    "steps": 10,
    "knowledge_space": {"domains": 12, "sectors": 3, "cross_cutting_domains": 2},
    "firms": {"number": 30, "places": 2},
    "start": {"run_up": 20},
    "life_cycles": {"turbulence": 3.0, "length": 30.7, "rise": 5.0, "fall": 24.0},
    "market": {"initial_cash": 0.3, "exit_hazard": 0.1},
    "policy": {"budget": 0.05, "policymakers": [{"regime": "smart_specialisation"}]},
    "regimes": {
        "smart_specialisation": {"review_every": 1, "stop_after": 2, "priorities": 2, "pilots": 2},
        "cluster": {"review_every": 2, "applicants": 3, "clusters": 2},
        "sector": {"review_every": 2, "priorities": 1},
    },
    "instruments": AFFORDABLE,
    "recording": {"network_every": 4},
}


def regime(name: str, **changes: Any) -> Table:
    """The whole budget for one regime, which may differ from its default."""
    policy = {"policymakers": [{"name": "agency", "regime": name}]}
    return {"policy": policy, "regimes": {name: changes}} if changes else {"policy": policy}


def composed(prioritise: str, **changes: Any) -> Table:
    """The whole budget for a regime at some point of the space of switches."""
    usual = {"review_every": 2, "priorities": 2, "applicants": 3, "clusters": 2, "pilots": 2}
    return regime("composed", prioritise=prioritise, **{**usual, **changes})


DISCOVERED = {"targeting": "targeted", "scope": "across", "search": "discovering", "review_every": 1}
TARGETED = {"targeting": "targeted", "scope": "across"}
OF_DOMAINS = composed("domains", **DISCOVERED, stop_after=2)
OF_CLUSTERS = composed("clusters", links="networked", policy_driven=0.0)
# Against a frontier that stands still, some priorities grow enough and some do not.
STILL: Table = {"knowledge_space": {"frontier_growth": 0.0}}
ORGANISED: Table = {"organisations": {"cluster_organisation": {"number": 3}}}

MUCH_TRIED = {**regime("smart_specialisation", delivery={"discovery_pilot": 1.0}, pilots=4), "steps": 20}
MUCH_TO_TRY = {"mastery": 1.0, "candidates": 12, "pilots": 1}
SHOCK = {"step": 3, "sectors": ["sector 1"]}
NEVER_PAID = {
    **regime("cluster", applicants=2, clusters=6),
    "policy": {"policymakers": [{"name": "agency", "regime": "cluster", "stop": 2}]},
    "membership": {"patience": 1, "minimum": 4},
}
CLUSTERS_TEACH = {
    **regime("cluster", applicants=2, clusters=6, delivery={"technology_transfer": 1.0}),
    "organisations": {"cluster_organisation": {"number": 6, "knowledge": 0.5, "breadth": 0.5}},
}

# Where a parameter is in force, by the longest beginning of its key that is listed; all else is in force
# under smart specialisation.
CONTEXTS: dict[str, Table] = {
    "": {},
    "events.N.demand_shock": {"events": [{"kind": "demand_shock", **SHOCK}]},
    "events.N.frontier_shock": {"events": [{"kind": "frontier_shock", **SHOCK}]},
    "events.N.budget_change": {"events": [{"kind": "budget_change", "step": 3}]},
    "events.N.regime_switch": {
        "policy": {
            "policymakers": [
                {"name": "ministry", "regime": "sector", "share": 0.5},
                {"name": "agency", "regime": "cluster", "share": 0.5},
            ]
        },
        "events": [{"kind": "regime_switch", "step": 3, "regime": "none", "policymaker": "ministry"}],
    },
    "instruments.rd_grant": regime("sector"),
    "instruments.generic_infrastructure": regime("sector", delivery={"generic_infrastructure": 1.0}),
    "instruments.discovery_pilot": MUCH_TRIED,
    "instruments.public_research": regime("smart_specialisation", delivery={"public_research": 1.0}),
    "instruments.start_up_support": regime("smart_specialisation", delivery={"start_up_support": 1.0}),
    "life_cycles": {"steps": 20},
    "potentials.publicity": {
        **MUCH_TRIED,
        "instruments": {"discovery_pilot": {"gain": 0.05}},
        "research": {"focus_review": 1.0},
    },
    "research.critical_effort": {"research": {"critical_mass": 0.5}},
    "instruments.business_support": regime("sector", delivery={"business_support": 1.0}),
    "instruments.joint_project": regime("cluster"),
    "knowledge_space.measured": MEASURED,
    "membership": regime("cluster"),
    "membership.encounters": {**regime("cluster", applicants=2, clusters=6), "steps": 20},
    "membership.minimum": NEVER_PAID,
    "membership.patience": NEVER_PAID,
    "organisations.business_support": regime("sector", delivery={"business_support": 1.0}),
    "organisations.cluster_organisation": CLUSTERS_TEACH,
    "organisations.cluster_organisation.may_be_founded": regime("cluster", applicants=2),
    "policy.policymakers.N.start": regime("sector"),
    "policy.policymakers.N.stop": regime("sector"),
    "policy.policymakers": {
        "policy": {
            "policymakers": [
                {"name": "ministry", "regime": "sector", "share": 0.5},
                {"name": "agency", "regime": "smart_specialisation", "share": 0.5},
            ]
        }
    },
    "regimes.cluster": regime("cluster"),
    # Themes change with demand, and so does what is chosen at a review.
    "regimes.cluster.review_every": {
        **regime("cluster", clusters=1, policy_driven=1.0),
        "knowledge_space": {"demand_volatility": 0.5},
    },
    "regimes.cluster.members_needed": regime("cluster", applicants=2),
    "regimes.composed": OF_DOMAINS,
    "regimes.composed.belief_drift": {**OF_DOMAINS, "steps": 30},
    "regimes.composed.choose_by": composed("sectors", political_list=[1], priorities=1),
    "regimes.composed.political_list": composed("sectors", choose_by="list", political_list=[1]),
    "regimes.composed.listed_domains": composed("domains", choose_by="list", listed_domains=[1], **TARGETED),
    "regimes.composed.policy_driven": composed("sectors", choose_by="list", political_list=[3], priorities=1),
    "regimes.composed.pilots_by": composed("domains", **{**DISCOVERED, **MUCH_TO_TRY}),
    "regimes.composed.prioritise": composed("sectors"),
    "regimes.composed.scope": composed("domains", targeting="targeted"),
    "regimes.composed.search": composed("domains", targeting="targeted"),
    "regimes.composed.targeting": composed("domains", scope="across"),
    "regimes.composed.spotted_clusters": composed("sectors", spotting_share=0.5),
    "regimes.composed.spotting_share": composed("sectors"),
    "regimes.composed.applicants": OF_CLUSTERS,
    "regimes.composed.clusters": OF_CLUSTERS,
    "regimes.composed.members_needed": composed(
        "clusters", links="networked", policy_driven=0.0, applicants=2
    ),
    "regimes.composed.outward": OF_CLUSTERS,
    "regimes.composed.through_clusters": {
        **composed("domains", **DISCOVERED, links="networked"),
        **ORGANISED,
    },
    "regimes.composed.scaling": {**composed("domains", **DISCOVERED, scale_growth=0.0), **STILL},
    "regimes.composed.scale_growth": {**composed("domains", **DISCOVERED, scaling=9), **STILL},
    "regimes.composed.stop_growth": {**OF_DOMAINS, **STILL},
    "regimes.sector": regime("sector"),
    # Trends change with demand, and so does what is chosen at a review.
    "regimes.sector.review_every": {
        **regime("sector", choose_by="trend"),
        "knowledge_space": {"demand_volatility": 0.5},
    },
    "regimes.sector.policy_driven": regime("sector", choose_by="list", political_list=[2]),
    "regimes.sector.by_lot": regime("sector", choose_by="list", political_list=[3]),
    "regimes.smart_specialisation.pilots_by": regime("smart_specialisation", **MUCH_TO_TRY),
    "regimes.smart_specialisation.graduation": regime("smart_specialisation", mastery=0.02),
    "regimes.composed.graduation": composed("domains", **DISCOVERED, mastery=0.02),
    "regimes.sector.political_list": regime("sector", choose_by="list", political_list=[1]),
    "regimes.sector.choose_by": regime("sector", political_list=[1]),
    "regimes.sector.spotted_clusters": regime("sector", spotting_share=0.5),
    "regimes.smart_specialisation.belief_drift": {"steps": 30},
    "regimes.smart_specialisation.stop_growth": STILL,
    "regimes.smart_specialisation.scaling": {
        **regime("smart_specialisation", scale_growth=0.0),
        **STILL,
    },
    "regimes.smart_specialisation.scale_growth": {**regime("smart_specialisation", scaling=9), **STILL},
    "regimes.smart_specialisation.through_clusters": {
        **regime("smart_specialisation", links="networked"),
        **ORGANISED,
    },
    "regimes.lottery": regime("lottery"),
    "ties.rewiring": {"ties": {"network": "watts_strogatz", "initial_degree": 4.0}},
}

# What to try instead, where that is not told by type and bounds.
VALUES: Table = {
    "events.N.demand_shock.domains": [["domain 9"]],
    "events.N.demand_shock.sectors": [["sector 2"]],
    "events.N.demand_shock.kind": ["frontier_shock"],
    "events.N.frontier_shock.domains": [["domain 9"]],
    "events.N.frontier_shock.sectors": [["sector 2"]],
    "events.N.frontier_shock.kind": ["demand_shock"],
    "events.N.regime_switch.regime": ["cluster"],
    "events.N.regime_switch.policymaker": ["agency", ""],
    "knowledge_space.domain_names": [[f"field {number}" for number in range(12)]],
    "knowledge_space.latent_names": [["domain 9", "domain 1"]],
    "knowledge_space.measured.homes": [[1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 0, 0]],
    "knowledge_space.measured.relatedness": [[0.4] * 66],
    "knowledge_space.measured.complexity": [[0.4] * 12],
    "knowledge_space.measured.employment": [[50.0] * 12],
    "knowledge_space.measured.unit_size": [[5.0] * 12],
    "knowledge_space.sector_names": [["machines", "food", "health"]],
    "instruments.rd_grant.duration": [3],
    "policy.left_out": [[1, 2, 3, 4, 5]],
    "life_cycles.fall": [20.0],
    "policy.policymakers.N.name": ["council"],
    "policy.policymakers.N.regime": ["cluster"],
    "policy.policymakers.N.start": [4],
    "policy.policymakers.N.stop": [5],
    "policy.policymakers.N.share": [[0.2, 0.8]],
    "regimes.cluster.applicants": [8],
    "regimes.cluster.members_needed": [12],
    "regimes.composed.applicants": [10],
    "regimes.composed.delivery": [{"training": 1.0}],
    "regimes.composed.members_needed": [12],
    "regimes.composed.listed_domains": [[9]],
    "regimes.composed.political_list": [[2]],
    "regimes.cluster.delivery": [{"brokerage": 1.0}],
    "regimes.sector.delivery": [{"rd_grant": 1.0}],
    "regimes.sector.political_list": [[2]],
    "regimes.smart_specialisation.delivery": [{"training": 0.5, "brokerage": 0.5}],
    "regimes.lottery.delivery": [{"training": 1.0}],
    "firms.initial_domains": [2],
    "organisations.cluster_organisation.capacity": [1.0],
    "organisations.discovery_platform.capacity": [1.0],
    "organisations.technology_transfer.capacity": [1.0],
    "organisations.training.capacity": [1.0],
    "organisations.university.capacity": [1.0],
    "ties.slots": [3],
}


def full_key(declaration: Declaration) -> str:
    """Key with the kind of event after its number, as the same key may belong to several."""
    if not declaration.variant:
        return declaration.key
    return declaration.key.replace(".N.", f".N.{declaration.variant}.")


def has_an_alternative(declaration: Declaration) -> bool:
    """Text for people is never read by the simulation, and what a table is cannot be changed inside it."""
    return declaration.section != "story" and not (
        declaration.choices and len(declaration.choices) == 1 and full_key(declaration) not in VALUES
    )


PARAMETERS = {full_key(d): d for d in declarations(Scenario) if has_an_alternative(d)}


def alternatives(key: str, declaration: Declaration) -> Iterator[Any]:
    """Other values within bounds, smaller and larger ones."""
    if key in VALUES:
        yield from VALUES[key]
    elif declaration.kind == "switch":
        yield not declaration.default
    elif declaration.kind == "choice":
        yield from (choice for choice in declaration.choices if choice != declaration.default)
    else:
        yield from numbers(declaration, setting(merged(SMALL, context(key)), path(key), declaration.default))


def numbers(declaration: Declaration, now: float) -> Iterator[float]:
    """Numbers around the one in force, then at the bounds."""
    bounds = declaration.bounds
    low = bounds.ge if bounds.ge is not None else (bounds.gt or 0.0) + 1e-3
    high = bounds.le if bounds.le is not None else 1e6
    for value in (1.5 * now, 0.5 * now, low, 0.5 * (low + min(high, 1.0)), now + 1, now - 1):
        whole = round(value) if declaration.kind == "integer" else value
        if low <= whole <= high and whole != now:
            yield whole


def context(key: str) -> Table:
    """Where a parameter is in force."""
    return CONTEXTS[max((start for start in CONTEXTS if key.startswith(start)), key=len)]


def path(key: str) -> list[str | int]:
    """Where a parameter stands in a table: the first entry of a list, without the kind of an event."""
    parts = key.replace("events.N.", "events.0.").replace("policymakers.N.", "policymakers.0.").split(".")
    if parts[0] == "events":
        del parts[2]
    return [int(part) if part.isdigit() else part for part in parts]


def merged(base: Table, changes: Table) -> Table:
    """A table with changes to parts of it."""
    result = copy.deepcopy(base)
    for name, value in changes.items():
        both = isinstance(value, dict) and isinstance(result.get(name), dict)
        result[name] = merged(result[name], value) if both else copy.deepcopy(value)
    return result


def setting(table: Any, where: list[str | int], default: Any) -> Any:
    """Value at a place of a table, or its default."""
    for part in where:
        try:
            table = table[part]
        except (KeyError, IndexError):
            return default
    return table


def changed(table: Table, where: list[str | int], value: Any) -> Table:
    """A table with another value at one place."""
    result = copy.deepcopy(table)
    if where[-1] == "share":
        # Shares make a whole: all of them change together.
        for policymaker, share in zip(result["policy"]["policymakers"], value, strict=True):
            policymaker["share"] = share
        return result
    inside: Any = result
    for part in where[:-1]:
        inside = inside.setdefault(part, {}) if isinstance(inside, dict) else inside[part]
    inside[where[-1]] = value
    return result


@cache
def outputs(table: str) -> tuple[Any, ...]:
    """Everything that a run leaves behind, in a form that can be compared."""
    region = Region(Scenario.model_validate(json.loads(table)), seed=1)
    while region.running:
        region.step()
    result = region.result()
    record = {name: values.tobytes() for name, values in vars(result.record).items()}
    ledgers = {name: entries.tobytes() for name, entries in result.ledgers.items()}
    sectors = {firm.sector_name for firm in region.agents if hasattr(firm, "sector_name")}
    found = np.asarray(result.discovered).tobytes()
    return (*sorted(record.items()), *sorted(ledgers.items()), found, result.domain_names, *sorted(sectors))


@pytest.mark.parametrize("key", PARAMETERS)
def test_parameter_moves_an_output(key: str) -> None:
    base = merged(SMALL, context(key))
    usual = outputs(json.dumps(base))
    tried = []
    for value in alternatives(key, PARAMETERS[key]):
        tried.append(value)
        if outputs(json.dumps(changed(base, path(key), value))) != usual:
            return
    pytest.fail(f"{key} moves nothing that is recorded; tried {tried}")


def test_contexts_and_values_are_of_parameters_that_exist() -> None:
    keys = [full_key(declaration) for declaration in declarations(Scenario)]
    assert [start for start in CONTEXTS if not any(key.startswith(start) for key in keys)] == []
    assert [key for key in VALUES if key not in keys] == []
