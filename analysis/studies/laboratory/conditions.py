"""The map: a few conditions under which regimes are tried, and its cells by name."""

from __future__ import annotations

from itertools import product

from analysis.runs.axes import find_axis
from analysis.studies.laboratory import policies
from analysis.studies.laboratory.protocol import Key, Setting, Wanted
from model.loading import load_scenario
from model.scenario import Scenario, twin_of

TURBULENCE = (0.0, 0.5, 1.0)
CRITICAL_MASS = (0.0, 1.0)
CRITICAL_EFFORT = 30.0
SKILL = {"low": 0.6, "high": 1.4}
"""Multiples of the scenario's own mean skill."""

CHOOSING = ("sector", "cluster", "smart_specialisation")
STATIC = "static"
SENSIBLE = (STATIC, *CHOOSING, "lottery")
REGIMES = ("none", *SENSIBLE, *map(twin_of, CHOOSING))


def conditions(scenario: Scenario) -> dict[str, Scenario]:
    """Return the cells of the map: the scenario under each combination of conditions."""
    skill = find_axis("firms.skill_mean", scenario)
    own = scenario.firms.skill_mean
    cells = {}
    for turbulence, mass, (named, factor) in product(TURBULENCE, CRITICAL_MASS, SKILL.items()):
        name = f"turbulence {turbulence:g}, mass {mass:g}, skill {named}"
        cells[name] = load_scenario(
            scenario,
            {
                "life_cycles.turbulence": turbulence,
                "research.critical_mass": mass,
                "research.critical_effort": CRITICAL_EFFORT,
                **skill.settings(min(1.0, own * factor)),
            },
        )
    return cells


def wanted(setting: Setting) -> Wanted:
    """Ask for every regime, its twin, a fixed list and the lottery in every cell."""
    tried: dict[Key, Scenario] = {}
    for cell, scenario in conditions(setting.scenario).items():
        for regime in REGIMES:
            tried[cell, regime] = (
                policies.under(scenario, STATIC, policies.STATIC)
                if regime == STATIC
                else scenario.with_regime(regime)
            )
    return Wanted(tried, setting.fresh(setting.size.map_seeds))


def runs(setting: Setting) -> int:
    """Count the runs of the map."""
    cells = len(TURBULENCE) * len(CRITICAL_MASS) * len(SKILL)
    return cells * len(REGIMES) * len(setting.fresh(setting.size.map_seeds))
