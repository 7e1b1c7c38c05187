"""Totals among regions and domains: found by name, by code and by arithmetic, and left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.labels import is_part, is_statistic, is_total, may_be_total
from analysis.regions.importing.nesting import (
    Parent,
    are_nuts,
    judged,
    nested_by_prefix,
    nested_by_range,
    nested_domains,
    overlapping_domains,
)
from analysis.regions.importing.nuts import split
from analysis.regions.importing.options import Options
from analysis.regions.importing.scattered import scattered_sum, shared_out
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
        _by_name(label, kept, what, options)
    for what in ("domain", "region"):
        _by_code(label, kept, what, options)
    for what in ("region", "domain") * 2:
        _by_sum(label, kept, what, options)
    for what in ("region", "domain"):
        _of_scattered(kept, what, options)
    for what in ("region", "domain"):
        _called_so(label, kept, what, options)
    return kept


def _by_name(label: str, kept: Kept, what: str, options: Options) -> None:
    for code in map(str, list(kept.table(what).index)):
        if is_part(code):
            options.doubt(
                "totals",
                f"{label}: {what} {code!r} is called a part of another one, which would count twice; take it out.",
            )
        elif is_total(code):
            kept.leave_out(what, code, "a total")
        elif what == "region" and is_statistic(code):
            kept.leave_out(what, code, "a statistic of regions")


def _called_so(label: str, kept: Kept, what: str, options: Options) -> None:
    """Refuse what is still called a total, with nothing that sums to it."""
    codes = [str(code) for code in kept.table(what).index]
    divisions = sum(code.casefold().startswith("manufacture of ") for code in codes) > 1
    named = [
        each for each in codes if may_be_total(each) or (divisions and each.casefold() == "manufacturing")
    ]
    if named:
        options.doubt(
            "totals",
            f"{label}: {what} {named[0]!r} is called a total, and no others were found that sum to it; take it out, or "
            "its parts.",
        )


def _by_code(label: str, kept: Kept, what: str, options: Options) -> None:
    codes = [str(code) for code in kept.table(what).index]
    if what == "domain":
        own = options.classification == "own"
        nests, official = ({} if own else nested_domains(codes)), True
        shared = overlapping_domains(code for code in codes if code not in nests)
        if shared and not own:
            options.doubt(
                "totals",
                f"{label}: domains {shared[0]!r} and {shared[1]!r} have divisions in common; leave one out.",
            )
        if not nests:
            nests, official = nested_by_range(codes), True
            _judged(label, kept, what, nests, options, official=True)
            codes = [code for code in codes if code in kept.table(what).index]
            nests, official = nested_by_prefix(codes), False
    else:
        nests, official = nested_by_prefix(codes), are_nuts(codes)
        _judged(label, kept, what, split(codes), options, official=True)
    _judged(label, kept, what, nests, options, official=official)


def _judged(
    label: str,
    kept: Kept,
    what: str,
    nests: Mapping[str, tuple[str, ...]],
    options: Options,
    *,
    official: bool,
) -> None:
    """Leave out codes that cover others, or refuse them."""
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


def _of_scattered(kept: Kept, what: str, options: Options) -> None:
    """Leave out sums of others that do not stand together."""
    if "totals" in options.accept:
        return
    for _ in range(_ROUNDS):
        table = kept.table(what)
        values = table.to_numpy(np.float64)
        found = scattered_sum(values)
        if found is None:
            break
        row, parts = found
        kept.leave_out(what, table.index[row], f"the sum of {_some([table.index[part] for part in parts])}")
    together = shared_out(kept.table(what).to_numpy(np.float64))
    if together:
        codes = [str(kept.table(what).index[row]) for row in together]
        for code in codes:
            kept.leave_out(
                what, code, f"with {_some([each for each in codes if each != code])} the sum of all others"
            )


def _of(found: Sum, codes: pd.Index) -> str:
    if found.first == 0 and found.last == len(codes) - 1:
        return "all others"
    return f"{codes[found.first]} to {codes[found.last]}"


def _some(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - _LISTED} more" if len(codes) > _LISTED else ""
    return ", ".join(map(str, codes[:_LISTED])) + more


def check_case(label: str, what: str, codes: Iterable[str]) -> None:
    """Refuse codes that differ in case, or in the kind of a dash or an apostrophe, only.

    Raises
    ------
    RequestError
        If there are two; names them.
    """
    seen: dict[str, str] = {}
    for code in codes:
        other = seen.setdefault(" ".join(code.translate(_SIGNS).casefold().split()), code)
        if other != code:
            case = other.casefold() == code.casefold()
            told = (
                "capital letters only" if case else "blanks, or in the kind of a dash or an apostrophe, only"
            )
            raise RequestError(
                f"{label}: {what} {other!r} and {code!r} differ in {told}; write them alike if they are the same, or "
                "give one another code."
            )


_SIGNS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2019\u02bc`", "------'''")
