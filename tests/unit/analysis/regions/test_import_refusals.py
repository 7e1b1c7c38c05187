"""What is wrong with a table is told with its place, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import RequestError
from tests.unit.analysis.regions.imports import WIDE, imported, write

MATRIX = ",C10,C11,C25,C28,J62\n" + "".join(
    f"{a}," + ",".join("1" if a == b else "0.5" for b in ("C10", "C11", "C25", "C28", "J62")) + "\n"
    for a in ("C10", "C11", "C25", "C28", "J62")
)
LONG = "geo,nace,value\n" + "".join(f"N,C{n},5\n" for n in (10, 11, 25, 28))
BULK = "freq,indic_sb,nace_r2,geo\\TIME\t2020\n" + "".join(
    f"A,V{i},C{n},N\t5\n" for i in (1, 2) for n in (10, 11, 25, 28)
)
FIRMS = "firm,region,nace,employees\nf1,N,C10,5\nf2,N,C11,5\nf1,N,C25,5\n"


def side(text: str, option: str) -> Callable[[Path], dict[str, Any]]:
    return lambda folder: {option: write(folder, text, f"{option}.csv")}


WRONG: dict[str, tuple[str | bytes, str, Any, list[str]]] = {
    "text_for_a_number": (
        WIDE.replace("300", "many"),
        "",
        {},
        ["row 2, column 'C25': 'many' is no number", "leave the cell blank"],
    ),
    "negative": (WIDE.replace(",10,", ",-10,"), "", {}, ["row 3, column 'C11'", "-10 is negative"]),
    "dash": (
        WIDE.replace(",,", ",-,"),
        "",
        {},
        ["row 2, column 'C11': '-'", "write 0, or leave the cell blank"],
    ),
    "ambiguous_comma": (
        WIDE.replace("300", '"1,234"'),
        "",
        {},
        ["row 2, column 'C25'", "1234 or 1.234", "--decimal point"],
    ),
    "share": (WIDE.replace("300", "30%"), "", {}, ["row 2, column 'C25': '30%' is a share"]),
    "bound": (WIDE.replace("300", "<5"), "", {}, ["'<5' is a bound"]),
    "broken_formula": (WIDE.replace("300", "#REF!"), "", {}, ["'#REF!' is an error of the spreadsheet"]),
    "endless": (WIDE.replace("300", "1e999"), "", {}, ["row 2, column 'C25'", "too large"]),
    "region_twice": (
        WIDE.replace("SOUTH", "NORTH"),
        "",
        {},
        ["row 3, column 'region': 'NORTH' is there already in row 2"],
    ),
    "domain_twice": (WIDE.replace("C11", "C10"), "", {}, ["column 'C10' is there twice"]),
    "blank_region": (WIDE.replace("SOUTH", ""), "", {}, ["row 3, column 'region': is blank"]),
    "too_many_cells": (
        WIDE.replace(",60", ",60,7"),
        "",
        {},
        ["row 3: has more cells than the header", "'7'"],
    ),
    "nameless_column": (WIDE.replace("C25", ""), "", {}, ["column 4 has cells but no name"]),
    "only_a_header": (WIDE.split("\n", maxsplit=1)[0], "", {}, ["has a header and no rows"]),
    "too_few_domains": ("region,C10,C11\nN,1,2\n", "", {}, ["has 2 domains", "at least 4"]),
    "nothing_published": ("region,C10,C11,C25,C28\nN,,,,\n", "", {}, ["has 0 domains"]),
    "empty": ("", "", {}, ["is empty"]),
    "blank_lines": ("\n\n,,\n", "", {}, ["has no cells"]),
    "not_text": (b"PK\0\0\1\2", "", {}, ["is no text", "CSV"]),
    "unknown_kind": (WIDE, "table.docx", {}, ["is of no kind that can be read", ".xlsx"]),
    "not_a_workbook": (WIDE, "table.xlsx", {}, ["cannot be read as a workbook"]),
    "sheet_of_a_text": (WIDE, "", {"sheet": "one"}, ["--sheet is for workbooks"]),
    "unknown_measure": (
        WIDE,
        "",
        {"measure": "jobs"},
        ["--measure jobs", "employment, firms, patents, exports"],
    ),
    "unknown_layout": (WIDE, "", {"layout": "tall"}, ["--layout tall", "wide, long"]),
    "no_amounts": (
        LONG.replace("value", "comment").replace(",5", ",good"),
        "",
        {},
        ["has no column of amounts", "'comment'", "its first row N, C10, good", "--columns COLUMN=value"],
    ),
    "pair_twice": (
        LONG + "N,C10,7\n",
        "",
        {},
        ["row 6: region 'N' and domain 'C10' are there already in row 2"],
    ),
    "no_such_period": (
        LONG.replace("value", "value,year").replace(",5", ",5,2020"),
        "",
        {"period": "2019"},
        ["--period 2019", "there are 2020"],
    ),
    "period_without_periods": (LONG, "", {"period": "2019"}, ["has no column of periods"]),
    "several_indicators": (
        BULK,
        "table.tsv",
        {},
        ["column 'indic_sb' has several values (V1, V2)", "--select indic_sb=V1"],
    ),
    "selected_nothing": (
        BULK,
        "table.tsv",
        {"select": {"indic_sb": "V3"}},
        ["--select indic_sb=V3", "V1, V2"],
    ),
    "selected_a_column_that_is_not": (
        BULK,
        "table.tsv",
        {"select": {"indicsb": "V1"}},
        ["did you mean indic_sb?"],
    ),
    "broken_bulk_row": (
        BULK.replace("A,V1,C25,N", "A,V1,C25"),
        "table.tsv",
        {},
        ["row 4", "has 3 parts, the header 4"],
    ),
    "firm_twice": (FIRMS, "", {}, ["row 4, column 'firm': 'f1' is there already in row 2"]),
    "no_relatedness": (
        WIDE.replace("J62", "X1"),
        "",
        {},
        ["relatedness cannot be had", "'X1'", "--relatedness"],
    ),
    "matrix_without_a_row": (
        WIDE,
        "",
        side(MATRIX.replace("\nC28,", "\nC29,"), "relatedness"),
        ["has no row for domain 'C28'", "'C29'"],
    ),
    "matrix_above_one": (
        WIDE,
        "",
        side(MATRIX.replace("0.5", "1.5", 1), "relatedness"),
        ["row 2, column 'C11': 1.5 must be from 0 to 1"],
    ),
    "matrix_with_a_direction": (
        WIDE,
        "",
        side(MATRIX.replace("0.5", "0.4", 1), "relatedness"),
        ["C10 to C11 is 0.4, back it is 0.5"],
    ),
    "matrix_with_a_blank": (
        WIDE,
        "",
        side(MATRIX.replace("0.5", "", 1), "relatedness"),
        ["row 2, column 'C11': is blank"],
    ),
    "sectors_without_a_domain": (
        WIDE,
        "",
        side("domain,sector\nC10,A\nC11,A\nC25,B\nC28,B\n", "sectors"),
        ["domain 'J62' of the table has no row"],
    ),
    "sectors_without_sectors": (
        WIDE,
        "",
        side("domain,name\nC10,Food\n", "sectors"),
        ["has no column 'sector'"],
    ),
    "sector_blank": (
        WIDE,
        "",
        side("domain,sector\nC10,\nC11,A\nC25,B\nC28,B\nJ62,C\n", "sectors"),
        ["domain 'C10' has no sector"],
    ),
    "earlier_period_of_others": (
        WIDE,
        "",
        side("region,C10,C11\nEAST,1,2\n", "before"),
        ["shares no region", "EAST"],
    ),
    "earlier_period_in_other_domains": (
        WIDE,
        "",
        side("region,X1,X2\nNORTH,1,2\n", "before"),
        ["shares no domain", "X1"],
    ),
    "title_that_steers_a_terminal": (WIDE, "", {"title": "a\x1b[2J"}, ["--title", "control characters"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_place_and_remedy(tmp_path: Path, name: str) -> None:
    text, file, options, fragments = WRONG[name]
    chosen = options(tmp_path) if callable(options) else options
    with pytest.raises(RequestError) as raised:
        imported(tmp_path, text, file or "table.csv", **chosen)
    message = str(raised.value)
    for fragment in fragments:
        assert fragment in message, message
    assert message.isprintable()
    assert len(message) < 500
