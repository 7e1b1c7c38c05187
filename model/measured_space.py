"""A knowledge space as it was measured in a real region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.spec.measured import MeasuredSpec

if TYPE_CHECKING:
    from model.space import KnowledgeSpace

Floats = NDArray[np.float64]


def relatedness_of(spec: MeasuredSpec) -> Floats:
    """Make the matrix of relatedness, symmetric with unit diagonal, of what stands below the diagonal.

    It is raised to the power of ``sharpness``: co-location makes everything somewhat related to everything,
    as two common domains meet in many regions by chance; a soft threshold keeps what is close.
    """
    domains = len(spec.homes)
    phi = np.zeros((domains, domains))
    phi[np.tril_indices(domains, -1)] = np.power(spec.relatedness, spec.sharpness)
    phi += phi.T
    np.fill_diagonal(phi, 1.0)
    return phi


def units_of(spec: MeasuredSpec) -> Floats:
    """Number of firms in each domain: employment over the mean size of a firm, shape (domains,)."""
    return np.asarray(np.array(spec.employment) / np.array(spec.unit_size), np.float64)


def measure_space(space: KnowledgeSpace, spec: MeasuredSpec) -> None:
    """Put what was measured in place of what was generated; frontier and demand drift stay.

    Start-ups begin where firms are, in proportion to their number; a latent domain, once it is discovered,
    draws as many of them as the smallest domain that is not.

    Parameters
    ----------
    space
        A generated space; changed in place.
    spec
        What was measured.
    """
    units = units_of(spec)
    space.home = np.array(spec.homes, np.int64) - 1
    space.relatedness = relatedness_of(spec)
    space.relatedness_total = space.relatedness.sum(axis=1)
    space.complexity = np.array(spec.complexity)
    space.latent = units == 0
    space.start_up_weight = np.where(space.latent, units[~space.latent].min(), units)
    rooted = space.home >= 0
    weight = np.bincount(space.home[rooted], weights=units[rooted], minlength=space.sectors)
    space.sector_weight = np.where(weight.any(), weight.astype(np.float64), 1.0)
