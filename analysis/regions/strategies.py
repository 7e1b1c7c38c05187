"""Strategies of smart specialisation that real regions wrote: priorities that can be looked at and simulated.

Their divisions were assigned by hand: they illustrate, and are no evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.catalogue import SHIPPED
from model.loading import load_scenario
from model.policy.regimes.switches import PILOT
from model.scenario import Scenario
from model.spec.problem import nearest

STRATEGIES = "strategies.csv"


@dataclass(frozen=True)
class Priority:
    """What a strategy wants to support.

    Attributes
    ----------
    text
        What it is called there.
    divisions
        Codes of the divisions that were assigned to it; none where it lies outside what is measured.
    page
        Where it stands.
    """

    text: str
    divisions: tuple[str, ...]
    page: str


@dataclass(frozen=True)
class Strategy:
    """A strategy.

    Attributes
    ----------
    name
        Name for commands.
    territory, period, source
        For where and when it was written, and the document.
    regions
        Codes of the regions in that territory.
    priorities
        Priorities, in its order.
    """

    name: str
    territory: str
    period: str
    source: str
    regions: tuple[str, ...]
    priorities: tuple[Priority, ...]

    @property
    def divisions(self) -> tuple[str, ...]:
        """Codes of the divisions of all priorities, each once."""
        return tuple(dict.fromkeys(code for priority in self.priorities for code in priority.divisions))

    @property
    def regime(self) -> str:
        """Name of the regime that it is simulated as."""
        return f"strategy_{self.name}"


@cache
def strategies() -> dict[str, Strategy]:
    """Give the strategies that ship, by name."""
    table = pd.read_csv(SHIPPED / STRATEGIES, dtype=str, keep_default_na=False, encoding="utf-8")
    found = {}
    for name, rows in table.groupby("strategy", sort=False):
        regions = tuple(dict.fromkeys(rows["region"]))
        own = rows[rows["region"] == regions[0]]
        found[str(name)] = Strategy(
            name=str(name),
            territory=str(own["territory"].iloc[0]),
            period=str(own["period"].iloc[0]),
            source=str(own["source"].iloc[0]),
            regions=regions,
            priorities=tuple(
                Priority(row["priority"], tuple(row["divisions"].split()), row["page"])
                for row in own.to_dict("records")
            ),
        )
    return found


def find_strategy(name: str) -> Strategy:
    """Find a strategy by its name.

    Raises
    ------
    RequestError
        If there is none of that name.
    """
    known = strategies()
    if name in known:
        return known[name]
    meant = nearest(name, known)
    hint = f"did you mean {meant}?" if meant else f"there are {', '.join(known)}."
    raise RequestError(f"--strategy {name}: is not the name of a strategy; {hint}")


def strategy_of(region: str) -> Strategy | None:
    """Give the strategy of a region, if one ships."""
    return next((each for each in strategies().values() if region in each.regions), None)


def region_for(strategy: Strategy, region: str | None) -> str:
    """Give the region in which a strategy is simulated: the one that was named, or its first.

    Raises
    ------
    RequestError
        If the region is not one of those that it was written for.
    """
    if region is None:
        return strategy.regions[0]
    if region.upper() not in strategy.regions:
        raise RequestError(
            f"--strategy {strategy.name}: was written for {strategy.territory}, not for {region}; take "
            f"--region {' or '.join(strategy.regions)}, or leave --region out."
        )
    return region


def with_strategy(scenario: Scenario, strategy: Strategy) -> tuple[Scenario, tuple[str, ...]]:
    """Add a strategy to a scenario, as a regime.

    It delivers what smart specialisation delivers, to whom it would, in the domains of the strategy: they stand
    from the beginning, nothing is discovered and nothing stopped.

    Parameters
    ----------
    scenario
        Scenario of a measured region.
    strategy
        The strategy.

    Returns
    -------
    tuple
        The scenario with one regime more, and codes of divisions of the strategy that are not published for the
        region, and so cannot be simulated.

    Raises
    ------
    RequestError
        If none is left.
    """
    codes = [name.split()[0] for name in scenario.knowledge_space.domain_names]
    numbers = [codes.index(code) + 1 for code in strategy.divisions if code in codes]
    missing = tuple(code for code in strategy.divisions if code not in codes)
    if not numbers:
        raise RequestError(f"--strategy {strategy.name}: none of its divisions is published for this region.")
    usual: Any = scenario.regimes["smart_specialisation"]
    kept = {name: share for name, share in usual.delivery.items() if name != PILOT}
    regime = {
        "kind": "composed",
        "prioritise": "domains",
        "search": "fixed",
        "choose_by": "list",
        "listed_domains": numbers,
        "priorities": min(len(numbers), 64),
        "policy_driven": 1.0,
        "targeting": usual.targeting,
        "links": usual.links,
        "scope": usual.scope,
        "review_every": usual.review_every,
        "delivery": {name: share / sum(kept.values()) for name, share in kept.items()},
    }
    return load_scenario(scenario, {f"regimes.{strategy.regime}": regime}), missing


def seat_of_priorities(strategy: Strategy, domains: pd.DataFrame) -> pd.DataFrame:
    """Tell how the priorities of a strategy sit on the map of relatedness and complexity.

    Parameters
    ----------
    strategy
        The strategy.
    domains
        Domains of the profile of a region, see `analysis.regions.profile.Profile`.

    Returns
    -------
    pandas.DataFrame
        One row a priority and division: ``priority``, ``code``, ``name``, ``specialised``, ``density``,
        ``complexity``, and ``nearer`` and ``more_complex``, the shares of domains that the region publishes which
        are less dense and less complex; numbers are missing where the region publishes nothing.
    """
    known = domains.set_index("code")
    density, complexity = (known[name].dropna() for name in ("density", "complexity"))
    rows = []
    for priority in strategy.priorities:
        for code in priority.divisions or ("",):
            row: dict[str, Any] = {"priority": priority.text, "code": code}
            if code in known.index:
                own = known.loc[code]
                row |= {name: own[name] for name in ("name", "specialised", "density", "complexity")}
                row["nearer"] = float((density < own["density"]).mean())
                row["more_complex"] = float((complexity < own["complexity"]).mean())
            rows.append(row)
    columns = ["priority", "code", "name", "specialised", "density", "complexity", "nearer", "more_complex"]
    return pd.DataFrame(rows).reindex(columns=columns)
