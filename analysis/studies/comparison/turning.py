"""When the order of regimes changes: over time in a comparison, and under conditions that a surface or sweep tried."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.errors import RequestError
from analysis.runs import results_folder
from analysis.runs.policies import same_but_policy
from analysis.studies.comparison.compared import QUARTERS, Compared, order_over_time
from analysis.studies.comparison.over_time import year_of
from analysis.studies.surface import page as surface
from analysis.studies.sweep import page as sweep
from analysis.words.document import Picture, Section, Words, words
from analysis.words.names import regime
from analysis.words.phrases import WHEN_IT_CHANGES

NONE_TRIED = (
    "Conditions: no others were tried; another region, budget or ability to learn may change the answer."
)
SHORTER = ", leads of less than a year left out"
MOST_FOLDERS = 200
"""Folders beside a comparison in which conditions are looked for."""


def turning(found: Compared, home: Path | None, conditions: Sequence[Path] = ()) -> Section | None:
    """Say when and under which conditions the order of regimes turns, and how to learn more.

    Parameters
    ----------
    found
        The comparison.
    home
        Folder in which it is kept, if it is.
    conditions
        Results of a surface or sweep to take conditions from; without any, surfaces and sweeps of the very same
        scenario are looked for beside the comparison.

    Returns
    -------
    Section or None
        None where nothing was compared.

    Raises
    ------
    RequestError
        If a folder of conditions holds neither a surface nor a sweep.
    """
    if not found.others:
        return None
    folders = tried(found, home, conditions)
    everything = order_over_time(found)
    lasting = lasting_leads(everything, round(found.years * QUARTERS))
    told = [_taking_over(step, name) for step, name in lasting]
    pictures: list[Picture] = []
    paragraphs: list[Words] = [
        words(
            "Which policy leads depends on how far one looks, on what is counted, and on the region. Over time, "
            f"in this comparison{SHORTER if len(lasting) < len(everything) else ''}:"
        )
    ]
    for folder, manifest in folders:
        paragraphs += _under_conditions(found, folder, manifest)
        pictures += _map(folder)
    if not folders:
        how = " The end says how to." if home is not None else ""
        paragraphs.append(words(f"Other conditions may give another order; none were tried here.{how}"))
    return Section(
        WHEN_IT_CHANGES, tuple(paragraphs), pictures=tuple(pictures), lists=tuple(told),
        figures={"differences_over_time": "Paired differences over time, with 95% intervals."}, aside=True,
    )  # fmt: skip


def tried(
    found: Compared, home: Path | None, conditions: Sequence[Path]
) -> list[tuple[Path, Mapping[str, Any]]]:
    """List results that say under which conditions the order turns: those given, or those that lie beside."""
    return [(folder, _manifest(folder)) for folder in conditions] or beside(found, home)


def further(found: Compared, home: Path | None, conditions: Sequence[Path]) -> tuple[str, ...]:
    """Name the commands that try other conditions, where none were tried."""
    if home is None or not found.others or tried(found, home, conditions):
        return ()
    folder, scenario = (shlex.quote(str(path)) for path in (home, home / "scenario.toml"))
    return (
        f"python run.py surface {scenario} --x absorptive_capacity --y recombination --out {folder}-surface",
        f"python run.py report {folder} --conditions {folder}-surface",
    )


def beside(found: Compared, home: Path | None) -> list[tuple[Path, Mapping[str, Any]]]:
    """Find surfaces and sweeps of the very same scenario in the folder that holds the comparison."""
    if home is None:
        return []
    folders = sorted(each for each in home.resolve().parent.iterdir() if each.is_dir())
    kept: list[tuple[Path, Mapping[str, Any]]] = []
    for folder in folders[:MOST_FOLDERS]:
        manifest = results_folder.read_manifest(folder)
        if manifest is not None and _kind(folder, manifest) is not None and _same(found, folder, manifest):
            kept.append((folder, manifest))
    return kept


def _manifest(folder: Path) -> Mapping[str, Any]:
    manifest = results_folder.read_manifest(folder)
    if manifest is None or _kind(folder, manifest) is None:
        raise RequestError(
            field="conditions",
            value=folder,
            rule="holds no results of surface or sweep",
            remedy="make some with run.py surface {x=absorptive_capacity} {y=recombination}.",
        )
    return manifest


def _kind(folder: Path, manifest: Mapping[str, Any]) -> str | None:
    if manifest.get("kind") == "sweep":
        return "sweep"
    return "surface" if "axes" in manifest and (folder / "data" / "cells.parquet").is_file() else None


def _same(found: Compared, folder: Path, manifest: Mapping[str, Any]) -> bool:
    scenario = found.manifest["scenario"]
    if _kind(folder, manifest) == "surface":
        return same_but_policy(manifest.get("scenario") or {}, scenario)
    return any(same_but_policy(each, scenario) for each in sweep.scenarios_of(folder))


def _under_conditions(found: Compared, folder: Path, manifest: Mapping[str, Any]) -> list[Words]:
    """Say what a surface or sweep tells, and of which region if it is another one."""
    another = (
        ""
        if _same(found, folder, manifest)
        else f" (of another scenario: {manifest.get('title') or folder.name})"
    )
    if _kind(folder, manifest) == "surface":
        answer, varied = surface.in_short(folder, manifest)
    else:
        answer, varied = sweep.in_short(folder)
    if not answer:
        return []
    first = str(answer[0][0])
    return [(f"With {varied} varied{another}, {first[:1].lower()}{first[1:]}", *answer[0][1:]), *answer[1:]]


def _map(folder: Path) -> tuple[Picture, ...]:
    path = folder / "figures" / "leaders.svg"
    return (Picture(path, surface.PICTURES["leaders"]),) if path.is_file() else ()


def conditions_in_short(found: Compared, home: Path | None, conditions: Sequence[Path]) -> tuple[Words, ...]:
    """Say under which conditions that were tried the answer changes, or that none were."""
    told: list[Words] = []
    for folder, manifest in tried(found, home, conditions):
        told += _under_conditions(found, folder, manifest)
    return tuple(told) or (words(NONE_TRIED),)


def in_short(found: Compared) -> Words:
    """Say in one sentence whether the lead changes hands over time."""
    changes = lasting_leads(order_over_time(found), round(found.years * QUARTERS))
    last = regime(changes[-1][1])
    if len(changes) == 1:
        return words(
            f"How far one looks: from the first year to the last, {last} gives the region the most knowledge."
        )
    step, name = changes[-1]
    return words(
        f"How far one looks: at first, {regime(changes[0][1])} gives the region the most knowledge, and from year ",
        year_of(step, f"series/first/{name}"), f" on {last}.",
    )  # fmt: skip


def lasting_leads(changes: Sequence[tuple[int, str]], end: int) -> list[tuple[int, str]]:
    """Leave out leads that are lost within a year: which of two equals is ahead for a quarter is chance.

    Parameters
    ----------
    changes
        Steps at which the first place changes hands, and who takes it.
    end
        Last step.

    Returns
    -------
    list of tuple
        The same without short leads; the last of all stays, as it is what the end looks like.
    """
    ends = [*(step for step, _ in changes[1:]), end + QUARTERS]
    long = [change for change, until in zip(changes, ends, strict=True) if until - change[0] >= QUARTERS]
    return [change for place, change in enumerate(long) if not place or long[place - 1][1] != change[1]]


def _taking_over(step: int, name: str) -> Words:
    who = f"Under {regime(name)} the region has the most knowledge on average"
    if step <= 1:
        return words(f"{who} from the start.")
    return words(f"{who} from year ", year_of(step, f"series/first/{name}"), " on.")
