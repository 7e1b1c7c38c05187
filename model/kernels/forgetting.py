"""Forgetting, faster where a firm holds more than it can keep up, and obsolescence."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import FIRM, FORGETTING, OBSOLESCENCE


@kernel
def forget(kind, size, skill, knowledge, remains, rate, overload, capacity, capacity_growth, account):
    """Let knowledge decay: ``K <- K [1 - delta (1 + nu (S / C) (1 - K_d / K_max))]``.

    ``S`` is all that a firm knows, ``C = capacity sqrt(h) (1 + capacity_growth ln size)`` what it can keep
    up; what it knows best is forgotten slowest. What is left loses what the world frontier gains: knowledge
    is counted in units of it.

    Parameters
    ----------
    kind, size, skill
        Columns, shape (rows,); only firms forget.
    knowledge
        K; written, shape (rows, domains).
    remains
        Share of knowledge that the growth of the frontier leaves, shape (domains,).
    rate, overload, capacity, capacity_growth
        delta, nu and the parameters of C.
    account
        Growth account; added to.
    """
    rows, domains = knowledge.shape
    for i in range(rows):
        if kind[i] != FIRM:
            continue
        total = 0.0
        best = 0.0
        for d in range(domains):
            total += knowledge[i, d]
            best = max(best, float(knowledge[i, d]))
        if best <= 0.0:
            continue
        room = (
            capacity * math.sqrt(max(skill[i], 1e-9)) * (1.0 + capacity_growth * math.log(max(1.0, size[i])))
        )
        pressure = overload * total / room
        for d in range(domains):
            before = np.float64(knowledge[i, d])
            decay = rate * (1.0 + pressure * (1.0 - before / best))
            knowledge[i, d] = np.float32(before * (1.0 - decay if decay < 1.0 else 0.0))
        left = 0.0
        for d in range(domains):
            left += knowledge[i, d]
        for d in range(domains):
            knowledge[i, d] = np.float32(np.float64(knowledge[i, d]) * remains[d])
        useful = 0.0
        for d in range(domains):
            useful += knowledge[i, d]
        account[FORGETTING, 0] += left - total
        account[FORGETTING, 1] += (left - total) * size[i]
        account[OBSOLESCENCE, 0] += useful - left
        account[OBSOLESCENCE, 1] += (useful - left) * size[i]
