"""Sectors of a measured region as its user thinks of them, and domains that are to be nobody's priority."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.nace import LONGEST
from analysis.regions.region_set import RegionSet
from analysis.runs.suggestion import did_you_mean

SECTIONS, DIVISIONS, NON_TRADABLES = "sections", "divisions", "non_tradables"
SOLD_NEARBY = "D,E,F,G,I56,L,N80-N82,S95"
"""Sections and divisions of NACE Rev. 2 of which little is traded between regions: energy, water, construction, trade,
real estate and local services (after De Gregorio, Giovannini & Wolf 1994)."""
REST = "other"
Group = tuple[str, list[str]]
"""Name of a sector, empty where it has none, and codes of its domains."""
_FORM = "Write codes as C10-C12,C25+C28: a comma between sectors, + within one."


def with_sectors(members: RegionSet, wanted: str | None) -> RegionSet:
    """Divide the domains of a set into other sectors.

    Parameters
    ----------
    members
        Regions.
    wanted
        ``"sections"`` (as they are), ``"divisions"`` (each domain is one), codes (``C10-C12,C25+C28``, a name and
        ``=`` before them if wanted), or the path of a table of ``domain`` and ``sector`` (CSV) or of a TOML file with
        ``name = "codes"`` in each line. What is not named stays with the others of its section.

    Returns
    -------
    RegionSet
        The same regions, with ``sector`` and ``sector_name`` of domains as wanted.

    Raises
    ------
    RequestError
        If a code is not known, or a domain is in two sectors.
    """
    if wanted is None or wanted.strip().casefold() == SECTIONS:
        return members
    domains = members.domains
    if wanted.strip().casefold() == DIVISIONS:
        codes = [str(code) for code in domains.index]
        names = [_without(code, str(name)) for code, name in zip(codes, domains["name"], strict=True)]
        return replace(members, domains=domains.assign(sector=codes, sector_name=names))
    placed: dict[str, str] = {}
    names_of: dict[str, str] = {}
    for name, codes in _groups(wanted):
        found = chosen(domains, codes, "sectors")
        code = name or "+".join(codes)
        for domain in found:
            if domain in placed:
                raise RequestError(
                    field="sectors", value=wanted,
                    rule=f"{domains['name'][domain]} is both in {placed[domain]} and in {code}",
                    remedy="Leave it in one of them.",
                )  # fmt: skip
            placed[domain] = code
        whole = domains.loc[domains["sector"] == "+".join(codes).upper(), "sector_name"]
        names_of[code] = name or (str(whole.iloc[0]) if len(whole) else _named(domains, found))
    split = set(domains.loc[list(placed), "sector"])
    rest = [f"{REST} {name}" if code in split else name
            for code, name in zip(domains["sector"], domains["sector_name"], strict=True)]  # fmt: skip
    own = domains.index.to_series().map(placed)
    return replace(
        members,
        domains=domains.assign(
            sector=own.fillna(domains["sector"]),
            sector_name=own.map(names_of).fillna(pd.Series(rest, domains.index)),
        ),
    )


def left_out(domains: pd.DataFrame, wanted: str) -> list[str]:
    """List the domains that are to be nobody's priority.

    Parameters
    ----------
    domains
        Domains of a set of regions.
    wanted
        ``"non_tradables"``, or codes of sections and divisions as for `with_sectors`.

    Returns
    -------
    list of str
        Codes of domains.

    Raises
    ------
    RequestError
        If a code is not known.
    """
    if wanted.strip().casefold() == NON_TRADABLES:
        known = {str(each) for each in (*domains.index, *domains["sector"])}
        parts = [part for part in _parts(SOLD_NEARBY) if part.split("-")[0] in known]
        if not parts:
            raise RequestError(
                field="leave_out", value=wanted, rule="is known of NACE only, which these domains are not of",
                remedy="Name the domains by their codes.",
            )  # fmt: skip
        return chosen(domains, parts, "leave_out")
    return chosen(domains, _parts(wanted.replace("+", ",")), "leave_out")


def chosen(domains: pd.DataFrame, parts: Iterable[str], field: str) -> list[str]:
    """Look up codes of domains, of sections, and ranges of them (``C10-C12``) in the order of the table.

    Raises
    ------
    RequestError
        If one is not known.
    """
    order = [str(code) for code in domains.index]
    folded = {code.casefold(): code for code in order}
    sections = {str(sector).casefold(): str(sector) for sector in domains["sector"]}
    found: list[str] = []
    for part in parts:
        low, dash, high = (each.strip().casefold() for each in part.partition("-"))
        # A range may leave its letter out at the end: C10-12.
        high = high if high in folded else re.sub(r"\d+$", "", low) + high
        if part.casefold() in folded:
            found.append(folded[part.casefold()])
        elif not dash and part.casefold() in sections:
            found += [code for code in order if str(domains.loc[code, "sector"]) == sections[part.casefold()]]
        elif dash and low in folded and high in folded:
            first, last = order.index(folded[low]), order.index(folded[high])
            found += order[min(first, last) : max(first, last) + 1]
        else:
            raise RequestError(
                field=field, value=part, rule="is no code of a domain, nor of a sector",
                remedy=did_you_mean(part, [*order, *sections.values()]) or f"{_FORM} Known are {_some(order)}.",
            )  # fmt: skip
    return list(dict.fromkeys(found))


def _groups(wanted: str) -> list[Group]:
    path = Path(wanted)
    if path.suffix.casefold() in {".csv", ".toml"}:
        groups = _of_file(path)
    else:
        parts = (part.rpartition("=") for part in _parts(wanted))
        groups = [(name.strip(), _parts(codes, "+")) for name, _, codes in parts]
    names = [name for name, _ in groups if name]
    twice = next((name for name in names if names.count(name) > 1), None)
    if not groups or twice is not None or not all(codes for _, codes in groups):
        rule = (
            "names no sectors, or one without domains" if twice is None else f"has two sectors called {twice}"
        )
        raise RequestError(field="sectors", value=wanted, rule=rule, remedy=_FORM)
    return groups


def _of_file(path: Path) -> list[Group]:
    remedy = (
        'Give a CSV with the columns domain and sector, or a TOML file with lines such as food = "C10-C12".'
    )
    try:
        text = path.read_text("utf-8-sig")
        if path.suffix.casefold() == ".toml":
            return [(name, _parts(_text(codes), "+,")) for name, codes in tomllib.loads(text).items()]
        rows = list(csv.DictReader(text.splitlines()))
        groups: dict[str, list[str]] = {}
        for row in rows:
            groups.setdefault(row["sector"].strip(), []).append(row["domain"].strip())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RequestError(
            field="sectors", value=str(path), rule=f"cannot be read ({error})", remedy=remedy
        ) from None
    except (KeyError, AttributeError):
        raise RequestError(
            field="sectors", value=str(path), rule="lacks a column domain or sector", remedy=remedy
        ) from None
    return list(groups.items())


def _text(codes: object) -> str:
    return ",".join(map(str, codes)) if isinstance(codes, list) else str(codes)


def _parts(text: str, separators: str = ",") -> list[str]:
    return [part.strip() for part in re.split(f"[{separators}]", text) if part.strip()]


def _named(domains: pd.DataFrame, found: Sequence[str]) -> str:
    """Name a sector after its domains, as many as there is room for."""
    named = [_without(code, str(domains.loc[code, "name"])) for code in found]
    kept = [name for place, name in enumerate(named) if len(", ".join(named[: place + 1])) <= LONGEST - 20]
    kept = kept or [named[0][: LONGEST - 20].strip()]
    return ", ".join(kept) + (" and others" if len(named) > len(kept) else "")


def _without(code: str, name: str) -> str:
    return name.removeprefix(f"{code} ")


def _some(codes: Sequence[str]) -> str:
    return f"{', '.join(codes[:4])} ... {codes[-1]}" if len(codes) > 5 else ", ".join(codes)
