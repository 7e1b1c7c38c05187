"""What counts twice or is no amount, in files as offices, spreadsheets and software leave them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from analysis.errors import RequestError
from analysis.regions.importing.importer import Request, import_regions
from analysis.regions.importing.nuts import SPLITS
from analysis.regions.importing.scattered import scattered_sum, shared_out
from tests.unit.analysis.regions.imports import imported
from tests.unit.analysis.regions.test_import_kinds import AMOUNTS, DOMAINS, REGIONS, read, wide

WORDS = ["Food", "Textiles", "Wood", "Metal", "Machines", "Building", "Retail", "Software"]
TOWNS = [
    "Ahaus",
    "Bonn",
    "Celle",
    "Dahme",
    "Erfurt",
    "Fulda",
    "Gera",
    "Halle",
    "Ilmenau",
    "Jena",
    "Kiel",
    "Lahr",
]
MANY = np.round(np.exp(np.random.default_rng(5).normal(7, 1, (12, 8))))
NORTH, SOUTH = [0, 2, 3, 7, 10], [1, 4, 5, 6, 8, 9, 11]
GAPS = AMOUNTS.copy()
GAPS[[0, 2, 4, 1], [0, 3, 4, 2]] = np.nan
DASH, BLANK = "\u2013", "\u00a0"
KNOWN = float(np.nansum(GAPS))


def cell(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.12g}"


def long(header: str, row: Callable[[str, str, float], str], domains: list[str] = DOMAINS) -> str:
    rows = (
        row(region, domain, AMOUNTS[i, j])
        for i, region in enumerate(REGIONS)
        for j, domain in enumerate(domains)
    )
    return "\n".join([header, *rows]) + "\n"


def by_name(*more: tuple[str, np.ndarray]) -> str:
    rows = sorted([*zip(TOWNS, MANY, strict=True), *more], key=lambda each: each[0])
    return wide(np.array([row for _, row in rows]), [name for name, _ in rows], WORDS)


def beside(code: str, column: np.ndarray, domains: list[str], inside: np.ndarray = GAPS) -> str:
    return wide(np.column_stack([column, inside]), domains=[code, *domains], write=cell)


THOUSANDS = wide(AMOUNTS / 1000, write=lambda value: f"{value:.3f}")

READ: dict[str, tuple[str, float, str]] = {
    "a sum of regions that stand apart": (by_name(("Ehn", MANY[[0, 4, 9]].sum(0))), MANY.sum(), "the sum of Ahaus"),
    "parts of a country that stand apart": (
        by_name(("Ehn", MANY[NORTH].sum(0)), ("Jot", MANY[SOUTH].sum(0))), MANY.sum(), "region 'Jot'"),
    "a sum of domains that stand apart": (
        wide(np.column_stack([MANY, MANY[:, [0, 3, 7]].sum(1)]), TOWNS, [*WORDS, "Knowledge"]), MANY.sum(),
        "the sum of Food, Metal, Software"),
    "a range of NAICS with gaps": (
        beside("31-33", AMOUNTS[:, :4].sum(1), ["311", "321", "331", "332", "44", "45", "51", "52"]), KNOWN,
        "a total over 311"),
    "a range of numbers with gaps": (
        beside("10-16", AMOUNTS[:, :3].sum(1), ["10", "13", "16", "25", "28", "41", "47", "62"]), KNOWN,
        "a total over 10"),
    "a region that was split": (
        wide(np.vstack([AMOUNTS[0] + AMOUNTS[1], GAPS]), ["HU10", "HU11", "HU12", "HU21", "HU22", "HU23"], write=cell),
        KNOWN, "a total over HU11, HU12"),
    "power codes of the OECD": (
        long("REG_ID,Region,VAR,ISIC4,Value,PowerCode Code,PowerCode",
             lambda region, code, value: f"{region},Reg,EMP,{code},{value / 1000:.3f},3,Thousands"), AMOUNTS.sum(), ""),
    "power codes in words": (
        long("REG_ID,ISIC4,Value,PowerCode",
             lambda region, code, value: f"{region},{code},{value / 1000:.3f},Thousands"), AMOUNTS.sum(), ""),
    "disclosure codes": (
        long("area,industry,year,disclosure_code,emp", lambda region, code, value:
             f"{region},{code},2020,{'N' if value < 1500 else ''},{value if value >= 1500 else 0:.0f}"),
        AMOUNTS[AMOUNTS >= 1500].sum(), "zeros carry a flag"),
    "flags of years": (
        long("region,nace,2019,2020 p", lambda region, code, value: f"{region},{code},{value:.0f},{value + 1:.0f}"),
        AMOUNTS.sum() + 40, "2020 p was read"),
    "numbers in the place of names": (wide(regions=list("12345")).replace("region", ""), AMOUNTS.sum(), ""),
    "codes with decimals": (
        long("region,nace_r2,value", lambda region, code, value: f"{region},{code[1:]}.0,{value:.0f}"), AMOUNTS.sum(),
        "'10.0' became 10"),
    "codes with blanks": (
        wide(domains=[f"{code[0]} {code[1:]}" for code in DOMAINS]), AMOUNTS.sum(), "'C 10' became C10"),
    "flags in brackets": (wide().replace("5605", "5605 [p]"), AMOUNTS.sum(), ""),
}  # fmt: skip

REFUSED: dict[str, tuple[str, str]] = {
    "thousands in the seventh line above": (
        "Extracted,1 Jan\nDataset,x\nUpdated,y\n\nFrequency,,Annual\nStatus,,Employed\nUnit,,Thousand persons\n\n"
        + THOUSANDS, "around the table says 'Thousand'"),
    "thousands in a note": (THOUSANDS + "\nSource: Office. All figures in thousands.\n", "says 'thousands'"),
    "thousands in a row of units": (
        THOUSANDS.replace("\n", "\n," + ",".join(["1000 persons"] * 8) + "\n", 1), "says '1000 persons'"),
    "billions among whole numbers": (
        wide(write=lambda value: f"{value / 1000:.1f}b" if value > 4000 else f"{value * 1e6:.0f}"), "a flag or a unit"),
    "domains by years": (
        wide(np.hstack([AMOUNTS, AMOUNTS + 7]), domains=[f"{word} {year}" for year in (2019, 2020) for word in WORDS]),
        "2 periods (2019, 2020)"),
    "people and firms": (
        wide(np.hstack([AMOUNTS, AMOUNTS // 9]), domains=[f"{kind}_{code}" for kind in ("emp", "firms")
                                                          for code in DOMAINS]), "2 kinds (emp, firms)"),
    "a part of a region": (
        wide(np.vstack([AMOUNTS, AMOUNTS[3] // 3]), [*REGIONS, "of which: Graz"], WORDS), "a part of another"),
    "a part of a domain": (
        wide(np.column_stack([AMOUNTS, AMOUNTS[:, 3] // 3]), domains=[*WORDS, "darunter: Stahl"]), "a part of another"),
    "manufacturing over its divisions": (
        wide(np.column_stack([GAPS, AMOUNTS[:, :5].sum(1)]), write=cell,
             domains=[*(f"Manufacture of {word}" for word in WORDS[:5]), *WORDS[5:], "Manufacturing"]),
        "'Manufacturing' is called a total"),
    "people among domains": (
        wide(np.column_stack([AMOUNTS, AMOUNTS.sum(1) * 3]), domains=[*WORDS, "Einwohner"]), "'Einwohner' is no dom"),
    "pop among codes": (
        wide(np.column_stack([AMOUNTS, AMOUNTS.sum(1) * 3]), domains=[*DOMAINS, "pop"]), "'pop' is no domain"),
    "ranks among words": (wide(np.column_stack([AMOUNTS, [3, 1, 5, 2, 4]]), domains=[*WORDS, "Rank"]), "no domain"),
    "dashes of two kinds": (
        long("region,nace,value", lambda region, code, value:
             f"{region[:2]}{'-' if code < 'C25' else DASH}{region[2:]},{code},{value:.0f}"), "the kind of a dash"),
    "one code under two labels": (wide(domains=["C10 Food", "C10 Drink", *DOMAINS[2:]]), "have one code"),
    "one code with and without a point": (wide(domains=["C10.1", "C101", *DOMAINS[2:]]), "have one code"),
    "units that go along with regions": (
        long("region,nace,Merkmal,value", lambda region, code, value:
             f"{region},{code},{'Betriebe' if region == 'AT31' else 'Personen'},{value:.0f}"), "several values"),
    "codes that became numbers": (wide(domains=["1E04", "1.00E+05", *DOMAINS[2:]]), "a number with an exponent"),
    "a title of shares": ("Share of employment\n\n" + THOUSANDS, "Share of employment"),
    "a title of an index": ("Employment (index, 2015 = 100)\n\n" + THOUSANDS, "says that these are no amounts"),
    "a title of rates": ("Employees per 1,000 inhabitants\n\n" + THOUSANDS, "says that these are no amounts"),
    "shares of which some are not published": (
        wide(np.where(AMOUNTS < 1300, np.nan, 100 * AMOUNTS / AMOUNTS.sum(1, keepdims=True)), domains=WORDS,
             write=lambda value: "" if np.isnan(value) else f"{value:.1f}"), "as shares do"),
    "few shares in whole percent": (
        wide(np.array([[20, 30, 50, 0], [10, 10, 20, 60], [25, 25, 25, 25], [5, 15, 60, 20]]), domains=WORDS[:4],
             regions=REGIONS[:4]), "every region sums to 100"),
    "columns of blanks": ("region     C10   C13\nAT11     5605  2771\nAT12     8613  3817\n", "has one column"),
    "marks of footnotes": (wide().replace("5605", "5605 1)"), "a mark of a footnote"),
    "brackets of accountants": (wide().replace("914", "(914)"), "is in brackets"),
    "formulas as text": (wide().replace("5605", "=SUM(B3:B4)"), "is a formula"),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_read_right(kind: str) -> None:
    text, meant, told = READ[kind]
    found = read(text)
    assert np.nansum(found.amounts) == pytest.approx(meant)
    assert told in " ".join([*found.dropped, *found.notes])


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_with_its_cause(kind: str) -> None:
    text, told = REFUSED[kind]
    with pytest.raises(RequestError) as raised:
        read(text)
    assert told in str(raised.value)


@pytest.mark.parametrize(("title", "form"), [("in thousands", "0.000"), ("Table", '0.000" Tsd"')])
def test_thousands_that_a_workbook_only_shows_are_asked_about(tmp_path: Path, title: str, form: str) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.append(["region", *DOMAINS])
    for region, row in zip(REGIONS, AMOUNTS / 1000, strict=True):
        sheet.append([region, *map(float, row)])
    for cells in sheet.iter_rows(min_row=2, min_col=2):
        for each in cells:
            each.number_format = form
    book.save(tmp_path / "table.xlsx")
    with pytest.raises(RequestError, match="around the table says"):
        import_regions(Request(tmp_path / "table.xlsx"))


def test_a_sheet_without_numbers_is_told_and_others_are_mentioned(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Cover"])
    book.worksheets[0].append(["About these data"])
    book.create_sheet("Data")
    book.save(tmp_path / "table.xlsx")
    with pytest.raises(RequestError, match=r"has no amounts.*--sheet chooses another"):
        import_regions(Request(tmp_path / "table.xlsx"))


@pytest.mark.parametrize(
    "date", ["10. Dez", "10.12.2023", "12/10/2023", "Dez 10", "10-déc", "1. Nov", "10-Dec-23"]
)
def test_dates_of_other_languages_are_no_codes(date: str) -> None:
    with pytest.raises(RequestError, match="is a date"):
        read(wide(domains=["10.11", date, "13.1", "16.2", "25.1", "28.2", "41.1", "62.01"]))


def test_what_looks_the_same_is_the_same() -> None:
    names = ["\u00cele", "\u00c9pi", "Bad A", "Bad B", "Bad C"]
    text = wide(AMOUNTS[:, :4], names, DOMAINS[:4])
    other = "\n".join(
        f"{unicodedata.normalize('NFD', name).replace(' ', BLANK)},{code},{AMOUNTS[i, j]:.0f}"
        if j % 2
        else f"{name},{code},{AMOUNTS[i, j]:.0f}"
        for i, name in enumerate(names)
        for j, code in enumerate(DOMAINS[:4])
    )
    assert read(f"region,nace,value\n{other}\n").amounts.equals(read(text).amounts)


@pytest.mark.parametrize(
    ("header", "domains"),
    [("nace_r1", ["C10", "C11", "C13", "C14"]), ("ipc", ["C10", "C12", "C22", "C23"]),
     ("domain", ["A01", "B25", "C10", "C12", "G06"])],
)  # fmt: skip
def test_codes_of_other_classifications_are_not_called_by_names_of_nace(
    tmp_path: Path, header: str, domains: list[str]
) -> None:
    text = long(f"region,{header},value", lambda region, code, value: f"{region},{code},{value:.0f}", domains)
    with pytest.raises(RequestError, match="relatedness cannot be had"):
        imported(tmp_path, text)
    matrix = "\n".join(
        [
            ",".join(["", *domains]),
            *(",".join([one, *("1" if one == two else "0.5" for two in domains)]) for one in domains),
        ]
    )
    (tmp_path / "phi.csv").write_text(matrix, "utf-8")
    found = imported(tmp_path, text, relatedness=tmp_path / "phi.csv").assembly
    assert found.members.domains["name"].to_list() == domains
    assert not found.members.domains["complexity"].any()
    assert "another classification" in " ".join(found.notes)


def test_amounts_of_chance_are_no_sums_of_others() -> None:
    luck = np.random.default_rng(3)
    for size in ((8, 4), (12, 8), (30, 8), (40, 60)):
        for _ in range(10):
            amounts = np.round(np.exp(luck.normal(luck.choice([2, 5, 7]), 1, size)))
            assert scattered_sum(amounts) is None
            assert shared_out(amounts) is None


def test_regions_that_were_split_are_of_nuts_2() -> None:
    assert all(len(part) == 4 and part[:2] == code[:2] for code, parts in SPLITS.items() for part in parts)
