"""Absorption of knowledge from ties and from meso-organisations."""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel, part
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

_AS_IT_IS, _WITHOUT_TRANSFER, _WITHOUT_TRAINING = range(3)
_TRAINED = 0.995
"""Training is credited where it has raised absorptive capacity by half a percent or more."""


@part
def _reciprocity(
    i, j, degree, knowledge, density, capacity, transfer, reach_maximum, unrelated_reach, sharing, scratch
):
    """Share of its learning that a firm may take under barter: no more than it teaches."""
    own = other = 0.0
    for learner, source in ((i, j), (j, i)):
        reach_scale = reach_maximum * capacity[learner] * (1.0 + transfer[learner])
        understood = understand(learner, source, knowledge, density, reach_scale, unrelated_reach, scratch)
        own, other = other, understood * attention(degree[learner], sharing)
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
    gains = np.zeros((rows, domains), np.float32)
    scratch = np.empty(domains, np.float32)
    gain = np.empty(domains, np.float32)
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
            taught = 0.0
            for case in (_AS_IT_IS, _WITHOUT_TRANSFER, _WITHOUT_TRAINING):
                reach_scale = reach_maximum * capacity[i] * boost
                if case == _WITHOUT_TRANSFER:
                    if boost == 1.0:
                        continue
                    reach_scale /= boost
                elif case == _WITHOUT_TRAINING:
                    if untrained[i] >= capacity[i] * _TRAINED:
                        continue
                    reach_scale = reach_maximum * untrained[i] * boost
                learnt = lesson(
                    i, j, sources, rate, knowledge, density, reach_scale, unrelated_reach, scratch, gain
                )
                if case == _AS_IT_IS:
                    taught = learnt
                    for d in range(domains):
                        gains[i, d] += gain[d]
                    if taught <= 0.0:
                        break
                else:
                    memo = (
                        TRANSFER_INDUCED_ABSORPTION
                        if case == _WITHOUT_TRANSFER
                        else TRAINING_INDUCED_ABSORPTION
                    )
                    memos[memo, 0] += taught - learnt
                    memos[memo, 1] += (taught - learnt) * size[i]
            if taught <= 0.0:
                continue
            learned[i] += taught
            if not from_firm:
                source = ABSORPTION_FROM_ORGANISATIONS
            elif sector[i] == sector[j]:
                source = ABSORPTION_SAME_SECTOR
            else:
                source = ABSORPTION_CROSS_SECTOR
            account[source, 0] += taught
            account[source, 1] += taught * size[i]
            if from_firm:
                tie_gain[i, slot] += taught
                if tie_origin[i, slot] == BROKERED:
                    memos[BROKERED_ABSORPTION, 0] += taught
                    memos[BROKERED_ABSORPTION, 1] += taught * size[i]
    for i in range(rows):
        if learned[i] > 0.0:
            for d in range(domains):
                knowledge[i, d] = knowledge[i, d] + gains[i, d]
