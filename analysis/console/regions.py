"""Measured regions on the screen: listed, found, shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.markup import escape
from rich.table import Table

from analysis import store
from analysis.console.strategies import show_priorities
from analysis.console.terminal import Terminal, command_line
from analysis.region_publication import publish_profile
from analysis.regions.catalogue import find_region, search, shipped
from analysis.regions.profile import Profile, region_profile
from analysis.regions.region_set import RegionSet, read_region_set
from analysis.regions.strategies import seat_of_priorities, strategy_of

NOT_FOUND = 1
SHOWN = 8


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
    _show_list(chosen, members, terminal)


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
    _show_list(found, members, terminal)
    return 0 if len(found) else NOT_FOUND


def _show_list(chosen: pd.DataFrame, members: RegionSet, terminal: Terminal) -> None:
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
        terminal.show(f"Try next: [bold]{command_line('regions list')}[/bold]")
        return
    terminal.show(table)
    following = f"regions show {rows[0]['code']}"
    terminal.show(f"{len(rows)} of {len(members.regions)} regions: {escape(members.about.title)}")
    terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN is not itself


def show_region(
    reference: str, terminal: Terminal, *, out: Path | None = None, theme: str | None = "light"
) -> None:
    """Show the profile of a region and write it to a folder.

    Parameters
    ----------
    reference
        Code, or folder and code.
    terminal
        Where to speak.
    out
        Folder for the profile; one under ``results/`` by default.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.
    """
    profile = region_profile(find_region(reference))
    name = f"{profile.region.code}-profile"
    folder = out or store.default_folder(name, f"profile of {reference}")
    store.check_folder(folder)
    terminal.show(f"\n[bold]{escape(profile.region.name)}[/bold]")
    about = profile.region.members.about
    period = f", {about.period}" if about.period else ""
    terminal.show(
        f"{about.measure}{period}; compared with {escape(profile.compared_with)}. "
        f"Not published, hence not known: {_missing(profile)} of {len(profile.region.members.domains)} domains."
    )
    terminal.show(_summary_table(profile))
    terminal.show(_domain_table("Strengths", profile.strengths))
    terminal.show(
        _domain_table("Candidates: what it lacks, by the ranks of density and complexity", profile.candidates)
    )
    strategy = strategy_of(profile.region.code) if profile.region.members is shipped() else None
    following = f"compare --region {reference}"
    seats = None
    if strategy is not None:
        seats = seat_of_priorities(strategy, profile.domains)
        show_priorities(strategy, seats, terminal)
        following += f" --strategy {strategy.name}"
    with terminal.waiting("Writing tables and figures ..."):
        publish_profile(profile, folder, f"profile of {reference}", theme=theme, priorities=seats)
    terminal.emit(_machine_readable(profile, folder, seats))
    terminal.show(f"\nResults: [bold]{escape(str(folder))}[/bold]")
    terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")


def _missing(profile: Profile) -> int:
    return len(profile.region.members.domains) - len(profile.domains)


def _summary_table(profile: Profile) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("rank", justify="right")
    for _, row in profile.summary.iterrows():
        value = f"{row['value']:.0f}" if float(row["value"]).is_integer() else f"{row['value']:.2f}"
        table.add_row(str(row["measure"]), value, f"{row['rank']} of {row['regions']}")
    return table


def _domain_table(title: str, rows: pd.DataFrame) -> Table:
    more = f" (first {SHOWN} of {len(rows)})" if len(rows) > SHOWN else ""
    table = Table(title=title + more, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False,
                  header_style="bold")  # fmt: skip
    table.add_column("domain")
    for heading in ("share", "quotient", "density", "complexity"):
        table.add_column(heading, justify="right")
    for _, row in rows.head(SHOWN).iterrows():
        table.add_row(
            escape(str(row["name"])),
            f"{row['share']:.1%}",
            f"{row['location_quotient']:.2f}",
            f"{row['density']:.2f}",
            f"{row['complexity']:.2f}",
        )
    if rows.empty:
        table.add_row("none", "", "", "", "")
    return table


def _machine_readable(profile: Profile, folder: Path, priorities: pd.DataFrame | None) -> dict[str, Any]:
    def rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
        return table.astype(object).where(table.notna(), None).to_dict("records")

    return {
        "region": profile.region.code,
        "name": profile.region.name,
        "compared_with": profile.compared_with,
        "results": str(folder),
        "summary": rows(profile.summary),
        "domains": rows(profile.domains),
        "priorities": [] if priorities is None else rows(priorities),
    }
