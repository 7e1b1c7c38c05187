"""Tables of users: every usual layout becomes the same regions, and what is wrong is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.regions.application import load_with_region
from analysis.regions.catalogue import RegionReference, shipped
from analysis.regions.importing.importer import (
    Imported,
    Request,
    check_destination,
    import_regions,
    selections,
    write_import,
)
from analysis.regions.profile import region_profile
from analysis.regions.region_set import read_region_set

WIDE = "region,C10,C11,C25,C28,J62\nNORTH,120,,300,80,15\nSOUTH,40,10,0,25,60\n"


def write(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def imported(folder: Path, text: str | bytes, name: str = "table.csv", **options: Any) -> Imported:
    return import_regions(Request(write(folder, text, name), **options))


def amounts_of(result: Imported) -> pd.DataFrame:
    return result.assembly.members.amounts


def test_wide_keeps_blank_and_zero_apart(tmp_path: Path) -> None:
    result = imported(tmp_path, WIDE)
    amounts = amounts_of(result)
    assert np.isnan(amounts.loc["NORTH", "C11"])
    assert amounts.loc["SOUTH", "C25"] == 0
    assert "9 published, of these 1 zero; 1 blank" in result.report


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("region;C10;C11;C25;C28;J62\nNORTH;120;;300;80;15\nSOUTH;40;10;0;25;60\n", "semicolons.csv"),
        ("region\tC10\tC11\tC25\tC28\tJ62\nNORTH\t120\t:\t300\t80\t15\nSOUTH\t40\t10\t0\t25\t60\n", "tabs.tsv"),
        ("\ufeff\n\n" + WIDE, "mark_and_blank_lines.csv"),
        (WIDE.replace("\n", "\r\n").replace(",,", ",n/a,"), "windows.csv"),
        (WIDE.replace("C10,C11", "10,11").replace("C25,C28,J62", "25,28,62"), "numbers.csv"),
        (WIDE.replace(",J62\n", ",J62,TOTAL\n").replace(",15\n", ",15,999\n").replace(",60\n", ",60,999\n"),
         "with_a_total.csv"),
        ("geo,nace_r2,year,value\n" + "".join(
            f"{region},{domain},{year},{value}\n"
            for region, row in {"NORTH": "120,:,300,80,15", "SOUTH": "40,10,0,25,60"}.items()
            for domain, value in zip(["C10", "C11", "C25", "C28", "J62"], row.split(","), strict=True)
            for year in (2019, 2020)), "long.csv"),
        ("freq,indic_sb,nace_r2,geo\\TIME_PERIOD\t2019 \t2020 \t2021 \n" + "".join(
            f"A,V1,{domain},{region}\t1 \t{value} \t: \n"
            for region, row in {"NORTH": "120,: c,300 p,80,15", "SOUTH": "40,10,0,25,60 bp"}.items()
            for domain, value in zip(["C10", "C11", "C25", "C28", "J62"], row.split(","), strict=True)), "bulk.tsv"),
    ],
    ids=lambda value: value if value.endswith(("csv", "tsv")) else "",
)  # fmt: skip
def test_all_layouts_say_the_same(tmp_path: Path, text: str, name: str) -> None:
    wanted = amounts_of(imported(tmp_path, WIDE))
    found = amounts_of(imported(tmp_path, text, name))
    pd.testing.assert_frame_equal(
        found[wanted.columns], wanted, check_names=False, check_index_type=False, check_column_type=False
    )


def test_a_workbook_is_read_by_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "notes"
    book.active.append(["nothing", "here"])
    sheet = book.create_sheet("2020")
    for line in WIDE.splitlines():
        sheet.append([int(cell) if cell.isdigit() else cell or None for cell in line.split(",")])
    book.save(tmp_path / "book.xlsx")
    result = import_regions(Request(tmp_path / "book.xlsx", sheet="2020"))
    pd.testing.assert_frame_equal(
        amounts_of(result),
        amounts_of(imported(tmp_path, WIDE)),
        check_index_type=False,
        check_column_type=False,
    )


def test_numbers_as_people_write_them(tmp_path: Path) -> None:
    text = "region;C10;C11;C25;C28;J62\nNORTH;1.234,5;1 234;2,5;1.5;12 p\nSOUTH;1;2;3;4;5\n"
    assert amounts_of(imported(tmp_path, text)).loc["NORTH"].tolist() == [1234.5, 1234.0, 2.5, 1.5, 12.0]
    text = 'region,C10,C11,C25,C28,J62\nNORTH,"1,234,567","1,234.5",1e3,.5,7\nSOUTH,1,2,3,4,5\n'
    assert amounts_of(imported(tmp_path, text)).loc["NORTH"].tolist() == [1234567.0, 1234.5, 1000.0, 0.5, 7.0]


def test_a_list_of_firms_gives_employment_and_sizes(tmp_path: Path) -> None:
    text = "firm,region,nace,employees\n" + "".join(
        f"f{number},{region},{domain},{size}\n"
        for number, (region, domain, size) in enumerate(
            [
                ("N", "C10", 10),
                ("N", "C10", 30),
                ("N", "C11", 5),
                ("N", "C25", 7),
                ("S", "C28", 9),
                ("S", "C10", 2),
            ]
        )
    )
    members = imported(tmp_path, text).assembly.members
    assert members.amounts.loc["N", "C10"] == 40
    assert members.amounts.loc["N", "C28"] == 0
    assert members.domains.loc["C10", "unit_size"] == 14
    assert members.about.measure == "employment"
    counted = imported(
        tmp_path, "\n".join(line.rpartition(",")[0] for line in text.splitlines())
    ).assembly.members
    assert counted.about.measure == "firms"
    assert counted.amounts.loc["N", "C10"] == 2


def test_names_conditions_sectors_and_a_matrix(tmp_path: Path) -> None:
    table = "code,name,unemployment,a1,a2,b1,b2\n" + "".join(
        f"R{n},Region {n},{n + 3},{n},{n + 1},{9 - n},5\n" for n in range(6)
    )
    sectors = write(tmp_path, "domain,sector,sector_name,name,unit_size\n" + "".join(
        f"{code},{code[0].upper()},Sector {code[0]},Domain {code},{size}\n"
        for code, size in (("a1", 4), ("a2", 8), ("b1", 15), ("b2", 16))), "sectors.csv")  # fmt: skip
    matrix = write(
        tmp_path, ",a1,a2,b1,b2\na1,1,.5,.1,.2\na2,.5,1,.3,.4\nb1,.1,.3,1,.6\nb2,.2,.4,.6,1\n", "phi.csv"
    )
    result = imported(tmp_path, table, sectors=sectors, relatedness=matrix, measure="patents", source="Us")
    members = result.assembly.members
    assert members.domains.loc["b1"].to_dict() == {
        "name": "Domain b1", "sector": "B", "sector_name": "Sector b", "unit_size": 15.0, "complexity": 0.0
    }  # fmt: skip
    assert members.relatedness.loc["a2", "b2"] == 0.4
    assert members.relatedness.loc["a1", "a1"] == 0.0
    assert members.regions.loc["R2", "name"] == "Region 2"
    assert members.regions.loc["R2", "unemployment"] == 5
    write_import(result, tmp_path / "made")
    scenario = load_with_region("machine_building_meets_iot", [], f"{tmp_path / 'made'}:r3")
    assert scenario.story.title == "R3 Region 3"
    assert scenario.knowledge_space.sector_names == ("A Sector a", "B Sector b")
    assert len(region_profile(RegionReference(read_region_set(tmp_path / "made"), "R3")).domains) == 4


def test_two_periods(tmp_path: Path) -> None:
    earlier = write(tmp_path, WIDE.replace("120", "100").replace("SOUTH", "EAST"), "earlier.csv")
    members = imported(tmp_path, WIDE, before=earlier).assembly.members
    assert members.before is not None
    assert members.before.loc["NORTH", "C10"] == 100
    assert list(members.before.index) == ["NORTH"]


def test_many_regions_have_measures_of_their_own(tmp_path: Path) -> None:
    european = shipped()
    path = tmp_path / "all.csv"
    european.amounts.to_csv(path, index_label="geo")
    result = import_regions(Request(path))
    pd.testing.assert_frame_equal(
        result.assembly.members.relatedness, european.relatedness, atol=0.001, check_names=False,
        check_index_type=False, check_column_type=False,
    )  # fmt: skip
    close = np.corrcoef(result.assembly.members.domains["complexity"], european.domains["complexity"])[0, 1]
    assert close > 0.999
    assert "283 regions, 68 domains in 13 sectors" in result.report


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    text = WIDE.replace("J62\n", "J62,C12,C13\n").replace(",15\n", ",15,,0\n").replace(",60\n", ",60,,0\n")
    result = imported(tmp_path, text + "WEST,1,,,,,,\nTotal,1,2,3,4,5,6,7\n")
    dropped = " ".join(result.assembly.dropped)
    for fragment in ("'C12': not published", "'C13': none", "'WEST': 1 published", "'Total': a total"):
        assert fragment in dropped
        assert fragment in result.report


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
    "ambiguous_comma": (WIDE.replace("300", '"1,234"'), "", {}, ["row 2, column 'C25'", "1.234 or 1234"]),
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
    "no_amounts": (LONG.replace("value", "comment"), "", {}, ["has no column of amounts", "'comment'"]),
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


@pytest.mark.parametrize(("name", "fragment"), [("nowhere.csv", "no such file"), ("", "is a folder")])
def test_files_that_are_not_there(tmp_path: Path, name: str, fragment: str) -> None:
    with pytest.raises(RequestError, match=fragment):
        import_regions(Request(tmp_path / name))


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(RequestError, match="something other than regions"):
        check_destination(tmp_path)
    write_import(imported(tmp_path, WIDE), tmp_path / "made")
    check_destination(tmp_path / "made")


def test_selections_are_read() -> None:
    assert selections(["indic_sb=V1 "]) == {"indic_sb": "V1"}
    with pytest.raises(RequestError, match="must be COLUMN=VALUE"):
        selections(["indic_sb"])


def test_names_in_another_encoding_are_read_with_a_warning(tmp_path: Path) -> None:
    result = imported(tmp_path, WIDE.replace("NORTH", "Łódź? Münster").replace("Łódź? ", "").encode("cp1252"))
    assert "Münster" in amounts_of(result).index
    assert "Windows-1252" in result.report
