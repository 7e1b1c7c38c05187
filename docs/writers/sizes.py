"""Counts how large the project is, for docs/architecture.md: files, lines, median and longest, room by room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("model", "analysis", "docs/writers", "tests")


def lines_of(folder: Path) -> dict[Path, int]:
    """Count the lines of every Python file below a folder."""
    return {path: len(path.read_text("utf-8").splitlines()) for path in sorted(folder.rglob("*.py"))}


def rows() -> Iterator[tuple[str, ...]]:
    """Yield a row for each room, and for each room of `analysis`."""
    parts = [f"analysis/{path.name}" for path in sorted((ROOT / "analysis").iterdir()) if _is_room(path)]
    for name in filter(lambda room: _is_room(ROOT / room), (*ROOMS[:2], *parts, *ROOMS[2:])):
        counts = lines_of(ROOT / name)
        longest = max(counts, key=lambda path: counts[path])
        yield (
            f"`{name}/`",
            f"{len(counts):,}",
            f"{sum(counts.values()):,}",
            f"{median(counts.values()):.0f}",
            f"{counts[longest]:,} (`{longest.relative_to(ROOT / name).as_posix()}`)",
        )


def _is_room(path: Path) -> bool:
    return path.is_dir() and any(path.rglob("*.py"))
