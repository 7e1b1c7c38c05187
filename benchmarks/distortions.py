"""Tables that are distorted in the ways in which files of people are; it stays known what an import should give."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.distorting import codes, columns, files, numbers, totals
from benchmarks.distorting.files import of_file
from benchmarks.made_tables import Draft, draft

DISTORTIONS: dict[str, Callable[[Draft], None]] = {
    each.__name__: each
    for each in (
        codes.numbers_of_hs,
        codes.recoded_regions,
        numbers.tenths,
        numbers.thousandths,
        totals.rounded_total_row,
        totals.subtotals,
        totals.total_row,
        totals.total_column,
        totals.nameless_total_row,
        totals.nameless_total_column,
        totals.perturbed_total_row,
        totals.nuts_levels,
        totals.mean_row,
        totals.blocks_apart,
        totals.scattered_total_row,
        totals.sections,
        totals.ranges,
        codes.small_letters,
        codes.numbers_for_nace,
        codes.labels_behind_codes,
        codes.letters_that_look_alike,
        codes.date_for_a_code,
        codes.capitals_twice,
        numbers.shares,
        numbers.zeros_and_ones,
        numbers.quotients,
        numbers.column_in_thousands,
        numbers.comma_decimals,
        numbers.thousands,
        numbers.german,
        numbers.scientific,
        numbers.missing_words,
        numbers.dashes,
        numbers.cell_flags,
        numbers.zeros_for_secrets,
        numbers.unit_letters,
        numbers.multiplied,
        numbers.nines,
        columns.years,
        columns.last_year_thin,
        columns.quarters,
        columns.split_years,
        columns.two_indicators,
        columns.one_indicator,
        columns.other_headers,
        columns.numbered_rows,
        columns.conditions,
        columns.area,
        files.titles,
        files.footnotes,
    )
} | {
    name: of_file(name)
    for name in (
        "semicolon",
        "tab",
        "pipe",
        "bom",
        "utf16",
        "latin",
        "old_mac",
        "windows_lines",
        "sep_line",
        "blank_first",
        "hidden_letters",
        "hard_spaces",
        "all_quoted",
        "trailing",
        "header_again",
        "workbook",
        "workbook_of_text",
        "two_header_rows",
        "unit_row",
        "words",
        "no_header",
        "date_for_code",
        "percent_format",
        "no_values",
        "second_sheet",
        "short_row",
        "open_quote",
    )
}
"""Ways in which a table is distorted, in the order in which they are applied."""


NOT_OF_FIRMS = {
    "total_row", "total_column", "nameless_total_row", "nameless_total_column", "rounded_total_row",
    "perturbed_total_row", "mean_row", "blocks_apart", "scattered_total_row",
    "subtotals", "nuts_levels", "sections", "ranges", "shares",
    "zeros_and_ones", "quotients", "column_in_thousands", "recoded_regions", "nines", "letters_that_look_alike",
}  # fmt: skip
"""A list of firms has no totals, and no shares."""


def make(seed: int) -> Draft:
    """Make a table and distort it in up to four ways."""
    luck = random.Random(seed)  # noqa: S311
    made = draft(luck)
    asked = set(luck.sample(list(DISTORTIONS), luck.choice([0, 1, 1, 2, 2, 3, 4])))
    for name, distort in DISTORTIONS.items():
        if name in asked and not (made.layout == "firms" and name in NOT_OF_FIRMS):
            distort(made)
            made.done.append(name)
    return made
