"""What a worker process does: runs that hand over what they have while they go on."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.dashboard.fountains.chronicle import Event
from analysis.dashboard.fountains.frames import Camera, Frame, written
from model.record import OBSERVABLES, OUTCOMES
from model.region import Region
from model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Values = npt.NDArray[np.float64]

FIRST_STRIDE, STRIDE = 4, 10
"""Steps until something is handed over and a worker looks at what else there is to do: few at first, so that
an answer is seen at once; a step takes about 1 ms with 200 firms."""

_OUTCOMES = [list(OBSERVABLES).index(name) for name in OUTCOMES]


@dataclass(frozen=True)
class Chunk:
    """A piece of a run.

    Attributes
    ----------
    first
        Step of the first row.
    series
        Observables, shape (rows, observables).
    account
        Growth account, shape (rows, sources, 2).
    """

    first: int
    series: Values
    account: Values


class Aftermath(NamedTuple):
    """What is known of a run when it is over.

    Attributes
    ----------
    priorities, firms
        See `model.result.RunResult`.
    """

    priorities: pd.DataFrame
    firms: pd.DataFrame


@dataclass(frozen=True)
class Job:
    """One run, and what is wanted of it.

    Attributes
    ----------
    kind
        Name in `KINDS`, or ``animation``.
    scenario
        Resolved scenario of one regime.
    seed
        Seed of the run.
    """

    kind: str
    scenario: Scenario
    seed: int


def curves(region: Region) -> Generator[Chunk]:
    """Make a run and hand over observables and growth account piece by piece."""
    first, stride = 0, FIRST_STRIDE
    while True:
        last = region.world.step + 1
        record = region.record
        yield Chunk(first, record.series[first:last].copy(), record.account[first:last].copy())
        if not region.running:
            return
        first = last
        _advance(region, stride)
        stride = STRIDE


def whole(region: Region) -> Generator[Chunk | Aftermath]:
    """Make a run as `curves` does, and tell at the end what was chosen and what became of every firm."""
    region.follow_firms()
    yield from curves(region)
    result = region.result(0.0)
    yield Aftermath(result.priorities(), result.firms())


def ending(region: Region) -> Generator[Values | None]:
    """Make a run and hand over its outcomes, shape (outcomes,)."""
    while region.running:
        _advance(region, STRIDE)
        yield None
    yield region.record.series[-1, _OUTCOMES].copy()


@dataclass(frozen=True)
class Footage:
    """A piece of a film.

    Attributes
    ----------
    frames
        Quarters, written for the browser.
    events
        What happened in each of them.
    """

    frames: tuple[str, ...]
    events: tuple[list[Event], ...]


def animation(camera: Camera) -> Generator[Footage]:
    """Make a run and hand over a film of it."""
    frames = [camera.take()]
    while camera.running:
        camera.step()
        frames.append(camera.take())
        if len(frames) >= STRIDE:
            yield _footage(frames)
            frames = []
    yield _footage(frames)


def _footage(frames: list[Frame]) -> Footage:
    return Footage(tuple(map(written, frames)), tuple(frame.events for frame in frames))


KINDS: dict[str, Callable[[Region], Generator[Any]]] = {
    "curves": curves,
    "whole": whole,
    "ending": ending,
}


def perform(job: Job) -> Generator[Any]:
    """Do a job; yields what there is to hand over, None where there is nothing yet."""
    if job.kind == "animation":
        camera = Camera(job.scenario, job.seed)
        region: Region = camera.region
        pieces: Generator[Any] = animation(camera)
    else:
        region = Region(job.scenario, seed=job.seed)
        pieces = KINDS[job.kind](region)
    try:
        yield from pieces
    finally:
        # A model and its agents refer to each other: large arrays would wait for a later garbage collection.
        region.__dict__.clear()


def _advance(region: Region, steps: int) -> None:
    for _ in range(steps):
        if region.running:
            region.step()
