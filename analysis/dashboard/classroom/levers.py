"""Levers with a few positions each, so that what a class may ask for can be run before it asks."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.dashboard.state.controls import value_of
from analysis.dashboard.state.view import Value, View
from analysis.runs.axes import NAMED
from model.scenario import Scenario


@dataclass(frozen=True)
class Lever:
    """Something that a phone can move.

    Attributes
    ----------
    name
        Named axis, or dotted key of a parameter.
    values
        Where it can stand, beside where the scenario has it.
    """

    name: str
    values: tuple[Value, ...]

    def usual(self, base: Scenario) -> Value:
        """Give the value that a scenario has."""
        if self.name not in NAMED:
            return value_of(base, self.name)  # type: ignore[no-any-return]
        named = NAMED[self.name]
        return 1.0 if named.relative else value_of(base, named.keys[0])

    def positions(self, base: Scenario) -> tuple[Value, ...]:
        """List where it can stand, the scenario's own value among them."""
        return tuple(sorted({*self.values, self.usual(base)}))

    def start(self, base: Scenario) -> int:
        """Give the position that is the scenario's own."""
        return self.positions(base).index(self.usual(base))

    def moved(self, view: View, place: int, base: Scenario) -> View:
        """Set it to a position."""
        value = None if place == self.start(base) else self.positions(base)[place]
        return view.changed(self.name, value)


SETTINGS = (
    Lever("absorptive_capacity", (0.6, 0.8, 1.2, 1.4)),
    Lever("recombination", (0.0, 0.5, 1.5, 2.0)),
    Lever("budget", (0.005, 0.01, 0.02, 0.05)),
    Lever("life_cycles.turbulence", (0.0, 0.25, 1.0, 1.5)),
)
"""Conditions that phones hold one of, dealt in turn."""


@dataclass(frozen=True)
class Role:
    """Somebody who wants one thing and can do one thing.

    Attributes
    ----------
    name
        Name of the role.
    lever
        What it can move; None where it can draw other luck instead.
    aim
        Observable that it wants more of; empty where it wants another policy to lead.
    regime
        Policy under which its region lives; empty for all.
    """

    name: str
    lever: Lever | None
    aim: str
    regime: str


ROLES = (
    Role("ministry", Lever("budget", (0.005, 0.01, 0.02, 0.05)), "output", "sector"),
    Role("university", Lever("organisations.university.number", (0, 1, 4, 6)), "depth", "none"),
    Role("cluster_manager", Lever("regimes.cluster.outward", (0.0, 0.4, 0.7, 1.0)), "cross_sector_ties", "cluster"),
    Role("small_firm", Lever("firms.rd_intensity", (0.02, 0.03, 0.05, 0.07)), "knowledge_of_firms", "none"),
    Role("discovery_platform", Lever("regimes.smart_specialisation.pilots", (1, 2, 5, 8)), "discovered_domains",
         "smart_specialisation"),
    Role("sceptic", None, "", ""),
)  # fmt: skip
