"""What lies where in the folder of a sweep, and the manifest that says what it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow import parquet

from analysis.errors import RequestError
from analysis.runs import results_folder
from analysis.runs.crate import CRATE
from analysis.runs.parts import DAMAGED
from analysis.runs.provenance import environment
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.factors import Factor
from analysis.studies.sweep.sampling import POINT, Sampling
from model.loading import dump_scenario, load_scenario

KIND = "sweep"
BLOCK = 1000
"""Runs in a file."""

RUNS = "runs"
UNFINISHED = "unfinished"
EARLIER = "earlier"
"""Files of a sweep that the folder held before, of which runs are still to be taken over."""

SCENARIOS = "scenarios"
POINTS = "points"
LOG = "log.jsonl"
LOCK = ".lock"
OWN = (
    LOCK, LOG, RUNS, UNFINISHED, EARLIER, DAMAGED, SCENARIOS, f"{POINTS}.parquet", f"{POINTS}.csv",
    f".{results_folder.MANIFEST}.new", CRATE,
)  # fmt: skip


def files(folder: Path, part: str) -> list[Path]:
    """List the tables in a part of the folder, in order."""
    return sorted((folder / part).glob("*.parquet"))


def block_name(block: int) -> str:
    """Give the name of the file of a block, without its suffix."""
    return f"{block:06d}"


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Give the manifest of a sweep, or None where there is none."""
    manifest = results_folder.read_manifest(folder)
    return manifest if manifest is not None and manifest.get("kind") == KIND else None


def read_log(folder: Path) -> list[dict[str, Any]]:
    """Read what was noted of the work at a sweep; a line that a crash cut off is left out."""
    entries = []
    try:
        lines = (folder / LOG).read_text("utf-8").splitlines()
    except OSError:
        return []
    for line in lines:
        try:
            entries.append(json.loads(line))
        except ValueError:
            continue
    return entries


def check(folder: Path) -> None:
    """Make sure that a folder can hold a sweep.

    Raises
    ------
    RequestError
        If it holds something else.
    """
    results_folder.check_folder(folder, OWN)
    if folder.exists() and results_folder.read_manifest(folder) is not None and read_manifest(folder) is None:
        raise RequestError(f"--out {folder}: holds results that are no sweep; name another folder.")


def create(folder: Path, design: SweepDesign) -> None:
    """Write what a sweep is into its folder: scenarios, points and, when all else is there, the manifest."""
    (folder / SCENARIOS).mkdir(parents=True, exist_ok=True)
    for part in (RUNS, UNFINISHED):
        (folder / part).mkdir(exist_ok=True)
    for old in (folder / SCENARIOS).glob("*.toml"):
        old.unlink()
    names = {name: f"{place:03d}" for place, name in enumerate(design.scenarios)}
    for name, scenario in design.scenarios.items():
        (folder / SCENARIOS / f"{names[name]}.toml").write_text(dump_scenario(scenario), "utf-8")
    results_folder.write_table(folder, POINTS, design.points)
    description = design.description()
    results_folder.write_manifest(
        folder,
        {
            "kind": KIND,
            "kind_version": 1,
            "name": design.name,
            "title": design.title,
            "identity": identity(description),
            "scenarios": names,
            "points": len(design.points),
            "runs": len(design),
            "block": BLOCK,
            "description": description,
            **environment(),
        },
    )


def open_design(folder: Path) -> SweepDesign:
    """Read the design of a sweep back from its folder.

    Raises
    ------
    RequestError
        If the folder holds no sweep.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise RequestError(f"{folder}: holds no sweep; sweeps are made by run.py sweep.")
    told = manifest["description"]
    factors = tuple(Factor.from_record(record) for record in told["factors"])
    return SweepDesign(
        manifest["name"],
        manifest["title"],
        {
            name: load_scenario(folder / SCENARIOS / f"{file}.toml")
            for name, file in manifest["scenarios"].items()
        },
        tuple(told["regimes"]),
        tuple(told["seeds"]),
        factors,
        Sampling(**told["sampling"]),
        read_points(folder),
        tuple(told["series"]),
    )


def read_points(folder: Path) -> pd.DataFrame:
    """Read the points of a sweep."""
    table = parquet.read_table(folder / f"{POINTS}.parquet")
    # Whole numbers with gaps, as in a design of one at a time, stay whole.
    frame: pd.DataFrame = table.to_pandas(integer_object_nulls=True)
    return frame.astype({POINT: "int64"})


def identity(description: Mapping[str, Any]) -> str:
    """Say in 32 hexadecimal digits what a sweep runs."""
    text = json.dumps(description, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Say in which parts two descriptions differ, in words."""
    after = json.loads(json.dumps(after))
    differing = [part for part in after if before.get(part) != after[part]]
    if not {"factors", "sampling"}.isdisjoint(differing) and "points" in differing:
        # Other factors have other points: once is enough.
        differing.remove("points")
    return [_change(part, before.get(part), after[part]) for part in differing]


def _change(part: str, before: Any, after: Any) -> str:
    if part == "scenarios":
        names = ", ".join(name for name in {**before, **after} if before.get(name) != after.get(name))
        return f"other scenarios ({names})"
    if part == "sampling":
        differing = [key for key in after if before.get(key) != after[key]]
        return "; ".join(f"{key} {before.get(key)}, not {after[key]}" for key in differing)
    if part in {"regimes", "series"}:
        return f"{part} {', '.join(before) or 'none'}, not {', '.join(after) or 'none'}"
    if part == "factors":
        return f"factors {_names(before)}, not {_names(after)}"
    words = {"model": "the model has changed since", "points": "other points"}
    return words.get(part) or f"{len(before)} {part}, not these {len(after)}"


def _names(factors: Any) -> str:
    return (
        ", ".join(
            f"{each['name']} ({', '.join(map(str, each['values'])) if each['values'] else _range(each)})"
            for each in factors
        )
        or "none"
    )


def _range(factor: Mapping[str, Any]) -> str:
    return f"{factor['low']:g} to {factor['high']:g} in {factor['count']}"


def demote(folder: Path) -> None:
    """Make all runs of a folder runs of an earlier sweep, of which another may take what it has, too.

    The manifest goes first: whatever happens next, nobody takes these runs for those of another sweep.
    """
    (folder / results_folder.MANIFEST).unlink(missing_ok=True)
    for part in (RUNS, UNFINISHED):
        for path in files(folder, part):
            (folder / EARLIER).mkdir(exist_ok=True)
            path.replace(folder / EARLIER / f"{part}-{path.name}")
