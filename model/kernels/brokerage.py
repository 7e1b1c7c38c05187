"""Ties that brokers propose, and joint projects on ties."""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel, part
from model.kernels.constants import BROKERED, FIRM, TIES_FORMED
from model.kernels.learning import expected_learning
from model.kernels.random_numbers import uniform
from model.kernels.ties import connect, tied

_FIRST = np.int64(2)
_TRIES = 16


@part
def _candidate(i, first, scope, key, kind, seat, sector, place, cluster):
    """Draw a firm that fits the scope; -1 if none is found in a number of tries."""
    rows = kind.shape[0]
    for attempt in range(_TRIES):
        j = min(rows - 1, int(uniform(key, seat[i], first + attempt) * rows))
        if scope == 2:
            fits = sector[j] != sector[i]
        elif scope == 1 and cluster[i] >= 0:
            fits = cluster[j] == cluster[i]
        else:
            fits = scope == 0 or (sector[j] == sector[i] and place[j] == place[i])
        if fits and kind[j] == FIRM and j != i:
            return j
    return -1


@kernel
def broker_ties(
    chosen,
    proposals,
    scope,
    kind,
    seat,
    sector,
    place,
    cluster,
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
    priority,
    learning_rate,
    reach_maximum,
    unrelated_reach,
    sharing,
    candidates,
    cost,
    support,
    unit_cost,
    key,
    counts,
):
    """Propose ties to chosen firms; a broker compares candidates and picks the best for the seeker.

    Candidates are in the same cluster or, without one, sector and place (``scope`` 1), in another sector
    (2), or anywhere (0). With priorities given, the match counts learning of the seeker plus what the
    candidate knows more of in these domains. Each side accepts if it expects to learn more than the tie costs.

    Parameters
    ----------
    chosen
        Rows of firms in order of choice.
    proposals
        Proposals that are paid for.
    scope
        0 anywhere, 1 inside, 2 across sectors.
    kind, seat, sector, place, cluster
        Columns, shape (rows,).
    degree, partners, tie_age, tie_origin, tie_project, tie_success, tie_project_success, tie_value, tie_gain
        Columns of ties; written.
    knowledge, density, capacity, transfer
        K, omega, A and added reach.
    priority
        Weight of each domain, shape (domains,); zeros for none.
    learning_rate, reach_maximum, unrelated_reach, sharing, cost
        As for :func:`seek_ties`.
    candidates
        Candidates compared.
    support, unit_cost
        Money spent on each firm; added to, and cost of a proposal.
    key
        Key of the stream.
    counts
        Counts; added to.

    Returns
    -------
    tuple[int, int]
        Proposals made and accepted.
    """
    domains = knowledge.shape[1]
    slots = partners.shape[1]
    scratch = np.empty(domains, np.float32)
    made = 0
    accepted = 0
    for index in range(chosen.shape[0]):
        if made >= proposals:
            break
        i = chosen[index]
        if degree[i] >= slots:
            continue
        best = np.int64(-1)
        best_merit = 0.0
        best_value = 0.0
        theirs = 0.0
        for number in range(candidates + 1):
            learner, source = i, best
            if number == candidates:
                # All candidates have been compared: what would the best of them learn?
                if best < 0:
                    break
                learner, source = best, i
            else:
                source = _candidate(
                    i, _FIRST + number * _TRIES, scope, key, kind, seat, sector, place, cluster
                )
                if source < 0 or degree[source] >= slots or tied(i, source, degree, partners):
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
            if number == candidates:
                theirs = value
                break
            merit = value
            for d in range(domains):
                # What is understood (scratch holds f squared) counts once more where it is a priority.
                merit += learning_rate * priority[d] * scratch[d]
            if merit > best_merit:
                best, best_merit, best_value = source, merit, value
        if best < 0:
            continue
        made += 1
        support[i] += unit_cost
        if best_value > cost and theirs > cost:
            connect(
                i,
                best,
                BROKERED,
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
            accepted += 1
    return made, accepted


@kernel
def start_projects(
    chosen,
    affordable,
    scope,
    sector,
    cluster,
    degree,
    partners,
    tie_project,
    tie_project_success,
    support,
    duration,
    unit_cost,
):
    """Start joint projects on ties of chosen firms: on the tie with the highest slot that fits and has none.

    Parameters
    ----------
    chosen
        Rows of firms in order of choice.
    affordable
        Projects that are paid for.
    scope
        0 any partner, 1 of the same cluster or sector, 2 of another sector.
    sector, cluster, degree, partners
        Columns.
    tie_project, tie_project_success, support
        Columns; written.
    duration
        Quarters.
    unit_cost
        Cost of a project.

    Returns
    -------
    int
        Projects started.
    """
    started = 0
    for index in range(chosen.shape[0]):
        if started >= affordable:
            break
        i = chosen[index]
        for slot in range(degree[i] - 1, -1, -1):
            j = np.int64(partners[i, slot])
            inside = cluster[j] == cluster[i] if cluster[i] >= 0 else sector[j] == sector[i]
            fits = scope == 0 or (scope == 1 and inside) or (scope == 2 and sector[j] != sector[i])
            if not fits or tie_project[i, slot] > 0:
                continue
            back = np.int64(0)
            while partners[j, back] != i:
                back += 1
            tie_project[i, slot] = duration
            tie_project[j, back] = duration
            tie_project_success[i, slot] = 0
            tie_project_success[j, back] = 0
            support[i] += unit_cost / 2
            support[j] += unit_cost / 2
            started += 1
            break
    return started


@kernel
def project_effort(size, degree, tie_project, effort, subsidy):
    """Add to every firm the R&D that its joint projects pay.

    Parameters
    ----------
    size, degree
        Columns, shape (rows,).
    tie_project
        Quarters left of each project, shape (rows, slots).
    effort
        R&D that a project pays each partner, wages per quarter.
    subsidy
        Subsidy per employee; added to, shape (rows,).
    """
    for i in range(size.shape[0]):
        for slot in range(degree[i]):
            if tie_project[i, slot] > 0:
                subsidy[i] += effort / size[i]
