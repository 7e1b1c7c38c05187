"""What an ablation tries: every combination of the switches, and each regime with one of them flipped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pandas as pd
from pydantic import ValidationError

from analysis.errors import RequestError
from model.policy.regimes import REGIMES
from model.policy.regimes.composition import ComposedSpec
from model.policy.regimes.engine import SwitchedRegime
from model.policy.regimes.switches import NETWORKED, PILOT
from model.scenario import Scenario

LONGEST_NAME = 20
"""Characters of a regime's name that fit into the name of a variant of it."""


@dataclass(frozen=True)
class Switch:
    """A switch between regimes with its two positions.

    Attributes
    ----------
    name
        Parameter of a regime that it is.
    positions
        Name of each position, and the value of the parameter there.
    """

    name: str
    positions: tuple[tuple[str, Any], tuple[str, Any]]

    @property
    def labels(self) -> tuple[str, str]:
        """Names of both positions."""
        return self.positions[0][0], self.positions[1][0]


SWITCHES = (
    Switch("targeting", (("generic", "generic"), ("targeted", "targeted"))),
    Switch("links", (("isolated", "isolated"), ("networked", "networked"))),
    Switch("scope", (("inside", "inside"), ("across", "across"))),
    Switch("search", (("fixed", "fixed"), ("discovering", "discovering"))),
    Switch("policy_driven", (("from_above", 1.0), ("from_below", 0.0))),
)
PRIORITISE = "prioritise"


@dataclass(frozen=True)
class Treatments:
    """What is tried, by the name under which it stands in the results.

    Attributes
    ----------
    scenario
        The scenario with all treatments among its regimes.
    corners
        Table of the factorial: ``regime``, and for each switch -1 or 1.
    flips
        Table of the walks: ``regime``, ``origin`` (the regime that it is a variant of), ``switch``,
        ``before`` and ``after``.
    """

    scenario: Scenario
    corners: pd.DataFrame
    flips: pd.DataFrame

    @property
    def names(self) -> tuple[str, ...]:
        """All that is run, no policy first."""
        origins = dict.fromkeys(self.flips["origin"])
        return ("none", *origins, *self.corners["regime"], *self.flips["regime"])


def arrange_treatments(scenario: Scenario, regimes: Sequence[str]) -> Treatments:
    """Cross all switches, and flip each of them in some regimes.

    Parameters
    ----------
    scenario
        Where it is tried; its ``regimes.composed`` says all that is no switch.
    regimes
        Regimes of the scenario from which one goes one step in each direction.

    Returns
    -------
    Treatments
        What is to be run.

    Raises
    ------
    RequestError
        If a regime has no switches, or one of its variants makes no sense.
    """
    base: Any = scenario.regimes["composed"]
    made: dict[str, ComposedSpec] = {}
    corners = []
    for positions in product((0, 1), repeat=len(SWITCHES)):
        name, changes = _corner(positions)
        made[name] = _changed(base, changes | {"outward": 0.0}, name)
        signs = {s.name: 2 * p - 1 for s, p in zip(SWITCHES, positions, strict=True)}
        corners.append({"regime": name, **signs})
    flips = []
    for origin in regimes:
        whole = composition_of(scenario, origin)
        for switch, before, after, changes in _flips(whole):
            name = f"{origin[:LONGEST_NAME]}-{switch}-{after}"
            made[name] = _changed(whole, changes, name)
            row = {"regime": name, "origin": origin, "switch": switch, "before": before, "after": after}
            flips.append(row)
    clash = sorted(made.keys() & scenario.regimes.keys())
    if clash or len(made) < len(corners) + len(flips):
        raise RequestError(f"The name of regime {(clash or regimes)[0]!r} is taken by a variant; rename it.")
    extended = scenario.model_copy(update={"regimes": {**scenario.regimes, **made}})
    return Treatments(
        extended,
        pd.DataFrame(corners),
        pd.DataFrame(flips, columns=["regime", "origin", "switch", "before", "after"]),
    )


def composition_of(scenario: Scenario, name: str) -> ComposedSpec:
    """Say where in the space of switches a regime of a scenario is.

    Parameters
    ----------
    scenario
        The scenario.
    name
        Name of one of its regimes.

    Returns
    -------
    ComposedSpec
        The same regime with all switches written out.

    Raises
    ------
    RequestError
        If there is no such regime, or it has no switches, as no policy has none.
    """
    spec = scenario.regimes.get(name)
    if spec is not None:
        regime = REGIMES[spec.kind](spec)
        if isinstance(regime, SwitchedRegime):
            return regime.composition
    switched = [n for n, s in scenario.regimes.items() if issubclass(REGIMES[s.kind], SwitchedRegime)]
    raise RequestError(
        field="regimes", value=name, rule="no regime with switches", remedy=f"such are {', '.join(switched)}."
    )


def position_of(spec: ComposedSpec, switch: Switch) -> str:
    """Name the position of a switch; ``mixed`` where it is in neither."""
    value = getattr(spec, switch.name)
    if value == "by_delivery":
        networked = sum(share for name, share in spec.delivery.items() if name in NETWORKED)
        others = sum(share for name, share in spec.delivery.items() if name not in (*NETWORKED, PILOT))
        value = "mixed" if networked and others else ("networked" if networked else "isolated")
    return next((label for label, at in switch.positions if at == value), "mixed")


def _corner(positions: Iterable[int]) -> tuple[str, dict[str, Any]]:
    chosen = [switch.positions[p] for switch, p in zip(SWITCHES, positions, strict=True)]
    changes = {switch.name: value for switch, (_, value) in zip(SWITCHES, chosen, strict=True)}
    return "-".join(label for label, _ in chosen), changes


def _flips(spec: ComposedSpec) -> Iterable[tuple[str, str, str, dict[str, Any]]]:
    for switch in SWITCHES:
        before = position_of(spec, switch)
        for after, value in switch.positions:
            if after != before:
                yield switch.name, before, after, {switch.name: value}
    for after in ("sectors", "clusters", "domains"):
        if after != spec.prioritise:
            # Clusters are no means to clusters.
            direct = {"spotting_share": 0.0, "through_clusters": 0.0} if after == "clusters" else {}
            yield PRIORITISE, spec.prioritise, after, {PRIORITISE: after, **direct}


def _changed(spec: ComposedSpec, changes: dict[str, Any], name: str) -> ComposedSpec:
    try:
        return ComposedSpec.model_validate(spec.model_dump() | changes)
    except ValidationError as error:
        reasons = "; ".join(str(found["msg"]) for found in error.errors(include_url=False))
        raise RequestError(field="regimes", rule=f"the variant {name} cannot be tried: {reasons}") from None
