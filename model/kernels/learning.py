"""Relatedness density, absorptive capacity and what one carrier can learn from another."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import inlined, kernel
from model.kernels.constants import FIRM

# Learning is computed in the single precision in which knowledge is kept: twice as many domains at a time.
_NOTHING = np.float32(0.0)
_ALL = np.float32(1.0)
_TINY = np.float32(1e-30)
_TOGETHER = 4


@kernel
def relatedness_density(knowledge, frontier, relatedness, relatedness_total, density):
    """Relatedness density omega of every carrier in every domain (Hidalgo et al. 2007).

    ``omega_id = sum_e phi_de min(1, K_ie / W_e) / sum_e phi_de``

    Parameters
    ----------
    knowledge
        K, shape (rows, domains).
    frontier
        W, shape (domains,).
    relatedness
        phi, symmetric, shape (domains, domains).
    relatedness_total
        Row sums of phi, shape (domains,).
    density
        Written: omega, shape (rows, domains).
    """
    rows, domains = knowledge.shape
    whole = domains - domains % _TOGETHER
    strength = np.zeros((_TOGETHER, domains), np.float32)
    sums = np.empty((_TOGETHER, domains), np.float32)
    share_of_total = np.empty((domains, domains), np.float32)
    full = np.empty(domains, np.float32)
    for e in range(domains):
        full[e] = frontier[e]
        for d in range(domains):
            share_of_total[e, d] = relatedness[e, d] / relatedness_total[d]
    for first in range(0, rows, _TOGETHER):
        # Four carriers at a time: what is loaded of phi serves all of them.
        count = min(_TOGETHER, rows - first)
        for r in range(count):
            for d in range(domains):
                strength[r, d] = min(_ALL, knowledge[first + r, d] / full[d])
        for r in range(_TOGETHER):
            for d in range(domains):
                sums[r, d] = _NOTHING
        for e in range(0, whole, _TOGETHER):
            # And four rows of phi, one after the other: sums are loaded and stored once for all of them.
            for r in range(_TOGETHER):
                a, b, c, f = strength[r, e], strength[r, e + 1], strength[r, e + 2], strength[r, e + 3]
                for d in range(domains):
                    near = sums[r, d] + share_of_total[e, d] * a
                    near += share_of_total[e + 1, d] * b
                    near += share_of_total[e + 2, d] * c
                    sums[r, d] = near + share_of_total[e + 3, d] * f
        for e in range(whole, domains):
            for r in range(_TOGETHER):
                for d in range(domains):
                    sums[r, d] += share_of_total[e, d] * strength[r, e]
        for r in range(count):
            for d in range(domains):
                density[first + r, d] = sums[r, d]


@kernel
def absorptive_capacity(
    kind, skill, skill_base, skill_decay, rd_stock, half_saturation, frozen, start, capacity, untrained
):
    """Let skill decay to its base and give A = sqrt(h R / (R + kappa)) (Cohen & Levinthal 1990).

    Parameters
    ----------
    kind
        Kind of carrier, shape (rows,); only firms change.
    skill, skill_base
        h and its base, shape (rows,); ``skill`` is written.
    skill_decay
        Share of the distance to the base that is lost per step.
    rd_stock
        R, shape (rows,).
    half_saturation
        kappa.
    frozen
        Hold A at its start (counterfactual).
    start
        A at the start or at entry, -1 where not yet known; written, shape (rows,).
    capacity
        Written: A, shape (rows,).
    untrained
        Written: what A would be if skill were at its base, at most A, shape (rows,).
    """
    for i in range(kind.shape[0]):
        if kind[i] != FIRM:
            continue
        skill[i] += skill_decay * (skill_base[i] - skill[i])
        value = math.sqrt(skill[i] * rd_stock[i] / (rd_stock[i] + half_saturation))
        if start[i] < 0.0:
            start[i] = value
        if frozen:
            # Training then has no effect.
            capacity[i] = start[i]
            untrained[i] = start[i]
        else:
            base = min(skill[i], skill_base[i])
            capacity[i] = value
            untrained[i] = math.sqrt(base * rd_stock[i] / (rd_stock[i] + half_saturation))


@inlined
def understand(learner, source, knowledge, density, reach_scale, unrelated_reach, understood):
    """Novelty that a learner understands in every domain (Nooteboom et al. 2007), squared, and its norm.

    ``f_d = g r^2 / (r^2 + g^2)`` with gap ``g = max(0, K_jd - K_id)`` and reach
    ``r = reach_scale (epsilon + omega_id)``: an inverted U in the gap with its peak at the reach.

    Parameters
    ----------
    learner, source
        Rows of the two carriers.
    knowledge, density
        K and omega, shape (rows, domains).
    reach_scale
        ``r_max A_i`` of the learner.
    unrelated_reach
        epsilon.
    understood
        Written: f squared, shape (domains,).

    Returns
    -------
    float
        ``||f||_2``.
    """
    scale, least = np.float32(reach_scale), np.float32(unrelated_reach)
    own, other, near = knowledge[learner], knowledge[source], density[learner]
    for d in range(understood.shape[0]):
        gap = max(_NOTHING, other[d] - own[d])
        reach = scale * (least + near[d])
        reach2 = reach * reach
        # The tiny number stands for 0 / 0: nothing to learn and no reach.
        f = gap * reach2 / (reach2 + gap * gap + _TINY)
        understood[d] = f * f
    return math.sqrt(total(understood))


@inlined
def total(values):
    """Sum of an array in four running sums: a fixed order that keeps the processor busy."""
    size = values.shape[0]
    whole = size - size % 4
    a = b = c = e = _NOTHING
    for n in range(0, whole, 4):
        a += values[n]
        b += values[n + 1]
        c += values[n + 2]
        e += values[n + 3]
    for n in range(whole, size):
        a += values[n]
    return float((a + b) + (c + e))


@inlined
def attention(degree, sharing):
    """Share of a firm's attention that each of its sources gets: ``degree ** -sharing``."""
    ties = float(max(1, degree))
    # The default exponent without the cost of a general power.
    return 1.0 / math.sqrt(ties) if sharing == 0.5 else ties**-sharing


@inlined
def lesson(
    learner, source, sources, rate, knowledge, density, reach_scale, unrelated_reach, understood, gain
):
    """Knowledge that one source teaches: ``u_d = rate f_d^2 / ||f||_2``, at most an even share of the gap.

    Parameters
    ----------
    learner, source
        Rows of the two carriers.
    sources
        Number of sources of the learner.
    rate
        Learning rate times strength of the tie times share of attention.
    knowledge, density, reach_scale, unrelated_reach
        As for :func:`understand`.
    understood
        Scratch, shape (domains,).
    gain
        Written: u, shape (domains,).

    Returns
    -------
    float
        Sum of u.
    """
    norm = understand(learner, source, knowledge, density, reach_scale, unrelated_reach, understood)
    scale = np.float32(rate / norm if norm > 0.0 else 0.0)
    part = np.float32(1.0 / sources)
    own, other = knowledge[learner], knowledge[source]
    for d in range(understood.shape[0]):
        # Where there is no gap, nothing is understood, and the gap's sign does not matter.
        gain[d] = min(scale * understood[d], abs(other[d] - own[d]) * part)
    return total(gain)


@inlined
def expected_learning(
    learner,
    source,
    degree,
    knowledge,
    density,
    capacity,
    transfer,
    learning_rate,
    reach_maximum,
    unrelated_reach,
    sharing,
    understood,
):
    """Learning per step that a tie would bring the learner, were it added to the ties it has.

    Parameters
    ----------
    learner, source
        Rows of the two carriers.
    degree
        Ties of every carrier, shape (rows,).
    knowledge, density
        K and omega, shape (rows, domains).
    capacity, transfer
        A and added reach, shape (rows,).
    learning_rate, reach_maximum, unrelated_reach, sharing
        lambda, r_max, epsilon and the exponent of shared attention.
    understood
        Scratch, shape (domains,).

    Returns
    -------
    float
        Frontier units per quarter.
    """
    reach_scale = reach_maximum * capacity[learner] * (1.0 + transfer[learner])
    norm = understand(learner, source, knowledge, density, reach_scale, unrelated_reach, understood)
    return learning_rate * attention(degree[learner] + 1, sharing) * norm
