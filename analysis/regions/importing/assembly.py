"""From what a table says to a set of regions: what is missing is computed, borrowed or left out, and told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.catalogue import shipped
from analysis.regions.importing.domains import domains_of
from analysis.regions.importing.reading import Reading
from analysis.regions.importing.relatedness import complexity_of, relatedness_of
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
    amounts = _usable(_in_european_codes(reading.amounts, notes), dropped)
    domains = domains_of(amounts, mapping, reading.unit_size, notes)
    phi = relatedness_of(amounts, relatedness, notes)
    regions = _regions(amounts, reading)
    domains["complexity"] = complexity_of(amounts, regions, notes)
    earlier = None if before is None else _earlier(before, amounts, notes)
    members = RegionSet(about, regions, domains, amounts, phi, earlier)
    return Assembly(members, notes, dropped)


def _in_european_codes(amounts: pd.DataFrame, notes: list[str]) -> pd.DataFrame:
    """Write divisions of NACE as the European tables do, if all domains are such: 28 as C28."""
    known = {str(code)[1:]: str(code) for code in shipped().domains.index}
    codes = [str(code).strip() for code in amounts.columns]
    padded = [code.zfill(2) if code.isdigit() else code for code in codes]
    if codes and all(code in known for code in padded):
        notes.append("Domains are numbers of NACE divisions; they were given their letters (28 became C28).")
        return amounts.set_axis([known[code] for code in padded], axis="columns")
    return amounts


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
        dropped.append(
            f"region {code!r}: {count} published domains, at least {LEAST_DOMAINS} and not all 0 are needed"
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


def _regions(amounts: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    known = shipped().regions
    rows = {}
    for code in map(str, amounts.index):
        row: dict[Any, Any] = pd.Series(known.loc[code]).to_dict() if code in known.index else {}
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
        rows[code] = {"name": code, **row}
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index.name = "code"
    return table


def _earlier(before: Reading, amounts: pd.DataFrame, notes: list[str]) -> pd.DataFrame:
    table = _in_european_codes(before.amounts, [])
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
    regions = both["region"]
    return table.loc[regions].reindex(columns=amounts.columns)
