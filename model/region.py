"""A region as a Mesa model: built from a scenario and a seed, stepped, looked into, run."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from model.agents.population import Population
from model.building import build_world
from model.loading import ScenarioError, load_scenario
from model.observables.fortunes import Followed
from model.processes.process import Process
from model.record import OBSERVABLES, Record
from model.result import RunResult
from model.scenario import Scenario
from model.schedule import SCHEDULE, Agents
from model.spec.problem import not_known
from model.warming import warm_up

if TYPE_CHECKING:
    from mesa import DataCollector

__all__ = ["DEFAULT_SCENARIO", "Region", "run", "warm_up"]

DEFAULT_SCENARIO = "machine_building_meets_iot"


class Region(Population):
    """A region in which firms, meso-organisations and policymakers interact.

    Parameters
    ----------
    scenario
        Scenario, name of a story of the library, or path of a TOML file.
    regime
        Name of a regime that gets the whole budget; by default policymakers are those of the scenario.
    seed, rng
        Seed of the run, a whole number (``rng`` is Mesa's newer name for it, and may be whatever else numpy
        makes a generator of); drawn afresh if neither is given. The attribute ``seed`` tells it.
    **kwargs
        Parameters that differ, by dotted key, such as ``**{"firms.number": 100}``.

    Raises
    ------
    model.loading.ScenarioError
        If the scenario, the regime, a seed or a parameter is wrong.

    Notes
    -----
    At the horizon ``running`` becomes false; ``step`` then does nothing, and ``steps`` stays as it is.
    """

    # Mesa 3.3's SolaraViz takes parameters that are not named here only if the last one is called kwargs.
    def __init__(
        self,
        scenario: Scenario | str | Path = DEFAULT_SCENARIO,
        *,
        regime: str | None = None,
        seed: int | None = None,
        rng: Any = None,
        **kwargs: Any,
    ) -> None:
        resolved = _resolve(scenario, regime, kwargs)
        self.seed = _seed(seed, rng)
        super().__init__(build_world(resolved, self.seed), self.seed)
        self._ledgers = {policymaker.name: policymaker.ledger for policymaker in self.policymakers}
        self._logs = {policymaker.name: policymaker.log for policymaker in self.policymakers}
        self._plan = self._make_plan()
        self.record = Record(resolved.steps, self.world.space.domains)
        self._followed: Followed | None = None
        self._take_record()

    @property
    def scenario(self) -> Any:
        """Not here: Mesa keeps this name for scenarios of its own kind, which its dashboard looks for."""
        raise AttributeError("the scenario of a region is region.world.scenario")

    @scenario.setter
    def scenario(self, value: Any) -> None:
        """Mesa 3.5 sets a scenario of its own kind; a region has no need of it."""

    @cached_property
    def datacollector(self) -> DataCollector:
        """The record of the run in the form that Mesa's tools read; a data collector can take its place."""
        from model.collection import RecordedSeries

        return RecordedSeries(self)

    def step(self) -> None:
        """Advance by one step, a quarter; do nothing at the horizon."""
        world = self.world
        if world.step >= world.scenario.steps:
            self.steps = world.step
            return
        world.step += 1
        for act in self._plan:
            act()
        self._take_record()
        self._keep_up()
        if world.step >= world.scenario.steps:
            self.running = False

    def follow_firms(self) -> None:
        """From now on, keep what becomes of every firm; to be asked for before the first step."""
        self._followed = Followed(self.world)
        self._followed.take(self.world)

    def _take_record(self) -> None:
        world = self.world
        self.record.take(world, self.policymakers)
        if self._followed is not None:
            self._followed.take(world)
        # What happens between two steps, such as an agent's removal, is booked in the next.
        world.account[:] = 0.0
        world.memos[:] = 0.0
        world.counts[:] = 0.0

    def _make_plan(self) -> tuple[Callable[[], None], ...]:
        return tuple(self._act(entry) for entry in SCHEDULE)

    def _act(self, entry: Process | Agents) -> Callable[[], None]:
        if isinstance(entry, Process):
            return partial(entry.function, self.world)
        return self._policymakers_act if entry.who == "policymakers" else self._organisations_act

    def _policymakers_act(self) -> None:
        for policymaker in self.policymakers:
            policymaker.act()

    def _organisations_act(self) -> None:
        for organisation in self.organisations:
            organisation.act()
        for identity in self.world.closing:
            self._let_go(identity)

    def observed(self, name: str) -> float:
        """Value of an observable at the end of the last step.

        Parameters
        ----------
        name
            Name in :data:`model.record.OBSERVABLES`.

        Raises
        ------
        LookupError
            If there is no observable of this name.
        """
        if name not in OBSERVABLES:
            raise LookupError(f"there is no observable {name!r}: see model.record.OBSERVABLES")
        return float(self.record.series[self.world.step, list(OBSERVABLES).index(name)])

    def result(self, seconds: float = 0.0) -> RunResult:
        """What has been recorded so far.

        Parameters
        ----------
        seconds
            Time that the run took.
        """
        return RunResult(
            scenario=self.world.scenario,
            seed=self.seed,
            seconds=seconds,
            record=self.record,
            discovered=self.world.discovered,
            domain_names=self.world.space.domain_names,
            ledgers={name: ledger.entries for name, ledger in self._ledgers.items()},
            logs=self._logs,
            accounts={
                identity: (kind, account.entries) for identity, (kind, account) in self.accounts.items()
            },
            fortunes=None if self._followed is None else self._followed.fortunes(),
        )

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the plan: the functions of processes cannot be pickled."""
        return {name: value for name, value in self.__dict__.items() if name != "_plan"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._plan = self._make_plan()

    def __repr__(self) -> str:
        world = self.world
        title, steps = world.scenario.story.title, f"step {world.step} of {world.scenario.steps}"
        return f"<{type(self).__name__} {title!r}, seed {self.seed}, {steps}, {world.carriers.rows} carriers>"


def _resolve(scenario: Scenario | str | Path, regime: str | None, settings: Mapping[str, Any]) -> Scenario:
    if not isinstance(scenario, Scenario | str | Path):
        raise ScenarioError(
            f"scenario = {scenario!r}: must be a Scenario, the name of a story, or a path of a TOML file"
        )
    if settings or not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario, settings)
    if regime is None:
        return scenario
    for problem in not_known(("regime",), "regimes", regime, scenario.all_regimes):
        meant = f'; did you mean "{problem.meant}"?' if problem.meant else ""
        raise ScenarioError(f"{problem}{meant}")
    return scenario.with_regime(regime)


def _seed(seed: Any, rng: Any) -> int:
    if seed is not None and rng is not None:
        raise ScenarioError("seed and rng are two names for one thing: give only one of them")
    given = rng if seed is None else seed
    if given is None:
        return secrets.randbits(32)
    if isinstance(given, str) and given.isdecimal():
        given = int(given)
    try:
        generator = np.random.default_rng(given)
    except (TypeError, ValueError):
        raise ScenarioError(f"seed = {given!r}: must be a whole number of at least 0") from None
    return int(given) if isinstance(given, int | np.integer) else int(generator.integers(2**32))


def run(scenario: Scenario, seed: int, *, follow_firms: bool = False) -> RunResult:
    """Run a scenario to its horizon.

    Parameters
    ----------
    scenario
        Resolved scenario.
    seed
        Seed of the run.
    follow_firms
        Whether to keep what becomes of every firm, which nothing else in the run depends on.

    Returns
    -------
    RunResult
        Everything recorded; the same scenario and seed give the same bits.
    """
    begun = time.perf_counter()
    region = Region(scenario, seed=seed)
    if follow_firms:
        region.follow_firms()
    while region.running:
        region.step()
    result = region.result(time.perf_counter() - begun)
    # A model and its agents refer to each other: large arrays would wait for some later garbage collection.
    region.__dict__.clear()
    return result
