"""Which sectors, groups of firms or domains become priorities, from above and from below."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from model.policy.observation import MOST_PLACES, Floats, Integers, Observation
from model.policy.regimes.composition import ComposedSpec
from model.policy.regimes.discovery import DiscoveryMemory, Flags, admitted, best

Order = Iterable[int]


def choose_sectors(spec: ComposedSpec, observation: Observation, memory: DiscoveryMemory) -> tuple[int, ...]:
    """Choose sectors: from above by statistics or beliefs, from below by what their firms do of themselves.

    Parameters
    ----------
    spec
        Parameters of the regime.
    observation
        What it sees.
    memory
        Beliefs, where it discovers.

    Returns
    -------
    tuple of int
        Sectors.
    """
    employment = observation.sector_employment
    count = spec.priorities
    if spec.by_lot:
        return best(_but(observation, observation.lot[: _sectors(observation)]), count)
    above: Order
    below: Order
    if spec.search == "discovering":
        belief = by_sector(memory.merit, observation)
        tried = by_sector(observation.experiments, observation)
        ranked = np.lexsort((-employment, -belief))
        above = ranked[np.isfinite(belief[ranked])]
        below = ranked[tried[ranked] > 0]
    else:
        if spec.choose_by == "list":
            above = [number - 1 for number in spec.political_list if number <= len(employment)]
            count = len(above) if spec.policy_driven == 1 else count
        else:
            merit = {
                "size": employment,
                "growth": observation.sector_growth,
                "trend": observation.sector_trend,
            }[spec.choose_by]
            # Equal merit, as growth is at the first review, is decided by size.
            above = np.lexsort((-employment, -merit))
        below = _by_initiative(spec, observation)
    captured = _captured(spec, observation)
    out = observation.sectors_left_out
    if len(out):
        above, below, captured = ([s for s in order if not out[s]] for order in (above, below, captured))
    return _mix(count, spec, captured, above, below)


def choose_cells(
    spec: ComposedSpec, observation: Observation, memory: DiscoveryMemory
) -> tuple[tuple[int, int], ...]:
    """Choose groups of firms: from above by theme, from below among those that apply.

    Parameters
    ----------
    spec, observation, memory
        As for :func:`choose_sectors`.

    Returns
    -------
    tuple of tuple of int
        Sector and place of each group.
    """
    sector = observation.cell_sector
    open_cell = ~_left_by_members(spec, observation, memory)
    if len(observation.sectors_left_out):
        open_cell &= ~observation.sectors_left_out[sector]
    eligible = open_cell & (observation.cell_firms >= spec.applicants)
    merit: Floats = np.zeros(len(sector))
    if spec.by_lot:
        # A lot for each sector and place, whether it has firms or not: so that lots do not shift.
        drawn = observation.lot[sector * MOST_PLACES + observation.cell_place]
        lots = best(np.where(eligible, drawn, -np.inf), spec.clusters)
        return tuple((int(sector[cell]), int(observation.cell_place[cell])) for cell in lots)
    if spec.search == "discovering":
        merit = by_sector(memory.merit, observation)[sector]
    elif spec.policy_driven > 0:
        merit = _seen_from_above(spec, observation)
    own = np.zeros(len(sector))
    if spec.policy_driven < 1:
        own = observation.cell_cooperation * observation.cell_firms
    above = [int(cell) for cell in np.argsort(-merit, kind="stable") if open_cell[cell]]
    # Discovery asks first what is believed of the home domains of those who apply.
    ranked = np.lexsort((-own, -merit)) if spec.search == "discovering" else np.argsort(-own, kind="stable")
    below = [int(cell) for cell in ranked if eligible[cell]]
    captured: Order = ()
    if spec.captured > 0:
        strength = by_sector(observation.incumbent_knowledge, observation)[sector]
        captured = best(np.where(open_cell, strength, -np.inf), len(sector))
    chosen = _mix(spec.clusters, spec, captured, above, below)
    return tuple((int(sector[cell]), int(observation.cell_place[cell])) for cell in chosen)


def choose_domains(
    spec: ComposedSpec, observation: Observation, memory: DiscoveryMemory, candidate: Flags
) -> tuple[int, ...]:
    """Choose domains: by beliefs where they are discovered, else by what is known of them.

    Parameters
    ----------
    spec, observation, memory
        As for :func:`choose_sectors`.
    candidate
        Domains that discovery considers, shape (domains,); from above or below, is decided there.

    Returns
    -------
    tuple of int
        Domains.
    """
    allowed = admitted(spec, observation)
    if spec.by_lot:
        return best(np.where(allowed, observation.lot[: len(allowed)], -np.inf), spec.priorities)
    captured: Order = ()
    if spec.captured > 0:
        captured = best(np.where(allowed, observation.incumbent_knowledge, -np.inf), len(allowed))
    if spec.search == "discovering":
        believed = best(np.where(candidate, memory.merit, -np.inf), len(allowed))
        return _mix(spec.priorities, spec, captured, believed, believed)
    knowledge = observation.domain_knowledge
    growth = knowledge - memory.knowledge_last if len(memory.knowledge_last) else np.zeros(len(knowledge))
    if spec.listed_domains:
        listed = np.isin(np.arange(len(knowledge)), np.array(spec.listed_domains, np.int64) - 1)
    else:
        listed = np.isin(observation.domain_home, np.array(spec.political_list, np.int64) - 1)
    merit = {
        "size": knowledge,
        "growth": growth,
        "trend": observation.domain_demand,
        "list": np.where(listed, knowledge, -np.inf),
    }[spec.choose_by]
    ranked = np.lexsort((-knowledge, -merit))
    above = ranked[(allowed & np.isfinite(merit))[ranked]]
    tried = np.where(allowed & (observation.experiments > 0), observation.experiments, -np.inf)
    return _mix(spec.priorities, spec, captured, above, best(tried, len(tried)))


def spot_cells(spec: ComposedSpec, observation: Observation) -> tuple[tuple[int, int], ...]:
    """Spot early clusters: from above only the number of firms shows, not what they learn from each other.

    Parameters
    ----------
    spec, observation
        As for :func:`choose_sectors`.

    Returns
    -------
    tuple of tuple of int
        Sector and place of each.
    """
    firms, out = observation.cell_firms.astype(np.float64), observation.sectors_left_out
    order = best(
        np.where(out[observation.cell_sector], -np.inf, firms) if len(out) else firms, spec.spotted_clusters
    )
    return tuple((int(observation.cell_sector[c]), int(observation.cell_place[c])) for c in order)


def _but(observation: Observation, lots: Floats) -> Floats:
    """Lots of sectors, without those that are left out."""
    out = observation.sectors_left_out
    return np.where(out, -np.inf, lots[: len(out)]) if len(out) else lots


def _sectors(observation: Observation) -> int:
    return max(len(observation.sector_employment), int(observation.domain_home.max(initial=-1)) + 1)


def by_sector(values: Floats, observation: Observation) -> Floats:
    """Give the mean of a value of domains over the home domains of each sector, -inf where there is none."""
    homes = observation.domain_home
    rooted = homes >= 0
    sectors = len(observation.sector_employment) or int(observation.cell_sector.max(initial=-1)) + 1
    sectors = max(sectors, int(homes.max(initial=-1)) + 1)
    total = np.bincount(homes[rooted], values[rooted], sectors)
    count = np.bincount(homes[rooted], minlength=sectors)
    return np.where(count > 0, total / np.maximum(count, 1), -np.inf)


def _seen_from_above(spec: ComposedSpec, observation: Observation) -> Floats:
    sector = observation.cell_sector
    if spec.choose_by == "size":
        return observation.cell_firms.astype(np.float64)
    if spec.choose_by == "list":
        listed = np.isin(sector, np.array(spec.political_list, np.int64) - 1)
        return np.where(listed, observation.cell_firms, -1.0).astype(np.float64)
    by = observation.sector_growth if spec.choose_by == "growth" else observation.sector_trend
    return np.asarray(by[sector])


def _by_initiative(spec: ComposedSpec, observation: Observation) -> Order:
    """Sectors whose groups of firms apply, those first in which firms learn most from each other."""
    if spec.policy_driven == 1:
        return ()
    applies = observation.cell_firms >= spec.applicants
    sectors = len(observation.sector_employment)
    own = np.where(applies, observation.cell_cooperation * observation.cell_firms, 0.0)
    groups = np.bincount(observation.cell_sector, applies, sectors)
    return best(np.where(groups > 0, np.bincount(observation.cell_sector, own, sectors), -np.inf), sectors)


def _left_by_members(spec: ComposedSpec, observation: Observation, memory: DiscoveryMemory) -> Flags:
    """Tell which groups were supported, have an organisation, and do not have the members that it needs."""
    pairs = zip(observation.cell_sector.tolist(), observation.cell_place.tolist(), strict=True)
    supported = np.array([cell in memory.cells for cell in pairs], np.bool_)
    organised = observation.cell_organised > 0
    return supported & organised & (observation.cell_members < spec.members_needed)


def _captured(spec: ComposedSpec, observation: Observation) -> Order:
    if spec.captured == 0:
        return ()
    strength = by_sector(observation.incumbent_knowledge, observation)
    return best(strength, len(strength))


def _mix(
    count: int, spec: ComposedSpec, captured: Order, above: Order | Integers, below: Order | Integers
) -> tuple[int, ...]:
    """Fill places: a share with what is captured, a share of the others from above, and the rest from below."""
    chosen: list[int] = []
    taken = round(spec.captured * count)
    from_above = taken + round(spec.policy_driven * (count - taken))
    for order, until in ((captured, taken), (above, from_above), (below, count)):
        for place in order:
            if len(chosen) >= until:
                break
            if int(place) not in chosen:
                chosen.append(int(place))
    return tuple(chosen)
