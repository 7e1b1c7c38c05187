"""A region as a model of the EMA workbench: factors as uncertainties, the regime as a lever, outcomes over seeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.errors import RequestError
from analysis.runs.experiment import Experiment
from analysis.statistics.workbench import workbench
from analysis.studies.sweep.design import resolve
from analysis.studies.sweep.factors import Factor, parse_factor
from model.loading import load_scenario
from model.record import OBSERVABLES, OUTCOMES
from model.region import run
from model.scenario import REGIME_NAMES, Scenario
from model.spec.problem import listed, nearest

REGIME, SEED = "regime", "seed"


@dataclass(frozen=True)
class Experimenter:
    """Makes one run for the workbench: what it is called with are a regime, a seed, and a value for each factor.

    Attributes
    ----------
    scenario
        Scenario before factors and regime are put into it.
    factors
        What is varied, by the name that it has in the workbench.
    outcomes
        Observables that are given back.
    """

    scenario: Scenario
    factors: Mapping[str, Factor]
    outcomes: tuple[str, ...]

    def __call__(self, **given: Any) -> dict[str, float]:
        """Make a run.

        Parameters
        ----------
        **given
            ``regime``, ``seed`` and a value for each factor.

        Returns
        -------
        dict
            Outcomes at the end of the run.
        """
        settings: dict[str, Any] = {}
        for name, factor in self.factors.items():
            settings |= factor.setter(self.scenario)(_plain(given[name]))
        scenario = resolve(self.scenario, settings).with_regime(str(given[REGIME]))
        last = run(scenario, int(given[SEED])).record.series[-1]
        names = list(OBSERVABLES)
        return {name: float(last[names.index(name)]) for name in self.outcomes}


def ema_model(
    scenario: Scenario | str | Path,
    factors: Mapping[str, object] | Sequence[Factor],
    regimes: Sequence[str] = tuple(REGIME_NAMES),
    seeds: Sequence[int] = tuple(range(10_000, 10_004)),
    outcomes: Sequence[str] = OUTCOMES,
    *,
    summarise: Callable[[Any], Any] = np.mean,
    name: str = "region",
) -> Any:
    """Make a model object of the EMA workbench, for `perform_experiments`, its samplers and its optimisers.

    Every experiment meets the same seeds, so that policies differ by no luck. Names of factors lose their dots,
    as the workbench wants Python names: ``ties.cost`` becomes ``ties_cost``.

    Parameters
    ----------
    scenario
        Scenario, name of a story, or path of a TOML file.
    factors
        What is uncertain: names and ranges as in the file of a sweep, or factors.
    regimes
        Values of the lever ``regime``.
    seeds
        Seeds of the replications.
    outcomes
        Observables that are given back.
    summarise
        Makes one number of the values over seeds.
    name
        Name of the model, a Python name.

    Returns
    -------
    ema_workbench.ReplicatorModel
        The model. It can be pickled, so that the workbench's parallel evaluators take it.

    Raises
    ------
    RequestError, ScenarioError
        If the workbench is not installed, or anything that was given is wrong.

    Examples
    --------
    >>> model = ema_model("thin_rural_region", {"budget": "0.005:0.04", "openness": None})  # doctest: +SKIP
    >>> experiments, outcomes = perform_experiments(model, scenarios=64, policies=4)  # doctest: +SKIP
    """
    loaded = load_scenario(scenario)
    named = _factors(factors, loaded)
    chosen = _outcomes(outcomes)
    # Says what is wrong with regimes and seeds as everywhere else.
    Experiment(name, loaded, tuple(regimes), tuple(seeds))
    if not seeds:
        raise RequestError("seeds: name one or more.")
    with workbench():
        import ema_workbench as ema  # noqa: PLC0415 - takes 4 seconds

        model = ema.ReplicatorModel(name, function=Experimenter(loaded, named, chosen))
        model.uncertainties = [_parameter(ema, key, factor) for key, factor in named.items()]
        model.levers = [ema.CategoricalParameter(REGIME, list(regimes))]
        model.replications = [{SEED: int(seed)} for seed in seeds]
        model.outcomes = [ema.ScalarOutcome(each, function=summarise) for each in chosen]
    return model


def _factors(factors: Mapping[str, object] | Sequence[Factor], scenario: Scenario) -> dict[str, Factor]:
    known = (
        [parse_factor("factor", name, values, scenario) for name, values in factors.items()]
        if isinstance(factors, Mapping)
        else list(factors)
    )
    if not known:
        raise RequestError("factors: name one or more, such as budget.")
    return {factor.name.replace(".", "_"): factor for factor in known}


def _outcomes(outcomes: Sequence[str]) -> tuple[str, ...]:
    for outcome in outcomes:
        if outcome not in OBSERVABLES:
            meant = nearest(outcome, OBSERVABLES)
            hint = f" Did you mean {meant}?" if meant else ""
            raise RequestError(
                f"outcomes: there is no observable {outcome!r}.{hint} Outcomes are {listed(list(OUTCOMES))}."
            )
    return tuple(outcomes)


def _parameter(ema: Any, name: str, factor: Factor) -> Any:
    if factor.values is not None:
        return ema.CategoricalParameter(name, list(factor.values))
    if factor.geometric and not factor.whole:
        from scipy.stats import loguniform  # noqa: PLC0415 - takes a second

        return ema.RealParameter.from_dist(name, loguniform(factor.low, factor.high))
    kind = ema.IntegerParameter if factor.whole else ema.RealParameter
    ends = (int(factor.low), int(factor.high)) if factor.whole else (factor.low, factor.high)
    return kind(name, *ends)


def _plain(value: Any) -> Any:
    """Make Python values of what numpy samplers give, and of what the workbench wraps in categories."""
    value = getattr(value, "value", value)
    return value.item() if isinstance(value, np.generic) else value
