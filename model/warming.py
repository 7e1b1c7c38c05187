"""Compiling ahead: all kernels at once, on two cores where that helps, before anybody waits for a result."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from model.building import build_world, found, found_organisation
from model.kernels.cache_folder import CACHE_FOLDER
from model.kernels.compilation import KERNELS
from model.kernels.random_numbers import one_uniform
from model.observables import GROUPS, Moment
from model.policy.instruments import INSTRUMENTS
from model.policy.observation import CELLS, DOMAINS, SECTORS
from model.policy.observe import observe
from model.policy.orders import Order, Target
from model.policy.potential import log_potential
from model.processes.process import Process
from model.scenario import Scenario
from model.schedule import SCHEDULE
from model.world import World

MESSAGE = "Compiling the simulation: this happens once after installation and takes some seconds."
CarryOut = Callable[[Iterable[Callable[[], Any]]], None]
_SMALL = {"steps": 2, "firms": {"number": 24}, "knowledge_space": {"domains": 12, "sectors": 3}}


def warm_up(
    report: Callable[[str], None] | None = None, progress: Callable[[int, int], None] | None = None
) -> None:
    """Compile all kernels, or load them from the cache; afterwards every run starts at full speed.

    Parameters
    ----------
    report
        Told what is being waited for, only when there is something to wait for.
    progress
        Told how many kernels are compiled, and how many there are, while they are; all of them at the end.
    """
    scenario = Scenario.model_validate(_SMALL)
    with _interrupts_between_tasks() as carry_out:
        compiled = _cached()
        if not compiled:
            if report is not None:
                report(MESSAGE)
            _compile_beside(scenario, carry_out, progress)
        carry_out(_telling(_tasks(_world(scenario, carry_out)), None if compiled else progress))
    if progress is not None and not compiled:
        progress(len(KERNELS), len(KERNELS))


def _telling(
    tasks: Iterable[Callable[[], Any]], progress: Callable[[int, int], None] | None
) -> Iterator[Callable[[], Any]]:
    """Give tasks, and after each tell how many kernels are compiled, here or in the process beside."""
    for task in tasks:
        yield task
        if progress is not None:
            progress(len(_wanted() & _in_cache()), len(KERNELS))


@contextmanager
def _interrupts_between_tasks() -> Iterator[CarryOut]:
    """Give a function that carries tasks out and lets Ctrl-C take effect after the one under way.

    A compiler that is interrupted inside LLVM loses the interrupt and fails later with an error of its own.
    """
    asked = threading.Event()

    def carry_out(tasks: Iterable[Callable[[], Any]]) -> None:
        for task in tasks:
            task()
            if asked.is_set():
                raise KeyboardInterrupt

    ours = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGINT)
    if not ours or before is not signal.default_int_handler:
        # Somebody else looks after Ctrl-C.
        yield carry_out
        return
    signal.signal(signal.SIGINT, lambda *_: asked.set())
    try:
        yield carry_out
    finally:
        signal.signal(signal.SIGINT, before)


def _world(scenario: Scenario, carry_out: CarryOut) -> World:
    """Build a region; that calls kernels too."""
    built: list[World] = []
    carry_out([lambda: built.append(build_world(scenario, 0))])
    return built[0]


def _cached() -> bool:
    """Whether the cache on disk seems to hold every kernel that Python calls."""
    return _wanted() <= _in_cache()


def _wanted() -> set[str]:
    return {f"{each.py_func.__module__.rpartition('.')[2]}.{each.py_func.__name__}" for each in KERNELS}


def _in_cache() -> set[str]:
    if CACHE_FOLDER is None:
        return set()
    return {path.name.split("-")[0] for path in Path(CACHE_FOLDER).rglob("*.nbi")}


def _compile_beside(
    scenario: Scenario, carry_out: CarryOut, progress: Callable[[int, int], None] | None
) -> None:
    """Compile all kernels into the cache together with another process: each takes the next task that is left."""
    # A daemonic process, such as a worker of the dashboard, may not have children.
    alone = multiprocessing.current_process().daemon or (os.cpu_count() or 1) < 2
    if alone or sys.platform != "linux" or CACHE_FOLDER is None:
        return
    tasks = _tasks(found(scenario, 0))
    numbers, fill = os.pipe()
    os.write(fill, bytes(range(len(tasks))))
    os.close(fill)
    helper = multiprocessing.get_context("fork").Process(target=_help, args=(tasks, numbers), daemon=True)
    helper.start()
    try:
        carry_out(_telling(_in_turn(tasks, numbers), progress))
        helper.join()
    finally:
        os.close(numbers)
        helper.terminate()


def _in_turn(tasks: Sequence[Callable[[], Any]], numbers: int) -> Iterator[Callable[[], Any]]:
    """Give the tasks whose numbers this process draws from a pipe, until that is empty."""
    while number := os.read(numbers, 1):
        yield tasks[number[0]]


def _help(tasks: Sequence[Callable[[], Any]], numbers: int) -> None:
    # Ctrl-C is for the process that somebody looks at; it ends its helper when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for task in _in_turn(tasks, numbers):
        task()


def _tasks(world: World) -> list[Callable[[], Any]]:
    """Everything that calls a kernel, each once on a small region; the last to be done are light."""
    # The network is measured at the end of a run; a cluster and an entrant give every kernel something to do.
    world.step = world.scenario.steps
    found_organisation(world, "cluster_organisation", 0, 0)
    world.supported_entries.append(0)
    carriers = world.carriers
    organisation = int(np.flatnonzero(carriers.kind > 0)[0])
    order = Order("any", 1.0, Target(sectors=np.ones(3), domains=np.ones(12)), domains=(0,))
    key = world.key("warming")
    none = np.zeros(12)

    def deliver(name: str) -> Callable[[], Any]:
        money = 10 * getattr(world.scenario.instruments, name).unit_cost
        return lambda: INSTRUMENTS[name].deliver(world, order, money, organisation, key)

    def measure(number: int) -> Callable[[], Any]:
        group = GROUPS[number]
        return lambda: group.measure(Moment(world, ()), np.zeros(len(group.observables)))

    tasks: list[Callable[[], Any]] = [measure(number) for number in range(len(GROUPS))]
    # Before the processes, one of which closes organisations that nobody needs: then there is none to deliver.
    tasks += [deliver(name) for name in INSTRUMENTS]
    tasks += [_call(entry, world) for entry in SCHEDULE if isinstance(entry, Process)]
    tasks.append(lambda: observe(world, SECTORS | CELLS | DOMAINS, 0, np.ones(3), none, none, none, none))
    tasks.append(lambda: log_potential(world))
    tasks.append(lambda: one_uniform(key, 0, 0))
    tasks.append(lambda: carriers.retire(np.zeros(carriers.rows, np.bool_)))
    return tasks


def _call(entry: Process, world: World) -> Callable[[], Any]:
    return lambda: entry.function(world)
