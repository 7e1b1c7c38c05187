"""Where results come from: everything that another person needs to make them again, and names made of it."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from model import extensions
from model.scenario import Scenario

PACKAGE = "knowledge-fountains"
ROOT = Path(__file__).resolve().parents[2]

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


def model_digest() -> str:
    """Give a digest of the version and the source of the model: results of another model are other results."""
    return code_digest()


def code_digest(*further: str) -> str:
    """Give a digest of the version, of the source of the model and of that of further folders of the project."""
    digest = hashlib.blake2b(model_version().encode(), digest_size=8)
    for folder in ("model", *further):
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    for name in extensions():
        found = importlib.util.find_spec(name)
        if found is not None and found.origin is not None:
            digest.update(name.encode() + Path(found.origin).read_bytes())
    return digest.hexdigest()


def digest_of(*content: object) -> str:
    """Say in 32 hexadecimal digits what plain data are: equal for equal data."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def scenario_digest(scenario: Scenario) -> bytes:
    """Give a digest of everything in a resolved scenario that a run depends on; its story is none of it."""
    content = scenario.model_dump_json(exclude={"story"})
    return hashlib.blake2b(content.encode(), digest_size=16).digest()


def run_id(scenario: bytes, regime: str, seed: int, model: str) -> str:
    """Name a run by its content.

    Parameters
    ----------
    scenario
        Digest of the resolved scenario.
    regime
        Label of the regime.
    seed
        Seed.
    model
        Digest of the model.

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    digest = hashlib.blake2b(scenario, digest_size=16)
    digest.update(f"\n{regime}\n{seed}\n{model}".encode())
    return digest.hexdigest()


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
