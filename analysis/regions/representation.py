"""What a run stands for: so many people and firms of a measured region by so many simulated ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.words.document import Words, count, rounded, words
from model.spec.firms import FirmsSpec

USUAL_UNITS = 66_000.0
"""Local units of the median European region, which is represented by as many firms as any other scenario has."""

FEWEST, MOST = 80, 800
"""Firms that stand for the smallest and the largest regions."""


@dataclass(frozen=True)
class Representation:
    """A measured region and what stands for it.

    Attributes
    ----------
    persons
        Persons employed in the domains that are published.
    units
        Firms in which they work: persons over the mean size of a unit, domain by domain.
    firms
        Simulated firms at the start.
    employees
        Their employees, about: sizes are those of the region.
    """

    persons: float
    units: float
    firms: int
    employees: float

    @property
    def weight(self) -> float:
        """Persons for whom one simulated employee stands."""
        return self.persons / self.employees


def firms_for(employment: Sequence[float], unit_size: Sequence[float]) -> int:
    """Choose how many firms stand for those of a region.

    Their mean sizes are those of the region, so that a run is a sample of it. Their number grows with the square
    root of the number of units: a larger region is thicker, and yet takes no more time than a run may take. No region
    is larger than it is.

    Parameters
    ----------
    employment
        Persons employed in each domain.
    unit_size
        Mean size of a unit of each domain.

    Returns
    -------
    int
        Firms, at least one for each domain in which somebody is employed.
    """
    units = units_of(employment, unit_size)
    usual = FirmsSpec().number * math.sqrt(units / USUAL_UNITS)
    return max(sum(persons > 0 for persons in employment), round(min(MOST, max(FEWEST, usual), units)))


def units_of(employment: Sequence[float], unit_size: Sequence[float]) -> float:
    """Count the units of a region: persons over the mean size of a unit, summed over domains."""
    return math.fsum(persons / size for persons, size in zip(employment, unit_size, strict=True))


def representation(scenario: Mapping[str, Any]) -> Representation | None:
    """Say what a run of a scenario stands for.

    Parameters
    ----------
    scenario
        A scenario as plain data, as manifests have it.

    Returns
    -------
    Representation or None
        None where no measured region is simulated.
    """
    measured = scenario.get("knowledge_space", {}).get("measured", {})
    employment = measured.get("employment") or ()
    if not employment or not any(employment):
        return None
    persons, units = math.fsum(employment), units_of(employment, measured["unit_size"])
    firms = int(scenario["firms"]["number"])
    return Representation(persons, units, firms, firms * persons / units)


def in_words(found: Representation) -> Words:
    """Say what a run stands for, in a sentence."""
    each = found.weight
    return words(
        "A run represents ", count(round(found.persons), "represents/persons"), " people in about ",
        rounded(found.units, "represents/units", 3), " firms by ", count(found.firms, "represents/firms"),
        " firms with about ", rounded(found.employees, "represents/employees", 3), " people, each of whom stands for ",
        rounded(each, "represents/weight", 3 if each >= 10 else 2), ".",
    )  # fmt: skip
