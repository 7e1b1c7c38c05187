"""Small tables that go wrong in other tools: each is read right, or refused in words that name the cause."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.errors import RequestError
from analysis.regions.importing.files import read_sheet
from analysis.regions.importing.importer import Imported, Request, import_regions
from analysis.regions.importing.interpretation import read_table
from analysis.regions.importing.options import Options

CASES = Path(__file__).with_name("import_cases")
SMALL, LARGE = 141_341, 1_283_858

READ: dict[str, tuple[float, tuple[int, int], list[str]]] = {
    "00_control_wide.csv": (SMALL, (5, 8), []),
    "01_sdmx_csv_with_aggregates.csv": (SMALL, (5, 8), ["'EU27_2020': a total", "'C': a total over C10", "'AT1'"]),
    "01b_bulk_tsv_with_aggregates.tsv": (SMALL, (5, 8), ["'B-S_X_O642': a total", "'AT': a total over AT1, AT2, AT3"]),
    "01c_wide_totals_in_words.csv": (SMALL, (5, 8), ["'Insgesamt': a total", "'TOTAL - all NACE activities'"]),
    "03_semicolon_point_thousands.csv": (SMALL, (5, 8), ["5.605 is 5605"]),
    "05_flag_column.csv": (113_063, (5, 8), ["8 zeros carry a flag that says that the number is withheld", "c 8"]),
    "07_oecd_ref_area.csv": (SMALL, (5, 8), ["MEASURE = EMP"]),
    "10b_sep_line.csv": (SMALL, (5, 8), []),
    "10c_blank_first_line_semicolon.csv": (SMALL, (5, 8), []),
    "10d_old_mac_line_ends.csv": (SMALL, (5, 8), []),
    "10f_comma_values_semicolon_title.csv": (SMALL, (5, 8), ["Employees; persons"]),
    "12_nuts_old_new.csv": (88_216, (3, 8), ["'FR24': warning, the earlier NUTS code of 'FRB0'"]),
    "13_sign_apos.csv": (SMALL - 5605 + 12345, (5, 8), []),
    "13_sign_thin.csv": (SMALL - 5605 + 12345, (5, 8), []),
    "13_sign_u.csv": (SMALL - 5605, (5, 8), ["39 published", "1 blank"]),
    "20_sdmx_csv_aggregates_36_regions.csv": (LARGE, (36, 8), ["'AA': a total over AA1, AA2", "over AA11"]),
    "20b_bulk_tsv_aggregates_36_regions.tsv": (LARGE, (36, 8), ["'C': a total over C10"]),
    "20d_clean_36_regions.csv": (LARGE, (36, 8), ["correlation with diversity is"]),
    "21_bulk_tsv_colon_u.tsv": (1_250_206, (36, 8), ["6 blank", "unit = THS", "b 282"]),
    "22_last_year_partial.tsv": (LARGE, (36, 8), ["2021 was read: the latest", "2022 has 1 region"]),
    "22c_two_digit_years.csv": (LARGE, (36, 8), ["00/01 was read"]),
    "22e_quarters.csv": (LARGE, (36, 8), ["Q3 2022 was read"]),
    "30b_excel_merged_two_header_rows.xlsx": (SMALL, (5, 8), ["Manufacturing"]),
    "30c_excel_title_and_footnotes.xlsx": (SMALL, (5, 8), ["Table 3.1", "1) provisional", "Source: office"]),
    "40f_lowercase_codes.csv": (SMALL, (5, 8), ["c10 became C10"]),
    "40g_zero_width_space.csv": (SMALL, (5, 8), ["13 cells had characters in them that nobody sees"]),
    "40o_conditions.csv": (SMALL, (5, 8), ["41.200 is 41200"]),
    "40y_sum_row_no_label.csv": (SMALL, (5, 8), ["'Total, all regions': a total (141,341)"]),
}  # fmt: skip

REFUSED: dict[str, tuple[list[str], dict[str, Any] | None, float]] = {
    "02_sdmx_csv_two_indicators.csv": (
        ["'indic_sbs' has several values", "--select indic_sbs=EMP_LOC_NR"], {"select": {"indic_sbs": "EMP_LOC_NR"}},
        SMALL),
    "02b_sdmx_csv_units_mixed_without_overlap.csv": (
        ["'indic_sbs' has several values (EMP_LOC_NR, LOC_NR)", "--select"], None, 0),
    "03b_semicolon_comma_thousands.csv": (
        ["'G47' (6,291,000", "another unit than all others"], {"accept": ("units",)}, SMALL - 18_039 + 18_039_000),
    "04_suffix_k_m.csv": (["row 2, column 'C10': '5.6k' has a unit", "write the amount in full"], None, 0),
    "08_exports_hs2.csv": (["'10'", "--classification nace"], {"classification": "nace"}, SMALL),
    "09_percent_shares.csv": (["every region sums to 100", "shares"], {"accept": ("shares",)}, 500.01),
    "09c_binary_matrix.csv": (["all numbers are 0 or 1"], {"accept": ("binary",)}, 15),
    "10_semicolon_names_with_commas.csv": (["'Food, drink, tobacco'", "--relatedness"], None, 0),
    "13_sign_bn.csv": (["'3 bn' has a unit"], None, 0),
    "13_sign_m.csv": (["'5m' has a unit"], None, 0),
    "13_sign_mio.csv": (["'5 mio' has a unit"], None, 0),
    "30d_excel_code_turned_date.xlsx": (["column 9 is a date (2026-12-10)", "formatted as text"], None, 0),
    "30e_excel_percent_format.xlsx": (["formatted as percentages"], {"accept": ("shares",)}, 5),
    "30f_excel_formulas_never_calculated.xlsx": (["10 cells hold formulas without a value (B2"], None, 0),
    "30i_excel_numeric_codes_lost_zero.xlsx": (["'1'", "--classification nace"], None, 0),
    "40d_id_column_in_wide.csv": (
        ["column 'area_km2' is no domain", "--columns area_km2=ignore"], {"columns": {"area_km2": "ignore"}}, SMALL),
    "40h_case_duplicate_codes.csv": (["'AT11' and 'at11' differ in capital letters only"], None, 0),
    "40j_firms_dates_bands.csv": (["row 3, column 'employees': '20 a'", "no official flag"], None, 0),
    "40m_baci.csv": (["3 regions are too few", "'010121'"], None, 0),
    "40u_huge.csv": (["row 2, column 'C10': '9e307' is too large"], None, 0),
}  # fmt: skip


def imported(name: str, **options: Any) -> Imported:
    return import_regions(Request(CASES / name, **options))


def total(result: Imported) -> float:
    return float(np.nansum(result.assembly.members.amounts.to_numpy()))


def test_every_case_has_its_answer() -> None:
    assert {path.name for path in CASES.iterdir()} == set(READ) | set(REFUSED)


@pytest.mark.parametrize("name", READ)
def test_read_right(name: str) -> None:
    wanted, shape, told = READ[name]
    result = imported(name)
    assert total(result) == wanted
    assert result.assembly.members.amounts.shape == shape
    for fragment in told:
        assert fragment in result.report


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_cause_and_read_when_the_choice_is_made(name: str) -> None:
    told, choice, wanted = REFUSED[name]
    with pytest.raises(RequestError) as raised:
        imported(name)
    for fragment in told:
        assert fragment in str(raised.value)
    if choice is not None:
        assert total(imported(name, **choice)) == pytest.approx(wanted, rel=1e-4)


def test_the_report_adds_up() -> None:
    report = imported("20_sdmx_csv_aggregates_36_regions.csv").report
    assert "Sum of all amounts in the folder: 1,283,858" in report
    assert "Of 20,541,728 that were read, 19,257,870 were left out" in report


def test_names_and_conditions_are_read_in_the_convention_of_the_table() -> None:
    regions = imported("40o_conditions.csv").assembly.members.regions
    assert regions.loc["AT11", "name"] == "Land AT11"
    known = regions.loc["AT11", ["population", "gdp_per_head", "unemployment"]]
    assert known.tolist() == [1_234_567, 41_200, 5.3]


def test_partners_of_baci_are_added_up() -> None:
    reading = read_table(read_sheet(CASES / "40m_baci.csv"))
    assert reading.amounts.loc["40", "010121"] == 509.5 + 716.5
    assert reading.measure == "exports"
    assert reading.period == "2022"


def test_a_total_with_no_telling_label_is_found_by_arithmetic(tmp_path: Path) -> None:
    text = (CASES / "40y_sum_row_no_label.csv").read_text("utf-8").replace('"Total, all regions"', "AT99")
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    result = import_regions(Request(tmp_path / "table.csv"))
    assert total(result) == SMALL
    assert "region 'AT99': the sum of all others (141,341)" in result.report


def test_columns_of_any_name_are_recognised_or_can_be_named(tmp_path: Path) -> None:
    text = (CASES / "05_flag_column.csv").read_text("utf-8")
    renamed = text.replace("nace_r2,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG", "ind,ua,jahr,emp,anm")
    path = tmp_path / "table.csv"
    path.write_text(renamed, encoding="utf-8")
    with pytest.raises(RequestError, match="'anm' has several values"):
        import_regions(Request(path))
    assert total(import_regions(Request(path, columns={"anm": "flag"}))) == 113_063
    named = renamed.replace("AT11", "Wien").replace("AT12", "Graz").replace("C10", "Food")
    named = named.replace("AT2", "Linz").replace("AT3", "Steyr")
    path.write_text(
        named.replace("C1", "Wood").replace("C2", "Metal").replace("F41", "x").replace("G47", "y"), "utf-8"
    )
    with pytest.raises(RequestError, match=r"its columns are 'ind', 'ua'.*--columns COLUMN="):
        import_regions(Request(path, columns={"anm": "flag"}))
    roles = {"anm": "flag", "ua": "region", "ind": "domain", "emp": "value"}
    assert np.nansum(read_table(read_sheet(path), Options(columns=roles)).amounts.to_numpy()) == 113_063


def test_nothing_below_warns(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    for name in ("40u_huge.csv", "22_last_year_partial.tsv"):
        shutil.copy(CASES / name, tmp_path)
        if name in READ:
            import_regions(Request(tmp_path / name))
    assert not list(recwarn)
