"""Tables whose amounts are known, distorted in the ways in which files of people are."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

DIVISIONS = ("C10", "C11", "C13", "C14", "C16", "C17", "C20", "C22", "C25", "C28", "C29", "C31", "F41", "F42", "G46",
             "G47", "H49", "H52", "I55", "I56", "J58", "J62", "J63", "M69", "M71", "N77", "N79", "S95")  # fmt: skip
NAMES = ("Food, drink, tobacco", "Textiles", "Wood; paper", "Metals", "Machines & tools", "Building", "Retail trade",
         "Software, data", "Hotels", "Transport", "Printing", "Möbel")  # fmt: skip
PLACES = ("Wien", "Kärnten", "Niederösterreich", "Steiermark", "Tirol", "Łódzkie", "Île-de-France", "Castilla y León",
          "Trento, Provincia", "South Ostrobothnia", "Praha", "Zürich", "Alentejo", "Övre Norrland",
          "Attiki")  # fmt: skip


@dataclass
class Draft:
    """A table on its way to a file.

    Attributes
    ----------
    truth
        Amounts that an import should give, NaN where nothing is published.
    written
        Amounts that are in the file, totals included.
    luck
        Source of all choices.
    layout
        ``wide``, ``turned``, ``long``, ``sdmx``, ``oecd``, ``bulk``, ``years``, ``firms`` or ``baci``.
    decimal, thousands, decimals
        How numbers are written.
    missing
        How a blank is written.
    flags
        Flags by place in ``written``.
    flag_column
        Whether flags stand in columns of their own.
    periods
        Further periods: label, and factor on amounts (0: hardly anything is published).
    period
        Label of the period that is right.
    header
        Whether columns are called as offices call them.
    extra
        Columns beside a long table: name, and value by number of the row.
    titles, notes
        Lines above and below.
    file
        Ways of the file: see `benchmarks.made_files`.
    options
        What the user says.
    must_refuse
        Whether the table holds no amounts that could be right.
    done
        Names of distortions.
    """

    truth: pd.DataFrame
    written: pd.DataFrame
    luck: random.Random
    layout: str = "wide"
    decimal: str = "."
    thousands: str = ""
    decimals: int | None = None
    suffix: str = ""
    missing: str = ""
    flags: dict[tuple[str, str], str] = field(default_factory=dict)
    flag_column: bool = False
    withheld_as_zero: set[tuple[str, str]] = field(default_factory=set)
    periods: list[tuple[str, float]] = field(default_factory=list)
    period: str = "2022"
    known_header: bool = True
    extra: dict[str, Callable[[int], str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    file: set[str] = field(default_factory=set)
    options: dict[str, Any] = field(default_factory=dict)
    must_refuse: bool = False
    done: list[str] = field(default_factory=list)

    @property
    def long(self) -> bool:
        """Whether every amount has a row of its own."""
        return self.layout in {"long", "sdmx", "oecd"}


def draft(luck: random.Random) -> Draft:
    """Make a table of random regions, domains and amounts."""
    count = luck.choice([1, 2, 3, 5, 8, 12, 15, 36])
    regions = _regions(luck, count)
    domains = _domains(luck)
    rng = np.random.default_rng(luck.getrandbits(32))
    scale = luck.choice([3.0, 40.0, 900.0, 4000.0, 4000.0, 4000.0, 2e6])
    amounts = np.round(rng.lognormal(np.log(scale), luck.choice([0.6, 1.2]), (len(regions), len(domains))))
    amounts[rng.random(amounts.shape) < luck.choice([0, 0, 0.1, 0.3])] = 0
    amounts[0, 0] = scale
    amounts[rng.random(amounts.shape) < luck.choice([0, 0, 0.05, 0.2])] = np.nan
    truth = pd.DataFrame(amounts, regions, domains)
    layout = luck.choice(
        ["wide", "wide", "wide", "turned", "long", "long", "sdmx", "oecd", "bulk", "years", "firms"]
    )
    made = Draft(truth, truth.copy(), luck, layout)
    if layout == "turned" and domains[0] not in DIVISIONS:
        made.layout = "wide"
    return made


def _regions(luck: random.Random, count: int) -> list[str]:
    kind = luck.choice(["nuts", "nuts", "places", "counted", "stem", "digits"])
    if kind == "places" and count <= len(PLACES):
        return luck.sample(PLACES, count)
    if kind == "counted":
        return [f"R{number}" for number in range(1, count + 1)]
    if kind == "stem":
        return [f"QX{number}" for number in range(1, count + 1)]
    if kind == "digits":
        return [f"{number:02d}0{luck.randrange(10)}1" for number in luck.sample(range(1, 99), count)]
    codes = [f"{land}{first}{second}" for land in ("AT", "CZ", "PT") for first in "1234" for second in "1234"]
    return sorted(luck.sample(codes, count))


def _domains(luck: random.Random) -> list[str]:
    kind = luck.choice(["nace", "nace", "nace", "names", "own"])
    count = luck.choice([4, 6, 8, 12])
    if kind == "names":
        return luck.sample(NAMES, count)
    if kind == "own":
        return [f"D{number}" for number in range(1, count + 1)]
    return sorted(luck.sample(DIVISIONS, luck.choice([5, 8, 12, 20])))
