"""The ledger of a policymaker: what it was granted, spent and kept, by step and instrument."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.policy.instruments import INSTRUMENTS

Floats = NDArray[np.float64]
GRANTED, SPENT, RESERVE, UNITS = range(4)
INSTRUMENT_NUMBERS: dict[str, int] = {name: number for number, name in enumerate(INSTRUMENTS)}
_NOTHING_KEPT = (0.0,) * len(INSTRUMENT_NUMBERS)


class Ledger:
    """Money of one policymaker; in every step and for every instrument granted + kept before = spent + kept.

    Parameters
    ----------
    steps
        Horizon.
    """

    def __init__(self, steps: int) -> None:
        self.budget = np.zeros(steps + 1)
        self.spent = 0.0
        self._steps = steps
        self._pages: dict[int, list[list[float]]] = {}

    @property
    def entries(self) -> Floats:
        """Entries by step and instrument, shape (steps + 1, instruments, 4)."""
        made = np.zeros((self._steps + 1, len(INSTRUMENT_NUMBERS), 4))
        if self._pages:
            made[list(self._pages)] = list(self._pages.values())
        return made

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
        before = self._pages.get(step - 1)
        kept = [line[RESERVE] for line in before] if before else _NOTHING_KEPT
        self._pages[step] = [[0.0, 0.0, reserve, 0.0] for reserve in kept]

    def grant(self, step: int, instrument: int, money: float) -> None:
        """Put money at the disposal of an instrument.

        Parameters
        ----------
        step
            Current step.
        instrument
            Its number.
        money
            Money, in wages.
        """
        line = self._pages[step][instrument]
        line[GRANTED] += money
        line[RESERVE] += money

    def available(self, step: int) -> list[float]:
        """Money at the disposal of each instrument, by number."""
        return [line[RESERVE] for line in self._pages[step]]

    def spend(self, step: int, instrument: str, money: float, units: float) -> None:
        """Spend money on units delivered."""
        line = self._pages[step][INSTRUMENT_NUMBERS[instrument]]
        line[SPENT] += money
        self.spent += money
        line[RESERVE] -= money
        line[UNITS] += units
