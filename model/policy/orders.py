"""What is ordered, for whom, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scope = Literal["any", "inside", "across"]

ANY_CLUSTER = -2


@dataclass(frozen=True)
class Target:
    """Whom an order is meant for: a firm's weight is the product of its parts.

    Attributes
    ----------
    sectors
        Weight of a firm by its sector, shape (sectors,); ``None`` weighs all alike.
    domains
        Weight of a firm by its relatedness density in each domain, shape (domains,); ``None``
        ignores what firms know.
    cluster
        Persistent id of the cluster whose members are meant; -2 means members or not.
    scope
        For pairs of firms: ``inside`` the same cluster, or sector and place; ``across`` sectors; or ``any``.
    """

    sectors: Floats | None = None
    domains: Floats | None = None
    cluster: int = ANY_CLUSTER
    scope: Scope = "any"


GENERIC = Target()


@dataclass(frozen=True)
class Order:
    """Money for an instrument and a target.

    Attributes
    ----------
    instrument
        Name of the instrument.
    share
        Share of the policymaker's money of the step.
    target
        Whom it is meant for.
    domains
        Domains that it aims at, taken in turn step by step; empty for none.
    cells
        Sector and place of the clusters whose organisations deliver it; empty for any organisation.
    earmarked
        Whether what a firm gets must be spent on the domain that it is meant for.
    """

    instrument: str
    share: float
    target: Target = GENERIC
    domains: tuple[int, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    earmarked: bool = False

    def domain(self, step: int) -> int:
        """Domain that is in turn at a step, -1 for none."""
        return self.domains[step % len(self.domains)] if self.domains else -1


class Delivery(NamedTuple):
    """What came of an order.

    Attributes
    ----------
    spent
        Money spent, in wages.
    units
        Units delivered.
    success
        Share of units that achieved something, in [0, 1].
    signal
        Noisy observation of a domain's potential (pilots only), else NaN.
    """

    spent: float = 0.0
    units: float = 0.0
    success: float = 0.0
    signal: float = float("nan")


NOTHING = Delivery()
