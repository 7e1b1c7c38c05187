"""Tables that tests import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.regions.importing.importer import Imported, Request, import_regions

WIDE = "region,C10,C11,C25,C28,J62\nNORTH,120,,300,80,15\nSOUTH,40,10,0,25,60\n"


def write(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def imported(folder: Path, text: str | bytes, name: str = "table.csv", **options: Any) -> Imported:
    return import_regions(Request(write(folder, text, name), **options))
