"""The market: what knowledge earns, how firms grow, and which of them fail."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import EMPLOYMENT, EXIT, FIRM
from model.kernels.random_numbers import normal, uniform

_SHOCK = np.int64(0)
_FATE = np.int64(0)
_LEAST = 0.5
"""What is left of wages after the worst quarter; where hardly anything is sold they would fall below nothing."""
_MOST = 1.5


@kernel
def sell(kind, size, knowledge, frontier, demand, potential, world_mass, elasticity, price, revenue):
    """Sell in every domain against a constant mass of competitors in the world.

    Revenue is a firm's share in the offer of region and world, times demand.

    Parameters
    ----------
    kind, size
        Columns, shape (rows,).
    knowledge
        K, shape (rows, domains).
    frontier, demand, potential
        W, V and what an offer from the region is worth against one of the world, shape (domains,).
    world_mass
        Offer of competitors in each domain, shape (domains,).
    elasticity
        theta.
    price
        Written: revenue per unit of offer, shape (domains,).
    revenue
        Written, shape (rows,).
    """
    rows, domains = knowledge.shape
    offers = np.zeros((rows, domains), np.float32)
    usual = elasticity == 1.5
    full = np.empty(domains, np.float32)
    for d in range(domains):
        price[d] = world_mass[d]
        full[d] = frontier[d]
    for i in range(rows):
        revenue[i] = 0.0
        if kind[i] != FIRM:
            continue
        employees = np.float32(size[i])
        if usual:
            # The default exponent without the cost of a general power.
            for d in range(domains):
                strength = knowledge[i, d] / full[d]
                offers[i, d] = employees * strength * np.sqrt(strength)
        else:
            for d in range(domains):
                offers[i, d] = employees * (knowledge[i, d] / full[d]) ** elasticity
        for d in range(domains):
            price[d] += offers[i, d] * potential[d]
    for d in range(domains):
        price[d] = demand[d] * potential[d] / price[d] if price[d] > 0.0 else 0.0
    for i in range(rows):
        earned = 0.0
        for d in range(domains):
            earned += price[d] * offers[i, d]
        revenue[i] = earned


@kernel
def grow(
    kind,
    seat,
    degree,
    revenue,
    rd_cost,
    knowledge,
    size,
    cash,
    margin,
    rd_spending,
    age,
    wage,
    upkeep,
    rd_intensity,
    margin_target,
    wage_adjustment,
    labour_force,
    wage_pressure,
    labour_supply,
    rent_sharing,
    growth_rate,
    reversion,
    volatility,
    scaling,
    cash_limit,
    key,
    account,
):
    """Pay costs, keep or lose cash, grow with profit, plan R&D; wages follow margins and the labour market.

    Log size grows with ``growth_rate tanh(margin / margin_target - 1)``, less a part of its distance from the
    mean log size (Kalecki 1945), plus noise whose standard deviation falls with size to the power of minus
    beta (Stanley et al. 1996). A firm that earns more per employee pays higher wages: ``wage (productivity /
    mean productivity) ** rent_sharing``. The wage level rises where margins are above their target, and where
    more people are employed than want to work at that wage, ``labour_force wage ** labour_supply`` (the wage
    curve of Blanchflower & Oswald 1994).

    Parameters
    ----------
    kind, seat, degree, revenue, rd_cost
        Columns, shape (rows,).
    knowledge
        K, shape (rows, domains), for booking what growth adds to the weighted account.
    size, cash, margin, rd_spending, age
        Columns; written.
    wage
        Wage level.
    upkeep
        Money that a tie costs each side.
    rd_intensity, margin_target, wage_adjustment
        Parameters of R&D and of the wage that margins pay.
    labour_force, wage_pressure, labour_supply
        Employees at a wage of 1, how far wages follow a shortage of them, and the elasticity of their number.
    rent_sharing, growth_rate, reversion, volatility, scaling, cash_limit
        Parameters of the market.
    key
        Key of the stream.
    account
        Growth account; added to.

    Returns
    -------
    float
        New wage level.
    """
    all_revenue = 0.0
    all_profit = 0.0
    employees = 0.0
    firms = 0
    log_size = 0.0
    for i in range(kind.shape[0]):
        age[i] += 1
        if kind[i] == FIRM:
            all_revenue += revenue[i]
            employees += size[i]
            log_size += math.log(size[i])
            firms += 1
    log_size /= max(1, firms)
    mean = all_revenue / employees if employees > 0.0 else 0.0
    for i in range(kind.shape[0]):
        if kind[i] != FIRM:
            continue
        relative = revenue[i] / size[i] / mean if mean > 0.0 else 1.0
        bill = wage * size[i] * relative**rent_sharing
        profit = revenue[i] - bill - rd_cost[i] - upkeep * degree[i]
        margin[i] = profit / revenue[i] if revenue[i] > 0.0 else -1.0
        all_profit += profit
        cash[i] = min(cash[i] + profit, cash_limit * bill)
        rd_spending[i] = rd_intensity * revenue[i] / size[i]
        drift = growth_rate * math.tanh((margin[i] - margin_target) / max(margin_target, 1e-6))
        drift -= reversion * (math.log(size[i]) - log_size)
        shock = volatility * size[i] ** -scaling * normal(key, seat[i], _SHOCK)
        new = max(1.0, size[i] * math.exp(drift + shock))
        total = 0.0
        for d in range(knowledge.shape[1]):
            total += knowledge[i, d]
        account[EMPLOYMENT, 1] += (new - size[i]) * total
        size[i] = new
    if all_revenue <= 0.0:
        return wage
    shortage = employees / (labour_force * wage**labour_supply) - 1.0
    change = wage_adjustment * (all_profit / all_revenue - margin_target) + wage_pressure * shortage
    return wage * min(_MOST, max(_LEAST, 1.0 + change))


@kernel
def mark_leavers(
    kind,
    seat,
    size,
    cash,
    survival,
    knowledge,
    wage,
    hazard,
    hazard_scaling,
    seats,
    replacement,
    key,
    replacement_key,
    taken_over,
    retired,
    account,
):
    """Mark firms whose debt is more than support lets them carry, or who leave for reasons of their own.

    The hazard of the latter falls with size, ``hazard size ** -beta`` (Dunne, Roberts & Samuelson 1989), and
    with support for survival.

    Parameters
    ----------
    kind, seat, size, cash, survival
        Columns, shape (rows,).
    knowledge
        K, shape (rows, domains): lost with the firms that leave.
    wage
        Wage level.
    hazard, hazard_scaling
        Probability that a one-person firm leaves, and how fast it falls with size.
    seats, replacement
        Seats that entrants may take over, the first ones, and probability that one does.
    key, replacement_key
        Keys of the streams.
    taken_over, retired
        Written: True for firms that leave their seat to an entrant, and for those that leave none, shape (rows,).
    account
        Growth account; added to.

    Returns
    -------
    tuple of int
        Number of firms that leave, and of those whose seat is taken over.
    """
    leaving = 0
    to_others = 0
    for i in range(kind.shape[0]):
        taken_over[i] = retired[i] = False
        if kind[i] != FIRM:
            continue
        if not cash[i] < -survival[i] * wage * size[i]:
            risk = hazard * size[i] ** -hazard_scaling / (1.0 + survival[i])
            if uniform(key, seat[i], _FATE) >= risk:
                continue
        leaving += 1
        passes_on = seat[i] < seats
        if replacement < 1.0:
            passes_on = passes_on and uniform(replacement_key, seat[i], _FATE) < replacement
        if passes_on:
            taken_over[i] = True
            to_others += 1
        else:
            retired[i] = True
        lost = 0.0
        for d in range(knowledge.shape[1]):
            lost += knowledge[i, d]
        account[EXIT, 0] -= lost
        account[EXIT, 1] -= lost * size[i]
    return leaving, to_others
