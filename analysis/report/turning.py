"""When the order of regimes turns: over time in a comparison, and under conditions that a surface or sweep tried."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import store
from analysis.errors import RequestError
from analysis.report import surface, sweep
from analysis.report.compared import QUARTERS, ComparedFolder, order_over_time
from analysis.report.document import Number, Picture, Section, Words, words
from analysis.report.names import regime
from analysis.report.parts import picture

MOST_FOLDERS = 200
"""Folders beside a comparison in which conditions are looked for."""


def turning(found: ComparedFolder, conditions: Sequence[Path] = ()) -> Section | None:
    """Say when and under which conditions the order of regimes turns, and how to learn more.

    Parameters
    ----------
    found
        The comparison.
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
    folders = tried(found, conditions)
    told = [_taking_over(step, name) for step, name in order_over_time(found)]
    pictures = list(
        picture(found, "differences_over_time", "Paired differences over time, with 95% intervals.")
    )
    paragraphs: list[Words] = [
        words(
            "Which policy leads depends on how far one looks, on what is counted, and on the region. Over time, "
            "in this comparison:"
        )
    ]
    for folder, manifest in folders:
        paragraphs += _under_conditions(found, folder, manifest)
        pictures += _map(folder)
    if not folders:
        paragraphs.append(
            words("Other conditions may give another order; none were tried here. The end says how to.")
        )
    return Section("When the order turns", tuple(paragraphs), pictures=tuple(pictures), lists=tuple(told))


def tried(found: ComparedFolder, conditions: Sequence[Path]) -> list[tuple[Path, Mapping[str, Any]]]:
    """List results that say under which conditions the order turns: those given, or those that lie beside."""
    return [(folder, _manifest(folder)) for folder in conditions] or beside(found)


def further(found: ComparedFolder, conditions: Sequence[Path]) -> tuple[str, ...]:
    """Give the commands that try other conditions, where none were tried."""
    if not found.others or tried(found, conditions):
        return ()
    home, scenario = (shlex.quote(str(path)) for path in (found.folder, found.folder / "scenario.toml"))
    return (
        f"python run.py surface {scenario} --x absorptive_capacity --y recombination --out {home}-surface",
        f"python run.py report {home} --conditions {home}-surface",
    )


def beside(found: ComparedFolder) -> list[tuple[Path, Mapping[str, Any]]]:
    """Find surfaces and sweeps of the very same scenario in the folder that holds the comparison."""
    folders = sorted(each for each in found.folder.resolve().parent.iterdir() if each.is_dir())
    kept: list[tuple[Path, Mapping[str, Any]]] = []
    for folder in folders[:MOST_FOLDERS]:
        manifest = store.read_manifest(folder)
        if manifest is not None and _kind(folder, manifest) is not None and _same(found, folder, manifest):
            kept.append((folder, manifest))
    return kept


def _manifest(folder: Path) -> Mapping[str, Any]:
    manifest = store.read_manifest(folder)
    if manifest is None or _kind(folder, manifest) is None:
        raise RequestError(
            f"--conditions {folder}: holds no results of surface or sweep; make some with "
            "run.py surface --x absorptive_capacity --y recombination."
        )
    return manifest


def _kind(folder: Path, manifest: Mapping[str, Any]) -> str | None:
    if manifest.get("kind") == "sweep":
        return "sweep"
    return "surface" if "axes" in manifest and (folder / "data" / "cells.parquet").is_file() else None


def _same(found: ComparedFolder, folder: Path, manifest: Mapping[str, Any]) -> bool:
    scenario = found.manifest["scenario"]
    if _kind(folder, manifest) == "surface":
        return bool(manifest.get("scenario") == scenario)
    return any(each == scenario for each in sweep.scenarios_of(folder))


def _under_conditions(found: ComparedFolder, folder: Path, manifest: Mapping[str, Any]) -> list[Words]:
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


def _taking_over(step: int, name: str) -> Words:
    who = f"Under {regime(name)} the region has the most knowledge on average"
    if step <= 1:
        return words(f"{who} from the first quarter on.")
    year = Number(step / QUARTERS, f"{step / QUARTERS:g}", f"series/first/{name}")
    return words(f"{who} from year ", year, " on.")
