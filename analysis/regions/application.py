"""From a measured region to a scenario that holds all its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.errors import RequestError
from analysis.regions.catalogue import RegionReference, find_region, shipped
from analysis.regions.priors import firm_settings
from analysis.regions.region_set import DECIMALS, RegionSet
from model.loading import ScenarioError, load_scenario
from model.scenario import Scenario
from model.spec.firms import FirmsSpec

SHARPNESS = 3.0
"""Power to which proximity is raised. In Europe in 2008-15, density of proximity cubed tells entries from
non-entries better than that of proximity (within regions .688 against .676), and it gives firms the relatedness
of what they know for which the model was calibrated (.21 against .07; generated spaces have .23)."""

LEAST_DOMAINS = 4
QUESTIONS = (
    "In which domains is this region specialised, and which related ones does it lack?",
    "Which of the three regimes do you expect to lead here? What in the region's profile makes you think so?",
    "Compare it with a region of another kind: does the ranking of the regimes turn, and why?",
)


def region_settings(region: RegionReference, yardstick: RegionSet | None = None) -> dict[str, Any]:
    """Settings that put a measured region in the place of the generated one.

    Domains are those for which something was published; of what was not, nothing is assumed.

    Parameters
    ----------
    region
        The region.
    yardstick
        Regions from whose medians priors are taken; those that ship by default.

    Returns
    -------
    dict
        Values by dotted key of a scenario.

    Raises
    ------
    RequestError
        If too little is known of the region.
    """
    members = region.members
    amounts = members.amounts.loc[region.code].dropna()
    domains = members.domains.loc[amounts.index]
    if len(domains) < LEAST_DOMAINS or not amounts.any():
        raise RequestError(
            f"region {region.code}: only {len(domains)} of {len(members.domains)} domains are published; a "
            f"knowledge space needs at least {LEAST_DOMAINS}, and something in one of them."
        )
    codes = list(dict.fromkeys(domains["sector"]))
    phi = members.relatedness.loc[amounts.index, amounts.index].to_numpy()
    settings: dict[str, Any] = {
        "knowledge_space.domains": len(domains),
        "knowledge_space.sectors": len(codes),
        "knowledge_space.cross_cutting_domains": 0,
        "knowledge_space.domain_names": list(domains["name"]),
        "knowledge_space.sector_names": [sector_name(code, region) for code in codes],
        "knowledge_space.measured.homes": [codes.index(code) + 1 for code in domains["sector"]],
        "knowledge_space.measured.relatedness": [
            round(float(value), DECIMALS) for value in phi[np.tril_indices(len(phi), -1)]
        ],
        "knowledge_space.measured.sharpness": SHARPNESS,
        "knowledge_space.measured.complexity": list(scaled_complexity(region)[amounts.index]),
        "knowledge_space.measured.employment": [float(value) for value in _persons(region, amounts)],
        "knowledge_space.measured.unit_size": [max(1.0, float(size)) for size in domains["unit_size"]],
        "story.title": f"{region.code} {region.short_name}"[:60].strip(),
        "story.text": _text(region, len(domains)),
        "story.questions": list(QUESTIONS),
    }
    others = (shipped() if yardstick is None else yardstick).regions
    return settings | firm_settings(region.row, members.regions, others)


def sector_name(code: str, region: RegionReference) -> str:
    """Name of a sector for people: its code and what it is called."""
    domains = region.members.domains
    name = str(domains.loc[domains["sector"] == code, "sector_name"].iloc[0])
    return code if name == code else f"{code} {name}"[:60].strip()


def scaled_complexity(region: RegionReference) -> Any:
    """Complexity of all domains of a set, between 0 for the least and 1 for the most complex."""
    complexity = region.members.domains["complexity"]
    spread = complexity.max() - complexity.min()
    return ((complexity - complexity.min()) / spread if spread > 0 else complexity * 0 + 0.5).round(DECIMALS)


def _persons(region: RegionReference, amounts: Any) -> Any:
    """Persons employed; where firms were counted, as many as they usually have."""
    if region.members.about.measure == "firms":
        return amounts * region.members.domains.loc[amounts.index, "unit_size"]
    return amounts


def _text(region: RegionReference, domains: int) -> str:
    about = region.members.about
    period = f" in {about.period}" if about.period else ""
    source = f" {about.source}" if about.source else ""
    return (
        f"{region.name}, as measured{period}: {domains} domains in which its {about.measure} is published, how "
        "related they are, and firms that match. Research intensity and skill are priors from patents, income "
        f"and unemployment where these are known.{source}"
    )[:4000]


def with_region(scenario: Scenario, region: RegionReference) -> Scenario:
    """Put a measured region in the place of the generated one of a scenario.

    Parameters
    ----------
    scenario
        Any scenario; its policy, its steps and everything that is not about the region stay.
    region
        The region.

    Returns
    -------
    Scenario
        A scenario that holds all numbers of the region.

    Raises
    ------
    RequestError
        If the scenario cannot be that of the region: its events name domains that the region does not have.
    """
    settings = region_settings(region)
    needed = sum(value > 0 for value in settings["knowledge_space.measured.employment"])
    if scenario.firms.number < needed:
        settings["firms.number"] = max(needed, FirmsSpec().number)
    try:
        return load_scenario(scenario, settings)
    except ScenarioError as error:
        raise RequestError(
            f"--region {region.code}: does not go with this scenario; take another one, or leave out what is "
            f"about its own sectors and domains.\n{error}"
        ) from None


def load_with_region(reference: Any, settings: Sequence[str], region: str | None) -> Scenario:
    """Load a scenario, put a region into it if one is named, and single settings on top.

    Parameters
    ----------
    reference
        Name of a story, path of a scenario, or a scenario.
    settings
        Changes, ``"key=value"``; they have the last word.
    region
        Reference of a region, see `find_region`; None for the scenario's own.

    Returns
    -------
    Scenario
        The scenario, fully checked.
    """
    if region is None:
        return load_scenario(reference, settings)
    return load_scenario(with_region(load_scenario(reference), find_region(region)), settings)
