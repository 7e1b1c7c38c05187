"""The world outside: a random walk of demand, and what a domain that dies leaves behind."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import FIRM, OBSOLESCENCE
from model.kernels.random_numbers import normal
from model.kernels.sums import pairwise_sum

_STEP = np.int64(0)


@kernel
def advance(
    base_demand,
    drift,
    volatility,
    in_life,
    demand_total,
    demand,
    usual,
    least,
    lag,
    competition,
    fading,
    publicity,
    diffusion,
    holders,
    potential,
    belief,
    precision,
    key,
):
    """Move demand, the competition that follows it, and what is heard and believed of domains.

    Log demand that a domain in its prime would meet moves by its drift and a normal step. Beliefs follow Bayes'
    rule: every firm that holds a domain tells of it with a precision of ``diffusion``.

    Parameters
    ----------
    base_demand
        Demand that a domain in its prime would meet, against the others; written, shape (domains,).
    drift
        Drift of its log per quarter, shape (domains,).
    volatility
        Standard deviation of the step.
    in_life, demand_total
        Demand at the present age against the prime, shape (domains,), and the sum over domains that stays.
    demand
        V; written, shape (domains,).
    usual, least
        Demand against its mean at which competition is at its mean, shape (domains,), and least competition.
    lag
        Share of the distance that competition moves.
    competition
        Written, shape (domains,).
    fading, publicity
        Share of what was heard that fades, and how much is heard; written, shape (domains,).
    diffusion, holders
        Precision with which one firm tells, 0 for none, and firms that hold each domain, shape (domains,).
    potential
        Hidden potential, shape (domains,).
    belief, precision
        What is believed of it; written, shape (domains,).
    key
        Key of the stream.
    """
    domains = base_demand.shape[0]
    for d in range(domains):
        base_demand[d] *= math.exp(drift[d] + volatility * normal(key, d, _STEP))
        demand[d] = base_demand[d] * in_life[d]
    scale = demand_total / pairwise_sum(demand)
    for d in range(domains):
        demand[d] *= scale
    mean = pairwise_sum(demand) / domains
    for d in range(domains):
        wanted = max(least, demand[d] / mean / usual[d])
        competition[d] += lag * (wanted - competition[d])
        publicity[d] *= 1.0 - fading
    if diffusion <= 0.0:
        return
    for d in range(domains):
        told = diffusion * holders[d]
        both = precision[d] + told
        belief[d] = (belief[d] * precision[d] + potential[d] * told) / both
        precision[d] = both


@kernel
def replace_domain(domain, kept, highest, elasticity, kind, size, focus, knowledge, frontier, price, account):
    """Let a domain die and another take its place, of which firms know little and organisations nothing.

    Firms that did research in it turn to what earns them most.

    Parameters
    ----------
    domain
        Index of the domain.
    kept, highest
        Share of what firms knew that is still of use, and the most of it against the frontier.
    elasticity
        theta.
    kind, size
        Columns, shape (rows,).
    focus
        Domain of research; written, shape (rows,).
    knowledge
        K; written, shape (rows, domains).
    frontier, price
        W and revenue per unit of offer, shape (domains,).
    account
        Growth account; added to.
    """
    for i in range(kind.shape[0]):
        before = float(knowledge[i, domain])
        if kind[i] != FIRM:
            knowledge[i, domain] = np.float32(0.0)
            continue
        knowledge[i, domain] = np.float32(min(kept * before, highest * frontier[domain]))
        lost = float(knowledge[i, domain]) - before
        account[OBSOLESCENCE, 0] += lost
        account[OBSOLESCENCE, 1] += lost * size[i]
        if focus[i] != domain:
            continue
        best = -1.0
        for d in range(knowledge.shape[1]):
            earned = price[d] * (knowledge[i, d] / frontier[d]) ** elasticity
            if earned > best:
                best = earned
                focus[i] = d
