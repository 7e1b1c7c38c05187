"""A policymaker's money, page by page: what was granted, spent and kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.policy.instruments import INSTRUMENTS
from model.policy.ledger import Ledger


@dataclass
class Entry:
    """What one instrument was granted, spent, kept and delivered in a step."""

    granted: float = 0.0
    spent: float = 0.0
    reserve: float = 0.0
    units: float = 0.0


class ReferenceLedger:
    """One page a step, one entry an instrument."""

    def __init__(self) -> None:
        self.pages: list[dict[str, Entry]] = [{name: Entry() for name in INSTRUMENTS}]
        self.budgets: list[float] = [0.0]

    @classmethod
    def copy_of(cls, ledger: Ledger, step: int) -> ReferenceLedger:
        """Copy a ledger up to a step."""
        copy = cls()
        copy.pages = [
            {name: Entry(*map(float, entry)) for name, entry in zip(INSTRUMENTS, page, strict=True)}
            for page in ledger.entries[: step + 1]
        ]
        copy.budgets = [float(budget) for budget in ledger.budget[: step + 1]]
        return copy

    def open(self, budget: float) -> None:
        """Begin a page: carry over what was kept."""
        before = self.pages[-1]
        self.pages.append({name: Entry(reserve=before[name].reserve) for name in INSTRUMENTS})
        self.budgets.append(budget)

    def grant(self, instrument: str, money: float) -> None:
        """Put money at an instrument's disposal."""
        entry = self.pages[-1][instrument]
        entry.granted += money
        entry.reserve += money

    def available(self, instrument: str) -> float:
        """Money at an instrument's disposal."""
        return self.pages[-1][instrument].reserve

    def spend(self, instrument: str, money: float, units: float) -> None:
        """Spend money on units delivered."""
        entry = self.pages[-1][instrument]
        entry.spent += money
        entry.reserve -= money
        entry.units += units

    def as_array(self) -> NDArray[np.float64]:
        """Entries as the simulation's ledger keeps them, shape (steps so far + 1, instruments, 4)."""
        return np.array([[list(vars(entry).values()) for entry in page.values()] for page in self.pages])
