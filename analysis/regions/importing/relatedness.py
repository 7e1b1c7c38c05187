"""How the domains of a table are related, and how complex they are: given, computed or borrowed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions import measures
from analysis.regions.catalogue import shipped
from analysis.regions.importing.codes import are_division_numbers
from analysis.regions.importing.numbers import numbers_of
from analysis.regions.importing.sheet import Sheet
from analysis.regions.priors import LEAST_REGIONS
from analysis.regions.region_set import CONDITIONS
from model.spec.problem import nearest

SYMMETRY = 1e-3
WEAK = 0.2
"""Correlation below which an anchor hardly tells the sign of complexity."""

TELLING = 0.58
"""Share of domains that a region must publish to count in relatedness and complexity: 40 of 68."""


def relatedness_of(
    amounts: pd.DataFrame, given: Sheet | None, notes: list[str], *, nace: bool = True
) -> pd.DataFrame:
    """Take relatedness as it was given, or compute it, or borrow it from Europe.

    Parameters
    ----------
    amounts
        Regions x domains.
    given
        Square matrix, if there is one.
    notes
        Told which.
    nace
        Whether codes that divisions of NACE have are such.

    Returns
    -------
    pandas.DataFrame
        Domains x domains.

    Raises
    ------
    RequestError
        If the matrix is wrong, or there is no way to have one.
    """
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
    if nace and codes.isin(european.index).all():
        notes.append(
            f"{len(amounts)} regions are too few to compute relatedness from (at least {LEAST_REGIONS}): it is that of "
            "NACE divisions in Europe."
        )
        return european.loc[codes, codes]
    strange = next(code for code in codes if not nace or code not in european.index)
    raise RequestError(
        f"relatedness cannot be had: {len(amounts)} regions are too few to compute it from (at least {LEAST_REGIONS}), "
        f"and domain {strange!r} is no NACE division of which it is known{_said(codes)}. Give a matrix with "
        "--relatedness."
    )


def _telling(amounts: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Regions of which enough is published to count in relatedness and complexity, or all if hardly any."""
    enough = np.asarray(amounts.notna().to_numpy().mean(axis=1) >= TELLING, np.bool_)
    return enough if enough.sum() >= LEAST_REGIONS else np.ones(len(amounts), np.bool_)


def _matrix(sheet: Sheet, codes: pd.Index) -> pd.DataFrame:
    """Read a square matrix; its diagonal is left out."""
    numbers = numbers_of(sheet)
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


def _said(codes: pd.Index) -> str:
    """Remind of the classification where all domains are numbers that divisions have."""
    return (
        " (numbers are taken for NACE with --classification nace)"
        if are_division_numbers(list(codes))
        else ""
    )


def complexity_of(
    amounts: pd.DataFrame,
    regions: pd.DataFrame,
    notes: list[str],
    anchor: str | None = None,
    *,
    nace: bool = True,
) -> np.ndarray[Any, Any]:
    """Compute complexity of domains where there are enough regions, or borrow it from Europe.

    Parameters
    ----------
    amounts
        Regions x domains.
    regions
        What is known of regions: where income is, complexity rises with it.
    notes
        Told which, and how complexity of regions goes with their diversity.
    anchor
        What complexity of regions is to rise with: a condition of regions, or ``diversity``.
    nace
        Whether codes that divisions of NACE have are such.

    Returns
    -------
    numpy.ndarray
        Shape (domains,); zeros where nothing is known.

    Raises
    ------
    RequestError
        If the anchor is not known of enough regions.
    """
    european = shipped().domains["complexity"]
    codes = pd.Index(map(str, amounts.columns))
    if len(amounts) >= LEAST_REGIONS:
        name, known = _anchor(regions, anchor)
        special = measures.specialised(measures.location_quotient(amounts.to_numpy(np.float64)))
        try:
            eci, pci = measures.complexity(special, known)
        except ValueError as error:
            notes.append(f"Complexity cannot be computed ({error}): all domains count as equally complex.")
            return np.zeros(len(codes))
        notes.append(_signed(name, known, eci, special))
        return np.nan_to_num(pci, nan=0.0)
    if anchor is not None:
        raise RequestError(
            f"--anchor {anchor}: complexity is not computed from {len(amounts)} regions (at least "
            f"{LEAST_REGIONS}); leave it out."
        )
    if nace and codes.isin(european.index).all():
        notes.append("Complexity is that of NACE divisions in Europe.")
        return european.loc[codes].to_numpy()
    notes.append(
        "Complexity is not known, as there are too few regions: all domains count as equally complex."
    )
    return np.zeros(len(codes))


def _anchor(regions: pd.DataFrame, asked: str | None) -> tuple[str, np.ndarray[Any, Any] | None]:
    """Choose what complexity rises with: what the user says, income where it is known, or diversity."""
    if asked == "diversity":
        return "diversity", None
    names = (asked,) if asked is not None else ("gdp_per_head", "household_income")
    for name in names:
        values = regions[name].to_numpy(np.float64) if name in CONDITIONS and name in regions else np.empty(0)
        if np.isfinite(values).sum() >= LEAST_REGIONS // 2:
            # Incomes and patents are compared by ratio; logarithms keep a few rich regions from deciding.
            return name, values if name == "unemployment" else np.log(np.where(values > 0, values, np.nan))
    if asked is not None:
        raise RequestError(
            f"--anchor {asked}: must be diversity, or one of {', '.join(CONDITIONS)} that is known of at least "
            f"{LEAST_REGIONS // 2} regions (a column of the table, or of --conditions)."
        )
    return "diversity", None


def _signed(
    name: str, known: np.ndarray[Any, Any] | None, eci: np.ndarray[Any, Any], special: np.ndarray[Any, Any]
) -> str:
    diversity = special.sum(axis=1).astype(np.float64)
    told = f"its correlation with diversity is {_correlation(eci, diversity):.2f}"
    if known is None:
        told += (
            ", as no income is known, or you said so: check that it makes sense"
            if abs(_correlation(eci, diversity)) >= WEAK
            else (", too little to tell its sign; give what it is to rise with by --conditions and --anchor")
        )
    else:
        told += f", with {name} {_correlation(eci, known):.2f}"
        if abs(_correlation(eci, known)) < WEAK:
            told += ", too little to tell its sign"
    return f"Complexity is that of the method of reflections in these regions; it rises with {name}; {told}."


def _correlation(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    known = np.isfinite(one) & np.isfinite(other)
    if known.sum() < 3 or not np.ptp(one[known]) or not np.ptp(other[known]):
        return 0.0
    return float(np.corrcoef(one[known], other[known])[0, 1])
