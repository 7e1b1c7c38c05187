"""How the region is summed up for a policymaker: only what its regime can see is filled in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.kernels.constants import FIRM
from model.kernels.membership import cooperation
from model.meso import KIND_CODES
from model.policy.observation import (
    CELLS,
    DOMAINS,
    INCUMBENTS,
    INITIATIVE,
    MOST_PLACES,
    ORGANISED,
    SECTORS,
    Observation,
)
from model.streams import uniforms
from model.world import World

Floats = NDArray[np.float64]
_PROGRAMME = 20
"""Quarters for which a lot stays: as long as programmes usually do."""
_INCUMBENTS = 0.1
"""Share of firms that count as the largest."""


def sector_employment(world: World) -> Floats:
    """Employees of firms by sector.

    Parameters
    ----------
    world
        State of the run.

    Returns
    -------
    numpy.ndarray
        Shape (sectors,).
    """
    carriers = world.carriers
    weights = np.where(carriers.kind == FIRM, carriers.size, 0.0)
    employment: Floats = np.bincount(carriers.sector, weights, world.space.sectors).astype(np.float64)
    return employment


def observe(
    world: World,
    sees: frozenset[str],
    number: int,
    employment_before: Floats,
    experiments_before: Floats,
    demand_trend: Floats,
    signals: Floats,
    trials: Floats,
) -> Observation:
    """Sum the region up.

    Parameters
    ----------
    world
        State of the run.
    sees
        Fields of the observation that are visible.
    number
        Place of the policymaker among all, for its luck.
    employment_before
        Employees by sector at the last review, shape (sectors,).
    experiments_before
        Successful recombinations into each domain up to the last review, shape (domains,).
    demand_trend
        Growth of log demand per quarter since the last review, shape (domains,).
    signals, trials
        Sum of what pilots told, and number of trials, since the last review, shape (domains,).

    Returns
    -------
    Observation
        A summary that shares no memory with the state.
    """
    seen: dict[str, Any] = {"step": world.step}
    if sees & SECTORS:
        seen |= _sectors(world, employment_before)
    if sees & (CELLS | INITIATIVE | ORGANISED):
        seen |= _cells(world)
    if sees & INCUMBENTS:
        seen["incumbent_knowledge"] = _incumbent_knowledge(world)
    if "domain_home" in sees:
        seen["domain_home"] = world.space.home.astype(np.int64)
    if "domain_demand" in sees:
        seen["domain_demand"] = world.space.demand.copy()
    if "domain_potential" in sees:
        seen["domain_potential"] = world.space.potential.copy()
    if "lot" in sees:
        seen["lot"] = _lot(world, number)
    if sees & DOMAINS:
        noise = world.scenario.instruments.discovery_pilot.noise
        index = np.arange(world.space.domains)
        key = world.key(f"policy.{number}.luck")
        radius = np.sqrt(-2 * np.log(uniforms(key, index, 0)))
        seen |= {
            "domain_trend": demand_trend.copy(),
            "domain_complexity": world.space.complexity.copy(),
            "domain_density": world.domain_density.copy(),
            "domain_knowledge": world.domain_knowledge.copy(),
            "experiments": world.experiments - experiments_before,
            "signals": signals / np.maximum(trials, 1.0),
            "signal_precision": trials / max(noise, 1e-3) ** 2,
            "luck": radius * np.cos(2 * np.pi * uniforms(key, index, 1)),
        }
    shown = {key: value for key, value in seen.items() if key == "step" or key in sees}
    shown |= left_out(world.scenario.policy.left_out, world.space.home)
    return Observation(**shown)


def left_out(numbers: Sequence[int], home: NDArray[np.integer]) -> dict[str, NDArray[np.bool_]]:
    """Say which domains cannot be priorities, and which sectors, as they have no others.

    Parameters
    ----------
    numbers
        Domains, from 1 on.
    home
        Home sector of each domain, -1 for a cross-cutting one, shape (domains,).

    Returns
    -------
    dict
        ``left_out`` and ``sectors_left_out`` of an observation; empty where all can be priorities.
    """
    if not numbers:
        return {}
    out = np.zeros(len(home), np.bool_)
    out[np.array(numbers, np.int64) - 1] = True
    rooted = home >= 0
    return {"left_out": out, "sectors_left_out": np.bincount(home[rooted], ~out[rooted]) == 0}


def _lot(world: World, number: int) -> Floats:
    count = max(world.space.domains, world.space.sectors * MOST_PLACES)
    begun = world.step - (world.step - 1) % _PROGRAMME
    return uniforms(world.streams.key(f"policy.{number}.lot", begun), np.arange(count), 0)


def _sectors(world: World, before: Floats) -> dict[str, Any]:
    employment = sector_employment(world)
    homes, demand = world.space.home, world.space.demand
    rooted = homes >= 0
    total = np.bincount(homes[rooted], demand[rooted], world.space.sectors)
    count = np.bincount(homes[rooted], minlength=world.space.sectors)
    return {
        "sector_employment": employment,
        "sector_growth": employment / np.maximum(before, 1e-9) - 1.0,
        "sector_trend": total / np.maximum(count, 1),
    }


def _cells(world: World) -> dict[str, Any]:
    carriers = world.carriers
    shape = (world.space.sectors, world.scenario.firms.places)
    firms = np.zeros(shape, np.int64)
    learning = np.zeros(shape)
    cooperation(
        carriers.kind,
        carriers.sector,
        carriers.place,
        carriers.degree,
        carriers.partners,
        carriers.tie_value,
        firms,
        learning,
    )
    organised, members = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    rows = np.flatnonzero(carriers.kind == KIND_CODES["cluster_organisation"])
    organised[carriers.sector[rows], carriers.place[rows]] = 1
    members[carriers.sector[rows], carriers.place[rows]] = carriers.members[rows]
    sector, place = np.nonzero(firms > 0)
    return {
        "cell_sector": sector,
        "cell_place": place,
        "cell_firms": firms[sector, place],
        "cell_cooperation": learning[sector, place],
        "cell_organised": organised[sector, place],
        "cell_members": members[sector, place],
    }


def _incumbent_knowledge(world: World) -> Floats:
    carriers = world.carriers
    firms = np.flatnonzero(carriers.kind == FIRM)
    largest = firms[np.argsort(-carriers.size[firms], kind="stable")[: math.ceil(_INCUMBENTS * len(firms))]]
    if not len(largest):
        return np.zeros(world.space.domains)
    size = carriers.size[largest].astype(np.float64)
    known: Floats = size @ carriers.knowledge[largest].astype(np.float64) / size.sum()
    return known / world.space.frontier
