"""What is done around a program: disks without room, folders that cannot be written, a clock that jumps."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLOCK = """
import random, time
_time, _luck = time.time, random.Random(1)
def _jumping():
    return _time() + _luck.uniform(-1e6, 1e6)
time.time = _jumping
"""
"""A clock that goes forth and back by days, put into every process of a command."""


class FaultError(Exception):
    """A command was left in a state in which it must not be."""


class Disk:
    """A disk in memory.

    Parameters
    ----------
    folder
        Where it is mounted.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def remount(self, options: str) -> None:
        """Mount it with other options: `ro`, `rw`, `size=200m`."""
        _do("mount", "-o", f"remount,{options}", str(self.folder))


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Disk]:
    """Mount a disk in memory that is small. Takes the rights to mount."""
    folder.mkdir(exist_ok=True)
    _do("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder))
    try:
        yield Disk(folder)
    finally:
        # What was killed may take a moment to let go of it.
        _do("umount", "-l", str(folder))


def _do(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
