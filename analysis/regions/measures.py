"""Measures of evolutionary economic geography on a table of regions x domains.

Everywhere NaN stands for what was not published and zero for none: a region counts neither for nor against a
domain that it says nothing about.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


def location_quotient(amounts: Floats) -> Floats:
    """Location quotient, or revealed comparative advantage: a region's share over the share of all regions.

    ``LQ_rd = (x_rd / sum_d x_rd) / (sum_r x_rd / sum_rd x_rd)`` (Balassa 1965), sums over what is published.

    Parameters
    ----------
    amounts
        Employment, exports or patents, NaN where not published, shape (regions, domains).

    Returns
    -------
    numpy.ndarray
        Quotients; NaN where nothing is published, and in domains and regions that have nothing at all.
    """
    share = _divided(amounts, np.nansum(amounts, axis=1, keepdims=True))
    return _divided(share, _divided(np.nansum(amounts, axis=0), np.nansum(amounts)))


def specialised(quotients: Floats, threshold: float = 1.0) -> Booleans:
    """Where regions are specialised: location quotients of at least the threshold; False where unknown."""
    return np.where(np.isnan(quotients), -np.inf, quotients) >= threshold


def proximity(special: Booleans) -> Floats:
    """Proximity of domains: the smaller of the two probabilities of one given the other.

    ``phi_de = min(P(d | e), P(e | d))`` over regions (Hidalgo et al. 2007). The diagonal is zero, so that
    density never counts a domain as related to itself.

    Parameters
    ----------
    special
        Where regions are specialised, shape (regions, domains).

    Returns
    -------
    numpy.ndarray
        Symmetric, in [0, 1], shape (domains, domains); zero for domains in which nobody is specialised.
    """
    table = special.astype(np.float64)
    together, alone = table.T @ table, table.sum(axis=0)
    phi = np.nan_to_num(_divided(together, np.maximum(alone[:, None], alone[None, :])))
    np.fill_diagonal(phi, 0.0)
    return phi


def relatedness_density(special: Booleans, relatedness: Floats, observed: Booleans | None = None) -> Floats:
    """Relatedness density: how much of what is related to a domain a region is specialised in.

    ``omega_rd = sum_e M_re phi_de / sum_e phi_de`` over the domains that are published for the region
    (Hidalgo et al. 2007; Boschma, Balland & Kogler 2015).

    Parameters
    ----------
    special
        Where regions are specialised, shape (regions, domains).
    relatedness
        Relatedness of domains; its diagonal is left out, shape (domains, domains).
    observed
        Where something is published; everywhere by default.

    Returns
    -------
    numpy.ndarray
        Density in [0, 1], NaN for a domain to which nothing that is published is related.
    """
    phi = relatedness.copy()
    np.fill_diagonal(phi, 0.0)
    known = np.ones(special.shape) if observed is None else observed.astype(np.float64)
    return _divided((special * known) @ phi, known @ phi)


def related_variety(amounts: Floats, group: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Related and unrelated variety: entropy within groups of domains and between them.

    Unrelated variety is ``sum_g P_g log2(1 / P_g)``, related variety ``sum_g P_g H_g`` with the entropy
    ``H_g`` of shares inside group ``g`` (Frenken, Van Oort & Verburg 2007); together they are the entropy of
    all domains.

    Parameters
    ----------
    amounts
        Employment, NaN where not published, shape (regions, domains).
    group
        Group of each domain, such as its sector, shape (domains,).

    Returns
    -------
    tuple
        Related and unrelated variety in bits, shape (regions,) each.
    """
    shares = np.nan_to_num(_divided(amounts, np.nansum(amounts, axis=1, keepdims=True)))
    grouped = np.stack([shares[:, group == each].sum(axis=1) for each in np.unique(group)], axis=1)
    unrelated = _entropy(grouped)
    return _entropy(shares) - unrelated, unrelated


def complexity(special: Booleans, anchor: Floats | None = None) -> tuple[Floats, Floats]:
    """Economic complexity of regions (ECI) and complexity of domains (PCI).

    The second eigenvector of the method of reflections (Hidalgo & Hausmann 2009), as in Hausmann et al.
    (2014), standardised to mean 0 and standard deviation 1. Its sign is free: it is set so that ECI rises
    with the anchor. The usual anchor, diversity, is right for exports of countries; among regions diversity
    and ECI may be all but uncorrelated (Mealy, Farmer & Teytelboym 2019), and income is the better one.

    Parameters
    ----------
    special
        Where regions are specialised, shape (regions, domains).
    anchor
        What rises with complexity, such as log income, NaN where unknown, shape (regions,); diversity by
        default.

    Returns
    -------
    tuple
        ECI, shape (regions,), and PCI, shape (domains,); NaN where nobody is specialised.

    Raises
    ------
    ValueError
        If fewer than three regions or domains are left, or they fall into parts that share nothing.
    """
    table = special.astype(np.float64)
    keep_regions, keep_domains = table.sum(axis=1) > 0, table.sum(axis=0) > 0
    core = table[np.ix_(keep_regions, keep_domains)]
    if min(core.shape) < 3:
        raise ValueError("complexity needs at least three regions and three domains with specialisations")
    diversity, ubiquity = core.sum(axis=1), core.sum(axis=0)
    # Similar to the matrix of reflections, but symmetric: its eigenvalues are real and found exactly.
    balanced = core / np.sqrt(diversity[:, None] * ubiquity[None, :])
    left, strength, right = np.linalg.svd(balanced, full_matrices=False)
    if strength[1] > 1 - 1e-9:
        raise ValueError("complexity is not defined: regions fall into parts that share no domain")
    if strength[1] < 1e-9:
        raise ValueError("complexity is not defined: all regions have the same specialisations")
    of_regions = _standardised(left[:, 1] / np.sqrt(diversity))
    of_domains = _standardised(right[1] / np.sqrt(ubiquity))
    guide = diversity if anchor is None else anchor[keep_regions]
    known = ~np.isnan(guide)
    if known.any() and np.dot(of_regions[known], guide[known] - guide[known].mean()) < 0:
        of_regions, of_domains = -of_regions, -of_domains
    eci, pci = np.full(len(table), np.nan), np.full(table.shape[1], np.nan)
    eci[keep_regions], pci[keep_domains] = of_regions, of_domains
    return eci, pci


def complexity_outlook(special: Booleans, density: Floats, domain_complexity: Floats) -> Floats:
    """Complexity outlook index: how near a region is to complex domains that it does not have.

    ``COI_r = sum_d (1 - M_rd) omega_rd PCI_d`` (Hausmann et al. 2014).

    Parameters
    ----------
    special, density
        Specialisation and relatedness density, shape (regions, domains).
    domain_complexity
        PCI, shape (domains,).

    Returns
    -------
    numpy.ndarray
        Outlook, shape (regions,).
    """
    return np.asarray(np.nansum(np.where(special, 0.0, density * domain_complexity), axis=1), np.float64)


def complexity_outlook_gain(
    special: Booleans, relatedness: Floats, domain_complexity: Floats, observed: Booleans | None = None
) -> Floats:
    """Gain of outlook from a new specialisation: the complex domains that it brings nearer.

    ``COG_rd = sum_e (1 - M_re) phi_de / sum_f phi_ef PCI_e`` for domains that the region is not specialised in
    (Hausmann et al. 2014); the domain itself, which ceases to be an opportunity, is not counted, as the diagonal is
    zero.

    Parameters
    ----------
    special, relatedness, domain_complexity, observed
        As above.

    Returns
    -------
    numpy.ndarray
        Gains, NaN for what the region has, shape (regions, domains).
    """
    phi = relatedness.copy()
    np.fill_diagonal(phi, 0.0)
    known = np.ones(special.shape) if observed is None else observed.astype(np.float64)
    weight = np.nan_to_num(
        _divided((known - special * known) * np.nan_to_num(domain_complexity), known @ phi)
    )
    return np.asarray(np.where(special | (known == 0), np.nan, weight @ phi), np.float64)


def _divided(amounts: Floats, by: Floats | np.float64) -> Floats:
    """Divide, with NaN where there is nothing to divide by."""
    divisor = np.asarray(by, np.float64)
    result: Floats = amounts / np.where(divisor > 0, divisor, np.nan)
    return result


def _entropy(shares: Floats) -> Floats:
    positive = shares > 0
    terms = np.where(positive, -shares * np.log2(np.where(positive, shares, 1.0)), 0.0)
    return np.asarray(terms.sum(axis=1), np.float64)


def _standardised(values: Floats) -> Floats:
    centred = values - values.mean()
    return np.asarray(centred / centred.std(), np.float64)
