"""Firms decide whether contact with a meso-organisation is worth their time."""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.learning import attention, understand


@kernel
def accept_contact(
    asked,
    wanted,
    organisation,
    strength,
    reach,
    degree,
    link,
    link_strength,
    knowledge,
    density,
    capacity,
    transfer,
    learned,
    learning_rate,
    reach_maximum,
    unrelated_reach,
    sharing,
    cost,
    clients,
    accepted,
):
    """Ask firms one after the other until enough have accepted; each compares what it would win and lose.

    A firm expects ``strength lambda ||f||_2`` times the attention that one more source gets, and its other
    sources lose the attention that this takes: ``learned (1 - a(n + 1) / a(n))``. It accepts if what is left
    exceeds the cost of a tie, and what the organisation that it is in contact with already offers it.

    Parameters
    ----------
    asked
        Rows of firms in the order in which they are asked.
    wanted
        Clients wanted.
    organisation
        Row of the organisation.
    strength, reach
        Strength of the contact, and reach that the service adds.
    degree, capacity, transfer, learned
        Columns, shape (rows,).
    link, link_strength, clients
        Columns; written for those that accept and for the organisation, shape (rows,).
    knowledge, density
        K and omega, shape (rows, domains).
    learning_rate, reach_maximum, unrelated_reach, sharing
        lambda, r_max, epsilon and the exponent of shared attention.
    cost
        Cost of a tie.
    accepted
        Written: rows of firms that accept, shape (wanted,).

    Returns
    -------
    tuple of int
        Firms that accepted, and firms that were asked.
    """
    scratch = np.empty(knowledge.shape[1], np.float32)
    count = np.int64(0)
    heard = np.int64(0)
    for index in range(asked.shape[0]):
        if count == wanted:
            break
        i = asked[index]
        heard += 1
        scale = reach_maximum * capacity[i] * (1.0 + transfer[i] + reach)
        offer = strength * understand(i, organisation, knowledge, density, scale, unrelated_reach, scratch)
        share = attention(degree[i] + 1, sharing)
        lost = learned[i] * (1.0 - share / attention(degree[i], sharing))
        if learning_rate * share * offer - lost <= cost:
            continue
        if link[i] >= 0 and link[i] != organisation:
            scale = reach_maximum * capacity[i] * (1.0 + transfer[i])
            other = understand(i, link[i], knowledge, density, scale, unrelated_reach, scratch)
            if link_strength[i] * other >= offer:
                continue
        accepted[count] = i
        count += 1
    for index in range(count):
        link[accepted[index]] = organisation
        link_strength[accepted[index]] = strength
    clients[organisation] += count
    return count, heard
