"""Entry: spin-offs that inherit, start-ups that begin narrow, outliers that begin elsewhere."""

from __future__ import annotations

import numpy as np

from model.kernels.compilation import kernel, part
from model.kernels.constants import ENTRY, FIRM
from model.kernels.random_numbers import uniform

_KIND, _PARENT = np.arange(2)
_SECTOR, _PLACE, _WAY, _DOMAIN, _LEVEL, _SKILL, _INHERIT = np.array([0, 1, 2, 3, 4, 6, 16])


@kernel
def find_parents(kind, ids, seat, spin_offs, next_id, key, vacant, parents):
    """Draw who takes over the seats of firms that left: spin-offs (Klepper 2007) of any firm, or start-ups.

    Parameters
    ----------
    kind, seat
        Columns, shape (rows,).
    ids
        Column; a vacant row has no id (-1), and is given one, shape (rows,).
    spin_offs
        Share of entrants that are spin-offs.
    next_id
        Id of the first entrant.
    key
        Key of the stream.
    vacant, parents
        Written for each vacant seat: its row, and the row of the parent of a spin-off, -1 for a start-up; room
        for (rows,).

    Returns
    -------
    int
        Number of vacant seats.
    """
    rows = kind.shape[0]
    count = 0
    for row in range(rows):
        if ids[row] < 0:
            vacant[count] = row
            count += 1
    for index in range(count):
        parents[index] = -1
        taker = seat[vacant[index]]
        if uniform(key, taker, _KIND) >= spin_offs:
            continue
        first = min(rows - 1, int(uniform(key, taker, _PARENT) * rows))
        for offset in range(rows):
            row = (first + offset) % rows
            if kind[row] == FIRM and ids[row] >= 0:
                parents[index] = row
                break
    for index in range(count):
        ids[vacant[index]] = next_id + index
    return count


@part
def _first_domain(key, luck, sector, outlier, home, discovered, weight):
    """Draw a discovered domain by weight: at home in the sector, or for an outlier elsewhere; -1 for none."""
    total = 0.0
    for d in range(home.shape[0]):
        if discovered[d] >= 0 and (home[d] == sector) != outlier:
            total += weight[d]
    wanted = uniform(key, luck, _DOMAIN) * total
    passed, last = 0.0, np.int64(-1)
    for d in range(home.shape[0]):
        if discovered[d] >= 0 and (home[d] == sector) != outlier:
            passed += weight[d]
            last = np.int64(d)
            if wanted < passed:
                return last
    return last


@part
def _by_weight(luck, weight):
    """Draw an index with probabilities in proportion to weights."""
    total = 0.0
    for index in range(weight.shape[0]):
        total += weight[index]
    wanted, passed = luck * total, 0.0
    for index in range(weight.shape[0]):
        passed += weight[index]
        if wanted < passed:
            return index
    return weight.shape[0] - 1


@part
def _related_domain(domain, relatedness, discovered):
    """The discovered domain most related to another one; -1 for none."""
    best = np.int64(-1)
    for d in range(relatedness.shape[0]):
        if (
            d != domain
            and discovered[d] >= 0
            and (best < 0 or relatedness[domain, d] > relatedness[domain, best])
        ):
            best = d
    return best


@kernel
def found_firms(
    entrants,
    parents,
    supported,
    ids,
    seat,
    kind,
    sector,
    place,
    parent,
    born,
    focus,
    size,
    cash,
    skill,
    skill_base,
    rd_stock,
    rd_spending,
    openness,
    knowledge,
    frontier,
    relatedness,
    home,
    discovered,
    domain_density,
    sector_weight,
    start_up_weight,
    step,
    wage,
    places,
    outlier_share,
    spin_off_share,
    start_up_size,
    start_up_knowledge,
    start_up_openness,
    skill_mean,
    skill_spread,
    rd_spending_start,
    rd_stock_start,
    initial_cash,
    key,
    account,
):
    """Fill the rows of entrants: spin-offs, start-ups, and those that support has paid for.

    A start-up knows a home domain of its sector, the likelier the more an offer earns there, and the domain
    most related to it; an outlier begins outside the sector. Entry into a latent domain succeeds with the
    region's density in it and otherwise ends in the most related domain that the region has.

    Parameters
    ----------
    entrants
        Rows of the entrants, shape (entrants,).
    parents, supported
        Row of the parent of a spin-off and domain of a supported start-up, else -1, shape (entrants,).
    ids, seat
        Columns, shape (rows,); luck is the seat's.
    kind, sector, place, parent, born, focus, size, cash, skill, skill_base, rd_stock, rd_spending, openness
        Columns; written for entrants.
    knowledge
        K; written for entrants, shape (rows, domains).
    frontier, relatedness, home, discovered
        W, phi, home sectors and step of discovery (-1 while latent).
    domain_density
        The region's density in each domain, shape (domains,).
    sector_weight, start_up_weight
        How often start-ups begin in a sector and in a domain, shapes (sectors,) and (domains,).
    step, wage
        Current step and wage level.
    places
        Number of places.
    outlier_share, spin_off_share, start_up_size, start_up_knowledge, start_up_openness
        Parameters of entry.
    skill_mean, skill_spread, rd_spending_start, rd_stock_start, initial_cash
        What entrants are like.
    key
        Key of the stream.
    account
        Growth account; added to.
    """
    domains = knowledge.shape[1]
    for index in range(entrants.shape[0]):
        row = entrants[index]
        luck = seat[row]
        kind[row] = FIRM
        born[row] = step
        size[row] = start_up_size
        cash[row] = initial_cash * start_up_size * wage
        rd_spending[row] = rd_spending_start
        rd_stock[row] = rd_stock_start
        if parents[index] >= 0:
            source = parents[index]
            parent[row] = ids[source]
            sector[row] = sector[source]
            place[row] = place[source]
            skill_base[row] = skill_base[source]
            skill[row] = skill_base[source]
            openness[row] = openness[source]
            best = 0
            for d in range(domains):
                share = min(1.0, 2.0 * spin_off_share * uniform(key, luck, _INHERIT + d))
                knowledge[row, d] = np.float32(knowledge[source, d] * share)
                if knowledge[row, d] > knowledge[row, best]:
                    best = d
            focus[row] = best
            continue
        parent[row] = -1
        skill_base[row] = min(
            1.0, max(0.0, skill_mean + skill_spread * (2.0 * uniform(key, luck, _SKILL) - 1.0))
        )
        skill[row] = skill_base[row]
        openness[row] = start_up_openness
        sector[row] = _by_weight(uniform(key, luck, _SECTOR), sector_weight)
        place[row] = min(places - 1, int(uniform(key, luck, _PLACE) * places))
        if supported[index] < 0:
            outlier = uniform(key, luck, _WAY) < outlier_share
            domain = _first_domain(key, luck, sector[row], outlier, home, discovered, start_up_weight)
            if domain < 0:
                domain = _first_domain(key, luck, sector[row], not outlier, home, discovered, start_up_weight)
        else:
            domain = supported[index]
            if home[domain] >= 0:
                sector[row] = home[domain]
            if discovered[domain] < 0 and uniform(key, luck, _WAY) >= domain_density[domain]:
                domain = _related_domain(domain, relatedness, discovered)
        if domain < 0:
            domain = 0
        level = start_up_knowledge * (0.5 + uniform(key, luck, _LEVEL))
        knowledge[row, domain] = np.float32(level * frontier[domain])
        second = _related_domain(domain, relatedness, discovered)
        if second >= 0:
            level = start_up_knowledge * (0.5 + uniform(key, luck, _LEVEL + 1))
            knowledge[row, second] = np.float32(0.5 * level * frontier[second])
        focus[row] = domain
    for index in range(entrants.shape[0]):
        row = entrants[index]
        gained = 0.0
        for d in range(domains):
            gained += knowledge[row, d]
        account[ENTRY, 0] += gained
        account[ENTRY, 1] += gained * size[row]
