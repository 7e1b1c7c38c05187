"""What firms pick up from outside the region."""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import ABSORPTION_FROM_OUTSIDE, FIRM
from model.kernels.random_numbers import uniform
from model.kernels.recombination import draw_index

_WHETHER, _WHICH = np.arange(2)


@kernel
def absorb_from_outside(
    kind,
    seat,
    size,
    capacity,
    density,
    knowledge,
    frontier,
    price,
    expected,
    opened,
    discovered,
    rate,
    level,
    key,
    account,
):
    """Let firms pick up what is common in the world, near to what they know and worth their while.

    A firm does so with probability ``rate A``, in a domain drawn in proportion to relatedness density and
    price, and learns it up to a low level only: what lies beyond takes research or partners.

    Parameters
    ----------
    kind, seat, size, capacity
        Columns, shape (rows,).
    density
        omega, shape (rows, domains).
    knowledge
        K; written, shape (rows, domains).
    frontier, price, expected
        W, revenue per unit of offer, and what it is expected to be against that, shape (domains,).
    opened, discovered
        Whether the world has opened a domain, and step of discovery in the region, -1 while latent, shape (domains,).
    rate, level
        Probability at full absorptive capacity, and level against the frontier.
    key
        Key of the stream.
    account
        Growth account; added to.
    """
    domains = knowledge.shape[1]
    weights = np.empty(domains)
    worth = np.empty(domains)
    for d in range(domains):
        worth[d] = price[d] * expected[d] if opened[d] or discovered[d] >= 0 else 0.0
    for i in range(kind.shape[0]):
        if kind[i] != FIRM or uniform(key, seat[i], _WHETHER) >= rate * capacity[i]:
            continue
        for d in range(domains):
            weights[d] = density[i, d] * worth[d] if knowledge[i, d] < level * frontier[d] else 0.0
        d = draw_index(weights, uniform(key, seat[i], _WHICH))
        if d < 0:
            continue
        before = float(knowledge[i, d])
        knowledge[i, d] = np.float32(level * frontier[d])
        gained = float(knowledge[i, d]) - before
        account[ABSORPTION_FROM_OUTSIDE, 0] += gained
        account[ABSORPTION_FROM_OUTSIDE, 1] += gained * size[i]
