"""The folder of an import: written whole, and nothing in it is lost that an import did not write."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from analysis.errors import RequestError
from analysis.regions.importing.importer import Imported
from analysis.regions.importing.report import REPORT
from analysis.regions.region_set import (
    ABOUT,
    AMOUNTS,
    AMOUNTS_BEFORE,
    DOMAINS,
    REGIONS,
    RELATEDNESS,
)
from analysis.runs.results_folder import write_folder

DIGESTS = ".import.json"
"""What an import wrote: digests of its files, so that a second one tells what was edited."""

OWN = (ABOUT, REGIONS, DOMAINS, AMOUNTS, AMOUNTS_BEFORE, RELATEDNESS, REPORT)


def check_destination(folder: Path) -> None:
    """Make sure that a folder may be written: new, empty, or regions that were imported and not edited since.

    Raises
    ------
    RequestError
        If something else is there, a table was edited, or nothing can be written.
    """
    if folder.is_file():
        raise RequestError(f"--out {folder}: this is a file; name a folder.")
    existing = next(
        (each for each in (folder.absolute(), *folder.absolute().parents) if each.exists()), folder
    )
    place = existing if existing != folder.absolute() else existing.parent
    if not existing.is_dir() or not os.access(place, os.W_OK):
        raise RequestError(f"--out {folder}: nothing can be written to {place}; name another folder.")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not (folder / ABOUT).is_file():
        raise RequestError(
            f"--out {folder}: this folder holds something other than regions, and would be replaced; name another."
        )
    edited = _edited(folder)
    if edited:
        raise RequestError(
            f"--out {folder}: {', '.join(edited)} changed since the import that wrote it, and would be replaced; name "
            "another folder, or move what you want to keep."
        )


def _edited(folder: Path) -> list[str]:
    """List the files of an import that are not as it wrote them."""
    try:
        written = json.loads((folder / DIGESTS).read_text("utf-8"))
    except (OSError, ValueError):
        written = {}
    if not isinstance(written, dict):
        written = {}
    return [name for name in OWN if (folder / name).is_file() and written.get(name) != _digest(folder / name)]


def _digest(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()


def write_import(imported: Imported, folder: Path) -> None:
    """Write regions and report, whole or not at all; what else is in the folder stays.

    Parameters
    ----------
    imported
        What an import brought.
    folder
        Where to.

    Raises
    ------
    RequestError
        If it cannot be written; what was there stays.
    """
    check_destination(folder)

    def fill(fresh: Path) -> None:
        if folder.is_dir():
            _keep(folder, fresh)
        imported.assembly.members.write(fresh)
        (fresh / REPORT).write_text(imported.report, encoding="utf-8", newline="\n")
        digests = {name: _digest(fresh / name) for name in OWN if (fresh / name).is_file()}
        (fresh / DIGESTS).write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8", newline="\n")

    try:
        write_folder(folder, fill)
    except OSError as error:
        reason = error.strerror or error
        raise RequestError(
            f"--out {folder}: cannot be written ({reason}); make room, or name another folder."
        ) from None


def _keep(folder: Path, fresh: Path) -> None:
    """Bring along what an import did not write: notes, scenarios, figures."""
    for entry in folder.iterdir():
        if entry.name in {*OWN, DIGESTS}:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, fresh / entry.name, symlinks=True)
        else:
            shutil.copy2(entry, fresh / entry.name, follow_symlinks=False)
