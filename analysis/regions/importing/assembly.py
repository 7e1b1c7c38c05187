"""From what a table says to a set of regions: what is missing is computed, borrowed or left out, and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions import measures
from analysis.regions.catalogue import shipped
from analysis.regions.importing.layouts import DOMAIN, Reading, table_of
from analysis.regions.importing.numbers import Numbers
from analysis.regions.importing.sheet import Sheet
from analysis.regions.nace import LONGEST
from analysis.regions.priors import LEAST_REGIONS
from analysis.regions.region_set import CONDITIONS, About, RegionSet
from model.spec.firms import FirmsSpec
from model.spec.measured import MOST_DOMAINS
from model.spec.problem import nearest

LEAST_DOMAINS = 4
SYMMETRY = 1e-3
TELLING = 0.58
"""Share of domains that a region must publish to count in relatedness and complexity: 40 of 68."""


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
    domains = _domains(amounts, mapping, reading.unit_size, notes)
    phi = _relatedness(amounts, relatedness, notes)
    regions = _regions(amounts, reading)
    domains["complexity"] = _complexity(amounts, regions, notes)
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


def _domains(
    amounts: pd.DataFrame, mapping: Sheet | None, unit_size: Mapping[str, float], notes: list[str]
) -> pd.DataFrame:
    given = {} if mapping is None else _mapped(mapping, amounts.columns)
    european = shipped().domains
    rows = []
    for code in map(str, amounts.columns):
        known: dict[Any, Any] = pd.Series(european.loc[code]).to_dict() if code in european.index else {}
        row = {
            **known,
            **{key: value for key, value in given.get(code, {}).items() if value not in {"", None}},
        }
        sector = str(row.get("sector", "")) or code[:1].upper()
        rows.append(
            {
                "name": str(row.get("name", code))[:LONGEST].strip() or code,
                "sector": sector,
                "sector_name": str(row.get("sector_name", "")) if row.get("sector") == sector else sector,
                "unit_size": unit_size.get(code, row.get("unit_size", FirmsSpec().mean_size)),
            }
        )
    table = pd.DataFrame(rows, index=pd.Index(map(str, amounts.columns), name="code"))
    table["sector_name"] = table["sector_name"].replace("", np.nan).fillna(table["sector"])
    doubled = table["name"].duplicated(keep=False)
    table.loc[doubled, "name"] = [
        f"{code} {name}"[:LONGEST].strip() for code, name in table[doubled]["name"].items()
    ]
    foreign = [code for code in table.index if code not in european.index and code not in given]
    if foreign:
        notes.append(
            f"{len(foreign)} domains have no sector in a mapping and are no NACE divisions ({foreign[0]} ...): their "
            "sector is the first letter of their code. Give --sectors for others."
        )
    unsized = [code for code in foreign if code not in unit_size]
    if unsized:
        notes.append(
            f"{len(unsized)} domains have no mean size of firms; {FirmsSpec().mean_size:g} was taken."
        )
    if table["sector"].nunique() > MOST_SECTORS:
        raise RequestError(
            f"the domains fall into {table['sector'].nunique()} sectors; at most {MOST_SECTORS} can be run. Give "
            "broader ones with --sectors."
        )
    return table


MOST_SECTORS = 64


def _mapped(mapping: Sheet, codes: pd.Index) -> dict[str, dict[str, Any]]:
    """Read a table of domains."""
    table = table_of(mapping, tuple(name for name in DOMAIN if name != "sector"), "domains")
    if not any("sector" in row for row in table.values()):
        raise RequestError(f"{mapping.label}: has no column 'sector'; say in which sector each domain is.")
    missing = [str(code) for code in codes if str(code) not in table]
    if missing:
        meant = nearest(missing[0], table)
        hint = f" (it has {meant!r})" if meant else ""
        raise RequestError(
            f"{mapping.label}: domain {missing[0]!r} of the table has no row{hint}; {len(missing)} are missing."
        )
    numbers = Numbers(mapping)
    plain = [name.strip().casefold() for name in mapping.header]
    for code, row in table.items():
        if not row.get("sector"):
            raise RequestError(f"{mapping.label}: domain {code!r} has no sector; give it one.")
        if row.get("unit_size"):
            row["unit_size"] = max(1.0, numbers.read(row["row"], plain.index("unit_size")))
    return table


def _relatedness(amounts: pd.DataFrame, given: Sheet | None, notes: list[str]) -> pd.DataFrame:
    codes = pd.Index(map(str, amounts.columns), name="code")
    if given is not None:
        notes.append("Relatedness is the matrix that was given.")
        return _matrix(given, codes)
    if len(amounts) >= LEAST_REGIONS:
        notes.append(
            f"Relatedness is proximity by co-location in the {len(amounts)} regions (Hidalgo et al. 2007)."
        )
        special = measures.specialised(
            measures.location_quotient(amounts.to_numpy(np.float64)[_telling(amounts)])
        )
        return pd.DataFrame(measures.proximity(special), codes, codes)
    european = shipped().relatedness
    if codes.isin(european.index).all():
        notes.append(
            f"{len(amounts)} regions are too few to compute relatedness from (at least {LEAST_REGIONS}): it is that of "
            "NACE divisions in Europe."
        )
        return european.loc[codes, codes]
    strange = next(code for code in codes if code not in european.index)
    raise RequestError(
        f"relatedness cannot be had: {len(amounts)} regions are too few to compute it from (at least {LEAST_REGIONS}), "
        f"and domain {strange!r} is no NACE division of which it is known. Give a matrix with --relatedness."
    )


def _telling(amounts: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Regions of which enough is published to count in relatedness and complexity, or all if hardly any."""
    enough = np.asarray(amounts.notna().to_numpy().mean(axis=1) >= TELLING, np.bool_)
    return enough if enough.sum() >= LEAST_REGIONS else np.ones(len(amounts), np.bool_)


def _matrix(sheet: Sheet, codes: pd.Index) -> pd.DataFrame:
    """Read a square matrix; its diagonal is left out."""
    numbers = Numbers(sheet)
    columns = {name: place for place, name in enumerate(sheet.header) if place > 0}
    rows = {cells[0]: place for place, cells in enumerate(sheet.rows)}
    for code in codes:
        for what, known in (("row", rows), ("column", columns)):
            if code not in known:
                meant = nearest(str(code), known)
                hint = f" (it has {meant!r})" if meant else ""
                raise RequestError(
                    f"{sheet.label}: has no {what} for domain {code!r}{hint}; every domain needs one."
                )
    table = np.zeros((len(codes), len(codes)))
    for i, one in enumerate(codes):
        for j, other in enumerate(codes):
            if i == j:
                continue
            value = numbers.read(rows[one], columns[other])
            place = sheet.place(rows[one], columns[other])
            if np.isnan(value):
                raise RequestError(f"{place}: is blank; write 0 if the two are not related.")
            if value > 1:
                raise RequestError(f"{place}: {value:g} must be from 0 to 1; divide all by the largest.")
            table[i, j] = value
    apart = np.argwhere(np.abs(table - table.T) > SYMMETRY)
    if len(apart):
        i, j = apart[0]
        raise RequestError(
            f"{sheet.label}: {codes[i]} to {codes[j]} is {table[i, j]:g}, back it is {table[j, i]:g}; relatedness has "
            "no direction, take the smaller or the mean of both."
        )
    return pd.DataFrame((table + table.T) / 2, codes, codes)


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


def _complexity(amounts: pd.DataFrame, regions: pd.DataFrame, notes: list[str]) -> np.ndarray[Any, Any]:
    european = shipped().domains["complexity"]
    codes = pd.Index(map(str, amounts.columns))
    if len(amounts) >= LEAST_REGIONS:
        income = next(
            (regions[name] for name in ("gdp_per_head", "household_income") if name in regions), None
        )
        known = (
            None
            if income is None or income.notna().sum() < LEAST_REGIONS // 2
            else np.log(income.to_numpy(float))
        )
        special = measures.specialised(measures.location_quotient(amounts.to_numpy(np.float64)))
        try:
            _, pci = measures.complexity(special, known)
        except ValueError as error:
            notes.append(f"Complexity cannot be computed ({error}): all domains count as equally complex.")
            return np.zeros(len(codes))
        sign = (
            "income of regions"
            if known is not None
            else "diversity, as no income is known: check that it makes sense"
        )
        notes.append(
            f"Complexity is that of the method of reflections in these regions; it rises with {sign}."
        )
        return np.nan_to_num(pci, nan=0.0)
    if codes.isin(european.index).all():
        notes.append("Complexity is that of NACE divisions in Europe.")
        return european.loc[codes].to_numpy()
    notes.append(
        "Complexity is not known, as there are too few regions: all domains count as equally complex."
    )
    return np.zeros(len(codes))


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
