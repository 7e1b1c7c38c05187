"""Where regions are found: those that ship, by code, and those of a user, by folder."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.nace import LONGEST
from analysis.regions.region_set import ABOUT, RegionSet, read_region_set
from model.spec.problem import nearest

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios" / "regions" / "eu_nuts2"
PLACES = "places.csv"
COUNTRY_CODE, MOST_NAMED = 2, 15
OTHER_COUNTRY_CODES = MappingProxyType({"GR": "EL", "GB": "UK"})
"""Codes of countries elsewhere, and those that Eurostat uses."""


@dataclass(frozen=True)
class RegionReference:
    """One region of a set.

    Attributes
    ----------
    members
        The set that it belongs to.
    code
        Its code.
    """

    members: RegionSet
    code: str

    @property
    def row(self) -> pd.Series[Any]:
        """What is known of the region beside its domains."""
        return pd.Series(self.members.regions.loc[self.code])

    @property
    def name(self) -> str:
        """Name for people, in English in brackets where that differs."""
        row = self.row
        english = str(row.get("name_english", ""))
        own = str(row["name"])
        return own if english in {"", own, "nan"} else f"{own} ({english})"

    @property
    def short_name(self) -> str:
        """Name of at most 60 characters: both if they fit, else the English one."""
        english = str(self.row.get("name_english", ""))
        fitting = self.name if len(self.name) <= LONGEST or english in {"", "nan"} else english
        return fitting[:LONGEST].strip()


@cache
def shipped() -> RegionSet:
    """Give the regions that ship."""
    return read_region_set(SHIPPED)


@cache
def places() -> dict[str, str]:
    """Give larger cities of the regions that ship, by code, in their own and in English names."""
    return dict(_places()["places"])


@cache
def positions() -> pd.DataFrame:
    """Give where the regions that ship are: ``latitude`` and ``longitude`` in degrees, by code.

    Where those of the table of regions are missing or wrong, they are those of its larger cities.
    """
    own = shipped().regions[["latitude", "longitude"]]
    better = _places()[["latitude", "longitude"]].apply(pd.to_numeric)
    return pd.DataFrame(better.reindex(own.index).fillna(own))


@cache
def _places() -> pd.DataFrame:
    table = pd.read_csv(SHIPPED / PLACES, dtype=str, keep_default_na=False, encoding="utf-8")
    return table.set_index("code")


def find_region(reference: str) -> RegionReference:
    """Find a region.

    Parameters
    ----------
    reference
        Code of a region that ships, ``ITH5``; a folder of imported regions, if there is one in it; or both,
        ``my_regions:CODE``.

    Returns
    -------
    RegionReference
        The region.

    Raises
    ------
    RequestError
        If there is no such region.
    """
    folder, code = _parts(reference)
    members = shipped() if folder is None else read_region_set(folder)
    codes = list(members.regions.index)
    if not code:
        if len(codes) > 1:
            listed = ", ".join(codes[:6])
            raise RequestError(
                f"--region {reference}: holds {len(codes)} regions; say which, such as "
                f"{reference}:{codes[0]} (there are {listed}{' ...' if len(codes) > 6 else ''})."
            )
        return RegionReference(members, codes[0])
    folded = {each.casefold(): each for each in codes}
    if code.casefold() in folded:
        return RegionReference(members, folded[code.casefold()])
    raise RequestError(f"--region {reference}: {_no_such(code, members)}")


def _parts(reference: str) -> tuple[Path | None, str]:
    """Part a reference into folder and code."""
    if (Path(reference) / ABOUT).is_file():
        return Path(reference), ""
    before, colon, after = reference.rpartition(":")
    if colon and (Path(before) / ABOUT).is_file():
        return Path(before), after
    if colon or "/" in reference or "\\" in reference or Path(reference).is_dir():
        raise RequestError(
            f"--region {reference}: there is no folder of regions here (one with {ABOUT}); "
            "make one with `regions import FILE`, or give the code of a region that ships, such as ITH5."
        )
    return None, reference


def _no_such(code: str, members: RegionSet) -> str:
    country = codes_of_country(code, members)
    if country:
        return f"is a country; its regions are {_listed(country, members)}"
    found = search(code, members)
    if len(found):
        first = ", ".join(f"{each} {row['name']}" for each, row in found.head(3).iterrows())
        return f"is not the code of a region; did you mean {first}?"
    meant = nearest(code, members.regions.index)
    hint = f"; did you mean {meant}?" if meant else "; `regions search NAME` finds one"
    return f"is not the code of one of the {len(members.regions)} regions of {members.about.title}{hint}"


def codes_of_country(code: str, members: RegionSet) -> list[str]:
    """List the codes of a country that has several regions, given its two letters; none where it is no country."""
    prefix = OTHER_COUNTRY_CODES.get(code.strip().upper(), code.strip().upper())
    if not (len(prefix) == COUNTRY_CODE and prefix.isalpha()):
        return []
    return [str(each) for each in members.regions.index if str(each).upper().startswith(prefix)]


def _listed(codes: list[str], members: RegionSet) -> str:
    """List codes, with names where these are few."""
    if len(codes) > MOST_NAMED:
        return ", ".join(codes)
    return ", ".join(f"{code} {RegionReference(members, code).short_name}" for code in codes)


def search(words: str, members: RegionSet) -> pd.DataFrame:
    """Find regions whose code, name, country or, of those that ship, a city in it contains all of some words.

    Parameters
    ----------
    words
        Words, in any order and case.
    members
        Regions among which to look.

    Returns
    -------
    pandas.DataFrame
        Rows of the table of regions.
    """
    table = members.regions
    known = [column for column in ("name", "name_english", "country") if column in table]
    names = table[known].fillna("").astype(str).agg(" ".join, axis=1)
    within = places() if members is shipped() else {}
    cities = pd.Series([within.get(str(code), "") for code in table.index], table.index)
    plain = (names + " " + table.index.astype(str) + " " + cities).map(folded)
    chosen = pd.Series(data=True, index=table.index)
    for word in words.split():
        chosen &= plain.str.contains(folded(word), regex=False)
    return table[chosen]


def folded(text: str) -> str:
    """Fold case and leave accents out, so that Espana finds España."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
