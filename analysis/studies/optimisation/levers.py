"""Levers: what a policy is made of, drawn at random or by whoever searches; a policy is a value for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from analysis.errors import RequestError
from analysis.runs.suggestion import did_you_mean
from model.policy.instruments import INSTRUMENTS
from model.policy.regimes.switches import PILOT
from model.scenario import Scenario

Value = str | int | float
Policy = Mapping[str, Value]
"""Values of levers by name; shares of the money in whole percent."""

CHOICES: Mapping[str, tuple[Value, ...]] = MappingProxyType({
    "prioritise": ("sectors", "clusters", "domains"),
    "targeting": ("generic", "targeted", "earmarked"),
    "scope": ("inside", "across"),
    "search": ("fixed", "discovering"),
    "choose_by": ("size", "growth", "trend"),
    "policy_driven": (0.0, 0.5, 1.0),
    "priorities": tuple(range(1, 9)),
    "review_every": (2, 4, 8, 16),
})  # fmt: skip
"""What is drawn of a regime beside the shares of its money, every value as likely."""

LIST = "list"
THEMES = tuple(f"theme_{place}" for place in range(1, 5))
PARTNERS = ("nobody", "lottery", "sector", "cluster", "smart_specialisation")
MORE: Mapping[str, tuple[Value, ...]] = MappingProxyType({
    "first_budget": (1.0, 0.5, 0.25),
    "scale_after": (8, 16, 24, 40),
    "partner": PARTNERS,
    "partner_when": ("beside", "after"),
    "partner_share": (0.25, 0.5),
    "partner_from": (8, 20, 40),
    "spend": (1.0, 0.75, 0.5, 0.25),
})  # fmt: skip
"""What is drawn beyond one regime: how money comes in over time, and who shares it."""

MOST_INSTRUMENTS = 5
LEAST_PERCENT = 5
"""Shares below this are left out of what a search proposes: a policy of slivers helps nobody."""
PERCENT = 100

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "delivery": tuple(f"share_{name}" for name in INSTRUMENTS),
    "switches": tuple(name for name in CHOICES if name != "priorities"),
    "priorities": ("priorities",),
    "themes": THEMES,
    "phasing": ("first_budget", "scale_after"),
    "partners": ("partner", "partner_when", "partner_share", "partner_from"),
    "spending": ("spend",),
})  # fmt: skip
"""Levers by the name under which users choose them."""
ALWAYS = ("delivery", "switches", "priorities", "themes", "phasing", "partners")
PRIORITIES = ("prioritise", "search", "choose_by", "policy_driven", "priorities", "review_every", *THEMES)
"""Levers that say which priorities there are, and not what is done for them."""
TOGETHER: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "themes": ("choose_by", *THEMES), "phasing": GROUPS["phasing"], "partners": GROUPS["partners"],
})  # fmt: skip
"""Levers of which one means nothing without the others."""

FREE: Policy = MappingProxyType({
    **dict.fromkeys(GROUPS["delivery"], 0), "share_rd_grant": PERCENT,
    "prioritise": "domains", "targeting": "generic", "scope": "across", "search": "fixed", "choose_by": "size",
    "policy_driven": 1.0, "priorities": 3, "review_every": 4, **dict.fromkeys(THEMES, 0),
    "first_budget": 1.0, "scale_after": 8, "partner": "nobody", "partner_when": "beside", "partner_share": 0.25,
    "partner_from": 8, "spend": 1.0,
})  # fmt: skip
"""What a lever is where it is not searched."""


def draw_regime(generator: np.random.Generator) -> dict[str, Any]:
    """Draw a composed regime at random: the shares of its money and every switch.

    Parameters
    ----------
    generator
        Where chance comes from.

    Returns
    -------
    dict
        The spec of a composed regime.
    """
    delivery = _delivery(generator)
    drawn = {name: values[int(generator.integers(len(values)))] for name, values in CHOICES.items()}
    return {"kind": "composed", "delivery": delivery, **drawn}


@dataclass(frozen=True)
class Levers:
    """Which levers are searched in a certain region, and what each can be.

    Attributes
    ----------
    values
        Values of each lever that is searched, but for shares, which are whole percent.
    groups
        Names of groups that are searched.
    """

    values: Mapping[str, tuple[Value, ...]]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario, groups: Sequence[str]) -> Levers:
        """Return the levers of some groups in a region.

        Raises
        ------
        RequestError
            If there is no such group, or none at all.
        """
        for name in groups:
            if name not in GROUPS:
                hint = did_you_mean(name, tuple(GROUPS))
                raise RequestError(
                    field="levers", value=name, rule=f"there is no such lever; there are {', '.join(GROUPS)}",
                    remedy=hint or "name one or more of them, with commas between.",
                )  # fmt: skip
        known: dict[str, tuple[Value, ...]] = {**CHOICES, **MORE}
        if "themes" in groups:
            known["choose_by"] = (*CHOICES["choose_by"], LIST)
            known |= dict.fromkeys(THEMES, tuple(range(1, scenario.knowledge_space.domains + 1)))
        names = [name for group in groups for name in GROUPS[group]]
        if "themes" in groups and "choose_by" not in names:
            names.append("choose_by")
        # A start at full size is what all phases are compared with; who comes later must come in time.
        for name in ("scale_after", "partner_from"):
            early = tuple(step for step in known[name] if int(step) < scenario.steps)
            known[name] = early or known[name][:1]
            if not early:
                known |= {"first_budget": (1.0,)} if name == "scale_after" else {"partner_when": ("beside",)}
        values = {name: known[name] for name in names if name in known}
        return cls(values, tuple(dict.fromkeys(groups)))

    @property
    def shares(self) -> tuple[str, ...]:
        """Levers that are shares of the money, if these are searched."""
        return GROUPS["delivery"] if "delivery" in self.groups else ()

    def draw(self, generator: np.random.Generator) -> Policy:
        """Draw a policy at random."""
        spec = draw_regime(generator)
        policy: dict[str, Value] = dict(FREE)
        if self.shares:
            shares = {f"share_{name}": round(PERCENT * part) for name, part in spec["delivery"].items()}
            policy |= dict.fromkeys(self.shares, 0) | shares
        for name, values in self.values.items():
            own = CHOICES.get(name)
            policy[name] = spec[name] if own == values else values[int(generator.integers(len(values)))]
        # Half of all policies are plain in each of these respects: one regime, one budget.
        for name in ("first_budget", "partner"):
            if name in self.values and generator.random() < 0.5:
                policy[name] = FREE[name]
        return tidied(policy)


def chooses(policy: Policy) -> bool:
    """Say whether priorities make a difference: generic support across all sectors, without pilots, has none."""
    everybody = policy["targeting"] == "generic" and policy["scope"] == "across"
    return not everybody or policy["prioritise"] == "clusters" or bool(policy[f"share_{PILOT}"])


def tidied(policy: Policy) -> Policy:
    """Set what makes no difference to what it usually is, so that equal policies look alike."""
    told = dict(policy)
    told |= _whole({name: float(told[name]) for name in GROUPS["delivery"]}, str(told["search"]))
    if not chooses(told):
        told |= {name: FREE[name] for name in PRIORITIES}
    fixed = told["search"] == "fixed"
    if fixed and round(float(told["policy_driven"]) * int(told["priorities"])) == 0:
        told["policy_driven"] = 0.0
    if not fixed or told["policy_driven"] == 0.0:
        # What is believed, or what firms do of themselves, decides alone.
        told["choose_by"] = FREE["choose_by"]
    told |= {name: FREE[name] for name in THEMES[int(told["priorities"]) :]}
    if told["choose_by"] == LIST and not any(told[name] for name in THEMES):
        told["choose_by"] = FREE["choose_by"]
    if told["choose_by"] != LIST:
        told |= {name: FREE[name] for name in THEMES}
    if told["first_budget"] == 1.0:
        told["scale_after"] = FREE["scale_after"]
    if told["partner"] == "nobody":
        told |= {name: FREE[name] for name in ("partner_when", "partner_share", "partner_from")}
    unused = "partner_from" if told["partner_when"] == "beside" else "partner_share"
    return MappingProxyType({**told, unused: FREE[unused]})


def _whole(weights: Mapping[str, float], search: str) -> dict[str, int]:
    """Divide the money in whole percent, without slivers; pilots only where something is discovered."""
    pilot = f"share_{PILOT}"
    kept = {name: weight for name, weight in weights.items() if name != pilot or search == "discovering"}
    if not any(weight for name, weight in kept.items() if name != pilot):
        kept |= {name: float(FREE[name]) for name in kept if name != pilot}
    percent = _scaled(kept)
    large = {name: part for name, part in percent.items() if part >= LEAST_PERCENT}
    percent = _scaled(large) if set(large) - {pilot} else percent
    whole = {name: round(percent.get(name, 0.0)) for name in weights}
    largest = max((name for name in whole if name != pilot), key=whole.__getitem__)
    whole[largest] += PERCENT - sum(whole.values())
    return whole


def _scaled(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {name: PERCENT * weight / total for name, weight in weights.items()}


def _delivery(generator: np.random.Generator) -> dict[str, float]:
    """Divide the money among some instruments, in whole percent; pilots alone support nobody."""
    support = [name for name in INSTRUMENTS if name != PILOT]
    chosen = generator.choice(len(support), int(generator.integers(1, MOST_INSTRUMENTS + 1)), replace=False)
    names = [support[place] for place in chosen]
    if generator.random() < 0.5:
        names.append(PILOT)
    shares = generator.dirichlet(np.ones(len(names)))
    whole = np.maximum(1, np.floor(PERCENT * shares)).astype(int)
    whole[whole.argmax()] += PERCENT - whole.sum()
    return {name: int(share) / PERCENT for name, share in zip(names, whole, strict=True)}
