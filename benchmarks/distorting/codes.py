"""Codes and names of regions and domains."""

from __future__ import annotations

from benchmarks.distorting.places import is_nace, is_nuts, put_row
from benchmarks.made_tables import Draft


def small_letters(made: Draft) -> None:
    """Write codes of NACE in small letters."""
    if is_nace(made):
        made.written.columns = [str(code).lower() for code in made.written.columns]


def numbers_for_nace(made: Draft) -> None:
    """Write divisions of NACE as numbers."""
    if not is_nace(made) or made.written.shape[1] != made.truth.shape[1] or made.written.columns[0].islower():
        return
    made.written.columns = [code[1:] for code in made.truth.columns]
    if made.layout not in {"sdmx", "bulk"}:
        made.options["classification"] = "nace"


def numbers_of_hs(made: Draft) -> None:
    """Take chapters of HS for domains."""
    if made.written.shape != made.truth.shape or made.layout in {"sdmx", "bulk", "turned", "firms"}:
        return
    chapters = [f"{number:02d}" for number in sorted(made.luck.sample(range(1, 97), made.truth.shape[1]))]
    made.truth.columns = made.written.columns = chapters
    made.known_header = made.known_header and made.layout not in {"years", "long"}


def labels_behind_codes(made: Draft) -> None:
    """Put labels behind codes of NACE or NUTS."""
    sign = made.luck.choice([" - ", " ", ": "])
    if (
        list(made.written.columns) == list(made.truth.columns)
        and is_nace(made)
        and made.written.shape[1] == made.truth.shape[1]
        and made.layout not in {"bulk", "turned"}
    ):
        made.written.columns = [f"{code}{sign}Label of it" for code in made.written.columns]
    elif (
        is_nuts(made)
        and len(made.truth) > 1
        and made.written.shape[0] == len(made.truth)
        and made.layout != "bulk"
    ):
        made.written.index = [f"{code}{sign}Name of it" for code in made.written.index]


def letters_that_look_alike(made: Draft) -> None:
    """Write a code with a Cyrillic letter."""
    if is_nace(made) and made.written.columns[0] == made.truth.columns[0] and made.truth.columns[0][0] == "C":
        made.written = made.written.rename(columns={made.truth.columns[0]: f"С{made.truth.columns[0][1:]}"})
        made.must_refuse = True


def date_for_a_code(made: Draft) -> None:
    """Turn one code of a domain into a date."""
    if made.layout in {"long", "sdmx", "oecd", "years"} and made.written.shape == made.truth.shape:
        made.written = made.written.rename(
            columns={made.written.columns[-1]: made.luck.choice(["2026-12-10", "10-Dec"])}
        )
        made.must_refuse = True


def capitals_twice(made: Draft) -> None:
    """Have two codes that differ in capital letters only."""
    if len(made.truth) > 2 and is_nuts(made) and made.truth.index[1] in made.written.index:
        made.written = made.written.rename(index={made.truth.index[1]: made.truth.index[0].lower()})
        made.must_refuse = True


def recoded_regions(made: Draft) -> None:
    """Have a region under its earlier NUTS code, too."""
    if not is_nuts(made) or len(made.truth) < 3 or made.written.shape != made.truth.shape:
        return
    made.truth.index = made.written.index = ["FRB0", "FRG0", *list(made.truth.index)[2:]]
    put_row(made, "FR24", made.truth.loc["FRB0"], made.luck.choice([0, None]))
