"""Results on disk: a folder that is written whole or not at all."""

from __future__ import annotations

import errno
import json
import re
import shutil
import time
import uuid
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.runs.crate import write_crate

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
    try:
        _check_contents(folder, own)
        try_out(folder)
    except OSError as error:
        raise RequestError(
            field="out",
            value=folder,
            rule=f"nothing can be written there ({error.strerror or error})",
            remedy="name another folder, or make room.",
        ) from None


def _check_contents(folder: Path, own: Collection[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise RequestError(
            field="out",
            value=folder,
            rule="this is a file",
            remedy="name a folder that is new or holds earlier results.",
        )
    foreign = folder.exists() and any(entry.name not in own for entry in folder.iterdir())
    if foreign and read_manifest(folder) is None:
        raise RequestError(
            field="out",
            value=folder,
            rule="this folder holds something other than results, and would be replaced",
            remedy="name a folder that is new, empty or holds earlier results.",
        )


def try_out(folder: Path) -> None:
    """Make what writing a folder makes, and remove it again: what may be done is known only when it was done.

    Raises
    ------
    OSError
        If nothing can be written there.
    """
    target = folder.absolute()
    trial = fresh_name(target, "new")
    missing = [place for place in trial.parents if not place.exists()]
    made: list[Path] = []
    try:
        for place in (*reversed(missing), trial):
            # Not those that another process makes at this moment.
            with suppress(FileExistsError):
                place.mkdir()
                made.append(place)
        (trial / MANIFEST).write_text("{}", "utf-8")
        if target.is_dir():
            # A folder that belongs to somebody else, or is where a disk begins, cannot be replaced.
            (target / trial.name).mkdir()
            (target / trial.name).rmdir()
            if target.is_mount():
                raise OSError(errno.EBUSY, "a disk begins here; name a folder in it")
    finally:
        for place in reversed(made):
            with suppress(OSError):
                (place / MANIFEST).unlink(missing_ok=True) if place == trial else None
                place.rmdir()


def fresh_name(folder: Path, kind: str) -> Path:
    """Give a name beside a folder that nothing has."""
    return folder.with_name(f".{folder.name}.{kind}-{uuid.uuid4().hex[:12]}")


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
    fresh = fresh_name(folder, "new")
    fresh.mkdir()
    try:
        fill(fresh)
        _put_in_place(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Put a folder in the place of another; of several who do so at a time, the last one's is there, whole."""
    for tries_left in reversed(range(TRIES)):
        former = fresh_name(folder, "old")
        try:
            with suppress(FileNotFoundError):
                folder.replace(former)
            try:
                fresh.replace(folder)
            except BaseException:
                # Unless somebody else was faster.
                if former.exists() and not folder.exists():
                    former.replace(folder)
                raise
        except OSError:
            if not tries_left or not fresh.exists():
                raise
            time.sleep(0.01)
        else:
            return
        finally:
            shutil.rmtree(former, ignore_errors=True)


TRIES = 50
"""Times that a folder is put in place again when another process has just done so, or Windows scans it."""


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
    fresh.write_text(text + "\n", "utf-8", newline="\n")
    fresh.replace(folder / MANIFEST)
    write_crate(folder, manifest)
