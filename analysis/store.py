"""Results on disk: a folder that is written whole or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.crate import write_crate
from analysis.errors import RequestError

MANIFEST = "manifest.json"
FORMAT = "knowledge-fountains results"
FORMAT_VERSION = 1
RESULTS = Path("results")


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Give the manifest of a results folder, or None when the folder is not one of ours."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("format") == FORMAT else None


def plain_name(name: str) -> str:
    """Make a name of a folder out of any text."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", name)[:80].strip(".") or "experiment"


def default_folder(name: str, identity: str, parent: Path = RESULTS) -> Path:
    """Choose a folder so that results replace only those of the very same experiment.

    Parameters
    ----------
    name
        What the experiment is called.
    identity
        What is run, see `Experiment.identity`.
    parent
        Folder of all results.

    Returns
    -------
    pathlib.Path
        ``name``, or ``name-2`` and so on when other results have that name already.
    """
    plain = plain_name(name)
    number = 1
    while True:
        folder = parent / (plain if number == 1 else f"{plain}-{number}")
        if not folder.exists() or (read_manifest(folder) or {}).get("identity") == identity:
            return folder
        number += 1


def check_folder(folder: Path, own: Collection[str] = ()) -> None:
    """Make sure, before hours of running, that results can be written to a folder.

    Parameters
    ----------
    folder
        Where results are to be.
    own
        Names of what may be there without a manifest, because a crash came before it was written.

    Raises
    ------
    RequestError
        If something is there that is not ours to replace, or nothing can be written there.
    """
    if folder.exists() and not folder.is_dir():
        raise RequestError(
            f"--out {folder}: this is a file; name a folder that is new or holds earlier results."
        )
    foreign = folder.exists() and any(entry.name not in own for entry in folder.iterdir())
    if foreign and read_manifest(folder) is None:
        raise RequestError(
            f"--out {folder}: this folder holds something other than results, and would be replaced; "
            f"name a folder that is new, empty or holds earlier results."
        )
    existing = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not existing.is_dir() or not os.access(
        existing if existing != folder.absolute() else existing.parent, os.W_OK
    ):
        raise RequestError(f"--out {folder}: nothing can be written to {existing}.")


def beside(folder: Path) -> Path:
    """Give the folder for part of an experiment whose complete results are in ``folder`` already."""
    manifest = read_manifest(folder)
    whole = manifest is not None and manifest.get("complete") is True
    return folder.with_name(f"{folder.name}-partial") if whole else folder


def write_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder under a temporary name and then put it in place of what was there.

    Parameters
    ----------
    folder
        Where the results are to be; earlier results there are replaced.
    fill
        Writes all files into the folder that it is given.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    token = uuid.uuid4().hex[:12]
    fresh, former = (folder.with_name(f".{folder.name}.{kind}-{token}") for kind in ("new", "old"))
    fresh.mkdir()
    try:
        fill(fresh)
        if folder.exists():
            folder.replace(former)
        try:
            fresh.replace(folder)
        except BaseException:
            if former.exists():
                former.replace(folder)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(former, ignore_errors=True)


def write_table(folder: Path, name: str, table: pd.DataFrame) -> None:
    """Write a table as Parquet and as CSV, equal to the byte for equal content."""
    # Read late: who only looks at a screen does not wait for it.
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import csv, parquet  # noqa: PLC0415

    folder.mkdir(exist_ok=True)
    # What pandas notes about itself would tie the bytes to its version, and readers do without.
    columns = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    parquet.write_table(columns, folder / f"{name}.parquet", compression="zstd")
    csv.write_csv(columns, folder / f"{name}.csv")


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write manifest and crate, which alone hold what differs between two identical experiments."""
    manifest = {"format": FORMAT, "format_version": FORMAT_VERSION, **content}
    text = json.dumps(manifest, indent=2, ensure_ascii=False, allow_nan=False)
    fresh = folder / f".{MANIFEST}.new"
    fresh.write_text(text + "\n", "utf-8")
    fresh.replace(folder / MANIFEST)
    write_crate(folder, manifest)
