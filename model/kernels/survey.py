"""What the region knows in each domain, and how far support went beyond what firms can reach."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel
from model.kernels.constants import ACTIVE_DOMAINS, DISCOVERED_DOMAINS, FIRM

_UNRELATED = 1e-3
_LEAST = 1e-12


@kernel
def survey(
    kind,
    size,
    knowledge,
    density,
    frontier,
    held_level,
    step,
    discovered,
    domain_density,
    domain_knowledge,
    holders,
    counts,
):
    """Summarise firms by domain and note discoveries.

    Parameters
    ----------
    kind, size
        Columns, shape (rows,).
    knowledge, density
        K and omega, shape (rows, domains).
    frontier
        W, shape (domains,).
    held_level
        Share of the frontier from which a firm holds a domain.
    step
        Current step.
    discovered
        Step of discovery, -1 while latent; written, shape (domains,).
    domain_density, domain_knowledge
        Written: employment-weighted density, and knowledge against the frontier, shape (domains,).
    holders
        Written: firms that hold each domain, shape (domains,).
    counts
        Counts; written: active domains, and those discovered since the start.
    """
    rows, domains = knowledge.shape
    employees = 0.0
    active = 0
    found = 0
    for d in range(domains):
        domain_density[d] = 0.0
        domain_knowledge[d] = 0.0
        holders[d] = 0.0
    for i in range(rows):
        if kind[i] != FIRM:
            continue
        employees += size[i]
        for d in range(domains):
            domain_density[d] += size[i] * density[i, d]
            strength = knowledge[i, d] / frontier[d]
            domain_knowledge[d] += size[i] * strength
            if strength >= held_level:
                holders[d] += 1.0
    for d in range(domains):
        if employees > 0.0:
            domain_density[d] /= employees
            domain_knowledge[d] /= employees
        if holders[d] > 0.0 and discovered[d] < 0:
            discovered[d] = step
        active += holders[d] > 0.0
        found += discovered[d] > 0
    counts[ACTIVE_DOMAINS] = active
    counts[DISCOVERED_DOMAINS] = found


@kernel
def support_beyond_reach(
    kind,
    support,
    support_domain,
    focus,
    knowledge,
    density,
    capacity,
    transfer,
    reach_maximum,
    unrelated_reach,
    frontier,
    held_level,
):
    """Money spent on firms, and that part of it that asked for an unrealistic leap (Waeltring).

    Support goes beyond a firm's reach where what the best firm knows in the domain supported lies further
    away than the reach of its absorptive capacity.

    Parameters
    ----------
    kind, support, support_domain, focus, capacity, transfer
        Columns, shape (rows,); without a domain supported, the firm's focus counts.
    knowledge, density
        K and omega, shape (rows, domains).
    reach_maximum, unrelated_reach
        r_max and epsilon.
    frontier, held_level
        W and the level that counts as held where nobody knows the domain.

    Returns
    -------
    tuple[float, float]
        Money beyond reach and all money.
    """
    rows, domains = knowledge.shape
    total = 0.0
    beyond = 0.0
    best = np.empty(domains)
    for d in range(domains):
        best[d] = held_level * frontier[d]
    for i in range(rows):
        if kind[i] == FIRM:
            for d in range(domains):
                best[d] = max(best[d], float(knowledge[i, d]))
    for i in range(rows):
        if kind[i] != FIRM or support[i] <= 0.0:
            continue
        total += support[i]
        d = support_domain[i] if support_domain[i] >= 0 else focus[i]
        reach = reach_maximum * capacity[i] * (1.0 + transfer[i]) * (unrelated_reach + density[i, d])
        if best[d] - knowledge[i, d] > reach:
            beyond += support[i]
    return beyond, total


@kernel
def log_potential(demand, domain_density, complexity, hidden, potential):
    """Log of value times feasibility of every domain.

    Value is demand against its mean; feasibility is the region's relatedness density times simplicity times
    hidden potential.

    Parameters
    ----------
    demand, domain_density, complexity, hidden
        V, the region's density, c and the log of hidden potential, shape (domains,).
    potential
        Written, shape (domains,).
    """
    mean = 0.0
    for d in range(demand.shape[0]):
        mean += demand[d] / demand.shape[0]
    for d in range(demand.shape[0]):
        feasibility = max(_UNRELATED, domain_density[d]) * (1.0 - complexity[d])
        potential[d] = math.log(max(_LEAST, demand[d] / mean * feasibility)) + hidden[d]
