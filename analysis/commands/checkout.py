"""The environment of a checkout: it keeps what Python compiled, and grows by what a command needs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ADDED = "KNOWLEDGE_FOUNTAINS_EXTRA"


def keep_bytecode() -> None:
    """Compile imports once, even where Python was told to leave no bytecode beside the source.

    Containers tell it so to stay small, and every start would compile a thousand files. They are kept inside the
    environment of the project instead, and go with it.
    """
    if sys.dont_write_bytecode and sys.prefix != sys.base_prefix:
        sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(Path(sys.prefix) / "bytecode")
        sys.dont_write_bytecode = False
        # For processes that this one starts.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def start_again_with(extra: str, *program: str) -> None:
    """Have uv install an extra and start the program again; return where that cannot be done.

    Parameters
    ----------
    extra
        Extra of this package.
    program
        What to start, and its arguments.
    """
    uv = os.environ.get("UV")
    if uv is None or os.name != "posix" or not (ROOT / "pyproject.toml").exists():
        return
    if extra in os.environ.get(_ADDED, "").split():
        # It was added, and something is missing all the same.
        return
    os.environ[_ADDED] = f"{os.environ.get(_ADDED, '')} {extra}".strip()
    command = ["uv", "run", "--project", str(ROOT), "--extra", extra, *program]
    print(f"Installing what this needs: uv run --extra {extra} ...", file=sys.stderr, flush=True)  # noqa: T201
    os.execv(uv, command)  # noqa: S606 - this process has nothing more to do
