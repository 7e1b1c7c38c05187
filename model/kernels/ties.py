"""Ties between firms: who seeks whom, what is proposed and accepted, and what is dropped."""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel, part
from model.kernels.constants import FIRM, OWN_SEARCH, TIES_DROPPED, TIES_FORMED
from model.kernels.learning import expected_learning
from model.kernels.random_numbers import uniform

_SEEK, _WAY, _FIRST = np.arange(3)
_TRIES = 16
_NOBODY = np.int64(1 << 40)


@part
def tied(i, j, degree, partners):
    """Whether two carriers are tied."""
    for slot in range(degree[i]):
        if partners[i, slot] == j:
            return True
    return False


@part
def connect(
    i,
    j,
    origin,
    value_i,
    value_j,
    degree,
    partners,
    tie_age,
    tie_origin,
    tie_project,
    tie_success,
    tie_project_success,
    tie_value,
    tie_gain,
):
    """Tie two carriers that both have a free slot.

    Parameters
    ----------
    i, j
        Rows of the two carriers.
    origin
        0 own search, 1 brokered.
    value_i, value_j
        Learning that each expects from the tie.
    degree, partners, tie_age, tie_origin, tie_project, tie_success, tie_project_success, tie_value, tie_gain
        Columns; written.
    """
    for row, partner, value in ((i, j, value_i), (j, i, value_j)):
        slot = degree[row]
        partners[row, slot] = partner
        tie_age[row, slot] = 0
        tie_origin[row, slot] = origin
        tie_project[row, slot] = 0
        tie_success[row, slot] = 0
        tie_project_success[row, slot] = 0
        tie_value[row, slot] = value
        tie_gain[row, slot] = 0.0
        degree[row] = slot + 1


@part
def _sever(
    i,
    slot,
    degree,
    partners,
    tie_age,
    tie_origin,
    tie_project,
    tie_success,
    tie_project_success,
    tie_value,
    tie_gain,
):
    """Empty one slot; the last tie of the carrier takes its place."""
    last = degree[i] - 1
    partners[i, slot] = partners[i, last]
    tie_age[i, slot] = tie_age[i, last]
    tie_origin[i, slot] = tie_origin[i, last]
    tie_project[i, slot] = tie_project[i, last]
    tie_success[i, slot] = tie_success[i, last]
    tie_project_success[i, slot] = tie_project_success[i, last]
    tie_value[i, slot] = tie_value[i, last]
    tie_gain[i, slot] = tie_gain[i, last]
    degree[i] = last


@kernel
def update_ties(
    kind,
    degree,
    partners,
    tie_age,
    tie_origin,
    tie_project,
    tie_success,
    tie_project_success,
    tie_value,
    tie_gain,
    memory,
    cost,
    patience,
    fixed,
    counts,
):
    """Smooth the value of every tie and drop those not worth their cost.

    A tie goes when it is older than ``patience`` and one side learns less from it than it costs, or when
    a joint project ends that never recombined: a network is a means, not an end (Waeltring).

    Parameters
    ----------
    kind, degree
        Columns, shape (rows,).
    partners, tie_age, tie_origin, tie_project, tie_success, tie_project_success, tie_value, tie_gain
        Columns per tie, shape (rows, slots); written.
    memory, cost, patience
        Weight of the latest step, cost in frontier units per quarter, and age of the youngest tie dropped.
    fixed
        The network does not change.
    counts
        Counts; added to.
    """
    rows = kind.shape[0]
    for i in range(rows):
        for slot in range(degree[i]):
            value = (1.0 - memory) * tie_value[i, slot] + memory * tie_gain[i, slot]
            tie_value[i, slot] = np.float32(value)
            tie_gain[i, slot] = 0.0
            tie_age[i, slot] += 1
    for i in range(rows):
        slot = np.int64(0)
        while slot < degree[i]:
            j = np.int64(partners[i, slot])
            if j < i:
                slot += 1
                continue
            back = np.int64(0)
            while partners[j, back] != i:
                back += 1
            drop = False
            if tie_project[i, slot] > 0:
                tie_project[i, slot] -= 1
                tie_project[j, back] -= 1
                drop = tie_project[i, slot] == 0 and tie_project_success[i, slot] == 0
            elif tie_age[i, slot] > patience:
                drop = tie_value[i, slot] < cost or tie_value[j, back] < cost
            if drop and not fixed:
                _sever(
                    j,
                    back,
                    degree,
                    partners,
                    tie_age,
                    tie_origin,
                    tie_project,
                    tie_success,
                    tie_project_success,
                    tie_value,
                    tie_gain,
                )
                _sever(
                    i,
                    slot,
                    degree,
                    partners,
                    tie_age,
                    tie_origin,
                    tie_project,
                    tie_success,
                    tie_project_success,
                    tie_value,
                    tie_gain,
                )
                counts[TIES_DROPPED] += 1.0
            else:
                slot += 1


@part
def _candidate(i, way, number, key, seat, sector, place, degree, partners, friends, local):
    """Draw a candidate: a friend of a friend, one of the own sector or place, or anybody; -1 for none."""
    rows = seat.shape[0]
    if way < friends:
        if degree[i] == 0:
            return -1
        slot = min(degree[i] - 1, int(uniform(key, seat[i], number) * degree[i]))
        friend = np.int64(partners[i, slot])
        slot = min(degree[friend] - 1, int(uniform(key, seat[i], number + 1) * degree[friend]))
        return np.int64(partners[friend, slot])
    for attempt in range(_TRIES):
        j = min(rows - 1, int(uniform(key, seat[i], number + attempt) * rows))
        if way >= friends + local or sector[j] == sector[i] or place[j] == place[i]:
            return j
    return -1


@kernel
def seek_ties(
    kind,
    seat,
    sector,
    place,
    degree,
    partners,
    tie_age,
    tie_origin,
    tie_project,
    tie_success,
    tie_project_success,
    tie_value,
    tie_gain,
    knowledge,
    density,
    capacity,
    transfer,
    learning_rate,
    reach_maximum,
    unrelated_reach,
    sharing,
    search,
    friends,
    local,
    breadth,
    cost,
    key,
    counts,
):
    """Let firms seek partners, beginning with a random one; the best candidate is asked.

    A tie comes about if the learning that each side expects from it exceeds its cost.

    Parameters
    ----------
    kind, seat, sector, place
        Columns, shape (rows,).
    degree, partners, tie_age, tie_origin, tie_project, tie_success, tie_project_success, tie_value, tie_gain
        Columns of ties; written.
    knowledge, density, capacity, transfer
        K, omega, A and added reach.
    learning_rate, reach_maximum, unrelated_reach, sharing
        lambda, r_max, epsilon and the exponent of shared attention.
    search, friends, local, breadth
        Probability of seeking; shares of searches among friends of friends and in the own sector or place;
        candidates looked at.
    cost
        Frontier units per quarter.
    key
        Key of the stream.
    counts
        Counts; added to.
    """
    rows, domains = knowledge.shape
    slots = partners.shape[1]
    scratch = np.empty(domains, np.float32)
    start = int(uniform(key, _NOBODY, _SEEK) * rows)
    for offset in range(rows):
        i = (start + offset) % rows
        if kind[i] != FIRM or degree[i] >= slots or uniform(key, seat[i], _SEEK) >= search:
            continue
        way = uniform(key, seat[i], _WAY)
        best = np.int64(-1)
        best_value = cost
        theirs = 0.0
        for number in range(breadth + 1):
            learner, source = i, best
            if number == breadth:
                # All candidates have been looked at: what would the best of them learn?
                if best < 0:
                    break
                learner, source = best, i
            else:
                source = _candidate(
                    i,
                    way,
                    _FIRST + number * _TRIES,
                    key,
                    seat,
                    sector,
                    place,
                    degree,
                    partners,
                    friends,
                    local,
                )
                if (
                    source < 0
                    or source == i
                    or kind[source] != FIRM
                    or degree[source] >= slots
                    or tied(i, source, degree, partners)
                ):
                    continue
            value = expected_learning(
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
                scratch,
            )
            if number == breadth:
                theirs = value
            elif value > best_value:
                best, best_value = source, value
        if best >= 0 and theirs > cost:
            connect(
                i,
                best,
                OWN_SEARCH,
                best_value,
                theirs,
                degree,
                partners,
                tie_age,
                tie_origin,
                tie_project,
                tie_success,
                tie_project_success,
                tie_value,
                tie_gain,
            )
            counts[TIES_FORMED] += 1.0
