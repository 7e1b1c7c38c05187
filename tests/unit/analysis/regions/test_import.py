"""Tables of users: every usual layout becomes the same regions, and what is wrong is told with its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.regions.application import load_with_region
from analysis.regions.catalogue import RegionReference, shipped
from analysis.regions.importing.destination import check_destination, write_import
from analysis.regions.importing.importer import Imported, Request, import_regions
from analysis.regions.importing.options import pairs
from analysis.regions.profile import region_profile
from analysis.regions.region_set import read_region_set
from tests.unit.analysis.regions.imports import WIDE, imported, write


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


def test_numbers_of_domains_are_nace_only_if_said(tmp_path: Path) -> None:
    text = WIDE.replace("C10,C11", "1,11").replace("C25,C28,J62", "25,28,62")
    with pytest.raises(RequestError, match="--classification nace"):
        imported(tmp_path, text)
    found = amounts_of(imported(tmp_path, text.replace("1,11", "10,11"), classification="nace"))
    assert list(found.columns) == ["C10", "C11", "C25", "C28", "J62"]
    rows = [line.split(",") for line in text.replace("1,11", "10,11").splitlines()]
    long = "geo,nace_r2,value\n" + "".join(
        f"{row[0]},{code},{cell}\n"
        for row in rows[1:]
        for code, cell in zip(rows[0][1:], row[1:], strict=True)
    )
    assert list(amounts_of(imported(tmp_path, long)).columns) == ["C10", "C11", "C25", "C28", "J62"]


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


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("1.234,5;1 234;2,5;1.500;12 p", [1234.5, 1234.0, 2.5, 1500.0, 12.0]),
        ("1,234.5;1'234;2.5;1,500;12 p", [1234.5, 1234.0, 2.5, 1500.0, 12.0]),
        ("1\u202f234\u202f567;.5;1e3;7;12 bp", [1234567.0, 0.5, 1000.0, 7.0, 12.0]),
        ("12\u2019345;8;:;: u;5 (e)", [12345.0, 8.0, np.nan, np.nan, 5.0]),
    ],
)
def test_numbers_are_read_in_one_convention(tmp_path: Path, row: str, numbers: list[float]) -> None:
    text = f"region;C10;C11;C25;C28;J62;J63\nNORTH;{row};9\nSOUTH;1;2;3;4;5;6\n"
    found = amounts_of(imported(tmp_path, text)).loc["NORTH"].to_numpy()
    assert np.array_equal(found, [*numbers, 9.0], equal_nan=True)


@pytest.mark.parametrize("row", ["1.234,5;1;2.5;7;8", "5.605;914;2.771;1.100;3.378", "1,234;5605;1;2;3"])
def test_numbers_that_do_not_agree_or_do_not_tell_are_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(RequestError, match=r"decimal"):
        imported(tmp_path, f"region;C10;C11;C25;C28;J62\nNORTH;{row}\nSOUTH;1;2;3;4;5\n")


def test_a_choice_of_decimals_decides(tmp_path: Path) -> None:
    text = "region;C10;C11;C25;C28;J62\nNORTH;5.605;914;2.771;1.100;3.378\nSOUTH;1;2;3;4;5\n"
    assert amounts_of(imported(tmp_path, text, decimal="comma")).loc["NORTH"].tolist() == [
        5605,
        914,
        2771,
        1100,
        3378,
    ]
    assert amounts_of(imported(tmp_path, text, decimal="point")).loc["NORTH"].tolist() == [
        5.605,
        914,
        2.771,
        1.1,
        3.378,
    ]


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


def test_a_second_import_keeps_what_it_did_not_write(tmp_path: Path) -> None:
    made = tmp_path / "made"
    write_import(imported(tmp_path, WIDE), made)
    (made / "notes.txt").write_text("mine", encoding="utf-8")
    (made / "figures").mkdir()
    (made / "figures" / "map.svg").write_text("<svg/>", encoding="utf-8")
    write_import(imported(tmp_path, WIDE.replace("120", "121")), made)
    assert read_region_set(made).amounts.loc["NORTH", "C10"] == 121
    assert (made / "notes.txt").read_text("utf-8") == "mine"
    assert (made / "figures" / "map.svg").exists()
    edited = (made / "amounts.csv").read_text("utf-8").replace("121", "122")
    (made / "amounts.csv").write_text(edited, encoding="utf-8")
    with pytest.raises(RequestError, match=r"amounts\.csv changed since the import that wrote it"):
        write_import(imported(tmp_path, WIDE), made)
    assert (made / "amounts.csv").read_text("utf-8") == edited
    (made / ".import.json").unlink()
    with pytest.raises(RequestError, match=r"about\.toml, regions\.csv"):
        check_destination(made)


def test_a_place_that_cannot_be_written_is_told_before_reading(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RequestError, match="nothing can be written"):
        check_destination(tmp_path / "file" / "below")


def test_a_full_disk_is_told_and_what_was_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made"
    write_import(imported(tmp_path, WIDE), made)
    before = {path.name: path.read_bytes() for path in made.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.regions.region_set.RegionSet.write", full)
    with pytest.raises(RequestError, match=r"cannot be written \(No space left on device\)"):
        write_import(imported(tmp_path, WIDE.replace("120", "121")), made)
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before


def test_conditions_come_as_a_table_of_their_own(tmp_path: Path) -> None:
    told = write(
        tmp_path, "code;name;gdp_per_head\nNORTH;Far north;41.200,5\nEAST;Elsewhere;1\n", "income.csv"
    )
    result = imported(tmp_path, WIDE, conditions=told)
    regions = result.assembly.members.regions
    assert regions.loc["NORTH", "name"] == "Far north"
    assert regions.loc["NORTH", "gdp_per_head"] == 41200.5
    assert "says gdp_per_head, name of 1 of 2 regions" in result.report
    with pytest.raises(RequestError, match="shares no region"):
        imported(tmp_path, WIDE.replace("NORTH", "X"), conditions=told)


@pytest.mark.slow
def test_the_sign_of_complexity_is_that_of_the_anchor(tmp_path: Path) -> None:
    european = shipped()
    path = tmp_path / "all.csv"
    table = european.amounts.copy()
    table.index = pd.Index([f"X{number:03d}Y" for number in range(len(table))])
    table.to_csv(path, index_label="region")
    income = pd.DataFrame(
        {"region": table.index, "gdp_per_head": european.regions["gdp_per_head"].to_numpy()}
    )
    income.to_csv(tmp_path / "income.csv", index=False)
    by_income = import_regions(Request(path, conditions=tmp_path / "income.csv"))
    assert "it rises with gdp_per_head; its correlation with diversity is -0." in by_income.report
    income["gdp_per_head"] = 1e9 / income["gdp_per_head"]
    income.to_csv(tmp_path / "income.csv", index=False)
    turned = import_regions(Request(path, conditions=tmp_path / "income.csv", anchor="gdp_per_head"))
    one, other = (each.assembly.members.domains["complexity"] for each in (by_income, turned))
    assert np.allclose(one, -other)
    with pytest.raises(RequestError, match="--anchor unemployment: must be diversity, or one of"):
        import_regions(Request(path, anchor="unemployment"))


def test_selections_are_read() -> None:
    assert pairs("--select", ["indic_sb=V1 "], "COLUMN=VALUE") == {"indic_sb": "V1"}
    with pytest.raises(RequestError, match="must be COLUMN=VALUE"):
        pairs("--select", ["indic_sb"], "COLUMN=VALUE")


def test_names_in_another_encoding_are_read_with_a_warning(tmp_path: Path) -> None:
    result = imported(tmp_path, WIDE.replace("NORTH", "Łódź? Münster").replace("Łódź? ", "").encode("cp1252"))
    assert "Münster" in amounts_of(result).index
    assert "Windows-1252" in result.report
