"""Buy-in: firms join a cluster, stay and leave as it pays them; and what firms of a cell do together already."""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import FIRM
from model.kernels.learning import expected_learning
from model.kernels.random_numbers import uniform

_TRIES = np.int64(16)


@kernel
def buy_in(
    cluster_kind,
    places,
    kind,
    seat,
    sector,
    place,
    degree,
    partners,
    tie_value,
    knowledge,
    density,
    capacity,
    transfer,
    cluster,
    membership_age,
    membership_value,
    members,
    learning_rate,
    reach_maximum,
    unrelated_reach,
    sharing,
    fee,
    patience,
    memory,
    encounters,
    key,
):
    """Let members judge what their cluster brings, and other firms of its sector and place whether to join.

    Parameters
    ----------
    cluster_kind
        Code of the kind of cluster organisations; of several in one sector and place, firms join the last.
    places
        Number of places.
    kind, seat, sector, place, degree
        Columns, shape (rows,).
    partners, tie_value
        Columns per tie, shape (rows, slots).
    knowledge, density, capacity, transfer
        K, omega, A and added reach.
    cluster, membership_age, membership_value
        Columns; written.
    members
        Written: members of each cluster organisation, shape (rows,).
    learning_rate, reach_maximum, unrelated_reach, sharing
        lambda, r_max, epsilon and the exponent of shared attention.
    fee, patience, memory, encounters
        Parameters of membership.
    key
        Key of the stream.
    """
    rows = kind.shape[0]
    scratch = np.empty(knowledge.shape[1], np.float32)
    cells = np.int64(0)
    # Whom a firm meets is drawn among firms: that an organisation is founded moves nobody's luck.
    others = np.empty(rows, np.int64)
    firms = 0
    for i in range(rows):
        cells = max(cells, (sector[i] + 1) * places)
        if kind[i] == FIRM:
            others[firms] = i
            firms += 1
    organisation_of = np.empty(cells, np.int64)
    for cell in range(cells):
        organisation_of[cell] = -1
    for i in range(rows):
        if kind[i] == cluster_kind:
            organisation_of[sector[i] * places + place[i]] = i
            members[i] = 0
    for i in range(rows):
        if kind[i] != FIRM:
            continue
        row = organisation_of[sector[i] * places + place[i]]
        organisation = seat[row] if row >= 0 else -1
        if cluster[i] != organisation:
            cluster[i] = -1
        if organisation < 0:
            continue
        if cluster[i] >= 0:
            gain = 0.0
            for slot in range(degree[i]):
                if cluster[partners[i, slot]] == organisation:
                    gain += tie_value[i, slot]
            membership_value[i] = (1.0 - memory) * membership_value[i] + memory * gain
            membership_age[i] += 1
            if membership_age[i] > patience and membership_value[i] < fee:
                cluster[i] = -1
        else:
            best = 0.0
            for number in range(encounters):
                for attempt in range(_TRIES):
                    luck = uniform(key, seat[i], number * _TRIES + attempt)
                    j = others[min(firms - 1, int(luck * firms))]
                    if j != i and sector[j] == sector[i] and place[j] == place[i]:
                        best = max(
                            best,
                            expected_learning(
                                i,
                                j,
                                degree,
                                knowledge,
                                density,
                                capacity,
                                transfer,
                                learning_rate,
                                reach_maximum,
                                unrelated_reach,
                                sharing,
                                scratch,
                            ),
                        )
                        break
            if best > fee:
                cluster[i] = organisation
                membership_age[i] = 0
                membership_value[i] = best
        if cluster[i] >= 0:
            members[row] += 1
    for i in range(rows):
        if kind[i] == cluster_kind:
            members[i] = members[organisation_of[sector[i] * places + place[i]]]


@kernel
def cooperation(kind, sector, place, degree, partners, tie_value, firms, learning):
    """Count the firms of every sector and place, and what they learn from each other per firm.

    Parameters
    ----------
    kind, sector, place, degree
        Columns, shape (rows,).
    partners, tie_value
        Columns per tie, shape (rows, slots).
    firms, learning
        Written, shape (sectors, places).
    """
    for s in range(firms.shape[0]):
        for p in range(firms.shape[1]):
            firms[s, p] = 0
            learning[s, p] = 0.0
    for i in range(kind.shape[0]):
        if kind[i] != FIRM:
            continue
        firms[sector[i], place[i]] += 1
        for slot in range(degree[i]):
            j = partners[i, slot]
            if sector[j] == sector[i] and place[j] == place[i]:
                learning[sector[i], place[i]] += tie_value[i, slot]
    for s in range(firms.shape[0]):
        for p in range(firms.shape[1]):
            if firms[s, p] > 0:
                learning[s, p] /= firms[s, p]
