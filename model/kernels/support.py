"""Whom support reaches and what it does, one instrument after the other."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel, part
from model.kernels.constants import DISCOVERY_PILOTS, FIRM
from model.kernels.random_numbers import normal, uniform

_CHOICE, _SUCCESS, _SIGNAL = np.arange(3)
_TOP = np.int64(0)


@kernel
def end(
    subsidy, efficiency, transfer, survival, support, link_strength, clients, link, support_domain, earmark
):
    """Let the support of the last step end.

    Parameters
    ----------
    subsidy, efficiency, transfer, survival, support, link_strength, clients
        Columns; set to 0, shape (rows,).
    link, support_domain, earmark
        Columns; set to -1, shape (rows,).
    """
    for column in (subsidy, efficiency, transfer, survival, support, link_strength):
        column[:] = 0.0
    clients[:] = 0
    for column in (link, support_domain, earmark):
        column[:] = -1


@part
def _sift_down(scores, rows, start, count):
    """Restore the order of a heap whose highest score is on top, from one place downwards."""
    place = start
    while True:
        child = 2 * place + 1
        if child >= count:
            return
        if child + 1 < count and scores[child + 1] > scores[child]:
            child += 1
        if scores[child] <= scores[place]:
            return
        scores[child], scores[place] = scores[place], scores[child]
        rows[child], rows[place] = rows[place], rows[child]
        place = child


@kernel
def select_firms(
    kind, seat, sector, cluster, density, sector_weights, domain_weights, wanted_cluster, key, rows, scores
):
    """Choose firms without replacement, with probabilities in proportion to their weights.

    Exponential races (Efraimidis & Spirakis 2006): ``-log(u) / weight`` with ``u`` keyed by the firm, and the
    lowest are chosen first. A heap keeps the lowest so far.

    Parameters
    ----------
    kind, seat, sector, cluster
        Columns, shape (rows,).
    density
        omega, shape (rows, domains).
    sector_weights
        Weight by sector; empty weighs all alike, missing sectors weigh nothing.
    domain_weights
        Weight by density in each domain; empty ignores density.
    wanted_cluster
        Persistent id of a cluster whose members are meant; below -1 for anybody.
    key
        Key of the stream.
    rows
        Written: rows in order of choice; as many as there is room for, shape (limit,).
    scores
        Scratch, shape (limit,).

    Returns
    -------
    int
        Number of firms chosen.
    """
    total = kind.shape[0]
    limit = rows.shape[0]
    if limit == 0:
        return 0
    count = np.int64(0)
    domains = np.empty(domain_weights.shape[0], np.int64)
    wanted = 0
    for d in range(domain_weights.shape[0]):
        if domain_weights[d] != 0.0:
            domains[wanted] = d
            wanted += 1
    for i in range(total):
        if kind[i] != FIRM or (wanted_cluster >= -1 and cluster[i] != wanted_cluster):
            continue
        weight = 1.0
        if sector_weights.shape[0] > 0:
            weight = sector_weights[sector[i]] if sector[i] < sector_weights.shape[0] else 0.0
        if domain_weights.shape[0] > 0:
            near = 0.0
            for n in range(wanted):
                near += domain_weights[domains[n]] * density[i, domains[n]]
            weight *= near
        if weight <= 0.0:
            continue
        luck = uniform(key, seat[i], _CHOICE)
        # The logarithm is only worth taking where this bound on it leaves a chance.
        if count == limit and (1.0 - luck) / weight >= scores[0]:
            continue
        score = -math.log(luck) / weight
        if count < limit:
            rows[count] = i
            scores[count] = score
            count += 1
            if count == limit:
                for start in range(count // 2 - 1, -1, -1):
                    _sift_down(scores, rows, start, count)
        elif score < scores[0]:
            rows[0] = i
            scores[0] = score
            _sift_down(scores, rows, _TOP, count)
    if count < limit:
        for start in range(count // 2 - 1, -1, -1):
            _sift_down(scores, rows, start, count)
    for last in range(count - 1, 0, -1):
        scores[0], scores[last] = scores[last], scores[0]
        rows[0], rows[last] = rows[last], rows[0]
        _sift_down(scores, rows, _TOP, last)
    return count


@kernel
def grant(
    chosen, money, unit_cost, per_employee, match, domain, size, rd_spending, earmark, subsidy, support
):
    """Subsidise the R&D of chosen firms until the money is gone.

    Parameters
    ----------
    chosen
        Rows of firms in order of choice.
    money, unit_cost
        Wages, and cost per wage of R&D.
    per_employee, match
        Most subsidy per employee, and per wage of a firm's own R&D.
    domain
        Domain in which the money must be spent, -1 for any; an earmark is for firms without another grant.
    size, rd_spending
        Columns, shape (rows,).
    earmark
        Column; written.
    subsidy, support
        Columns; added to.

    Returns
    -------
    float
        Money spent.
    """
    left = money
    for index in range(chosen.shape[0]):
        if left <= 0.0:
            break
        i = chosen[index]
        if domain >= 0 and subsidy[i] > 0.0:
            continue
        room = min(per_employee, match * rd_spending[i] - subsidy[i])
        paid = min(left, max(0.0, room) * size[i] * unit_cost)
        if paid <= 0.0:
            continue
        if domain >= 0:
            earmark[i] = domain
        subsidy[i] += paid / (unit_cost * size[i])
        support[i] += paid
        left -= paid
    return money - left


@kernel
def serve_all(chosen, money, unit_cost, effect, size, efficiency, support):
    """Spread a service thinly and evenly over the employees of all chosen firms.

    Parameters
    ----------
    chosen
        Rows of firms.
    money, unit_cost
        Wages, and cost per employee.
    effect
        Added efficiency where everybody is served.
    size
        Column, shape (rows,).
    efficiency, support
        Columns; added to.

    Returns
    -------
    float
        Money spent.
    """
    employees = 0.0
    for index in range(chosen.shape[0]):
        employees += size[chosen[index]]
    if employees <= 0.0:
        return 0.0
    coverage = min(1.0, money / (unit_cost * employees))
    for index in range(chosen.shape[0]):
        i = chosen[index]
        efficiency[i] += effect * coverage
        support[i] += coverage * unit_cost * size[i]
    return coverage * unit_cost * employees


@kernel
def advise(chosen, unit_cost, added_efficiency, added_survival, efficiency, survival, support):
    """Advise chosen firms, one unit each: better research, and more debt with which they survive.

    Parameters
    ----------
    chosen
        Rows of firms.
    unit_cost
        Cost of advising one.
    added_efficiency, added_survival
        Research efficiency added, and the least debt with which an advised firm survives.
    efficiency, support
        Columns; added to, shape (rows,).
    survival
        Column; raised to the least, shape (rows,).
    """
    for index in range(chosen.shape[0]):
        i = chosen[index]
        efficiency[i] += added_efficiency
        survival[i] = max(survival[i], added_survival)
        support[i] += unit_cost


@kernel
def transfer_to(chosen, unit_cost, reach, domain, transfer, support, support_domain):
    """Lengthen the reach of clients, one unit each.

    Parameters
    ----------
    chosen
        Rows of clients.
    unit_cost, reach
        Cost of serving one, and reach added.
    domain
        Domain that support aims at, -1 for none.
    transfer, support
        Columns; added to, shape (rows,).
    support_domain
        Column; written for clients, shape (rows,).
    """
    for index in range(chosen.shape[0]):
        i = chosen[index]
        transfer[i] += reach
        support[i] += unit_cost
        support_domain[i] = domain


@kernel
def train(chosen, money, unit_cost, effect, size, skill, support):
    """Train the employees of chosen firms until the money is gone; effects saturate.

    Parameters
    ----------
    chosen
        Rows of firms in order of choice.
    money, unit_cost
        Wages, and cost per employee.
    effect
        Share of the distance to full skill that training closes.
    size
        Column, shape (rows,).
    skill, support
        Columns; added to.

    Returns
    -------
    float
        Money spent.
    """
    left = money
    for index in range(chosen.shape[0]):
        if left <= 0.0:
            break
        i = chosen[index]
        paid = min(left, unit_cost * size[i])
        skill[i] += effect * (1.0 - skill[i]) * paid / (unit_cost * size[i])
        support[i] += paid
        left -= paid
    return money - left


@kernel
def try_domain(
    chosen,
    units,
    domain,
    unit_cost,
    potential,
    gain,
    noise,
    seat,
    size,
    capacity,
    density,
    complexity,
    frontier,
    knowledge,
    support,
    key,
    account,
    outcome,
):
    """Let chosen firms try a domain: many fail, some learn, all tell something about its potential.

    A trial succeeds with ``A sqrt(omega) (1 - c)`` and then lifts the firm's knowledge to a part of the
    frontier; it tells log potential with a normal error.

    Parameters
    ----------
    chosen
        Rows of firms in order of choice.
    units
        Trials paid for.
    domain
        Domain tried.
    unit_cost
        Cost of a trial.
    potential
        True log potential of the domain.
    gain, noise
        Level of a success against the frontier, and standard deviation of the error.
    seat, size, capacity
        Columns, shape (rows,).
    density
        omega, shape (rows, domains).
    complexity, frontier
        c and W, shape (domains,).
    knowledge, support
        Written.
    key
        Key of the stream.
    account
        Growth account; added to.
    outcome
        Written: trials, successes, sum of signals.
    """
    outcome[0] = outcome[1] = outcome[2] = 0.0
    for index in range(min(units, chosen.shape[0])):
        i = chosen[index]
        outcome[0] += 1.0
        outcome[2] += potential + noise * normal(key, seat[i], _SIGNAL)
        support[i] += unit_cost
        chance = capacity[i] * math.sqrt(density[i, domain]) * (1.0 - complexity[domain])
        if uniform(key, seat[i], _SUCCESS) >= chance:
            continue
        before = float(knowledge[i, domain])
        knowledge[i, domain] = np.float32(max(before, gain * frontier[domain]))
        booked = float(knowledge[i, domain]) - before
        outcome[1] += 1.0
        account[DISCOVERY_PILOTS, 0] += booked
        account[DISCOVERY_PILOTS, 1] += booked * size[i]
