"""How far work is: told to whoever listens, a terminal, a dashboard or a notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """So much is done of so much.

    Attributes
    ----------
    name
        What is going on.
    done, total
        Runs that are made, those found in a store included, and runs that are wanted.
    of
        What is counted.
    """

    name: str
    done: int
    total: int
    of: str = "runs"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell on the way.

    Attributes
    ----------
    text
        A sentence.
    warning
        Whether it must not be missed.
    """

    text: str
    warning: bool = False


Listener = Callable[[Progress | Note], None]


def ignore(_: Progress | Note) -> None:
    """Listen to nothing."""
