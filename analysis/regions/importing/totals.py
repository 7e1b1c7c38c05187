"""Totals among regions and domains: found by name, by code and by arithmetic, and left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.labels import is_statistic, is_total, may_be_total
from analysis.regions.importing.nesting import (
    Parent,
    are_nuts,
    judged,
    nested_by_prefix,
    nested_domains,
    overlapping_domains,
)
from analysis.regions.importing.options import Options
from analysis.regions.importing.sums import Sum, find_sum

_LISTED = 4
_ROUNDS = 60


@dataclass
class Kept:
    """What is left of a table, and what was left out.

    Attributes
    ----------
    amounts
        Regions x domains.
    dropped
        What was left out and why.
    """

    amounts: pd.DataFrame
    dropped: list[str] = field(default_factory=list)

    def leave_out(self, what: str, code: str, why: str) -> None:
        """Leave out a region or a domain, and say so with its amount."""
        gone = self.table(what).loc[code]
        self.dropped.append(f"{what} {code!r}: {why} ({np.nansum(gone.to_numpy(np.float64)):,.12g})")
        self.amounts = self.amounts.drop(code, axis="index" if what == "region" else "columns")

    def table(self, what: str) -> pd.DataFrame:
        """Give amounts with a row for each region, or domain."""
        return self.amounts if what == "region" else self.amounts.T


def without_totals(label: str, amounts: pd.DataFrame, options: Options) -> Kept:
    """Leave out what counts others a second time.

    Parameters
    ----------
    label
        Name of the file, for messages.
    amounts
        Regions x domains.
    options
        Whether doubtful ones are to be kept.

    Returns
    -------
    Kept
        The rest.

    Raises
    ------
    RequestError
        If something may be a total, and it is not certain.
    """
    kept = Kept(amounts)
    for what in ("region", "domain"):
        for code in list(kept.table(what).index):
            if is_total(str(code)):
                kept.leave_out(what, code, "a total")
            elif what == "region" and is_statistic(str(code)):
                kept.leave_out(what, code, "a statistic of regions")
    for what in ("domain", "region"):
        _by_code(label, kept, what, options)
    for what in ("region", "domain") * 2:
        _by_sum(label, kept, what, options)
    for what in ("region", "domain"):
        named = [code for code in kept.table(what).index if may_be_total(str(code))]
        if named:
            options.doubt(
                "totals",
                f"{label}: {what} {named[0]!r} is called a total, and no others were found that sum to it; "
                "take it out, "
                "or its parts.",
            )
    return kept


def _by_code(label: str, kept: Kept, what: str, options: Options) -> None:
    codes = [str(code) for code in kept.table(what).index]
    if what == "domain":
        nests, official = nested_domains(codes), True
        shared = overlapping_domains(code for code in codes if code not in nests)
        if shared:
            options.doubt(
                "totals",
                f"{label}: domains {shared[0]!r} and {shared[1]!r} have divisions in common; leave one out.",
            )
        if not nests:
            nests, official = nested_by_prefix(codes), False
    else:
        nests, official = nested_by_prefix(codes), are_nuts(codes)
    for parent in judged(kept.table(what), nests, official=official):
        if parent.verdict == "total":
            kept.leave_out(
                what, parent.code, f"a total over {_some(parent.parts)}{_rest(kept, what, parent)}"
            )
        elif parent.verdict == "doubtful":
            options.doubt(
                "totals",
                f"{label}: {what} {parent.code!r} covers {_some(parent.parts)} by its code, and {parent.why}; keep one "
                "level of them.",
            )


def _rest(kept: Kept, what: str, parent: Parent) -> str:
    """Say how much of a total is in none of its parts."""
    table = kept.table(what)
    there = [part for part in parent.parts if part in table.index]
    if len(there) < len(parent.parts):
        return ""
    total, inside = np.nansum(table.loc[parent.code]), np.nansum(table.loc[there])
    return f", {total - inside:,.12g} of it in none of these" if total > 1.000001 * inside else ""


def _by_sum(label: str, kept: Kept, what: str, options: Options) -> None:
    for _ in range(_ROUNDS):
        table = kept.table(what)
        found = find_sum(table.to_numpy(np.float64))
        if found is None:
            return
        code, of = table.index[found.row], _of(found, table.index)
        kind = "mean" if found.mean else "sum"
        if not found.certain:
            options.doubt(
                "totals",
                f"{label}: {what} {code!r} may be the {kind} of {of}, which would count twice; take it out if it is.",
            )
            return
        kept.leave_out(what, code, f"the {kind} of {of}")


def _of(found: Sum, codes: pd.Index) -> str:
    if found.first == 0 and found.last == len(codes) - 1:
        return "all others"
    return f"{codes[found.first]} to {codes[found.last]}"


def _some(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - _LISTED} more" if len(codes) > _LISTED else ""
    return ", ".join(map(str, codes[:_LISTED])) + more


def check_case(label: str, what: str, codes: Iterable[str]) -> None:
    """Refuse codes that differ in case only.

    Raises
    ------
    RequestError
        If there are two; names them.
    """
    seen: dict[str, str] = {}
    for code in codes:
        other = seen.setdefault(code.casefold(), code)
        if other != code:
            raise RequestError(
                f"{label}: {what} {other!r} and {code!r} differ in capital letters only; write them alike if "
                "they are the "
                "same, or give one another code."
            )
