"""Starts the command line: as a user does, in another process, or in this one, which saves seconds of imports."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryFile

from click.testing import Result
from typer.testing import CliRunner

import run
from tests.processes import running

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
"""Seconds after which whatever was waited for will not come."""


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


def interrupt(*arguments: str, folder: Path, at: str) -> tuple[str, str, int]:
    """Start a command at a terminal and press Ctrl-C when it shows something.

    Gives what it showed, what it printed to standard output, and its exit code.
    """
    import pty  # noqa: PLC0415 - Windows has none

    terminal, its_end = pty.openpty()
    environment = {**os.environ, "COLUMNS": "120", "TERM": "xterm"}
    # Into a file: nobody would empty a pipe while the terminal is read.
    with (
        TemporaryFile() as printed,
        running(*command(*arguments), cwd=folder, stdout=printed, stderr=its_end, env=environment) as process,
    ):
        os.close(its_end)
        shown = _read(terminal, until=re.compile(at.encode()))
        # A terminal sends the signal to all processes in front, the workers too.
        os.killpg(process.pid, signal.SIGINT)
        shown += _read(terminal)
        process.wait(timeout=PATIENCE)
        printed.seek(0)
        output = printed.read()
    os.close(terminal)
    return shown.decode(), output.decode(), process.returncode


def _read(terminal: int, until: re.Pattern[bytes] | None = None) -> bytes:
    """Read what a terminal shows until something appears, or until nobody writes to it any more."""
    import select  # noqa: PLC0415 - files cannot be selected everywhere

    shown = b""
    deadline = time.monotonic() + PATIENCE
    while until is None or not until.search(shown):
        assert time.monotonic() < deadline, shown.decode()
        if select.select([terminal], [], [], 1.0)[0]:
            try:
                shown += os.read(terminal, 65_536)
            except OSError:
                # The last process that held the other end is gone.
                assert until is None, shown.decode()
                return shown
    return shown
