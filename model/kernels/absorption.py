"""Absorption of knowledge from ties and from meso-organisations."""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import (
    ABSORPTION_CROSS_SECTOR,
    ABSORPTION_FROM_ORGANISATIONS,
    ABSORPTION_SAME_SECTOR,
    BROKERED,
    BROKERED_ABSORPTION,
    FIRM,
    TRAINING_INDUCED_ABSORPTION,
    TRANSFER_INDUCED_ABSORPTION,
)
from model.kernels.learning import attention, lesson, understand

_TRAINED = 0.995
"""Training is credited where it has raised absorptive capacity by half a percent or more."""


@kernel
def _reciprocity(
    i, j, degree, knowledge, density, capacity, transfer, reach_maximum, unrelated_reach, sharing, scratch
):
    """Share of its learning that a firm may take under barter: no more than it teaches."""
    own = understand(
        i, j, knowledge, density, reach_maximum * capacity[i] * (1.0 + transfer[i]), unrelated_reach, scratch
    ) * attention(degree[i], sharing)
    other = understand(
        j, i, knowledge, density, reach_maximum * capacity[j] * (1.0 + transfer[j]), unrelated_reach, scratch
    ) * attention(degree[j], sharing)
    if own <= 0.0:
        return 0.0
    return min(1.0, other / own)


@kernel
def absorb(
    kind,
    sector,
    size,
    capacity,
    untrained,
    transfer,
    degree,
    partners,
    tie_origin,
    tie_gain,
    link,
    link_strength,
    knowledge,
    density,
    learned,
    learning_rate,
    reach_maximum,
    unrelated_reach,
    sharing,
    barter,
    account,
    memos,
):
    """Let every firm learn from all its sources at once, from knowledge as it stood before.

    Parameters
    ----------
    kind, sector, size, capacity, untrained, transfer, degree, link, link_strength
        Columns, shape (rows,); ``untrained`` is what capacity would be without training.
    partners, tie_origin
        Columns per tie, shape (rows, slots).
    tie_gain
        Added to: learning on each tie, shape (rows, slots).
    knowledge
        K; written, shape (rows, domains).
    density
        omega, shape (rows, domains).
    learned
        Written: knowledge absorbed by each firm, shape (rows,).
    learning_rate, reach_maximum, unrelated_reach, sharing
        lambda, r_max, epsilon and the exponent of shared attention.
    barter
        Both sides must gain in the same meeting.
    account, memos
        Growth account and its memo items; added to.
    """
    rows, domains = knowledge.shape
    gains = np.zeros((rows, domains))
    scratch = np.empty(domains)
    gain = np.empty(domains)
    for i in range(rows):
        learned[i] = 0.0
        if kind[i] != FIRM:
            continue
        linked = 1 if link[i] >= 0 else 0
        sources = degree[i] + linked
        if sources == 0:
            continue
        share = attention(sources, sharing)
        boost = 1.0 + transfer[i]
        for slot in range(sources):
            rate = learning_rate * share
            from_firm = slot < degree[i]
            if from_firm:
                j = np.int64(partners[i, slot])
                if barter:
                    rate *= _reciprocity(
                        i,
                        j,
                        degree,
                        knowledge,
                        density,
                        capacity,
                        transfer,
                        reach_maximum,
                        unrelated_reach,
                        sharing,
                        scratch,
                    )
            else:
                j = link[i]
                rate *= link_strength[i]
            if rate <= 0.0:
                continue
            reach_scale = reach_maximum * capacity[i] * boost
            total = lesson(
                i, j, sources, rate, knowledge, density, reach_scale, unrelated_reach, scratch, gain
            )
            if total <= 0.0:
                continue
            learned[i] += total
            for d in range(domains):
                gains[i, d] += gain[d]
            if not from_firm:
                source = ABSORPTION_FROM_ORGANISATIONS
            elif sector[i] == sector[j]:
                source = ABSORPTION_SAME_SECTOR
            else:
                source = ABSORPTION_CROSS_SECTOR
            account[source, 0] += total
            account[source, 1] += total * size[i]
            if from_firm:
                tie_gain[i, slot] += total
                if tie_origin[i, slot] == BROKERED:
                    memos[BROKERED_ABSORPTION, 0] += total
                    memos[BROKERED_ABSORPTION, 1] += total * size[i]
            if boost > 1.0:
                without = lesson(
                    i,
                    j,
                    sources,
                    rate,
                    knowledge,
                    density,
                    reach_scale / boost,
                    unrelated_reach,
                    scratch,
                    gain,
                )
                memos[TRANSFER_INDUCED_ABSORPTION, 0] += total - without
                memos[TRANSFER_INDUCED_ABSORPTION, 1] += (total - without) * size[i]
            if untrained[i] < capacity[i] * _TRAINED:
                reach_scale = reach_maximum * untrained[i] * boost
                without = lesson(
                    i, j, sources, rate, knowledge, density, reach_scale, unrelated_reach, scratch, gain
                )
                memos[TRAINING_INDUCED_ABSORPTION, 0] += total - without
                memos[TRAINING_INDUCED_ABSORPTION, 1] += (total - without) * size[i]
    for i in range(rows):
        if learned[i] > 0.0:
            for d in range(domains):
                knowledge[i, d] = np.float32(knowledge[i, d] + gains[i, d])
