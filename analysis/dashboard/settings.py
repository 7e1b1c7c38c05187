"""From what somebody looks at to the scenarios that are run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from analysis.axes import HORIZON, NAMED, STEPS, find_axis
from analysis.dashboard.uploads import unpack
from analysis.dashboard.view import Value, View
from analysis.errors import RequestError
from model.loading import ScenarioError, library, load_scenario
from model.scenario import Scenario
from model.spec.events import DemandShock, FrontierShock

NAMES = "knowledge_space.domain_names"

MOST_FIRMS, MOST_STEPS, MOST_DOMAINS = 5_000, 400, 128
"""What one request may ask of a server that many share."""


@dataclass(frozen=True)
class Setting:
    """A scenario as it is run, and the one that it departs from.

    Attributes
    ----------
    base
        The scenario of story or upload.
    scenario
        The same with all changes.
    left_out
        Changes that the scenario cannot have, with the reason.
    without
        Events that the scenario plans and that make no sense with the changes.
    """

    base: Scenario
    scenario: Scenario
    left_out: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def of(self, regime: str) -> Scenario:
        """Give the scenario under a regime."""
        return self.scenario.with_regime(regime)


@lru_cache(maxsize=64)
def base_of(story: str, own: str) -> Scenario:
    """Load the scenario that a view departs from.

    Raises
    ------
    ScenarioError
        If the packed scenario is wrong.
    RequestError
        If there is no such story, or the scenario is too large for a server that many share.
    """
    if own:
        return within_reason(unpack(own))
    if story not in library():
        raise RequestError(f"There is no story {story!r}; there are {', '.join(library())}.")
    return within_reason(load_scenario(story))


def within_reason(scenario: Scenario) -> Scenario:
    """Refuse what would keep everybody else waiting."""
    limits = (
        ("firms.number", scenario.firms.number, MOST_FIRMS),
        ("steps", scenario.steps, MOST_STEPS),
        ("knowledge_space.domains", scenario.knowledge_space.domains, MOST_DOMAINS),
    )
    for key, value, most in limits:
        if value > most:
            raise RequestError(
                f"{key} = {value}: the dashboard runs at most {most}; use run.py compare for more."
            )
    return scenario


@lru_cache(maxsize=256)
def setting_of(story: str, own: str, changes: tuple[tuple[str, Value], ...]) -> Setting:
    """Apply the changes of a view to its scenario; changes that make no sense are left out and told.

    Raises
    ------
    ScenarioError, RequestError
        As for `base_of`.
    """
    base = base_of(story, own)
    settings: dict[str, Any] = {}
    left_out = []
    for name, value in _axes_first(changes):
        try:
            fresh = settings | _settings(base, name, value)
            within_reason(_loaded(base, fresh))
        except (ScenarioError, RequestError) as error:
            left_out.append(f"{name}: {error}")
        else:
            settings = fresh
    scenario = _loaded(base, settings) if settings else base
    without = tuple(f"{e.kind}, step {e.step}" for e in base.events if e not in _events(base, settings))
    return Setting(base, scenario, tuple(left_out), without)


def setting_for(view: View) -> Setting:
    """Give the setting of a view; see `setting_of`."""
    return setting_of(view.story, view.own, view.changes)


def _axes_first(changes: tuple[tuple[str, Value], ...]) -> list[tuple[str, Value]]:
    """A single parameter wins over an axis that moves it together with others."""
    return sorted(changes, key=lambda change: change[0] not in NAMED)


def _settings(base: Scenario, name: str, value: Value) -> dict[str, Any]:
    if name not in NAMED:
        return {name: value}
    if isinstance(value, bool | str):
        raise RequestError(f"must be a number, not {value!r}")
    return find_axis(name, base).settings(value)


def _loaded(base: Scenario, settings: Mapping[str, Any]) -> Scenario:
    return load_scenario(base.model_copy(update={"events": _events(base, settings)}), settings)


def _events(base: Scenario, settings: Mapping[str, Any]) -> tuple[Any, ...]:
    """Leave out what lies beyond another horizon, or hits domains that a region of other sectors has not."""
    nameless = NAMES in settings and not settings[NAMES]
    return tuple(
        event
        for event in base.events
        if event.step <= settings.get(STEPS, base.steps)
        and not (nameless and isinstance(event, DemandShock | FrontierShock))
    )


def run_key(scenario: Scenario, regime: str, seed: int) -> bytes:
    """Name a run by all that it depends on: parameters of other regimes are none of it.

    Parameters
    ----------
    scenario
        Scenario before a regime is put into it.
    regime
        Name of the regime.
    seed
        Seed.
    """
    return _key(_common(scenario), scenario.regimes[regime].model_dump_json(), regime, str(seed))


def _common(scenario: Scenario) -> str:
    return scenario.model_dump_json(exclude={"story", "regimes"})


def _key(*parts: str) -> bytes:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).digest()


def run_keys(scenario: Scenario, regimes: tuple[str, ...], seed: int) -> list[bytes]:
    """Name a run for each regime; see `run_key`."""
    common = _common(scenario)
    return [_key(common, scenario.regimes[name].model_dump_json(), name, str(seed)) for name in regimes]


__all__ = [
    "HORIZON",
    "Setting",
    "base_of",
    "run_key",
    "run_keys",
    "setting_for",
    "setting_of",
    "within_reason",
]
