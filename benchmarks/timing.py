"""What the benchmarks share: clocks, and a watch on the time spent inside kernels."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from model.kernels.compilation import KERNELS


def best_of(repeats: int, action: Callable[[], Any]) -> float:
    """Shortest time of several, in seconds: what the machine can do when nothing else disturbs it."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    return min(times)


class Watch:
    """Seconds spent inside kernels that are called from Python."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, compiled: Any) -> Callable[..., Any]:
        """Wrap a kernel so that its time is added up."""

        def timed(*arguments: Any) -> Any:
            begun = time.perf_counter()
            try:
                return compiled(*arguments)
            finally:
                self.seconds += time.perf_counter() - begun

        return timed


@contextmanager
def kernels_watched() -> Iterator[Watch]:
    """Replace every kernel that a module of the simulation calls by a timed one, for a while."""
    watch = Watch()
    compiled = {id(each): watch.around(each) for each in KERNELS}
    replaced = []
    for name, module in list(sys.modules.items()):
        if name.startswith("model.") and not (name.startswith("model.kernels.") and "constants" in name):
            for attribute, value in list(vars(module).items()):
                if id(value) in compiled:
                    replaced.append((module, attribute, value))
                    setattr(module, attribute, compiled[id(value)])
    try:
        yield watch
    finally:
        for module, attribute, value in replaced:
            setattr(module, attribute, value)
