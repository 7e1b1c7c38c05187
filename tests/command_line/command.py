"""Starts the command line: as a user does, in another process, or in this one, which saves seconds of imports."""

from __future__ import annotations

import subprocess
import sys
from contextlib import chdir
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

import run

ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: str) -> list[str]:
    """Put the interpreter and the script in front of arguments."""
    return [sys.executable, str(ROOT / "run.py"), *arguments]


def start(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end in a process of its own: where workers, signals or the shell are what is tested."""
    return subprocess.run(
        command(*arguments),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def call(*arguments: str, folder: Path | None = None) -> Result:
    """Run a command to its end in this process."""
    with chdir(folder or Path.cwd()):
        return CliRunner().invoke(run.app, arguments)
