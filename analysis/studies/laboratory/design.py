"""The laboratory as a study: measures are taken one after the other on one bench."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.runs.progress import Listener, ignore
from analysis.runs.provenance import environment, model_version
from analysis.runs.seeds import FIRST_SEED, parse_seeds
from analysis.runs.warming import compile_first
from analysis.runs.workers import available_cores
from analysis.studies.comparison.design import name_of_work
from analysis.studies.laboratory.bench import Bench, LastingWorkers, opened_store
from analysis.studies.laboratory.findings import LaboratoryFindings
from analysis.studies.laboratory.measures import MEASURES
from analysis.studies.laboratory.protocol import (
    FIRST_SELECTION,
    LAST_SELECTION,
    QUICK,
    STANDARD,
    Line,
    Measure,
    Setting,
    Taken,
)
from analysis.studies.loading import load_with_horizon
from analysis.studies.study import NothingFinishedError, Study, failures_of
from model.loading import dump_scenario

FIRST_FRESH = 30_000
"""The laboratory reports on seeds from here on: nobody else uses them."""


@dataclass(frozen=True)
class Laboratory(Study):
    """What the model can decide; see `design`."""

    story: str
    setting: Setting
    measures: tuple[Measure, ...]

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return f"{self.story}-laboratory"

    def identity(self) -> str:
        """Say what is measured."""
        setting = self.setting
        content = {
            "scenario": setting.scenario.model_dump(mode="json"),
            "seeds": setting.seeds,
            "size": asdict(setting.size),
            "measures": [measure.name for measure in self.measures],
            "version": model_version(),
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> LaboratoryFindings:
        """Take the measures; see `analysis.studies.study.Study.run`."""
        compile_first(progress)
        begun, taken, told, stopped = time.perf_counter(), {}, {}, False
        workers = LastingWorkers(max(1, jobs or available_cores()))
        total = sum(measure.runs(self.setting) for measure in self.measures)
        with opened_store(store, progress) as readings:
            bench = Bench(self.setting.scenario.story.title, total, workers, readings, progress)
            try:
                for measure in self.measures:
                    taken[measure.name], told[measure.name] = _take(measure, self.setting, bench)
            except KeyboardInterrupt:
                stopped = True
            finally:
                workers.leave()
        if not taken and not bench.finished:
            raise NothingFinishedError(tuple(bench.failed), stopped=stopped)
        manifest = self._manifest(bench, told, time.perf_counter() - begun)
        texts = {"scenario.toml": dump_scenario(self.setting.scenario)}
        return LaboratoryFindings(tables=tables_of(taken), manifest=manifest, texts=texts, stopped=stopped)

    def _manifest(self, bench: Bench, told: dict[str, Any], seconds: float) -> dict[str, Any]:
        setting = self.setting
        return {
            "story": self.story,
            "title": setting.scenario.story.title,
            "identity": self.identity(),
            "complete": len(told) == len(self.measures),
            "asked": [measure.name for measure in self.measures],
            "measures": told,
            "seeds": list(setting.seeds),
            "size": asdict(setting.size),
            "runs_failed": failures_of(bench.failed),
            "seconds": seconds,
            "scenario": setting.scenario.model_dump(mode="json"),
            **environment(),
        }


def _take(measure: Measure, setting: Setting, bench: Bench) -> tuple[Taken, dict[str, Any]]:
    """Take a measure: answer whatever it asks for, until it says what follows."""
    asked, runs, seconds = measure.take(setting), 0, 0.0
    failed = len(bench.failed)
    wanted = next(asked)
    while True:
        readings = bench.answer(wanted, measure.name)
        runs, seconds = runs + len(readings), seconds + float(readings["seconds"].sum())
        try:
            wanted = asked.send(readings)
        except StopIteration as end:
            told = {
                "question": measure.question, "runs": runs, "seconds": seconds,
                "failed": len(bench.failed) - failed,
            }  # fmt: skip
            return end.value, told


def tables_of(taken: dict[str, Taken]) -> dict[str, pd.DataFrame]:
    """Put together the table of measures and the tables behind it.

    Parameters
    ----------
    taken
        What came of each measure.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``measures``, one row a line, and those of the measures.
    """
    rows = [{"measure": name, **line.row()} for name, each in taken.items() for line in each.lines]
    # A measure that is stopped leaves runs that are kept, and no line.
    measures = pd.DataFrame(rows, columns=["measure", *Line("", "", 0.0).row()])
    return {
        "measures": measures,
        **{n: t for each in taken.values() for n, t in each.tables.items()},
    }


def design(
    reference: str,
    settings: Sequence[str] = (),
    *,
    measures: str | None = None,
    seeds: str | None = None,
    steps: int | None = None,
    policies: int | None = None,
    quick: bool = False,
    warn: Callable[[str], None] = lambda _: None,
) -> Laboratory:
    """Read what a command was asked for.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    measures
        Names of measures with commas between; all by default.
    seeds
        Fresh seeds, as many from 30000 on or which; each measure takes the first so many that it needs.
    steps
        Horizon, if it differs.
    policies
        Policies that headroom searches, if not as many as usual.
    quick
        Whether to run little, to see whether all works.
    warn
        Told what of the scenario is left out.

    Returns
    -------
    Laboratory
        What is to be measured.

    Raises
    ------
    RequestError
        If there is no such measure, or a seed is one on which policies are searched.
    """
    scenario = load_with_horizon(reference, settings, steps, warn)
    size = QUICK if quick else STANDARD
    chosen = _fresh(seeds, size.fresh)
    # Who asks for more seeds than is usual gets more of them in every measure.
    grown = len(chosen) / size.fresh
    if grown > 1:
        fields = ("fresh", "map_seeds", "mind_seeds", "surface_seeds", "effect_seeds", "place_seeds")
        size = replace(size, **{name: round(grown * getattr(size, name)) for name in fields})
    if policies is not None:
        size = replace(size, policies=policies)
    return Laboratory(name_of_work(reference, None), Setting(scenario, chosen, size), _measures(measures))


def _fresh(seeds: str | None, usual: int) -> tuple[int, ...]:
    if seeds is None:
        return tuple(range(FIRST_FRESH, FIRST_FRESH + usual))
    chosen = parse_seeds(seeds)
    if seeds.strip().isdecimal():
        return tuple(seed - FIRST_SEED + FIRST_FRESH for seed in chosen)
    used = [seed for seed in chosen if FIRST_SELECTION <= seed <= LAST_SELECTION]
    if used:
        raise RequestError(
            f"--seeds {seeds}: policies are searched on seeds {FIRST_SELECTION} to {LAST_SELECTION}, and what is found "
            f"must be reported on others; take seeds from {FIRST_FRESH} on."
        )
    return chosen


def _measures(names: str | None) -> tuple[Measure, ...]:
    if names is None:
        return tuple(MEASURES.values())
    chosen = list(dict.fromkeys(name.strip() for name in names.split(",")))
    for name in chosen:
        if name not in MEASURES:
            raise RequestError(
                f"--measures {names}: there is no measure {name!r}; there are {', '.join(MEASURES)}."
            )
    return tuple(measure for measure in MEASURES.values() if measure.name in chosen)
