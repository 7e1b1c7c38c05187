"""Periods, and columns that are no domains."""

from __future__ import annotations

from benchmarks.made_tables import Draft


def years(made: Draft) -> None:
    """Have several years."""
    made.periods = [("2019", 0.9), ("2020", 1.1)]


def last_year_thin(made: Draft) -> None:
    """Have a last year that hardly anybody publishes."""
    made.periods = [("2020", 0.9), ("2023", 0.0)]


def quarters(made: Draft) -> None:
    """Have quarters whose names are not in the order of time."""
    made.period, made.periods = "Q1 2022", [("Q4 2021", 0.9), ("Q2 2021", 1.1)]


def split_years(made: Draft) -> None:
    """Have years of two digits around 2000."""
    made.period, made.periods = "00/01", [("98/99", 0.9), ("99/00", 1.1)]


def two_indicators(made: Draft) -> None:
    """Have two indicators in alternate rows."""
    if made.long or made.layout == "bulk":
        made.extra["indic_sbs"] = lambda row: ("EMP", "LOC")[row % 2]
        made.must_refuse = made.written.size > 1


def one_indicator(made: Draft) -> None:
    """Have columns of indicator and unit that are the same throughout."""
    if made.long:
        made.extra.setdefault("indic_sbs", lambda _: "EMP")
        made.extra["unit"] = lambda _: "NR"


def other_headers(made: Draft) -> None:
    """Call columns as nobody else does."""
    made.known_header = False


def numbered_rows(made: Draft) -> None:
    """Number the rows."""
    if made.layout in {"wide", "long"}:
        made.file.add("numbered")


def conditions(made: Draft) -> None:
    """Have columns of conditions beside domains."""
    if made.layout == "wide":
        made.file.add("conditions")


def area(made: Draft) -> None:
    """Have a column that is no domain."""
    if made.layout == "wide":
        made.file.add("area")
        made.must_refuse = True
