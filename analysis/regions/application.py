"""From a measured region to a scenario that holds all its numbers."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from analysis.errors import RequestError
from analysis.regions.catalogue import RegionReference, find_region, shipped
from analysis.regions.priors import firm_settings
from analysis.regions.region_set import DECIMALS, RegionSet
from analysis.regions.representation import firms_for
from analysis.regions.sectors import left_out, with_sectors
from analysis.runs.results_folder import plain_name
from model.loading import ScenarioError, library, load_scenario
from model.scenario import Scenario
from model.spec.firms import FirmsSpec

SHARPNESS = 3.0
"""Power to which proximity is raised. In Europe in 2008-15, density of proximity cubed tells entries from
non-entries better than that of proximity (within regions .688 against .676), and it gives firms the relatedness
of what they know for which the model was calibrated (.21 against .07; generated spaces have .23)."""

LEAST_DOMAINS = 4
TABLES = frozenset({".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".parquet", ".gz"})
"""Endings of what is a table rather than a scenario."""
QUESTIONS = (
    "In which domains is this region specialised, and in which related ones is it not?",
    "Which of the three regimes do you expect to lead here? What in the region's profile makes you think so?",
    "Compare it with a region of another kind: does the ranking of the regimes change, and why?",
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
        "knowledge_space.latent_names": [],
        "knowledge_space.sector_names": [sector_name(code, region) for code in codes],
        "knowledge_space.measured.homes": [codes.index(code) + 1 for code in domains["sector"]],
        "knowledge_space.measured.relatedness": [
            round(float(value), DECIMALS) for value in phi[np.tril_indices(len(phi), -1)]
        ],
        "knowledge_space.measured.sharpness": SHARPNESS,
        "knowledge_space.measured.complexity": list(scaled_complexity(region)[amounts.index]),
        "knowledge_space.measured.employment": [float(value) for value in _persons(region, amounts)],
        "knowledge_space.measured.unit_size": [max(1.0, float(size)) for size in domains["unit_size"]],
        # Divisions of a classification are too coarse to be born and die within a run.
        "life_cycles.turbulence": 0.0,
        "story.title": " ".join(dict.fromkeys((region.code, region.short_name)))[:60].strip(),
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


def with_region(scenario: Scenario, region: RegionReference, *, sized: bool = False) -> Scenario:
    """Put a measured region in the place of the generated one of a scenario.

    Parameters
    ----------
    scenario
        Any scenario; its policy, its steps and everything that is not about the region stay.
    region
        The region.
    sized
        Whether the number of firms follows from the region, see `analysis.regions.representation.firms_for`, rather
        than being that of the scenario.

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
    employment = settings["knowledge_space.measured.employment"]
    needed = sum(value > 0 for value in employment)
    if sized:
        settings["firms.number"] = firms_for(employment, settings["knowledge_space.measured.unit_size"])
    elif scenario.firms.number < needed:
        settings["firms.number"] = max(needed, FirmsSpec().number)
    try:
        return load_scenario(scenario, settings)
    except ScenarioError as error:
        raise RequestError(
            field="region",
            value=region.code,
            rule="does not go with this scenario",
            remedy=f"take another one, or leave out what is about its own sectors and domains.\n{error}",
        ) from None


@dataclass(frozen=True)
class Priorities:
    """What a user understands by sectors of a measured region, and what is to be nobody's priority.

    Attributes
    ----------
    sectors
        See `analysis.regions.sectors.with_sectors`; None for sections.
    leave_out
        See `analysis.regions.sectors.left_out`; None for nothing.
    """

    sectors: str | None = None
    leave_out: str | None = None

    def applied(self, scenario: Scenario, region: RegionReference) -> Scenario:
        """Put a region into a scenario, see `with_region`, with sectors and priorities as they are wanted."""
        if self.sectors is not None:
            region = replace(region, members=with_sectors(region.members, self.sectors))
        made = with_region(scenario, region, sized=True)
        if self.leave_out is None:
            return made
        domains = region.members.domains
        out = set(domains.loc[left_out(domains, self.leave_out), "name"])
        names = made.knowledge_space.domain_names
        numbers = [place for place, name in enumerate(names, 1) if name in out]
        if len(numbers) == len(names):
            raise RequestError(
                field="leave_out", value=self.leave_out, rule="leaves nothing out of which priorities can be chosen",
                remedy="Leave out less.",
            )  # fmt: skip
        return load_scenario(made, {"policy.left_out": numbers})


AS_PUBLISHED = Priorities()


def load_with_region(
    reference: Any,
    settings: Sequence[str] | Mapping[str, Any],
    region: str | None,
    priorities: Priorities = AS_PUBLISHED,
) -> Scenario:
    """Load a scenario, put a region into it if one is named, and single settings on top.

    Parameters
    ----------
    reference
        Name of a story, path of a scenario, or a scenario.
    settings
        Changes, ``"key=value"`` or values by key; they have the last word.
    region
        Reference of a region, see `find_region`; None for the scenario's own.
    priorities
        What sectors are, and what is no priority; to be named with a region only.

    Returns
    -------
    Scenario
        The scenario, fully checked.

    Raises
    ------
    RequestError
        If the reference is a table or a region, and what to type instead.
    """
    if isinstance(reference, str):
        _refuse_what_is_no_scenario(reference)
    if region is None:
        for field, value in (("sectors", priorities.sectors), ("leave_out", priorities.leave_out)):
            if value is not None:
                raise RequestError(
                    field=field, value=value, rule="is about the sectors of a measured region, and none is named",
                    remedy="Add a {region}, such as {region=ITH5}.",
                )  # fmt: skip
        return load_scenario(reference, settings)
    whole = priorities.applied(load_scenario(reference), find_region(region))
    return load_scenario(whole, settings)


def _refuse_what_is_no_scenario(reference: str) -> None:
    """Say what to type to whoever gives a table or a region in place of a scenario."""
    if reference in library():
        return
    if Path(reference).suffix.casefold() in TABLES:
        folder = f"{plain_name(Path(reference).stem)}_regions"
        raise RequestError(
            f"{reference}: is a table, not a scenario; make regions of it with python run.py regions import "
            f"{shlex.quote(reference)}, then name one with --region {folder}:CODE."
        )
    codes = {code.casefold(): code for code in shipped().regions.index}
    if reference.casefold() in codes:
        code = codes[reference.casefold()]
        raise RequestError(f"{reference}: is a region, not a scenario; write --region {code}.")
