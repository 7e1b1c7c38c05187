"""A policy becomes a scenario: its regime, who shares the money, and how it comes in over time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import tomli_w

from analysis.studies.optimisation.levers import CHOICES, LIST, PERCENT, THEMES, Policy
from model.loading import dump_scenario, load_scenario
from model.policy.instruments import INSTRUMENTS
from model.scenario import Scenario

BEST = "best"
AGENCY, PARTNER = "agency", "partner"


def name_of(policy: Policy) -> str:
    """Name a policy by what it is: equal policies have one name."""
    text = json.dumps(dict(sorted(policy.items())), separators=(",", ":"))
    return f"policy_{hashlib.blake2b(text.encode(), digest_size=4).hexdigest()}"


def settings_of(policy: Policy, scenario: Scenario, name: str = BEST) -> dict[str, Any]:
    """Return what a policy sets in a scenario, by dotted key.

    Parameters
    ----------
    policy
        Values of levers, tidied.
    scenario
        Where it is made: its own events stay, but for switches of regime.
    name
        Name of the regime that it brings.

    Returns
    -------
    dict
        ``regimes.NAME``, ``policy.policymakers`` and ``events``.
    """
    kept = [event.model_dump(mode="json") for event in scenario.events if event.kind != "regime_switch"]
    return {
        f"regimes.{name}": _regime(policy, scenario),
        "policy.policymakers": _policymakers(policy, name, scenario.steps),
        "events": [*_phases(policy, scenario.steps), *kept],
    }


def put_into(scenario: Scenario, policy: Policy, name: str = BEST) -> Scenario:
    """Put a policy into a scenario in place of its own."""
    return load_scenario(scenario, settings_of(policy, scenario, name))


def as_toml(
    policy: Policy, scenario: Scenario, story: str | None, changes: Mapping[str, Any], told: str
) -> str:
    """Write a policy as a scenario that ``compare`` runs.

    Parameters
    ----------
    policy
        Values of levers.
    scenario
        Region and parameters that it was found for.
    story
        Story of the library that this extends; the whole scenario is written where there is none.
    changes
        What else differs from that story, by dotted key.
    told
        What to say at the top, one line or several.

    Returns
    -------
    str
        TOML that loads as the scenario with the policy in it.
    """
    head = "".join(f"# {line}\n" for line in told.splitlines())
    if story is None:
        return f"{head}\n{dump_scenario(put_into(scenario, policy))}"
    settings = {
        key: value for key, value in settings_of(policy, scenario).items() if value or key != "events"
    }
    table: dict[str, Any] = {"extends": story}
    for key, value in {**changes, **settings}.items():
        node = table
        *path, last = key.split(".")
        for part in path:
            node = node.setdefault(part, {})
        node[last] = value
    return f"{head}\n{tomli_w.dumps(table)}"


def _regime(policy: Policy, scenario: Scenario) -> dict[str, Any]:
    shares = {name: int(policy[f"share_{name}"]) / PERCENT for name in INSTRUMENTS if policy[f"share_{name}"]}
    spec: dict[str, Any] = {
        "kind": "composed",
        "delivery": shares,
        **{name: policy[name] for name in CHOICES},
    }
    if policy["prioritise"] == "clusters":
        spec["clusters"] = policy["priorities"]
    if policy["choose_by"] == LIST:
        themes = list(dict.fromkeys(int(policy[name]) for name in THEMES if policy[name]))
        themes = themes[: int(policy["priorities"])]
        sectors = scenario.knowledge_space.sectors
        spec["political_list"] = list(dict.fromkeys((number - 1) % sectors + 1 for number in themes))
        if policy["prioritise"] == "domains":
            spec["listed_domains"] = themes
    return spec


def _policymakers(policy: Policy, name: str, steps: int) -> list[dict[str, Any]]:
    first: dict[str, Any] = {"name": AGENCY, "regime": name, "share": 1.0}
    if policy["partner"] == "nobody":
        return [first]
    second = {"name": PARTNER, "regime": policy["partner"], "share": 1.0}
    if policy["partner_when"] == "beside":
        part = float(policy["partner_share"])
        return [first | {"share": 1 - part}, second | {"share": part}]
    handed_over = min(int(policy["partner_from"]), steps - 1)
    return [first | {"stop": handed_over}, second | {"start": handed_over + 1}]


def _phases(policy: Policy, steps: int) -> list[dict[str, Any]]:
    """Let money come in later, as much of it in all, and spend only a part of it if so wanted."""
    spend, first = float(policy["spend"]), float(policy["first_budget"])
    until = int(policy["scale_after"])
    events = []
    if spend * first != 1.0:
        events.append({"kind": "budget_change", "step": 1, "factor": spend * first})
    if first != 1.0 and until < steps:
        later = (steps - first * until) / (steps - until)
        events.append({"kind": "budget_change", "step": until + 1, "factor": later / first})
    return events
