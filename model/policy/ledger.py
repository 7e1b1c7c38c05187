"""The ledger of a policymaker: what it was granted, spent and kept, by step and instrument."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.policy.instruments import INSTRUMENTS

Floats = NDArray[np.float64]
GRANTED, SPENT, RESERVE, UNITS = range(4)
INSTRUMENT_NUMBERS: dict[str, int] = {name: number for number, name in enumerate(INSTRUMENTS)}


class Ledger:
    """Money of one policymaker; in every step and for every instrument granted + kept before = spent + kept.

    Parameters
    ----------
    steps
        Horizon.
    """

    def __init__(self, steps: int) -> None:
        self.entries = np.zeros((steps + 1, len(INSTRUMENT_NUMBERS), 4))
        self.budget = np.zeros(steps + 1)
        self.spent = 0.0

    def open(self, step: int, budget: float) -> None:
        """Begin a step: carry over what was kept.

        Parameters
        ----------
        step
            Step that begins.
        budget
            Budget of the step.
        """
        self.budget[step] = budget
        self.spent = 0.0
        if step > 0:
            self.entries[step, :, RESERVE] = self.entries[step - 1, :, RESERVE]

    def grant(self, step: int, money: Floats) -> None:
        """Put money at the disposal of instruments.

        Parameters
        ----------
        step
            Current step.
        money
            Money for each instrument, by number.
        """
        entries = self.entries[step]
        entries[:, GRANTED] += money
        entries[:, RESERVE] += money

    def available(self, step: int) -> list[float]:
        """Money at the disposal of each instrument, by number."""
        reserve: list[float] = self.entries[step, :, RESERVE].tolist()
        return reserve

    def spend(self, step: int, instrument: str, money: float, units: float) -> None:
        """Spend money on units delivered."""
        entry = self.entries[step, INSTRUMENT_NUMBERS[instrument]]
        entry[SPENT] += money
        self.spent += money
        entry[RESERVE] -= money
        entry[UNITS] += units
