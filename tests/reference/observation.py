"""What a policymaker can see: the region summed up, firm by firm."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from model.policy.observation import CELLS, DOMAINS, INITIATIVE, ORGANISED, SECTORS, Observation
from tests.reference.carriers import Floats

if TYPE_CHECKING:
    from tests.reference.policymaker import ReferencePolicymaker
    from tests.reference.region import ReferenceRegion

_UNRELATED = 1e-3
_PROGRAMME = 20


def employment_by_sector(region: ReferenceRegion) -> Floats:
    """Employees of firms by sector."""
    employment = np.zeros(region.space.sectors)
    for firm in region.firms:
        employment[firm.sector] += firm.size
    return employment


def log_potential(region: ReferenceRegion) -> Floats:
    """Log of true value times feasibility: demand against its mean, density times simplicity times yield."""
    space = region.space
    feasibility = np.maximum(region.domain_density, _UNRELATED) * (1 - space.complexity)
    value = space.demand / space.demand.mean()
    potential: Floats = np.log(np.maximum(value * feasibility, 1e-12)) + space.potential
    return potential


def observe(policymaker: ReferencePolicymaker) -> Observation:
    """Sum the region up; fields that the regime does not see stay empty."""
    region, sees = policymaker.model, policymaker.regime.sees
    known: dict[str, Any] = {}
    if sees & SECTORS:
        known |= see_sectors(policymaker)
    if sees & (CELLS | INITIATIVE | ORGANISED):
        known |= see_cells(region)
    if sees & DOMAINS:
        known |= see_domains(policymaker)
    known["domain_home"] = np.array(region.space.home, np.int64)
    known["domain_demand"] = region.space.demand.copy()
    known["incumbent_knowledge"] = see_incumbents(region)
    known["domain_potential"] = region.space.potential.copy()
    known["lot"] = draw_lots(policymaker)
    shown = {name: value for name, value in known.items() if name in sees}
    return Observation(step=region.now, **shown, **see_rules(region))


def see_rules(region: ReferenceRegion) -> dict[str, Any]:
    """Domains and sectors that cannot be priorities."""
    numbers, space = region.parameters.policy.left_out, region.space
    if not numbers:
        return {}
    out = [number + 1 in numbers for number in range(space.domains)]
    none = [
        all(out[d] for d in range(space.domains) if space.home[d] == sector)
        for sector in range(int(max(space.home)) + 1)
    ]
    return {"left_out": np.array(out), "sectors_left_out": np.array(none)}


def see_sectors(policymaker: ReferencePolicymaker) -> dict[str, Any]:
    """Employment, its growth since the last review, and mean demand of home domains."""
    space = policymaker.model.space
    employment = employment_by_sector(policymaker.model)
    homes = [space.demand[space.home == sector] for sector in range(space.sectors)]
    return {
        "sector_employment": employment,
        "sector_growth": employment / np.maximum(policymaker.employment_before, 1e-9) - 1,
        "sector_trend": np.array([demand.mean() if len(demand) else 0.0 for demand in homes]),
    }


def see_cells(region: ReferenceRegion) -> dict[str, Any]:
    """Sectors and places with firms: how many, and what a firm learns from others of the same cell."""
    firms: Counter[tuple[int, int]] = Counter()
    learning: Counter[tuple[int, int]] = Counter()
    for firm in region.firms:
        cell = (firm.sector, firm.place)
        firms[cell] += 1
        for tie in firm.ties:
            if (tie.partner.sector, tie.partner.place) == cell:
                learning[cell] += tie.value  # type: ignore[assignment]
    cells = sorted(firms)
    members = {o.cell: o.members for o in region.organisations if o.is_cluster}
    return {
        "cell_sector": np.array([sector for sector, _ in cells], np.int64),
        "cell_place": np.array([place for _, place in cells], np.int64),
        "cell_firms": np.array([firms[cell] for cell in cells], np.int64),
        "cell_cooperation": np.array([learning[cell] / firms[cell] for cell in cells], np.float64),
        "cell_organised": np.array([cell in members for cell in cells], np.int64),
        "cell_members": np.array([members.get(cell, 0) for cell in cells], np.int64),
    }


def see_domains(policymaker: ReferencePolicymaker) -> dict[str, Any]:
    """The last survey, experiments and signals since the last review, and luck for choices by chance."""
    region = policymaker.model
    luck = region.luck(f"policy.{policymaker.number}.luck")
    noise = max(region.parameters.instruments.discovery_pilot.noise, 1e-3)
    now, then = region.space.demand, policymaker.demand_before
    return {
        "domain_trend": np.log(now / then) / max(1, region.now - policymaker.reviewed_at),
        "domain_complexity": region.space.complexity.copy(),
        "domain_density": region.domain_density.copy(),
        "domain_knowledge": region.domain_knowledge.copy(),
        "experiments": region.experiments - policymaker.experiments_before,
        "signals": policymaker.signals / np.maximum(policymaker.trials, 1),
        "signal_precision": policymaker.trials / noise**2,
        "luck": np.array([luck.normal(d, 0) for d in region.domains]),
    }


def draw_lots(policymaker: ReferencePolicymaker) -> Floats:
    """Lots for sectors and places or domains, drawn anew every five years."""
    region = policymaker.model
    count = max(len(region.domains), region.space.sectors * 256)
    begun = _PROGRAMME * ((region.now - 1) // _PROGRAMME) + 1
    luck = region.luck(f"policy.{policymaker.number}.lot", begun)
    return np.array([luck.uniform(number, 0) for number in range(count)])


def see_incumbents(region: ReferenceRegion) -> Floats:
    """Employment-weighted knowledge of the largest tenth of firms, against the frontier."""
    firms = sorted(region.firms, key=lambda firm: (-firm.size, firm.seat))
    largest = firms[: math.ceil(len(firms) / 10)]
    known = np.zeros(region.space.domains)
    for firm in largest:
        known += float(firm.size) * firm.knowledge
    employees = sum(float(firm.size) for firm in largest)
    return known / max(employees, 1e-9) / region.space.frontier
