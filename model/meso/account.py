"""The account of a meso-organisation: what it received, spent and kept, by step."""

from __future__ import annotations

import numpy as np

FUNDING, COMMISSIONED, SPENT_OWN, SPENT_COMMISSIONED, KEPT, UNITS, CLIENTS, STANDING = range(8)
ENTRIES: tuple[str, ...] = (
    "funding",
    "commissioned",
    "spent_own",
    "spent_commissioned",
    "kept",
    "units",
    "clients",
    "standing",
)
"""Entries of an account by number; the first five are money, in wages."""


class Account:
    """Money and deliveries of one meso-organisation.

    In every step kept before + funding + commissioned = spent (own and commissioned) + kept.

    Parameters
    ----------
    steps
        Horizon.
    """

    def __init__(self, steps: int) -> None:
        self.entries = np.zeros((steps + 1, len(ENTRIES)))
        self.kept = 0.0

    def open(self, step: int, funding: float) -> None:
        """Begin a step: carry over what was kept, and receive funding.

        Parameters
        ----------
        step
            Step that begins.
        funding
            Money of its own, in wages.
        """
        self.entries[step, FUNDING] = funding
        self.kept += funding

    def commission(self, step: int, spent: float, units: float) -> None:
        """Receive from a policymaker what was spent on an order; it passes through.

        Parameters
        ----------
        step
            Current step.
        spent, units
            Money spent, in wages, and units delivered for it.
        """
        entry = self.entries[step]
        entry[COMMISSIONED] += spent
        entry[SPENT_COMMISSIONED] += spent
        entry[UNITS] += units

    def spend(self, step: int, spent: float, units: float) -> None:
        """Spend money of its own.

        Parameters
        ----------
        step
            Current step.
        spent, units
            Money spent, in wages, and units delivered for it.
        """
        entry = self.entries[step]
        entry[SPENT_OWN] += spent
        entry[UNITS] += units
        self.kept -= spent

    def close(self, step: int, clients: float, standing: float) -> None:
        """End a step: note what is kept, who was served, and the standing that this left.

        Parameters
        ----------
        step
            Step that ends.
        clients
            Firms that learn from it in this step.
        standing
            Standing with firms.
        """
        entry = self.entries[step]
        entry[KEPT] = self.kept
        entry[CLIENTS] = clients
        entry[STANDING] = standing
