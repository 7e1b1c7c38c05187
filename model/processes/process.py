"""What a process is: a function over columns that says what it reads, writes and is governed by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from model.spec.section import Section
from model.world import World


@dataclass(frozen=True)
class Process:
    """One entry of the schedule.

    Attributes
    ----------
    name
        Name of the process.
    reads, writes
        Columns of the carriers and quantities of the world that it reads and writes.
    parameters
        Sections of the scenario that govern it.
    function
        Does it.
    spec
        Parameters of its own, found under ``processes`` and its name in a scenario; ``None`` for a
        process that the sections named in ``parameters`` govern.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    parameters: tuple[str, ...]
    function: Callable[[World], None]
    spec: type[Section] | None = None

    def __call__(self, world: World) -> None:
        """Carry the process out for one step."""
        self.function(world)

    @property
    def summary(self) -> str:
        """First line of the docstring."""
        return (self.function.__doc__ or "").strip().splitlines()[0]


def process(
    *,
    reads: tuple[str, ...],
    writes: tuple[str, ...],
    parameters: tuple[str, ...] = (),
    spec: type[Section] | None = None,
) -> Callable[[Callable[[World], None]], Process]:
    """Declare a function on the world as a process.

    Parameters
    ----------
    reads, writes
        Columns of the carriers and quantities of the world.
    parameters
        Sections of the scenario that govern it.
    spec
        Parameters of its own, for a process that is added to the model.

    Returns
    -------
    Callable
        Decorator that makes a :class:`Process` named like the function.
    """

    def declare(function: Callable[[World], None]) -> Process:
        return Process(function.__name__, reads, writes, parameters, function, spec)

    return declare
