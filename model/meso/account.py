"""The account of a meso-organisation: what it received, spent and kept, by step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
_NOTHING = (0.0,) * (len(ENTRIES) - 1)


class Account:
    """Money and deliveries of one meso-organisation.

    In every step kept before + funding + commissioned = spent (own and commissioned) + kept.

    Parameters
    ----------
    steps
        Horizon.
    """

    def __init__(self, steps: int) -> None:
        self.kept = 0.0
        self._steps = steps
        self._rows: dict[int, list[float]] = {}

    @property
    def entries(self) -> NDArray[np.float64]:
        """Entries by step, shape (steps + 1, 8); zeros where the organisation did not exist."""
        made = np.zeros((self._steps + 1, len(ENTRIES)))
        if self._rows:
            made[list(self._rows)] = list(self._rows.values())
        return made

    def open(self, step: int, funding: float) -> None:
        """Begin a step: carry over what was kept, and receive funding.

        Parameters
        ----------
        step
            Step that begins.
        funding
            Money of its own, in wages.
        """
        self._rows[step] = [funding, *_NOTHING]
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
        entry = self._rows[step]
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
        entry = self._rows[step]
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
        entry = self._rows[step]
        entry[KEPT] = self.kept
        entry[CLIENTS] = clients
        entry[STANDING] = standing
