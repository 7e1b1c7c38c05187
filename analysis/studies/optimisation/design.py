"""Optimisation as a study: what a command was asked for becomes a setting, and runs are made as the search wants."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.strategies import find_strategy, region_for, strategies, strategy_of, with_strategy
from analysis.runs.progress import Listener, Note, Progress, ignore
from analysis.runs.provenance import environment, model_version
from analysis.runs.seeds import parse_seeds
from analysis.runs.suggestion import did_you_mean
from analysis.runs.warming import compile_first
from analysis.runs.workers import available_cores
from analysis.studies.comparison.design import name_of_work
from analysis.studies.laboratory.bench import Bench, LastingWorkers, opened_store
from analysis.studies.loading import load_with_horizon
from analysis.studies.optimisation.conduct import most_runs, optimise
from analysis.studies.optimisation.findings import OptimisationFindings, toml_of
from analysis.studies.optimisation.futures import draw_futures
from analysis.studies.optimisation.levers import ALWAYS, Levers
from analysis.studies.optimisation.objectives import LOTTERY, NONE, find_objectives, parse_constraints
from analysis.studies.optimisation.proposals import check_sampler
from analysis.studies.optimisation.readings import PolicyReadings, read_policy
from analysis.studies.optimisation.setting import Setting, Size, StoppedError, Tables
from analysis.studies.study import NothingFinishedError, Study, failures_of
from model.loading import dump_scenario, library
from model.loading.settings import parse_settings
from model.policy.regimes import REGIMES
from model.scenario import REGIME_NAMES, Scenario, twin_of

LAST_SELECTION = 9_999
"""Everything is reported on seeds above."""
FEWEST_POLICIES = 8
TWICE = f"policies are searched on seeds up to {LAST_SELECTION}, and what is found must be reported on others"
Names = Sequence[str] | str
"""Names, as a list or with commas between."""


@dataclass(frozen=True)
class Optimisation(Study):
    """Which policy does best; see `design`.

    Attributes
    ----------
    story
        Short name of the scenario, for people and for folders.
    setting
        What is searched.
    extends
        Story that the policy's TOML extends, None where it holds the whole scenario.
    changes
        What else differs from it, by dotted key.
    drawn
        Table of futures.
    """

    story: str
    setting: Setting
    extends: str | None = None
    changes: Mapping[str, Any] | None = None
    drawn: pd.DataFrame | None = None

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return f"{self.story}-optimise"

    def identity(self) -> str:
        """Say what is searched."""
        text = json.dumps(
            {**self._asked(), "version": model_version()}, sort_keys=True, separators=(",", ":")
        )
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def _asked(self) -> dict[str, Any]:
        setting = self.setting
        return {
            "scenario": setting.scenario.model_dump(mode="json"),
            "compared": list(setting.regimes),
            "levers": list(setting.levers.groups),
            "objectives": [each.name for each in setting.objectives],
            "constraints": [asdict(each) for each in setting.constraints],
            "seeds": list(setting.seeds),
            "size": asdict(setting.size),
            "futures": {name: dict(each) for name, each in setting.futures.items()},
            "sampler": setting.sampler,
            "search_seed": setting.search_seed,
        }  # fmt: skip

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> OptimisationFindings:
        """Search; see `analysis.studies.study.Study.run`."""
        compile_first(progress)
        begun, title = time.perf_counter(), self.setting.scenario.story.title
        workers = LastingWorkers(max(1, jobs or available_cores()))
        with opened_store(store, progress, PolicyReadings) as readings:
            bench = Bench(
                title, most_runs(self.setting), workers, readings, _once(progress), read=read_policy
            )
            try:
                tables, stopped, stages = _followed(self.setting, bench)
            finally:
                workers.leave()
        if not tables or tables["tried"].empty:
            raise NothingFinishedError(tuple(bench.failed), stopped=stopped, what="policy")
        if self.drawn is not None and "over_futures" in tables:
            tables["futures"] = self.drawn
        manifest = {
            "story": self.story,
            "title": title,
            "identity": self.identity(),
            "complete": not stopped,
            **self._asked(),
            "runs": stages,
            "runs_finished": bench.finished,
            "runs_failed": failures_of(bench.failed),
            "seconds": time.perf_counter() - begun,
            **environment(),
        }
        texts = {"scenario.toml": dump_scenario(self.setting.scenario)}
        findings = OptimisationFindings(tables=tables, manifest=manifest, texts=texts, stopped=stopped)
        written = toml_of(findings, self.setting.scenario, self.extends, self.changes or {})
        return replace(findings, texts={**texts, **written})


def _once(progress: Listener) -> Listener:
    """Tell once, not for every batch, that runs were made before."""
    told: list[Note] = []

    def listen(what: Progress | Note) -> None:
        if not isinstance(what, Note) or what.warning:
            progress(what)
        elif not told:
            told.append(what)
            progress(Note("Runs that were made before are not repeated."))

    return listen


def _followed(setting: Setting, bench: Bench) -> tuple[Tables, bool, dict[str, int]]:
    """Make the runs that a search wants until it has found, or somebody stops it."""
    searching = optimise(setting)
    stages: dict[str, int] = {}
    request = next(searching)
    while True:
        bench.total = bench.done + len(request.wanted) + request.left
        try:
            readings = bench.answer(request.wanted, request.stage)
            stages[request.stage] = stages.get(request.stage, 0) + len(readings)
            request = searching.send(readings)
        except StopIteration as end:
            return (*end.value, stages)
        except KeyboardInterrupt:
            try:
                searching.throw(StoppedError())
            except StopIteration as end:
                return (*end.value, stages)


def design(
    scenario: Scenario,
    story: str,
    *,
    policies: int = 1_000,
    seeds: Sequence[int],
    levers: Names = ALWAYS,
    objectives: Names = "value",
    at_least: Sequence[str] = (),
    at_most: Sequence[str] = (),
    regimes: Names | None = None,
    futures: int = 12,
    uncertain: Sequence[str] = (),
    sampler: str = "nsga2",
    search_seed: int = 0,
    region: str | None = None,
    extends: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Optimisation:
    """Put together what is searched.

    Parameters
    ----------
    scenario
        Region and parameters; its budget is that of every policy.
    story
        Short name of it, for people and for folders.
    policies
        How many policies are tried.
    seeds
        Fresh seeds on which everything is reported.
    levers, objectives, at_least, at_most
        See `analysis.studies.optimisation.levers.GROUPS` and `analysis.studies.optimisation.objectives`.
    regimes
        What is held against the best beside ``none`` and ``lottery``; by default the regimes that choose, their twins
        and, in a measured region, real strategies.
    futures, uncertain
        Futures in which the best are tried, and what they differ in, see `analysis.studies.optimisation.futures`.
    sampler, search_seed
        Who proposes, and the seed of the search.
    region
        Reference of a measured region, if it is one.
    extends, changes
        See `Optimisation`.

    Returns
    -------
    Optimisation
        What is to be found.

    Raises
    ------
    RequestError
        If it makes no sense.
    """
    wanted = find_objectives(_names(objectives))
    check_sampler(sampler)
    size = Size.of(policies, len(seeds))
    last = LAST_SELECTION // size.most_seeds - 1
    for field, value, wrong, rule, remedy in (
        ("policies", policies, policies < FEWEST_POLICIES, f"at least {FEWEST_POLICIES} are needed", ""),
        ("policy.budget", 0, not scenario.policy.budget, "there is no money to spend",
         "set a budget, such as {policy.budget=0.03}."),
        ("search_seed", search_seed, not 0 <= search_seed <= last, f"goes from 0 to {last}", ""),
        ("seeds", min(seeds), min(seeds) <= LAST_SELECTION, TWICE, f"take seeds from {LAST_SELECTION + 1} on."),
        ("seeds", len(seeds), len(seeds) < 2, "an interval needs two seeds or more", ""),
        ("futures", futures, futures == 1, "one future tells nothing of others", "take 2 or more, or 0 for none."),
        ("objectives", _text(objectives), not futures and any(each.over_futures for each in wanted),
         "a worst case needs futures", "leave out {futures=0}."),
    ):  # fmt: skip
        if wrong:
            raise RequestError(field=field, value=value, rule=rule, remedy=remedy)
    scenario, names = _with_regimes(scenario, _names(regimes), region)
    costs = ["spending"] if any(each.less for each in wanted) else []
    drawn: pd.DataFrame | None = None
    settings: dict[str, dict[str, Any]] = {}
    if futures:
        settings, drawn = draw_futures(scenario, futures, uncertain)
    setting = Setting(
        scenario, names, Levers.of(scenario, tuple(dict.fromkeys((*_names(levers), *costs)))), wanted,
        parse_constraints(at_least, at_most, scenario), tuple(seeds), size, settings, sampler, search_seed,
    )  # fmt: skip
    return Optimisation(story, setting, extends, changes, drawn)


def asked_of(
    reference: str,
    settings: Sequence[str],
    steps: int | None,
    region: str | None,
    strategy: str | None,
    warn: Callable[[str], None],
    *,
    seeds: str,
    **more: Any,
) -> Optimisation:
    """Load what was asked for as text; see `design` and `analysis.studies.loading.load_with_horizon`."""
    if strategy is not None:
        region = region_for(find_strategy(strategy), region)
    scenario = load_with_horizon(reference, settings, steps, warn, region)
    given = parse_settings(settings)
    changes: dict[str, Any] = {".".join(map(str, each.path)): each.value for each in given}
    # What stands in a list cannot be said anew by its key alone.
    whole = any(not str(part).isidentifier() for each in given for part in each.path)
    extends = None if whole or region is not None or reference not in library() else reference
    return design(
        scenario, name_of_work(reference, region), seeds=parse_seeds(seeds), region=region, extends=extends,
        changes=changes | ({} if steps is None else {"steps": steps}), **more,
    )  # fmt: skip


def _names(given: Names | None) -> tuple[str, ...]:
    parts = given.split(",") if isinstance(given, str) else given or ()
    return tuple(name.strip() for name in parts if name.strip())


def _text(given: Names) -> str:
    return ",".join(_names(given))


def _with_regimes(
    scenario: Scenario, regimes: Sequence[str], region: str | None
) -> tuple[Scenario, tuple[str, ...]]:
    """Choose what is held against the best, real strategies in a measured region among it."""
    for name in regimes:
        if name not in scenario.all_regimes:
            known = tuple(scenario.all_regimes)
            raise RequestError(
                field="regimes", value=",".join(regimes), rule=f"there is no regime {name!r}; this scenario knows "
                f"{', '.join(known)}", remedy=did_you_mean(name, known),
            )  # fmt: skip
    if regimes:
        return scenario, tuple(dict.fromkeys((NONE, LOTTERY, *regimes)))
    chosen = [*REGIME_NAMES, LOTTERY, *(twin_of(name) for name in REGIME_NAMES if name != NONE)]
    own = [name for name in scenario.regimes if name not in REGIMES]
    if region is not None:
        mine = strategy_of(region)
        for strategy in strategies().values():
            try:
                scenario, _ = with_strategy(scenario, strategy)
            except RequestError:
                if strategy is mine:
                    raise
                continue
            chosen.append(strategy.regime)
    return scenario, tuple(dict.fromkeys((*chosen, *own)))
