"""Policies that can be compared: regimes, switches from one to another, and what scenarios write themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from analysis.errors import RequestError
from analysis.runs.suggestion import did_you_mean
from model.scenario import Scenario
from model.spec.events import BudgetChange, RegimeSwitch

AS_WRITTEN = "as_written"
"""Label of runs whose policymakers are those that the scenario itself declares."""
QUARTERS = 4
_SWITCH = re.compile(r"([^:@,]+):([^:@,]+)@(\d+(?:\.\d+)?)")
_OF_POLICY = ("policy", "regimes", "story")


class Switch(NamedTuple):
    """One regime for some years, then another, written ``sector:smart_specialisation@5``.

    Attributes
    ----------
    first, then
        Names of regimes.
    years
        Years after which the first ends.
    """

    first: str
    then: str
    years: float

    @property
    def step(self) -> int:
        """First quarter of the second regime."""
        return round(self.years * QUARTERS) + 1


def switch_of(name: str) -> Switch | None:
    """Read a switch; None if it is none."""
    found = _SWITCH.fullmatch(name.strip())
    return Switch(found[1], found[2], float(found[3])) if found else None


def scenario_under(scenario: Scenario, name: str) -> Scenario:
    """Put a policy into a scenario.

    Parameters
    ----------
    scenario
        Any scenario.
    name
        A regime, a switch between two, or `AS_WRITTEN`.

    Returns
    -------
    Scenario
        The scenario under this policy for the whole run.

    Raises
    ------
    RequestError
        If there is no such policy, or a switch would come after the end.
    """
    check(scenario, name)
    if name == AS_WRITTEN:
        return scenario
    switch = switch_of(name)
    if switch is None:
        return scenario.with_regime(name)
    first = scenario.with_regime(switch.first)
    event = RegimeSwitch(kind="regime_switch", step=switch.step, regime=switch.then)
    return first.model_copy(update={"events": (*first.events, event)})


def check(scenario: Scenario, name: str) -> None:
    """See that a policy can be put into a scenario; see `scenario_under`."""
    if name == AS_WRITTEN:
        return
    switch = switch_of(name)
    known = tuple(scenario.all_regimes)
    for regime in (name,) if switch is None else (switch.first, switch.then):
        if regime not in known:
            hint = did_you_mean(regime, known)
            raise RequestError(
                f"There is no regime {regime!r}; this scenario knows {', '.join(known)}.{f' {hint}' if hint else ''}"
            )
    if switch is not None and not 1 < switch.step <= scenario.steps:
        raise RequestError(
            field="regimes",
            value=name,
            rule=f"the switch must lie within the run, after 0.25 to {(scenario.steps - 1) / QUARTERS:g} years",
        )


def is_regime(scenario: Scenario, name: str) -> bool:
    """Whether what a scenario writes as its policy is one regime with the whole budget for the whole run."""
    policymakers = scenario.policy.policymakers
    if any(isinstance(event, RegimeSwitch) for event in scenario.events):
        return False
    if not policymakers:
        return name == "none"
    (first, *others) = policymakers
    whole = first.share == 1 and first.start == 1 and first.stop >= scenario.steps
    return not others and whole and first.regime == name


def differences(one: Scenario, other: Scenario) -> Iterator[str]:
    """Name what differs between two scenarios beside their policies and stories.

    Parameters
    ----------
    one, other
        Scenarios.

    Yields
    ------
    str
        Keys, with both values where these are short.
    """
    yield from _between(_but_policy(one), _but_policy(other), "")


def _but_policy(scenario: Scenario) -> dict[str, Any]:
    table = scenario.model_dump(mode="json", exclude=set(_OF_POLICY))
    kept = [event for event in scenario.events if not isinstance(event, RegimeSwitch | BudgetChange)]
    return {**table, "events": [event.model_dump(mode="json") for event in kept]}


def _between(one: Mapping[str, Any], other: Mapping[str, Any], path: str) -> Iterator[str]:
    for key in one:
        place = f"{path}{key}"
        if isinstance(one[key], Mapping) and isinstance(other[key], Mapping):
            yield from _between(one[key], other[key], f"{place}.")
        elif one[key] != other[key]:
            simple = isinstance(one[key], int | float | str) and isinstance(other[key], int | float | str)
            yield f"{place} ({one[key]} and {other[key]})" if simple else place


def same_but_policy(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two scenarios, as plain data, are the same region and the same luck under any policy."""

    def rest(table: Mapping[str, Any]) -> dict[str, Any]:
        kept = [
            event
            for event in table.get("events", ())
            if event.get("kind") not in {"regime_switch", "budget_change"}
        ]
        return {key: value for key, value in table.items() if key not in _OF_POLICY} | {"events": kept}

    return rest(one) == rest(other)
