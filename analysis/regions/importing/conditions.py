"""Whether conditions of regions are in the units in which they are used: persons, euros a head, percent."""

from __future__ import annotations

import numpy as np

from analysis.errors import RequestError
from analysis.regions.importing.reading import Reading

LEAST_INCOME = 500.0
"""Euros a head and year below which no region of any country is in the tables of Eurostat or the OECD."""


def check_conditions(reading: Reading, notes: list[str]) -> None:
    """Refuse conditions that cannot be in the unit in which they are used, and remark on those that hardly are.

    Raises
    ------
    RequestError
        If a share is above all that there is.
    """
    known: dict[str, dict[str, float]] = {}
    for code, told in reading.conditions.items():
        for name, number in told.items():
            if np.isfinite(number):
                known.setdefault(name, {})[code] = number
    idle = known.get("unemployment", {})
    above = next((code for code, number in idle.items() if number > 100), None)
    if above is not None:
        raise RequestError(
            f"unemployment of region {above!r} is {idle[above]:,.12g}; it is taken in percent of those who work or "
            "look for work, not in persons."
        )
    if idle and max(idle.values()) < 1:
        notes.append(
            "Warning: unemployment is below 1% everywhere; it is taken in percent, so that 0.05 is 0.05%."
        )
    for name in ("gdp_per_head", "household_income"):
        incomes = list(known.get(name, {}).values())
        if incomes and np.median(incomes) < LEAST_INCOME:
            notes.append(
                f"Warning: {name} is {np.median(incomes):,.6g} at the median; it is taken in euros (or purchasing "
                "power standards), not in thousands."
            )
    people = known.get("population", {})
    work = {
        str(code): float(np.nansum(row))
        for code, row in zip(reading.amounts.index, reading.amounts.to_numpy(), strict=True)
    }
    both = [code for code in people if code in work]
    if reading.measure in {"", "employment"} and both and np.mean([people[c] < work[c] for c in both]) > 0.5:
        notes.append(
            f"Warning: most regions have fewer people than work there ({both[0]}: {people[both[0]]:,.12g} and "
            f"{work[both[0]]:,.12g}); population is taken in persons, not in thousands."
        )
