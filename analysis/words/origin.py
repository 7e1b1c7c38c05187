"""How results can be made again, read from their manifest."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any


def command_of(manifest: Mapping[str, Any]) -> str:
    """Give the command that made the results, as one would type it in the folder of the project."""
    words = [str(word) for word in manifest.get("command", ())]
    if not words:
        return ""
    return shlex.join(["python", PurePath(words[0]).name, *words[1:]])


def provenance(manifest: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """List what the results were made with."""
    commit = manifest.get("commit") or {}
    found = {
        "Results written": manifest.get("written"),
        "Identity of the experiment": manifest.get("identity"),
        "Version": manifest.get("version"),
        "Commit": commit.get("hash", "")
        + (", with files changed since" if commit.get("changed_since") else ""),
        "Python": manifest.get("python"),
        "System": manifest.get("platform"),
        "Libraries": ", ".join(
            f"{name} {version}" for name, version in manifest.get("dependencies", {}).items()
        ),
    }
    return tuple((name, str(value)) for name, value in found.items() if value)
