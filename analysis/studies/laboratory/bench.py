"""Makes the runs that measures ask for, through a store: none is made twice, and what is made stays made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from analysis.runs.execution import Attempt, Finished, Record, by_start, lost
from analysis.runs.experiment import Task, run_ids
from analysis.runs.progress import Listener, Note, Progress
from analysis.runs.streaming import MOST_IN_A_BATCH, Stream
from analysis.runs.workers import LocalWorkers
from analysis.studies.laboratory.protocol import Wanted
from analysis.studies.laboratory.readings import ReadingStore, read_run
from model.scenario import Scenario


class LastingWorkers(LocalWorkers):
    """Workers that stay when a request is answered: measures ask several times, and starting workers takes time."""

    def close(self, *, at_once: bool) -> None:
        """End the workers at once; otherwise leave them to whoever asks next."""
        if at_once:
            super().close(at_once=True)

    def leave(self) -> None:
        """End the workers for good."""
        super().close(at_once=False)


@dataclass
class Bench:
    """Where runs are made and read.

    Attributes
    ----------
    name
        What is going on, for whoever listens.
    total
        Runs that all measures will ask for.
    workers
        Who makes them.
    store
        Where they are kept.
    progress
        Told how far it is.
    done
        Runs that were asked for and are made, found in the store, or failed.
    failed
        Runs that ended in an error.
    read
        Makes a run and reads it; what is read must have what the store keeps.
    """

    name: str
    total: int
    workers: LastingWorkers
    store: ReadingStore
    progress: Listener
    done: int = 0
    failed: list[Record[Any]] = field(default_factory=list)
    read: Callable[[Scenario, int], Finished] = read_run
    _made: set[str] = field(default_factory=set)

    @property
    def finished(self) -> int:
        """Runs that were found or finished."""
        return self.done - len(self.failed)

    def answer(self, wanted: Wanted, measure: str) -> pd.DataFrame:
        """Make what is missing of what a measure wants, and read all of it.

        Parameters
        ----------
        wanted
            Conditions, regimes and seeds.
        measure
            Whose runs they are.

        Returns
        -------
        pandas.DataFrame
            ``cell``, ``regime``, ``seed`` and what was read; one row a finished run, in the order asked for.
        """
        asked = [
            (cell, Task(scenario, regime, seed))
            for seed in wanted.seeds
            for (cell, regime), scenario in wanted.scenarios.items()
        ]
        names = run_ids([task for _, task in asked])
        self._make([task for _, task in asked], names, measure)
        table = pd.DataFrame(
            [(cell, task.regime, task.seed) for cell, task in asked], columns=["cell", "regime", "seed"]
        )
        readings = self.store.read(names).reindex(names).reset_index(drop=True)
        return (
            pd.concat([table, readings], axis=1)
            .dropna(subset=list(self.store.required))
            .reset_index(drop=True)
        )

    def _make(self, tasks: list[Task], names: tuple[str, ...], measure: str) -> None:
        known = set(self.store.read(names).index)
        places = {name: place for place, name in enumerate(names)}
        missing = sorted(place for name, place in places.items() if name not in known)
        before = len(known - self._made)
        if before:
            self.progress(
                Note(f"{measure}: {before} of {len(places)} runs were made before and are not repeated.")
            )
        self.done += len(tasks) - len(missing)
        self._made |= known

        def keep(record: Record[Any]) -> None:
            if record.result is not None:
                task = tasks[record.index]
                self.store.add(names[record.index], task.regime, task.seed, record.result)

        items = ((place, tasks[place]) for place in missing)
        make: Any = Attempt(self.read)
        stream: Stream[Any, Record[Any]] = Stream(
            items,
            make,
            lost,
            self.workers,
            most=MOST_IN_A_BATCH,
            total=len(missing),
            keep=keep,
            together=by_start([tasks[place] for place in missing], self.workers.size),
        )
        with stream:
            self.progress(Progress(self.name, self.done, self.total))
            for record in stream:
                self.done += 1
                self._made.add(names[record.index])
                if record.error is not None:
                    self.failed.append(record)
                self.progress(Progress(self.name, self.done, self.total))


@contextmanager
def opened_store(
    folder: Path | None, progress: Listener, kind: type[ReadingStore] = ReadingStore
) -> Iterator[ReadingStore]:
    """Open the store in a folder of results, or one that is forgotten afterwards."""
    if folder is not None:
        with kind.within(folder, lambda text: progress(Note(text, warning=True))) as store:
            yield store
        return
    with TemporaryDirectory() as place, kind.within(Path(place)) as store:
        yield store
