"""What conditions can be varied along: any number of a scenario, and a few axes in the terms of the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from analysis.errors import RequestError
from model.scenario import Scenario
from model.spec import phrases
from model.spec.declarations import ANY_ENTRY, Bounds, Declaration, declarations
from model.spec.knowledge_space import KnowledgeSpaceSpec
from model.spec.problem import listed, nearest

Settings = dict[str, Any]

HORIZON = "horizon"
"""The axis that is read off one long run: a run of 80 steps is the first half of one of 160."""

STEPS = "steps"
AROUND = (0.5, 1.5)
"""Range of a parameter for which none is given, in multiples of the scenario's own value."""


@dataclass(frozen=True)
class Axis:
    """One condition that can be varied in a certain scenario.

    Attributes
    ----------
    name
        Name or dotted key.
    label, unit
        What to write beside it in a figure.
    bounds
        What its values may be.
    low, high
        Range when none is asked for.
    keys
        Parameters that its value is written to, or that its value multiplies.
    settings
        Gives all parameters that a value stands for, by dotted key.
    whole
        Whether values are whole numbers.
    geometric
        Whether each value is a multiple of the one before, not a step further.
    """

    name: str
    label: str
    unit: str
    bounds: Bounds
    low: float
    high: float
    keys: tuple[str, ...]
    settings: Callable[[float], Settings]
    whole: bool = False
    geometric: bool = False


@dataclass(frozen=True)
class NamedAxis:
    """An axis in a term of the field, before it meets a scenario.

    Attributes
    ----------
    label, unit
        What to write beside it in a figure.
    meaning
        Sentence that says what moves.
    keys
        Parameters that it moves.
    low, high
        Range when none is asked for.
    relative
        Whether a value multiplies what the scenario says, so that 1 is the scenario itself.
    geometric
        Whether values are spaced by ratio.
    following
        Gives, for a scenario and a value, further parameters that have to go along.
    """

    label: str
    unit: str
    meaning: str
    keys: tuple[str, ...]
    low: float
    high: float
    relative: bool = False
    geometric: bool = False
    following: Callable[[Scenario, float], Settings] | None = None


def _more_domains(scenario: Scenario, sectors: float) -> Settings:
    """Keep the domains of a sector as many as they are; generated names, as those of the story do not fit."""
    space: KnowledgeSpaceSpec = scenario.knowledge_space
    rooted = (space.domains - space.cross_cutting_domains) / space.sectors
    return {
        "knowledge_space.domains": round(sectors * rooted) + space.cross_cutting_domains,
        "knowledge_space.domain_names": [],
        "knowledge_space.sector_names": [],
        # Names of domains that are not there any more; as many are latent, drawn.
        "knowledge_space.latent_names": [],
    }


def _larger_organisations(scenario: Scenario, firms: float) -> Settings:
    """Keep what organisations can do and have to spend for each firm: size is to change nothing else."""
    ratio = firms / scenario.firms.number
    return {
        declared.key: _plain(_value_of(scenario, declared.key) * ratio)
        for declared in declarations(Scenario)
        if declared.key.startswith("organisations.") and declared.name in {"capacity", "funding"}
    }


def _measured_relatedness(scenario: Scenario, factor: float) -> Settings:
    """Multiply relatedness that was measured, as it is after sharpening, like relatedness that is generated."""
    measured = scenario.knowledge_space.measured
    if not measured.given:
        return {}
    before = factor ** (1 / measured.sharpness)
    scaled = [min(1.0, before * value) for value in measured.relatedness]
    return {"knowledge_space.measured.relatedness": scaled}


NAMED: Mapping[str, NamedAxis] = {
    "absorptive_capacity": NamedAxis(
        "Absorptive capacity", "relative to the scenario",
        "Skill and the R&D that firms pay themselves, both multiplied by the value (Cohen & Levinthal 1990).",
        ("firms.skill_mean", "firms.rd_intensity"), 0.4, 1.6, relative=True,
    ),
    "recombination": NamedAxis(
        "Recombination", "relative to the scenario",
        "How often firms try to recombine, alone or with partners, multiplied by the value; at 0 never.",
        ("recombination.attempts",), 0.0, 2.0, relative=True,
    ),
    "openness": NamedAxis(
        "Openness", "0 exploits, 1 explores", "Mean openness of firms at the start.",
        ("firms.openness_mean",), 0.1, 0.9,
    ),
    HORIZON: NamedAxis(
        "Horizon", "quarters", "Quarters after which outcomes are read.", (STEPS,), 20, 160,
    ),
    "budget": NamedAxis(
        "Budget", "share of wage bill", "Budget of innovation policy, the same under every regime.",
        ("policy.budget",), 0.0025, 0.04, geometric=True,
    ),
    "variety": NamedAxis(
        "Variety", "sectors",
        "Number of sectors that firms spread over, with as many domains in each as before.",
        ("knowledge_space.sectors",), 2, 10, following=_more_domains,
    ),
    "size_of_region": NamedAxis(
        "Size of the region", "firms",
        "Firms at the start; capacity and own money of organisations go along in proportion.",
        ("firms.number",), 50, 800, geometric=True, following=_larger_organisations,
    ),
    "relatedness": NamedAxis(
        "Relatedness", "relative to the scenario",
        "Mean relatedness of domains, inside sectors and across, all multiplied by the value.",
        (
            "knowledge_space.relatedness_within_sector",
            "knowledge_space.relatedness_cross_cutting",
            "knowledge_space.relatedness_elsewhere",
        ), 0.4, 1.6, relative=True, following=_measured_relatedness,
    ),
}  # fmt: skip


def find_axis(name: str, scenario: Scenario) -> Axis:
    """Find what a user can vary under a name.

    Parameters
    ----------
    name
        Named axis, or dotted key of a number.
    scenario
        Scenario in which it is varied.

    Returns
    -------
    Axis
        The axis as it is in this scenario.

    Raises
    ------
    RequestError
        If there is no such axis, or it cannot move anything in this scenario.
    """
    if name == STEPS:
        name = HORIZON
    if name == "variety" and scenario.knowledge_space.measured.given:
        raise RequestError(
            "variety: sectors and domains of a measured region are what they are; take a region with more or "
            "fewer of them, or vary another condition."
        )
    if name in NAMED:
        found = _relative(name, scenario) if NAMED[name].relative else _absolute(name, scenario)
        return _no_smaller_than_measured(found, scenario) if name == "size_of_region" else found
    declared = _declared(name, scenario)
    value = float(_value_of(scenario, name))
    low, high = (_inside(value * factor, declared.bounds) for factor in AROUND)
    unit = "" if declared.unit == "1" else declared.unit
    label = declared.name.replace("_", " ")
    label, whole = label[:1].upper() + label[1:], declared.kind == "integer"
    return Axis(name, label, unit, declared.bounds, low, high, (name,), _setter(name, whole=whole), whole)


def _absolute(name: str, scenario: Scenario) -> Axis:
    named = NAMED[name]
    declared = _declared(named.keys[0], scenario)
    whole = declared.kind == "integer"

    def settings(value: float) -> Settings:
        following = named.following(scenario, value) if named.following else {}
        return {**_setter(declared.key, whole=whole)(value), **following}

    return Axis(
        name, named.label, named.unit, declared.bounds, named.low, named.high, named.keys, settings,
        whole, named.geometric,
    )  # fmt: skip


def _no_smaller_than_measured(axis: Axis, scenario: Scenario) -> Axis:
    """Leave room for a firm in each measured domain in which somebody is employed."""
    least = max(axis.bounds.ge or 0, scenario.knowledge_space.measured.active)
    return replace(axis, bounds=replace(axis.bounds, ge=least), low=max(axis.low, least))


def _relative(name: str, scenario: Scenario) -> Axis:
    named = NAMED[name]
    values = {key: float(_value_of(scenario, key)) for key in named.keys}
    if not any(values.values()):
        raise RequestError(
            f"{name} multiplies {', '.join(named.keys)}, which is 0 in this scenario; set it with --set first."
        )
    ends = [(_declared(key, scenario).bounds.le, value) for key, value in values.items()]
    most = _rounded_down(min(end / value for end, value in ends if end is not None and value > 0))

    def settings(factor: float) -> Settings:
        following = named.following(scenario, factor) if named.following else {}
        return {**{key: _plain(factor * value) for key, value in values.items()}, **following}

    bounds = Bounds(ge=0, le=most)
    return Axis(
        name, named.label, named.unit, bounds, named.low, min(named.high, most), named.keys, settings,
        geometric=named.geometric,
    )  # fmt: skip


def _setter(key: str, *, whole: bool) -> Callable[[float], Settings]:
    return lambda value: {key: int(value) if whole else float(value)}


def _declared(name: str, scenario: Scenario) -> Declaration:
    """Give the declaration of a number, that of its kind for a regime of the user's own."""
    parts = name.split(".")
    if parts[0] == "regimes" and len(parts) == 3 and parts[1] in scenario.regimes:
        parts[1] = scenario.regimes[parts[1]].kind
    known = {declared.key: declared for declared in declarations(Scenario)}
    declared = known.get(".".join(parts))
    if declared is None or f".{ANY_ENTRY}." in declared.key:
        raise RequestError(_no_such_axis(name, known))
    if declared.kind not in {"integer", "number"} or declared.key == "knowledge_space.seed":
        raise RequestError(f"{name} is no axis: it must be a parameter whose value is a quantity.")
    return declared


def _no_such_axis(name: str, known: Mapping[str, Declaration]) -> str:
    numbers = [key for key, each in known.items() if each.kind in {"integer", "number"}]
    possible = [key for key in numbers if f".{ANY_ENTRY}." not in key]
    by_last_part = [key for key in possible if key.rpartition(".")[2] == name]
    meant = nearest(name, NAMED) or next(iter(by_last_part), None) or nearest(name, possible)
    hint = f" Did you mean {meant}?" if meant else ""
    return (
        f"There is no axis {phrases.value(name)}. Axes are {listed(list(NAMED))}, "
        f"and every number of a scenario by its key, such as firms.skill_mean (see docs/parameters.md).{hint}"
    )


def _value_of(scenario: Scenario, key: str) -> Any:
    def step(node: Any, part: str) -> Any:
        return node[part] if isinstance(node, Mapping) else getattr(node, part)

    return reduce(step, key.split("."), scenario)


def _inside(value: float, bounds: Bounds) -> float:
    low = bounds.ge if bounds.ge is not None else value
    high = bounds.le if bounds.le is not None else value
    return min(high, max(low, value))


def _rounded_down(value: float) -> float:
    """Shorten a bound, so that what is said of it can be typed again."""
    short = float(f"{value:.4g}")
    return short if short <= value else float(f"{value * (1 - 1e-3):.4g}")


def _plain(value: float) -> float:
    """Drop the last digits, which multiplying leaves to chance."""
    return float(f"{value:.12g}")
