"""Firms and demand that match what was measured in a real region."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.measured_space import units_of
from model.space import CROSS_CUTTING
from model.spec.firms import FirmsSpec
from model.streams import uniforms
from model.world import World

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def share_out(weights: Floats, number: int) -> Integers:
    """Share a number of firms out in proportion to weights, by largest remainders, at least one each.

    Parameters
    ----------
    weights
        At least 0; none goes where it is 0.
    number
        Firms; at least as many as there are positive weights.

    Returns
    -------
    numpy.ndarray
        Firms, summing to ``number``, shape of ``weights``.
    """
    counts = np.zeros(len(weights), np.int64)
    free = weights > 0
    quota = np.zeros(len(weights))
    while free.any():
        quota = np.where(free, weights * (number - counts.sum()) / weights[free].sum(), 0.0)
        small = free & (quota < 1)
        if not small.any():
            break
        counts[small] = 1
        free &= ~small
    counts[free] = np.floor(quota[free]).astype(np.int64)
    remainder = np.where(free, quota - np.floor(quota), -1.0)
    counts[np.argsort(-remainder, kind="stable")[: number - int(counts.sum())]] += 1
    return counts


def match_measured(world: World, rows: slice) -> None:
    """Give firms the domains, sectors and sizes that match what was measured.

    The firms are a sample of the region's: every domain has firms in proportion to its units, at least one,
    and employment in proportion to its persons employed. A firm knows its own domain best, and others the
    more likely the more related they are to it (coherent diversification: Teece et al. 1994; Neffke &
    Henning 2013).

    Parameters
    ----------
    world
        State of the run with firms; changed in place.
    rows
        Rows of the firms.
    """
    spec, measured = world.scenario.firms, world.scenario.knowledge_space.measured
    carriers, home = world.carriers, world.space.home
    identities = carriers.id[rows]
    units = units_of(measured)
    counts = share_out(units, spec.number)
    own = np.repeat(np.arange(len(units)), counts)
    # A cross-cutting domain has no sector: the one that was drawn stays.
    sector = np.where(home[own] == CROSS_CUTTING, carriers.sector[rows], home[own])
    concentrated = uniforms(world.key("build.concentration"), identities, 0) < spec.sector_concentration
    carriers.sector[rows] = sector
    carriers.place[rows] = np.where(concentrated, sector % spec.places, carriers.place[rows])
    mean = np.array(measured.employment) * spec.number / units.sum() / np.maximum(1, counts)
    carriers.size[rows] = sizes(carriers.size[rows], own, mean)
    carriers.cash[rows] = world.scenario.market.initial_cash * carriers.size[rows]
    carriers.knowledge[rows] = _coherent_knowledge(world, spec, own, identities)
    carriers.focus[rows] = own


def sizes(drawn: Floats, own: Integers, mean: Floats) -> Floats:
    """Turn sizes as drawn into sizes of at least 1 whose mean in each domain is as wanted, and at least 1.

    Parameters
    ----------
    drawn
        Sizes as drawn, shape (firms,).
    own
        Domain of each firm, shape (firms,).
    mean
        Wanted mean of each domain, shape (domains,).

    Returns
    -------
    numpy.ndarray
        Sizes, shape (firms,).
    """
    firms = np.maximum(1, np.bincount(own, minlength=len(mean)))
    usual = np.bincount(own, weights=drawn, minlength=len(mean)) / firms
    return 1.0 + np.maximum(0.0, mean[own] - 1.0) * drawn / usual[own]


def _coherent_knowledge(world: World, spec: FirmsSpec, own: Integers, identities: Integers) -> Floats:
    space = world.space
    index = np.arange(space.domains)
    luck = uniforms(world.key("build.domains"), identities[:, None], index[None, :])
    phi = np.where(space.latent[None, :], 0.0, space.relatedness[own])
    phi[np.arange(len(own)), own] = 0.0
    # A race of exponential clocks that run at the speed of relatedness: the first few to ring are known.
    waiting = np.where(phi > 0, -np.log1p(-luck) / np.where(phi > 0, phi, 1.0), np.inf)
    rank = np.argsort(np.argsort(waiting, axis=1, kind="stable"), axis=1, kind="stable")
    known = (rank < spec.initial_domains - 1) & np.isfinite(waiting)
    known[np.arange(len(own)), own] = True
    level = uniforms(world.key("build.knowledge"), identities[:, None], index[None, :])
    level = spec.initial_knowledge * (1 + spec.initial_knowledge_spread * (2 * level - 1))
    knowledge = np.where(known, level, 0.0)
    firms, best = np.arange(len(own)), knowledge.argmax(axis=1)
    highest = knowledge[firms, best].copy()
    knowledge[firms, best] = knowledge[firms, own]
    knowledge[firms, own] = highest
    return np.asarray(knowledge, np.float64)


def balance_demand(world: World) -> None:
    """Set demand so that an offer earns the same in every domain at the start.

    What was measured is a market in which each domain earns its living; with equal demand everywhere a large
    one would starve. The mean over domains stays.

    Parameters
    ----------
    world
        State of the run after everything was offered once; changed in place.
    """
    demand, price = world.space.demand, world.price
    offered = np.where(price > 0, demand / np.where(price > 0, price, 1.0), 0.0)
    if offered.any():
        world.space.base_demand[:] = demand[:] = offered * demand.mean() / offered.mean()
