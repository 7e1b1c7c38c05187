"""The market: what knowledge earns, how firms grow, and which of them fail."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import EMPLOYMENT, EXIT, FIRM
from model.kernels.random_numbers import normal

_SHOCK = np.int64(0)
_LEAST = 0.5
"""What is left of wages after the worst quarter; where hardly anything is sold they would fall below nothing."""


@kernel
def sell(kind, size, knowledge, frontier, demand, world_mass, elasticity, price, revenue):
    """Sell in every domain against a constant mass of competitors in the world.

    Revenue is a firm's share in the offer of region and world, times demand.

    Parameters
    ----------
    kind, size
        Columns, shape (rows,).
    knowledge
        K, shape (rows, domains).
    frontier, demand
        W and V, shape (domains,).
    world_mass
        Offer of competitors in every domain.
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
        price[d] = world_mass
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
            price[d] += offers[i, d]
    for d in range(domains):
        price[d] = demand[d] / price[d] if price[d] > 0.0 else 0.0
    for i in range(rows):
        earned = 0.0
        for d in range(domains):
            earned += price[d] * offers[i, d]
        revenue[i] = earned


@kernel
def grow(
    kind,
    ids,
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
    rent_sharing,
    growth_rate,
    volatility,
    scaling,
    cash_limit,
    key,
    account,
):
    """Pay costs, keep or lose cash, grow with profit, plan R&D; wages follow margins.

    Log size grows with ``growth_rate tanh(margin / margin_target - 1)`` plus noise whose standard deviation
    falls with size to the power of minus beta (Stanley et al. 1996). A firm that earns more per employee
    pays higher wages: ``wage (productivity / mean productivity) ** rent_sharing``.

    Parameters
    ----------
    kind, ids, degree, revenue, rd_cost
        Columns, shape (rows,).
    knowledge
        K, shape (rows, domains), for booking what growth adds to the weighted account.
    size, cash, margin, rd_spending, age
        Columns; written.
    wage
        Wage level.
    upkeep
        Money that a tie costs each side.
    rd_intensity, margin_target, wage_adjustment, rent_sharing, growth_rate, volatility, scaling, cash_limit
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
    for i in range(kind.shape[0]):
        age[i] += 1
        if kind[i] == FIRM:
            all_revenue += revenue[i]
            employees += size[i]
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
        shock = volatility * size[i] ** -scaling * normal(key, ids[i], _SHOCK)
        new = max(1.0, size[i] * math.exp(drift + shock))
        total = 0.0
        for d in range(knowledge.shape[1]):
            total += knowledge[i, d]
        account[EMPLOYMENT, 1] += (new - size[i]) * total
        size[i] = new
    if all_revenue <= 0.0:
        return wage
    return wage * max(_LEAST, 1.0 + wage_adjustment * (all_profit / all_revenue - margin_target))


@kernel
def insolvent(kind, size, cash, survival, knowledge, wage, gone, account):
    """Mark firms whose debt is more than support lets them carry.

    Parameters
    ----------
    kind, size, cash, survival
        Columns, shape (rows,).
    wage
        Wage level.
    knowledge
        K, shape (rows, domains): lost with the firms that leave.
    gone
        Written: True for firms that leave, shape (rows,).
    account
        Growth account; added to.

    Returns
    -------
    int
        Number of firms that leave.
    """
    leaving = 0
    for i in range(kind.shape[0]):
        gone[i] = kind[i] == FIRM and cash[i] < -survival[i] * wage * size[i]
        if gone[i]:
            leaving += 1
            lost = 0.0
            for d in range(knowledge.shape[1]):
                lost += knowledge[i, d]
            account[EXIT, 0] -= lost
            account[EXIT, 1] -= lost * size[i]
    return leaving
