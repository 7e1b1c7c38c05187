"""What a worker process does: runs that hand over what they have while they go on."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.dashboard.film import take_frame, written
from model.record import OBSERVABLES, OUTCOMES
from model.region import Region
from model.scenario import Scenario

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


@dataclass(frozen=True)
class Job:
    """One run, and what is wanted of it.

    Attributes
    ----------
    kind
        Name in `KINDS`.
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


def ending(region: Region) -> Generator[Values | None]:
    """Make a run and hand over its outcomes, shape (outcomes,)."""
    while region.running:
        _advance(region, STRIDE)
        yield None
    yield region.record.series[-1, _OUTCOMES].copy()


def film(region: Region) -> Generator[tuple[str, ...]]:
    """Make a run and hand over pictures of its firms, organisations and domains, written for the browser."""
    frames = [written(take_frame(region))]
    while region.running:
        region.step()
        frames.append(written(take_frame(region)))
        if len(frames) >= STRIDE:
            yield tuple(frames)
            frames = []
    yield tuple(frames)


KINDS: dict[str, Callable[[Region], Generator[Any]]] = {"curves": curves, "ending": ending, "film": film}


def perform(job: Job) -> Generator[Any]:
    """Do a job; yields what there is to hand over, None where there is nothing yet."""
    region = Region(job.scenario, seed=job.seed)
    try:
        yield from KINDS[job.kind](region)
    finally:
        # A model and its agents refer to each other: large arrays would wait for a later garbage collection.
        region.__dict__.clear()


def _advance(region: Region, steps: int) -> None:
    for _ in range(steps):
        if region.running:
            region.step()
