"""Relatedness density, absorptive capacity and what one carrier can learn from another."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import FIRM

_TINY = 1e-300
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
    strength = np.zeros((_TOGETHER, domains))
    sums = np.empty((_TOGETHER, domains))
    for first in range(0, rows, _TOGETHER):
        # Four carriers at a time: each row of phi is loaded once for all of them.
        count = min(_TOGETHER, rows - first)
        for r in range(count):
            for d in range(domains):
                share = knowledge[first + r, d] / frontier[d]
                strength[r, d] = min(1.0, share)
        sums[:, :] = 0.0
        for e in range(domains):
            a, b, c, f = strength[0, e], strength[1, e], strength[2, e], strength[3, e]
            for d in range(domains):
                phi = relatedness[e, d]
                sums[0, d] += phi * a
                sums[1, d] += phi * b
                sums[2, d] += phi * c
                sums[3, d] += phi * f
        for r in range(count):
            for d in range(domains):
                density[first + r, d] = sums[r, d] / relatedness_total[d]


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


@kernel
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
    domains = knowledge.shape[1]
    own, other, near = knowledge[learner], knowledge[source], density[learner]
    for d in range(domains):
        gap = np.float64(other[d]) - np.float64(own[d])
        gap = max(0.0, gap)
        reach = reach_scale * (unrelated_reach + near[d])
        reach2 = reach * reach
        # The tiny number stands for 0 / 0: nothing to learn and no reach.
        f = gap * reach2 / (reach2 + gap * gap + _TINY)
        understood[d] = f * f
    return math.sqrt(total(understood))


@kernel
def total(values):
    """Sum of an array in four running sums: a fixed order that keeps the processor busy."""
    size = values.shape[0]
    whole = size - size % 4
    a, b, c, e = 0.0, 0.0, 0.0, 0.0
    for n in range(0, whole, 4):
        a += values[n]
        b += values[n + 1]
        c += values[n + 2]
        e += values[n + 3]
    for n in range(whole, size):
        a += values[n]
    return (a + b) + (c + e)


@kernel
def attention(degree, sharing):
    """Share of a firm's attention that each of its sources gets: ``degree ** -sharing``."""
    ties = float(max(1, degree))
    # The default exponent without the cost of a general power.
    return 1.0 / math.sqrt(ties) if sharing == 0.5 else ties**-sharing


@kernel
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
    scale = rate / norm if norm > 0.0 else 0.0
    part = 1.0 / sources
    own, other = knowledge[learner], knowledge[source]
    for d in range(knowledge.shape[1]):
        # Where there is no gap, understood is 0 and the gap's sign does not matter.
        gap = abs(np.float64(other[d]) - np.float64(own[d])) * part
        u = scale * understood[d]
        gain[d] = u if u < gap else gap if understood[d] > 0.0 else 0.0
    return total(gain)


@kernel
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
