"""What is known of the domains of a table: names, sectors, sizes of firms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.catalogue import shipped
from analysis.regions.importing.numbers import numbers_of
from analysis.regions.importing.reading import table_of
from analysis.regions.importing.roles import plain
from analysis.regions.importing.sheet import Sheet
from analysis.regions.nace import LONGEST
from model.spec.firms import FirmsSpec
from model.spec.problem import nearest

MOST_SECTORS = 64


def domains_of(
    amounts: pd.DataFrame,
    mapping: Sheet | None,
    unit_size: Mapping[str, float],
    notes: list[str],
    *,
    nace: bool = True,
) -> pd.DataFrame:
    """Say of each domain what it is called, in which sector it is and how large its firms are.

    Parameters
    ----------
    amounts
        Regions x domains.
    mapping
        Table of domains, if there is one.
    unit_size
        Mean size of firms by domain, where firms were listed.
    notes
        Told what was borrowed or assumed.
    nace
        Whether codes that divisions of NACE have are such.

    Returns
    -------
    pandas.DataFrame
        One row a domain.

    Raises
    ------
    RequestError
        If the mapping lacks something, or there are too many sectors.
    """
    given = {} if mapping is None else _mapped(mapping, amounts.columns)
    european = shipped().domains if nace else shipped().domains.iloc[:0]
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


def _mapped(mapping: Sheet, codes: pd.Index) -> dict[str, dict[str, Any]]:
    """Read a table of domains."""
    table = table_of(mapping, "domain", "domains")
    if not any("sector" in row for row in table.values()):
        raise RequestError(f"{mapping.label}: has no column 'sector'; say in which sector each domain is.")
    missing = [str(code) for code in codes if str(code) not in table]
    if missing:
        meant = nearest(missing[0], table)
        hint = f" (it has {meant!r})" if meant else ""
        raise RequestError(
            f"{mapping.label}: domain {missing[0]!r} of the table has no row{hint}; {len(missing)} are missing."
        )
    numbers = numbers_of(mapping)
    names = [plain(name) for name in mapping.header]
    for code, row in table.items():
        if not row.get("sector"):
            raise RequestError(f"{mapping.label}: domain {code!r} has no sector; give it one.")
        if row.get("unit_size"):
            row["unit_size"] = max(1.0, numbers.read(row["row"], names.index("unit_size")))
    return table
