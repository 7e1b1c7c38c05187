"""From what somebody looks at to the scenarios that are run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from analysis.dashboard.state.limits import within_reason
from analysis.dashboard.state.own_policy import gathered
from analysis.dashboard.state.uploaded_regions import Uploads, is_uploaded
from analysis.dashboard.state.uploaded_scenario import unpack
from analysis.dashboard.state.view import Value, View
from analysis.errors import RequestError
from analysis.regions.application import sector_name, with_region
from analysis.regions.catalogue import RegionReference
from analysis.runs.axes import NAMED, STEPS, find_axis
from analysis.runs.policies import AS_WRITTEN, scenario_under
from model.loading import ScenarioError, library, load_scenario
from model.scenario import Scenario
from model.spec.events import DemandShock, FrontierShock

NAMES = "knowledge_space.domain_names"


@dataclass(frozen=True)
class Setting:
    """A scenario as it is run, and the one that it departs from.

    Attributes
    ----------
    base
        The scenario of story or upload, in the region that was chosen.
    scenario
        The same with all changes.
    settings
        What the changes set, by dotted key.
    left_out
        Changes that the scenario cannot have, with the reason.
    without
        Events that the scenario plans and that make no sense with the changes, or in the region.
    """

    base: Scenario
    scenario: Scenario
    settings: Mapping[str, Any] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def of(self, policy: str) -> Scenario:
        """Give the scenario under a regime, or under the policy that it writes itself."""
        return scenario_under(self.scenario, policy)

    @property
    def known(self) -> tuple[str, ...]:
        """Policies that can be run."""
        written = self.scenario.policy.policymakers or any(
            each.kind == "regime_switch" for each in self.scenario.events
        )
        return (*self.scenario.all_regimes, *([AS_WRITTEN] if written else []))


@dataclass(frozen=True)
class Base:
    """A scenario before any change, and events that its region cannot have."""

    scenario: Scenario
    without: tuple[str, ...] = ()


class Settings:
    """Settings of views, remembered.

    Parameters
    ----------
    uploaded
        Regions of one session beside those that ship.
    room
        Settings that are remembered.
    """

    def __init__(self, uploads: Uploads | None = None, room: int = 256) -> None:
        self._uploads = uploads or Uploads()
        self._bases = lru_cache(maxsize=room // 4)(self._base)
        self._settings = lru_cache(maxsize=room)(self._setting)

    def base_of(self, story: str, own: str, region: str) -> Base:
        """Load the scenario that a view departs from.

        Raises
        ------
        ScenarioError
            If the packed scenario is wrong.
        RequestError
            If there is no such story or region, or the scenario is too large for a server that many share.
        """
        return self._bases(story, own, region)

    def setting_for(self, view: View) -> Setting:
        """Apply the changes of a view to its scenario; changes that make no sense are left out and told.

        Raises
        ------
        ScenarioError, RequestError
            As for `base_of`.
        """
        return self._settings(view.story, view.own, view.region, view.changes)

    def _base(self, story: str, own: str, region: str) -> Base:
        if own:
            scenario = unpack(own)
        elif story in library():
            scenario = load_scenario(story)
        else:
            raise RequestError(f"There is no story {story!r}; there are {', '.join(library())}.")
        base = _in_region(scenario, self._uploads.find(region)) if region else Base(scenario)
        within_reason(base.scenario)
        return base

    def _setting(self, story: str, own: str, region: str, changes: tuple[tuple[str, Value], ...]) -> Setting:
        start = self._bases(story, own, region)
        base = start.scenario
        settings: dict[str, Any] = {}
        left_out = []
        for name, value in gathered(base, _axes_first(changes)):
            try:
                fresh = settings | (value if isinstance(value, dict) else _settings(base, name, value))
                within_reason(_loaded(base, fresh))
            except (ScenarioError, RequestError) as error:
                left_out.append(f"{name}: {error}")
            else:
                settings = fresh
        scenario = _loaded(base, settings) if settings else base
        kept = _events(base, settings)
        without = tuple(f"{each.kind}, step {each.step}" for each in base.events if each not in kept)
        return Setting(base, scenario, settings, tuple(left_out), (*start.without, *without))


EVERYBODYS = Settings()
"""Settings that anybody may have: library stories in regions that ship."""


def is_private(view: View) -> bool:
    """Whether a view shows something that its user uploaded."""
    return bool(view.own) or is_uploaded(view.region)


def setting_for(view: View) -> Setting:
    """Give the setting of a view in which nothing was uploaded as a table; see `Settings.setting_for`."""
    return EVERYBODYS.setting_for(view)


def _in_region(scenario: Scenario, region: RegionReference) -> Base:
    """Put a region into a scenario, without the events that hit domains or sectors of another one."""
    known = {
        *region.members.domains["name"],
        *(sector_name(each, region) for each in region.members.domains["sector"]),
    }
    kept = tuple(each for each in scenario.events if _hit_by(each) <= known)
    without = tuple(f"{each.kind}, step {each.step}" for each in scenario.events if each not in kept)
    return Base(with_region(scenario.model_copy(update={"events": kept}), region, sized=True), without)


def _hit_by(event: Any) -> set[str]:
    return {*event.domains, *event.sectors} if isinstance(event, DemandShock | FrontierShock) else set()


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
    return run_keys(scenario, (regime,), seed)[0]


def _common(scenario: Scenario) -> str:
    return scenario.model_dump_json(exclude={"story", "regimes"})


def _key(*parts: str) -> bytes:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).digest()


def run_keys(scenario: Scenario, regimes: tuple[str, ...], seed: int) -> list[bytes]:
    """Name a run for each regime; see `run_key`."""
    common, known = _common(scenario), scenario.all_regimes
    # What a scenario writes itself may take any of its regimes.
    every = scenario.model_dump_json(include={"regimes"}) if AS_WRITTEN in regimes else ""
    own = {name: known[name].model_dump_json() if name in known else every for name in regimes}
    return [_key(common, own[name], name, str(seed)) for name in regimes]
