"""Where results come from: everything that another person needs to make them again."""

from __future__ import annotations

import importlib.metadata
import platform
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = "knowledge-fountains"
ROOT = Path(__file__).resolve().parent.parent

DEPENDENCIES = (
    "mesa", "numpy", "numba", "llvmlite", "pandas", "pyarrow", "scipy", "networkx", "pydantic", "matplotlib",
)  # fmt: skip


@cache
def model_version() -> str:
    """Give the version of this package, or ``"unknown"`` when it runs without being installed."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def environment() -> dict[str, Any]:
    """Describe what the results were made with.

    Returns
    -------
    dict
        Time, command line, versions of this package, of Python and of what computes, and the commit.
    """
    return {
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": sys.argv,
        "version": model_version(),
        "commit": _commit(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "dependencies": {name: importlib.metadata.version(name) for name in DEPENDENCIES},
    }


def _commit() -> dict[str, Any] | None:
    """Name the commit of this checkout and whether it was changed since; nothing outside a checkout."""
    if not (ROOT / ".git").exists():
        return None
    try:
        commit = _git("rev-parse", "HEAD")
        changed = bool(_git("status", "--porcelain", "--untracked-files=no"))
    except (OSError, subprocess.SubprocessError):
        return None
    return {"hash": commit, "changed_since": changed}


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=10).stdout.strip()
