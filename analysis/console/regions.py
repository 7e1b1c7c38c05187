"""Measured regions on the screen: listed and found."""

from __future__ import annotations

import shlex
from pathlib import Path

import pandas as pd
from rich import box
from rich.markup import escape
from rich.table import Table

from analysis.console.terminal import Terminal, command_line
from analysis.regions.catalogue import search, shipped
from analysis.regions.region_set import RegionSet, read_region_set

NOT_FOUND = 1


def _members(folder: Path | None) -> RegionSet:
    return shipped() if folder is None else read_region_set(folder)


def list_regions(country: str | None, folder: Path | None, terminal: Terminal) -> None:
    """List regions, with how much of each is published.

    Parameters
    ----------
    country
        Country whose regions are listed; None for all.
    folder
        Folder of imported regions; None for those that ship.
    terminal
        Where to speak.
    """
    members = _members(folder)
    chosen = members.regions if country is None else search(country, members)
    if country is not None and "country" in chosen:
        chosen = chosen[chosen["country"].str.casefold() == country.strip().casefold()]
    _show_list(chosen, members, folder, terminal)


def search_regions(words: str, folder: Path | None, terminal: Terminal) -> int:
    """Find regions by words.

    Parameters
    ----------
    words
        Parts of names, codes or countries.
    folder
        Folder of imported regions; None for those that ship.
    terminal
        Where to speak.

    Returns
    -------
    int
        Exit code: 0, or 1 when nothing was found.
    """
    members = _members(folder)
    found = search(words, members)
    _show_list(found, members, folder, terminal)
    return 0 if len(found) else NOT_FOUND


def _show_list(chosen: pd.DataFrame, members: RegionSet, folder: Path | None, terminal: Terminal) -> None:
    published = members.amounts.notna().to_numpy().sum(axis=1)
    counts = pd.Series(published, members.amounts.index)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for heading in ("code", "name", "in English", "country"):
        table.add_column(heading, no_wrap=heading == "code")
    table.add_column("domains", justify="right")
    rows = []
    for code in map(str, chosen.index):
        row = pd.Series(chosen.loc[code])
        cells = [code, *(_text(row.get(name)) for name in ("name", "name_english", "country"))]
        table.add_row(*map(escape, cells), str(counts[code]))
        rows.append(
            dict(zip(("code", "name", "name_english", "country"), cells, strict=True))
            | {"published_domains": int(counts[code])}
        )
    terminal.emit(rows)
    if not rows:
        terminal.show("No region has all of these words in its code, name or country.")
        following = "regions list" if folder is None else f"regions list --from {shlex.quote(str(folder))}"
        terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")
        return
    terminal.show(table)
    shown = str(rows[0]["code"]) if folder is None else f"{folder}:{rows[0]['code']}"
    following = f"regions show {shlex.quote(shown)}"
    terminal.show(f"{len(rows)} of {len(members.regions)} regions: {escape(members.about.title)}")
    terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN is not itself
