"""From what a table says to a set of regions: what is missing is computed, borrowed or left out, and told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.catalogue import shipped
from analysis.regions.importing.codes import NUTS
from analysis.regions.importing.conditions import check_conditions
from analysis.regions.importing.domains import domains_of
from analysis.regions.importing.numbers import numbers_of
from analysis.regions.importing.nuts import known_as, recoded
from analysis.regions.importing.reading import Reading, table_of
from analysis.regions.importing.relatedness import complexity_of, relatedness_of
from analysis.regions.importing.roles import plain
from analysis.regions.importing.sheet import Sheet
from analysis.regions.region_set import CONDITIONS, About, RegionSet
from model.spec.measured import MOST_DOMAINS

LEAST_DOMAINS = 4


@dataclass
class Assembly:
    """A set of regions, and how it came about.

    Attributes
    ----------
    members
        The regions.
    notes
        What was computed, borrowed or assumed.
    dropped
        What was left out and why.
    """

    members: RegionSet
    notes: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def assemble(
    reading: Reading,
    about: About,
    relatedness: Sheet | None = None,
    mapping: Sheet | None = None,
    before: Reading | None = None,
    conditions: Sheet | None = None,
    anchor: str | None = None,
) -> Assembly:
    """Put a set of regions together.

    Parameters
    ----------
    reading
        What the table says.
    about
        Title, measure, period and source.
    relatedness
        Square matrix of relatedness, if there is one.
    mapping
        Table of domains: their sector and, if known, names and mean size of firms.
    before
        An earlier period, if there is one.
    conditions
        Table of what is known of regions, if there is one.
    anchor
        What complexity is to rise with.

    Returns
    -------
    Assembly
        The regions, with notes.

    Raises
    ------
    RequestError
        If they cannot be put together.
    """
    notes, dropped = list(reading.notes), list(reading.dropped)
    amounts = _usable(reading.amounts, dropped)
    if conditions is not None:
        _told_apart(reading, conditions, notes)
    check_conditions(reading, notes)
    nace = not reading.foreign
    domains = domains_of(amounts, mapping, reading.unit_size, notes, nace=nace)
    phi = relatedness_of(amounts, relatedness, notes, nace=nace)
    regions = _regions(amounts, reading, notes)
    domains["complexity"] = complexity_of(amounts, regions, notes, anchor, nace=nace)
    earlier = None if before is None else _earlier(before, amounts, notes)
    members = RegionSet(about, regions, domains, amounts, phi, earlier)
    return Assembly(members, notes, dropped)


def _told_apart(reading: Reading, sheet: Sheet, notes: list[str]) -> None:
    """Read names and conditions of regions from a table of their own."""
    table = table_of(sheet, "region", "regions")
    header = [plain(name) for name in sheet.header]
    known = [name for name in (*CONDITIONS, "name", "country") if name in header]
    if not known:
        raise RequestError(
            f"{sheet.label}: has none of the columns {', '.join(CONDITIONS)}, name, country; name what it says so."
        )
    numbers = numbers_of(sheet)
    for code, row in table.items():
        values = {name: numbers.read(row["row"], header.index(name)) for name in known if name in CONDITIONS}
        reading.conditions.setdefault(code, {}).update(values)
        for name, target in (("name", reading.names), ("country", reading.countries)):
            if row.get(name):
                target[code] = row[name]
    found = [code for code in map(str, reading.amounts.index) if code in table]
    if not found:
        raise RequestError(
            f"{sheet.label}: shares no region with the table; it has {', '.join(list(table)[:6])}."
        )
    notes.append(f"{sheet.label} says {', '.join(known)} of {len(found)} of {len(reading.amounts)} regions.")


def _usable(amounts: pd.DataFrame, dropped: list[str]) -> pd.DataFrame:
    """Leave out domains of which nothing is known, and regions of which too little is."""
    untold = np.asarray(amounts.isna().to_numpy().all(axis=0), np.bool_)
    silent = np.asarray(untold | (amounts.sum(axis=0).to_numpy() == 0), np.bool_)
    for code, empty in zip(amounts.columns[silent], untold[silent], strict=True):
        dropped.append(f"domain {code!r}: {'not published' if empty else 'none'} in any region")
    amounts = amounts.loc[:, ~silent]
    counts = amounts.notna().to_numpy().sum(axis=1)
    few = np.asarray((counts < LEAST_DOMAINS) | (amounts.sum(axis=1).to_numpy() == 0), np.bool_)
    for code, count in zip(amounts.index[few], counts[few], strict=True):
        total = np.nansum(amounts.loc[code].to_numpy(np.float64))
        dropped.append(
            f"region {code!r}: {count} published domains, at least {LEAST_DOMAINS} and not all 0 are needed "
            f"({total:,.12g})"
        )
    amounts = amounts[~few]
    if amounts.shape[1] < LEAST_DOMAINS:
        raise RequestError(
            f"the table has {amounts.shape[1]} domains in which any region has something; a knowledge space needs at "
            f"least {LEAST_DOMAINS}. Is it laid out as you said (--layout), with domains in columns?"
        )
    if amounts.shape[1] > MOST_DOMAINS:
        raise RequestError(
            f"the table has {amounts.shape[1]} domains; at most {MOST_DOMAINS} can be run. Add finer ones up to "
            "coarser ones, such as divisions."
        )
    if amounts.empty:
        raise RequestError("no region is left: each has fewer than 4 published domains, or nothing in any.")
    return amounts


def _regions(amounts: pd.DataFrame, reading: Reading, notes: list[str]) -> pd.DataFrame:
    known = shipped().regions
    rows = {}
    changed = 0
    for code in map(str, amounts.index):
        as_known = code if code in known.index else known_as(code, known.index) if NUTS.match(code) else None
        changed += as_known not in {None, code}
        row: dict[Any, Any] = {} if as_known is None else pd.Series(known.loc[as_known]).to_dict()
        row = {
            key: value
            for key, value in row.items()
            if key in {"name", "name_english", "country", *CONDITIONS}
        }
        row.update(
            {key: value for key, value in reading.conditions.get(code, {}).items() if not np.isnan(value)}
        )
        if code in reading.names:
            row.update({"name": reading.names[code], "name_english": ""})
        if code in reading.countries:
            row["country"] = reading.countries[code]
        rows[code] = {"name": code, **row}
    if changed:
        notes.append(
            f"{changed} regions have other NUTS codes in the European tables, from which their names were taken."
        )
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index.name = "code"
    return table


def _earlier(before: Reading, amounts: pd.DataFrame, notes: list[str]) -> pd.DataFrame:
    table = before.amounts
    shared = {"domain": (amounts.columns, table.columns), "region": (amounts.index, table.index)}
    both = {what: [code for code in now if code in set(then)] for what, (now, then) in shared.items()}
    for what, (_, then) in shared.items():
        if not both[what]:
            first = ", ".join(map(str, then[:6]))
            raise RequestError(f"the earlier period shares no {what} with the table (it has {first}).")
    notes.append(
        f"Of {len(amounts)} regions {len(both['region'])}, of {amounts.shape[1]} domains {len(both['domain'])} are "
        "in both periods."
    )
    changed = recoded([*amounts.index, *table.index])
    if changed:
        notes.append(
            f"Warning: {len(changed)} regions changed their NUTS code between the periods ({changed[0][0]} is now "
            f"{changed[0][1]}); write both tables in one version."
        )
    regions = both["region"]
    return table.loc[regions].reindex(columns=amounts.columns)
