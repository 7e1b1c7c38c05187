"""A firm's own research and the choice of what to do research on."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import FIRM, POLICY_INDUCED_RESEARCH, RESEARCH
from model.kernels.random_numbers import normal, uniform

_REVIEW, _EXPLORE, _CHOICE, _NOISE = np.arange(4)


@kernel
def choose_focus(
    kind,
    ids,
    openness,
    focus,
    knowledge,
    density,
    frontier,
    price,
    complexity,
    relatedness,
    discovered,
    review,
    noise,
    elasticity,
    held_level,
    key,
):
    """Let some firms reconsider their focus: exploit what seems most profitable, or explore what is related.

    Perceived profitability is the marginal revenue of what research would add, at the price of the last
    sale, times a log-normal error. Exploration draws a domain in proportion to its relatedness to the
    present focus times relatedness density (March 1991).

    Parameters
    ----------
    kind, ids, openness
        Columns, shape (rows,).
    focus
        Domain of research; written, shape (rows,).
    knowledge, density
        K and omega, shape (rows, domains).
    frontier, price, complexity
        W, revenue per unit of offer at the last sale and c, shape (domains,).
    relatedness
        phi, shape (domains, domains).
    discovered
        Step of discovery; a latent domain (-1) cannot be chosen, shape (domains,).
    review
        Probability of reconsidering.
    noise
        Standard deviation of the log error in perception.
    elasticity
        theta.
    held_level
        Share of the frontier from which a domain counts as held.
    key
        Key of the stream.
    """
    rows, domains = knowledge.shape
    for i in range(rows):
        if kind[i] != FIRM or uniform(key, ids[i], _REVIEW) >= review:
            continue
        now = focus[i]
        if uniform(key, ids[i], _EXPLORE) < openness[i]:
            total = 0.0
            for d in range(domains):
                if d != now and discovered[d] >= 0:
                    total += relatedness[now, d] * density[i, d]
            threshold = uniform(key, ids[i], _CHOICE) * total
            passed = 0.0
            for d in range(domains):
                if d != now and discovered[d] >= 0:
                    passed += relatedness[now, d] * density[i, d]
                    if passed > threshold:
                        focus[i] = d
                        break
        else:
            best = -1.0
            for d in range(domains):
                strength = knowledge[i, d] / frontier[d]
                if strength < held_level:
                    continue
                room = max(0.0, 1.0 - strength)
                progress = math.sqrt(density[i, d]) * (1.0 - complexity[d]) * room
                value = price[d] * elasticity * strength ** (elasticity - 1.0) / frontier[d] * progress
                value *= math.exp(noise * normal(key, ids[i], _NOISE + 2 * d))
                if value > best:
                    best = value
                    focus[i] = d


@kernel
def research(
    kind,
    size,
    focus,
    rd_spending,
    subsidy,
    efficiency,
    density,
    complexity,
    frontier,
    knowledge,
    rd_stock,
    rd_cost,
    productivity,
    half_saturation,
    crowding_out,
    depreciation,
    account,
    memos,
):
    """Turn R&D into knowledge in the focus domain, and into the stock behind absorptive capacity.

    ``rho E / (E + E0) sqrt(omega) (1 - c) max(0, 1 - K / W)`` with ``E`` own R&D plus subsidy per
    employee; part of the subsidy replaces own R&D.

    Parameters
    ----------
    kind, size, focus, rd_spending, subsidy, efficiency
        Columns, shape (rows,).
    density
        omega, shape (rows, domains).
    complexity, frontier
        c and W, shape (domains,).
    knowledge
        K; written, shape (rows, domains).
    rd_stock, rd_cost
        Written: R&D stock per employee and own R&D paid, shape (rows,).
    productivity, half_saturation, crowding_out, depreciation
        rho, E0, share of a subsidy that replaces own R&D, depreciation of the stock.
    account, memos
        Growth account and its memo items; added to.
    """
    for i in range(kind.shape[0]):
        if kind[i] != FIRM:
            continue
        own = max(0.0, rd_spending[i] - crowding_out * subsidy[i])
        effort = own + subsidy[i]
        rd_cost[i] = own * size[i]
        rd_stock[i] = (1.0 - depreciation) * rd_stock[i] + effort
        d = focus[i]
        room = max(0.0, 1.0 - knowledge[i, d] / frontier[d])
        scale = productivity * math.sqrt(density[i, d]) * (1.0 - complexity[d]) * room
        gain = scale * effort / (effort + half_saturation) * (1.0 + efficiency[i])
        without = scale * rd_spending[i] / (rd_spending[i] + half_saturation)
        before = knowledge[i, d]
        knowledge[i, d] = np.float32(before + gain)
        booked = float(knowledge[i, d]) - float(before)
        account[RESEARCH, 0] += booked
        account[RESEARCH, 1] += booked * size[i]
        memos[POLICY_INDUCED_RESEARCH, 0] += gain - without
        memos[POLICY_INDUCED_RESEARCH, 1] += (gain - without) * size[i]
