"""What numbers mean: amounts, or shares, zeros and ones, quotients, units that differ."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.regions.importing.options import Options
from analysis.regions.importing.sums import Floats, grain

LEAST = 3
"""Regions or domains from which on equal sums are no accident."""

_UNITS = 20.0


def check_meaning(
    label: str, amounts: pd.DataFrame, options: Options, *, percent: bool, counted: bool
) -> None:
    """Refuse a table that seems to hold something else than amounts, unless the user said yes.

    Parameters
    ----------
    label
        Name of the file, for messages.
    amounts
        Regions x domains, without totals.
    options
        What the user accepts.
    percent
        Whether a workbook shows its numbers as percentages.
    counted
        Whether amounts were counted from a list, so that zeros and ones are amounts.

    Raises
    ------
    RequestError
        If there is a doubt that was not accepted.
    """
    table = amounts.to_numpy(np.float64)
    known = table[np.isfinite(table)]
    if known.size < 4 or not known.any():
        return
    what = "give amounts, such as persons employed."
    if percent:
        options.doubt(
            "shares", f"{label}: the numbers are formatted as percentages, so they are shares; {what}"
        )
    for axis, each in ((1, "region"), (0, "domain")):
        base = _equal_sums(table, axis)
        if base:
            options.doubt("shares", f"{label}: every {each} sums to {base:.4g}, so these are shares; {what}")
    if _parts_of_shares(table):
        options.doubt(
            "shares",
            f"{label}: every region sums to somewhat less than 100 (or 1) in numbers with decimals, as shares do of "
            f"which some are left out; {what}",
        )
    if known.max() <= 1 and (known != np.round(known)).any():
        options.doubt("shares", f"{label}: no number is above 1, so these are shares or an index; {what}")
    if not counted and known.size >= 12 and set(np.unique(known)) <= {0.0, 1.0}:
        options.doubt(
            "binary",
            f"{label}: all numbers are 0 or 1, which says where something is and not how much; {what}",
        )
    if _quotients(table):
        options.doubt(
            "quotients",
            f"{label}: regions and domains have means near 1, as location quotients and indices do; {what}",
        )
    if _ranks(table):
        options.doubt(
            "ranks",
            f"{label}: every domain, or every region, has the numbers from 1 on; these are ranks; {what}",
        )
    _check_units(label, amounts, options)
    _check_sentinels(label, known, options)


def _equal_sums(table: Floats, axis: int) -> float:
    """Give the sum that all regions (or domains) have; 0 if they differ, or too few say it."""
    full = table[np.isfinite(table).all(axis=1)] if axis == 1 else table[:, np.isfinite(table).all(axis=0)]
    sums = np.asarray(full.sum(axis=axis), np.float64)
    parts = full.shape[axis]
    if len(sums) < 2 or parts < LEAST or not (sums > 0).all():
        return 0.0
    # Two sums of rounded parts differ by twice as much as each from the truth.
    room = grain(full) * parts
    base = float(np.median(sums))
    close = np.abs(sums - base) <= max(room, 1e-6 * base)
    known = any(abs(base - usual) <= max(min(room, 0.05 * usual), 0.005 * usual) for usual in (1, 100, 1000))
    # Sums of whole numbers agree by accident where they are small.
    telling = base / max(room, 1e-6 * base) > 20 or (known and len(sums) >= 5 and base > 50)
    enough = len(sums) >= LEAST or known
    exact = base in (100, 1000) and bool((sums == base).all()) and len(sums) >= LEAST
    return base if exact or (close.mean() >= 0.9 and enough and telling and full.any()) else 0.0


def _parts_of_shares(table: Floats) -> bool:
    """Whether numbers with decimals sum to somewhat less than a whole in every region."""
    known = np.isfinite(table)
    if known.mean() < 0.6 or min(table.shape) < LEAST or np.mean((table == np.round(table))[known]) > 0.5:
        return False
    sums = np.nansum(table, axis=1)
    return any(((sums > 0.5 * base) & (sums < 1.005 * base)).all() for base in (1, 100))


def _ranks(table: Floats) -> bool:
    """Whether each column, or each row, holds the numbers from 1 on, each once."""
    return any(
        len(each) > LEAST
        and each.shape[1] > 1
        and bool((np.sort(each, axis=0) == np.arange(1.0, len(each) + 1)[:, None]).all())
        for each in (table, table.T)
    )


def _quotients(table: Floats) -> bool:
    known = table[np.isfinite(table)]
    if np.mean(known == np.round(known)) > 0.5 or min(table.shape) < LEAST:
        return False
    with np.errstate(all="ignore"):
        means = [np.nansum(table, axis=axis) / np.isfinite(table).sum(axis=axis) for axis in (0, 1)]
    for low, high in ((0.4, 2.5), (80.0, 125.0)):
        if all(np.mean((each > low) & (each < high)) >= 0.8 for each in means):
            return True
    return False


def _check_units(label: str, amounts: pd.DataFrame, options: Options) -> None:
    """Refuse a domain, or a region, that is written in another unit than all others."""
    for what, table in (("domain", amounts), ("region", amounts.T)):
        values = table.to_numpy(np.float64)
        if values.shape[1] < 4:
            continue
        for place, code in enumerate(table.columns):
            own, others = values[:, place], np.delete(values, place, axis=1)
            own, others = own[own > 0], others[others > 0]
            if len(own) < LEAST or len(others) < 6:
                continue
            ratio = float(np.median(own) / np.median(others))
            whole, rest = own == np.round(own), others == np.round(others)
            thousands = (own % 1000 == 0).all() and np.mean(others % 1000 == 0) < 0.1
            large = thousands or (whole.all() and rest.mean() < 0.35)
            if (large and ratio > _UNITS) or (not whole.all() and rest.all() and ratio < 1 / _UNITS):
                told = ", ".join(f"{value:,.12g}" for value in own[:2])
                options.doubt(
                    "units",
                    f"{label}: {what} {code!r} ({told} ...) seems to be in another unit than all others, with a "
                    f"median of {np.median(own):,.6g} against {np.median(others):,.6g}; write all in one.",
                )


def _check_sentinels(label: str, known: Floats, options: Options) -> None:
    """Refuse numbers of nines that come again and again: they mark what is not known."""
    top = float(known.max())
    nines, others = f"{top:.0f}".rstrip("0"), known[known < top]
    apart = top > 1.5 * np.median(others) if len(others) else len(nines) > 3
    if len(nines) >= 3 and set(nines) == {"9"} and (known == top).sum() >= LEAST and apart:
        options.doubt(
            "sentinels",
            f"{label}: {top:.0f} is there {(known == top).sum()} times, and seems to mark what is not published; leave "
            "such cells blank.",
        )
