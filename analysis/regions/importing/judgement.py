"""A table is judged as a whole: its codes, what counts twice, and whether its numbers are amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.regions.importing.classification import (
    check_codes,
    classified,
    is_foreign,
    parted_labels,
    twins,
    without_earlier_codes,
)
from analysis.regions.importing.meaning import check_meaning
from analysis.regions.importing.nesting import are_nuts
from analysis.regions.importing.options import Options
from analysis.regions.importing.reading import Reading
from analysis.regions.importing.roles import Roles, plain
from analysis.regions.importing.sheet import Sheet
from analysis.regions.importing.spelling import check_same_codes, respelled
from analysis.regions.importing.totals import check_case, without_totals
from model.spec.phrases import value

LEVELS = 4
"""Regions from which on codes of other lengths are remarked on."""

PERCENT_UNITS = frozenset({"pc", "pct", "percent", "%", "pc_tot", "pc_emp", "per_cent", "rt", "rt_pre"})


def check_units(sheet: Sheet, options: Options) -> None:
    """Refuse a table whose column of units says that its numbers are percentages."""
    for column, name in enumerate(sheet.header):
        if plain(name).startswith("unit"):
            units = {plain(cell) or cell for cell in sheet.column(column)}
            if units and units <= PERCENT_UNITS:
                options.doubt(
                    "shares",
                    f"{sheet.label}: column {name!r} says that the numbers are percentages; give amounts.",
                )


_OTHERS = (
    (
        "shares",
        r"\bshares?\b|percent|per cent|\bpct\b|prozent|\banteile?\b|%|\b(growth )?rates?\b|\bgrowth\b|wachstum",
    ),
    (
        "shares",
        r"\bper (capita|head|inhabitant|person|1[ .,]?000|100[ .,]?000|million)|\bje (einwohner|1[ .]?000)\b",
    ),
    ("quotients", r"quotient|\b(lq|rca)\b|\bindex\b(?!\.)"),
)
"""Words for numbers that are no amounts."""


def check_titles(sheet: Sheet, options: Options) -> None:
    """Refuse a table whose title says that its numbers are shares, quotients or rates."""
    for title in sheet.around:
        _refuse_others(sheet.label, title, f"the title {value(title, 60)}", options)


def check_name_of_amounts(sheet: Sheet, roles: Roles, options: Options) -> None:
    """Refuse a column of amounts that is called a share, a quotient or a rate."""
    column = roles.get("value")
    if column is not None and column < len(sheet.header):
        name = str(sheet.header[column])
        _refuse_others(sheet.label, name, f"column {name!r}", options)


def _refuse_others(label: str, told: str, where: str, options: Options) -> None:
    for kind, words in _OTHERS:
        if re.search(words, told.casefold().replace("_", " ")):
            options.doubt(
                kind,
                f"{label}: {where} says that these are no amounts; give amounts, such as persons employed.",
            )


def judge(sheet: Sheet, reading: Reading, options: Options, header: str) -> None:
    """Look at the table as a whole: codes, totals and what the numbers mean."""
    amounts = reading.amounts
    for what, codes in (("region", amounts.index), ("domain", amounts.columns)):
        check_case(sheet.label, what, map(str, codes))
    reading.read = float(np.nansum(amounts.to_numpy(np.float64)))
    check_codes(sheet.label, amounts, reading.notes)
    amounts, spelled, written = respelled(amounts, reading.notes)
    _rename(reading, spelled, written)
    check_same_codes(sheet.label, amounts)
    amounts, regions, domains = parted_labels(amounts, reading.names, reading.notes)
    _rename(reading, regions, domains)
    before = list(amounts.columns)
    amounts = classified(amounts, options, header, reading.notes)
    renamed = dict(zip(before, amounts.columns, strict=True))
    reading.unit_size = {renamed[code]: size for code, size in reading.unit_size.items() if code in renamed}
    if is_foreign(amounts, header, options, reading.notes):
        options = replace(options, classification="own")
        reading.foreign = True
    amounts = without_earlier_codes(sheet.label, amounts, options, reading.dropped)
    marked = [code for code in map(str, amounts.columns) if "%" in code]
    if marked:
        options.doubt(
            "shares", f"{sheet.label}: domain {marked[0]!r} seems to hold percentages; give amounts."
        )
    kept = without_totals(sheet.label, amounts, options)
    reading.dropped += kept.dropped
    counted = reading.layout == "firms"
    check_meaning(sheet.label, kept.amounts, options, percent=sheet.percent, counted=counted)
    reading.amounts = kept.amounts
    _remark(reading, options)


def _rename(reading: Reading, regions: Mapping[str, str], domains: Mapping[str, str]) -> None:
    """Call regions and domains by their new codes in all that is known of them."""
    for told in (reading.names, reading.countries):
        for old in [code for code in told if code in regions]:
            told.setdefault(regions[old], told.pop(old))
    reading.conditions = {regions.get(code, code): told for code, told in reading.conditions.items()}
    reading.unit_size = {domains.get(code, code): size for code, size in reading.unit_size.items()}


def _remark(reading: Reading, options: Options) -> None:
    """Remark on what is odd, and may be right."""
    known = reading.amounts.to_numpy(np.float64)
    known = known[np.isfinite(known)]
    if known.size and (known != np.round(known)).mean() > 0.5 and options.measure in {None, "employment"}:
        reading.notes.append(
            "Amounts have decimals: if they are in thousands, sizes of firms and regions are a thousand times "
            "too small."
        )
    codes = [str(code) for code in reading.amounts.index]
    lengths = Counter(map(len, codes))
    if len(lengths) > 1 and len(codes) >= LEVELS and are_nuts(codes):
        usual = lengths.most_common(1)[0][0]
        others = [code for code in codes if len(code) != usual]
        reading.notes.append(
            f"Warning: most regions have NUTS codes of {usual} characters, but not {', '.join(others[:6])}"
            f"{' and more' if len(others) > 6 else ''}; regions of several levels are hard to compare. If one contains "
            "others, leave it out."
        )
    copies = twins(reading.amounts)
    if copies:
        reading.notes.append(
            f"Warning: regions {copies[0]!r} and {copies[1]!r} have the same amounts in all domains; is one of "
            "them a copy?"
        )
