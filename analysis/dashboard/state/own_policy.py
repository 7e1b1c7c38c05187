"""A policy of one's own on the desk: weights of instruments and lists of themes become settings of a regime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import tomli_w

from analysis.dashboard.state.controls import Control
from analysis.dashboard.state.uploaded_scenario import EXTENDS, unpacked_table
from analysis.dashboard.state.view import OWN_POLICY, Value, View
from analysis.runs.policies import AS_WRITTEN, is_regime
from model.loading import dump_scenario
from model.policy.instruments import INSTRUMENTS
from model.policy.regimes import REGIMES
from model.policy.regimes.engine import SwitchedRegime
from model.scenario import Scenario
from model.spec.declarations import declarations

if TYPE_CHECKING:
    from analysis.dashboard.state.settings import Setting

LOTTERY = "lottery"
PREFIX = f"regimes.{OWN_POLICY}."
DELIVERY, THEMES = "delivery", "listed_domains"
WHOLE = 100
"""What weights of instruments sum to if nobody changes one."""
STEP = 5
DIGITS = 6
SWITCHES = ("prioritise", "priorities", "targeting", "links", "scope", "search", "policy_driven")
FIXED = {"choose_by": "list", "prioritise": "domains", "search": "fixed", "policy_driven": 1.0}
"""What makes listed domains the priorities, and no others."""
TEMPLATES = ("sector", "cluster", "smart_specialisation")
"""Regimes that a policy of one's own can be begun from."""


def gathered(
    base: Scenario, changes: Sequence[tuple[str, Value]]
) -> Iterator[tuple[str, Value | dict[str, Any]]]:
    """Put together what can only be set together: the shares of instruments, and a list with its use.

    Parameters
    ----------
    base
        Scenario without changes.
    changes
        Names of controls and their values.

    Yields
    ------
    tuple
        Name of what is changed, and its value, or settings by dotted key.
    """
    weights: dict[str, dict[str, float]] = {}
    for name, value in changes:
        owner, _, last = name.rpartition(".")
        if owner.endswith(f".{DELIVERY}") and isinstance(value, int | float):
            weights.setdefault(owner, {})[last] = float(value)
        elif last == THEMES and isinstance(value, str):
            themes = themes_in(value)
            fixed = FIXED | {"priorities": len(themes), THEMES: themes}
            yield name, {f"{owner}.{key}": each for key, each in fixed.items()}
        else:
            yield name, value
    for owner, given in weights.items():
        regime = base.regimes.get(owner.split(".")[1])
        yield owner, {owner: shares(dict(regime.delivery) if regime else {}, given)}


def themes_in(text: str) -> tuple[int, ...]:
    """Read numbers of domains with commas between; what is none is refused with the setting, in words."""
    return tuple(int(part) if part.isdecimal() else 0 for part in text.split(",") if part)


def shares(usual: dict[str, float], weights: dict[str, float]) -> dict[str, float]:
    """Turn weights of instruments into shares of the money; those without a weight keep theirs in proportion.

    Where nothing has a weight, nothing gets a share, which no scenario accepts.
    """
    whole = {name: WHOLE * share for name, share in usual.items()} | weights
    total = sum(whole.values())
    if total <= 0:
        return dict.fromkeys(whole, 0.0)
    found = {name: round(weight / total, DIGITS) for name, weight in whole.items()}
    largest = max(found, key=lambda name: found[name])
    found[largest] = round(found[largest] + 1 - sum(found.values()), DIGITS)
    return found


def instrument_controls(base: Scenario) -> tuple[Control, ...]:
    """Give a weight for each instrument as a control."""
    usual = base.regimes[OWN_POLICY].delivery
    described = {each.key: each.description for each in declarations(Scenario)}
    points = tuple(range(0, WHOLE + 1, STEP))
    found = []
    for name in INSTRUMENTS:
        value = round(WHOLE * usual.get(name, 0.0), 1)
        found.append(
            Control(
                f"{PREFIX}{DELIVERY}.{name}", "range", value, tuple(sorted({*points, value})), 0, WHOLE,
                help=described.get(f"instruments.{name}", ""),
            )
        )  # fmt: skip
    return tuple(found)


def themes_of(view: View) -> tuple[int, ...]:
    """List the numbers of the domains that are themes of one's own policy."""
    value = dict(view.changes).get(f"{PREFIX}{THEMES}")
    return themes_in(value) if isinstance(value, str) else ()


def with_theme(view: View, number: int) -> View:
    """Make a domain a theme, or no longer one."""
    now = themes_of(view)
    chosen = tuple(each for each in now if each != number) if number in now else (*now, number)
    # Who names the priorities has said how they are found.
    for name in (*FIXED, "priorities"):
        view = view.changed(f"{PREFIX}{name}", None)
    return view.changed(f"{PREFIX}{THEMES}", ",".join(map(str, chosen)) or None)


def bare(view: View) -> View:
    """Give the view with one's own policy as the scenario has it."""
    return replace(view, changes=tuple(each for each in view.changes if not each[0].startswith(PREFIX)))


def begun_from(view: View, base: Scenario, regime: str) -> View:
    """Begin one's own policy anew as a regime: everything that separates regimes is set to what it does."""
    view = bare(view)
    kind = REGIMES[base.regimes[regime].kind]
    if not issubclass(kind, SwitchedRegime):
        return view
    wanted, own = kind.compose(base.regimes[regime]), base.regimes[OWN_POLICY]
    for name in type(wanted).model_fields:
        value = getattr(wanted, name)
        if isinstance(value, bool | int | float | str) and value != getattr(own, name, None):
            view = view.changed(f"{PREFIX}{name}", value)
    for instrument in INSTRUMENTS:
        weight, usual = (round(WHOLE * spec.delivery.get(instrument, 0.0), 1) for spec in (wanted, own))
        if weight != usual:
            view = view.changed(f"{PREFIX}{DELIVERY}.{instrument}", weight)
    return view


def at_desk(view: View) -> View:
    """Go to the desk, where one's own policy and the lottery stand beside the regimes."""
    regimes = tuple(dict.fromkeys((*view.regimes, LOTTERY, OWN_POLICY)))
    return replace(view, page="desk", regimes=regimes)


def brought_policies(scenario: Scenario) -> tuple[str, ...]:
    """List what is compared in a scenario that somebody brings: the usual regimes, and the policy that it writes."""
    written = next((name for name in scenario.all_regimes if is_regime(scenario, name)), AS_WRITTEN)
    return tuple(dict.fromkeys((*View.regimes, written)))


def policy_toml(view: View, setting: Setting) -> str:
    """Write one's own policy as a scenario that `run.py compare` reads, as short as it can be.

    Parameters
    ----------
    view
        What is looked at.
    setting
        What it is run from.
    """
    scenario = setting.of(OWN_POLICY)
    if view.region:
        # The numbers of a measured region are part of it.
        return dump_scenario(scenario)
    table: dict[str, Any] = unpacked_table(view.own) if view.own else {EXTENDS: view.story}
    for key, value in setting.settings.items():
        *path, last = key.split(".")
        place = table
        for part in path:
            place = place.setdefault(part, {})
        place[last] = list(value) if isinstance(value, tuple) else value
    table.setdefault("policy", {})["policymakers"] = [{"name": "desk", "regime": OWN_POLICY}]
    if scenario.events != setting.scenario.events:
        # Planned switches of policy are those of another one.
        table["events"] = [event.model_dump(mode="json") for event in scenario.events]
    return tomli_w.dumps(table)
