"""Recombination of two pieces of knowledge into a third, inside a firm and with partners."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel, part
from model.kernels.constants import (
    BROKERED,
    BROKERED_RECOMBINATION,
    FIRM,
    INTERNAL_ATTEMPTS,
    INTERNAL_GAIN,
    INTERNAL_SUCCESSES,
    NETWORKED_ATTEMPTS,
    NETWORKED_GAIN,
    NETWORKED_SUCCESSES,
    RECOMBINATION_INTERNAL_CROSS_SECTOR,
    RECOMBINATION_INTERNAL_SAME_SECTOR,
    RECOMBINATION_NETWORKED_CROSS_SECTOR,
    RECOMBINATION_NETWORKED_SAME_SECTOR,
    REPEATED_SUCCESSES,
)
from model.kernels.random_numbers import uniform

_ATTEMPT, _OPEN, _PARTNER, _OWN, _OTHER, _SUCCESS, _CHILD, _ENTRY = np.arange(8)
_PROJECTS = np.int64(16)
_DRAWS = np.int64(8)


@part
def draw_index(weights, threshold):
    """Draw an index in proportion to non-negative weights; -1 where all are zero.

    Parameters
    ----------
    weights
        Shape (n,).
    threshold
        Uniform number in (0, 1).

    Returns
    -------
    int
        Index of the first running sum that passes ``threshold`` times the total.
    """
    total = 0.0
    for index in range(weights.shape[0]):
        total += weights[index]
    if total <= 0.0:
        return -1
    passed = 0.0
    last = -1
    for index in range(weights.shape[0]):
        if weights[index] > 0.0:
            passed += weights[index]
            last = index
            if passed > threshold * total:
                return index
    return last


@part
def _parents(i, j, knowledge, relatedness, first_draw, second_draw, weights):
    """Draw a domain of the firm and one of its own or of its partner; (-1, -1) if there is none."""
    domains = knowledge.shape[1]
    for d in range(domains):
        weights[d] = knowledge[i, d]
    d = draw_index(weights, first_draw)
    if d < 0:
        return -1, -1
    for e in range(domains):
        phi = relatedness[d, e]
        if j < 0:
            weights[e] = 0.0 if e == d else knowledge[i, e] * phi * (1.0 - phi)
        else:
            weights[e] = max(0.0, float(knowledge[j, e]) - float(knowledge[i, e])) * phi * (1.0 - phi)
    return d, draw_index(weights, second_draw)


@part
def _attempt(
    i,
    j,
    draws,
    key,
    seat,
    capacity,
    knowledge,
    relatedness,
    complexity,
    frontier,
    opened,
    discovered,
    spec,
    weights,
    result,
):
    """Try one recombination; write parents, child, gains of both sides to ``result``.

    Returns 0 if there was nothing to combine, 1 for a failure, 2 for a success.
    """
    d, e = _parents(
        i,
        j,
        knowledge,
        relatedness,
        uniform(key, seat[i], draws + _OWN),
        uniform(key, seat[i], draws + _OTHER),
        weights,
    )
    if d < 0 or e < 0:
        return 0
    phi = relatedness[d, e]
    chance = capacity[i] * 4.0 * phi * (1.0 - phi)
    other = float(knowledge[i, e])
    if j >= 0:
        other = float(knowledge[j, e])
        chance *= spec.networked_chance * (1.0 - min(1.0, float(knowledge[i, e]) / other))
    result[0], result[1], result[2], result[3], result[4] = d, e, -1.0, 0.0, 0.0
    if uniform(key, seat[i], draws + _SUCCESS) >= chance:
        return 1
    for c in range(knowledge.shape[1]):
        if c == d or c == e:
            weights[c] = 0.0
        else:
            weights[c] = relatedness[d, c] * relatedness[e, c] * (1.0 - complexity[c])
    c = draw_index(weights, uniform(key, seat[i], draws + _CHILD))
    if c < 0:
        return 1
    level = spec.potential * math.sqrt(float(knowledge[i, d]) * other)
    if j < 0:
        level = min(level, spec.internal_ceiling * frontier[c])
        new = knowledge[i, c] < spec.held_level * frontier[c]
        if new and uniform(key, seat[i], draws + _ENTRY) >= spec.internal_entry:
            return 1
    if discovered[c] < 0:
        # The newer and the more complex a domain is, the more its parents must make possible.
        needed = spec.opened_threshold if opened[c] else spec.latent_threshold
        if level < needed * (1.0 + complexity[c]) * frontier[c]:
            return 1
    # Fleming (2001): the far combination that succeeds is worth more.
    step = min(1.0, spec.gain * 2.0 * (1.0 - phi))
    result[2] = c
    result[3] = step * max(0.0, level - float(knowledge[i, c]))
    if j >= 0:
        result[4] = step * max(0.0, level - float(knowledge[j, c]))
    return 2


@part
def _apply(i, c, gain, knowledge):
    """Add a gain to knowledge; give what was really added after rounding."""
    before = float(knowledge[i, c])
    knowledge[i, c] = np.float32(before + gain)
    return float(knowledge[i, c]) - before


@part
def _slot_of(i, j, degree, partners):
    for slot in range(degree[i]):
        if partners[i, slot] == j:
            return slot
    return -1


@kernel
def recombine(
    kind,
    seat,
    sector,
    size,
    openness,
    capacity,
    degree,
    partners,
    tie_origin,
    tie_project,
    tie_success,
    tie_project_success,
    tie_gain,
    knowledge,
    relatedness,
    complexity,
    frontier,
    home,
    opened,
    discovered,
    experiments,
    spec,
    networked,
    key,
    account,
    memos,
    counts,
):
    """Let firms recombine, one after the other: by themselves, with a partner, and in joint projects.

    A domain of the firm's own is combined with another of its own or, with the probability of its
    openness, with one that a partner knows better (Weitzman 1998). Success is likeliest at middling
    relatedness, ``A 4 phi (1 - phi)``, times the novelty of what a partner brings; it lifts a child domain
    towards ``zeta sqrt(K_d K_e)``. Both partners gain. What a firm combines of its own seldom leads into a
    domain new to it, and not beyond the frontier (Rosenkopf & Nerkar 2001).

    Parameters
    ----------
    kind, seat, sector, size, openness, capacity, degree
        Columns, shape (rows,).
    partners, tie_origin, tie_project
        Columns per tie, shape (rows, slots).
    tie_success, tie_project_success, tie_gain
        Columns per tie; added to.
    knowledge
        K; written, shape (rows, domains).
    relatedness, complexity, frontier, home
        phi, c, W and home sectors.
    opened, discovered
        Whether the world has opened a domain, and step of discovery in the region, -1 while latent, shape (domains,).
    experiments
        Successes into each domain; added to, shape (domains,).
    spec
        :class:`~model.kernels.groups.Recombining`.
    networked
        Whether partners may be recombined with.
    key
        Key of the stream.
    account, memos, counts
        Growth account, memo items and counts; added to.
    """
    weights = np.empty(knowledge.shape[1])
    result = np.empty(5)
    for i in range(kind.shape[0]):
        if kind[i] != FIRM:
            continue
        # The first try of each firm is its own; those after it are its joint projects.
        for attempt in range(-1, degree[i] if networked else 0):
            j = np.int64(-1)
            slot = np.int64(0)
            draws = np.int64(0)
            if attempt < 0:
                if uniform(key, seat[i], _ATTEMPT) >= spec.attempts:
                    continue
                if networked and degree[i] > 0 and uniform(key, seat[i], _OPEN) < openness[i]:
                    slot = min(degree[i] - 1, int(uniform(key, seat[i], _PARTNER) * degree[i]))
                    j = np.int64(partners[i, slot])
            else:
                slot = attempt
                j = np.int64(partners[i, slot])
                # A project of two firms gets one try a step, made by the older of them.
                if tie_project[i, slot] <= 0 or seat[i] > seat[j]:
                    continue
                draws = _PROJECTS + _DRAWS * slot
            outcome = _attempt(
                i,
                j,
                draws,
                key,
                seat,
                capacity,
                knowledge,
                relatedness,
                complexity,
                frontier,
                opened,
                discovered,
                spec,
                weights,
                result,
            )
            if outcome == 0:
                continue
            counts[INTERNAL_ATTEMPTS if j < 0 else NETWORKED_ATTEMPTS] += 1.0
            if outcome == 1:
                continue
            d, e, c = int(result[0]), int(result[1]), int(result[2])
            experiments[c] += 1.0
            own = _apply(i, c, result[3], knowledge)
            if j < 0:
                same = home[d] == home[e]
                source = RECOMBINATION_INTERNAL_SAME_SECTOR if same else RECOMBINATION_INTERNAL_CROSS_SECTOR
                counts[INTERNAL_SUCCESSES] += 1.0
                counts[INTERNAL_GAIN] += own
                account[source, 0] += own
                account[source, 1] += own * size[i]
                continue
            theirs = _apply(j, c, result[4], knowledge)
            back = _slot_of(j, i, degree, partners)
            same = sector[i] == sector[j]
            source = RECOMBINATION_NETWORKED_SAME_SECTOR if same else RECOMBINATION_NETWORKED_CROSS_SECTOR
            weighted = own * size[i] + theirs * size[j]
            counts[NETWORKED_SUCCESSES] += 1.0
            counts[NETWORKED_GAIN] += own + theirs
            if tie_success[i, slot] > 0:
                counts[REPEATED_SUCCESSES] += 1.0
            account[source, 0] += own + theirs
            account[source, 1] += weighted
            if tie_origin[i, slot] == BROKERED:
                memos[BROKERED_RECOMBINATION, 0] += own + theirs
                memos[BROKERED_RECOMBINATION, 1] += weighted
            for row, place, value in ((i, slot, own), (j, back, theirs)):
                tie_gain[row, place] += value
                tie_success[row, place] += 1
                tie_project_success[row, place] += 1
