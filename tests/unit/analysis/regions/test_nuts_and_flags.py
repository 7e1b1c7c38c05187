"""Codes and letters of offices, and units that say how many a number is."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import RequestError
from analysis.regions.importing.cells import is_missing
from analysis.regions.importing.flags import flag_of, is_flag, withholds
from analysis.regions.importing.importer import Request, import_regions
from analysis.regions.importing.nuts import LATER, latest, recoded


def test_no_code_is_recoded_in_a_circle_and_all_are_of_nuts_2() -> None:
    assert all(len(code) == 4 for pair in LATER.items() for code in pair)
    assert all(latest(code) not in LATER for code in LATER)


@pytest.mark.parametrize(
    ("codes", "pairs"),
    [
        (["FR24", "FRB0", "AT11"], [("FR24", "FRB0")]),
        (["IT32", "ITH3"], [("IT32", "ITH3")]),
        (["GR14", "EL61"], [("GR14", "EL61")]),
        (["RO06", "RO11"], [("RO06", "RO11")]),
        (["SE0A", "SE23"], [("SE0A", "SE23")]),
        (["AT11", "AT12"], []),
    ],
)
def test_a_region_under_two_codes_is_found(codes: list[str], pairs: list[tuple[str, str]]) -> None:
    assert recoded(codes) == pairs


def test_letters_that_eurostat_uses_since_2025() -> None:
    assert is_flag("m")
    assert withholds("m")
    assert is_missing(": m")
    assert flag_of("12 i") == ("12", "i")
    # Data that cannot exist have no number, so that this is a unit.
    assert flag_of("5m") == ("5m", "")


def table(folder: Path, text: str) -> Request:
    (folder / "table.csv").write_text(text, "utf-8")
    return Request(folder / "table.csv")


LONG = "unit,nace_r2,geo,TIME_PERIOD,OBS_VALUE\n" + "".join(
    f"THS_PER,{domain},{region},2021,{value}\n"
    for region, values in (("AT11", (5.5, 20.25, 9.5, 4.5)), ("AT12", (7.25, 31.5, 11, 9)))
    for domain, value in zip(("C10", "C25", "F41", "J62"), values, strict=True)
)


def test_thousands_in_a_column_of_units_are_multiplied_and_told(tmp_path: Path) -> None:
    found = import_regions(table(tmp_path, LONG))
    assert found.assembly.members.amounts.loc["AT11"].to_list() == [5_500, 20_250, 9_500, 4_500]
    assert "multiplied by 1,000" in found.report


@pytest.mark.parametrize(
    "text",
    [
        "region,C10 (1000),C25 (1000),F41 (1000),J62 (1000)\nA,12.5,30.1,40.2,18.1\nB,22.5,20.2,30.1,28.4\n",
        "Erwerbstätige in 1000\nregion;C10;C25;F41;J62\nA;12,5;30,1;40,2;18,1\nB;22,5;20,2;30,1;28,4\n",
        "Employment (thousands),\nregion,C10,C25,F41,J62\nA,12.5,30.1,40.2,18.1\nB,22.5,20.2,30.1,28.4\n",
    ],
)
def test_thousands_elsewhere_are_asked_about(tmp_path: Path, text: str) -> None:
    with pytest.raises(RequestError, match="thousands or more"):
        import_regions(table(tmp_path, text))


@pytest.mark.parametrize(("text", "kind"), [("<html><table>", "a web page"), ('{"a": 1}', "JSON")])
def test_what_is_no_table_is_called_what_it_is(tmp_path: Path, text: str, kind: str) -> None:
    with pytest.raises(RequestError, match=f"is {kind} and no table"):
        import_regions(table(tmp_path, text))


def test_a_blank_cell_makes_no_total_of_a_domain_that_is_larger(tmp_path: Path) -> None:
    text = "region,C10,C11,J62,F41,G46\nA1,1250,,402,181,55\nA2,225,202,301,284,12\n"
    assert import_regions(table(tmp_path, text)).assembly.members.amounts.shape == (2, 5)
