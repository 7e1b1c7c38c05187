"""Who says what to try next: at random at first, then a sampler of Optuna that has seen what came of it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from types import ModuleType
from typing import Any

import numpy as np

from analysis.errors import RequestError
from analysis.extras import needs
from analysis.studies.optimisation.levers import FREE, PERCENT, THEMES, Levers, Policy, tidied
from analysis.studies.optimisation.policy import name_of

SAMPLERS = ("tpe", "nsga2", "random")
MOST_TRIES = 50
CANDIDATES = 32
"""Candidates that the estimator of Parzen weighs for each policy that it proposes."""


@dataclass(frozen=True)
class Tried:
    """A policy that was tried.

    Attributes
    ----------
    policy
        Values of levers.
    values
        What it reached on each objective, more being better.
    short
        By how much it misses each constraint; negative where it keeps it.
    """

    policy: Policy
    values: tuple[float, ...]
    short: tuple[float, ...] = ()


def check_sampler(name: str) -> None:
    """Check that there is such a sampler, and that it can be imported.

    Raises
    ------
    RequestError
        If there is none, or what it needs is missing.
    """
    if name not in SAMPLERS:
        raise RequestError(
            field="sampler", value=name, rule=f"there is no such sampler; there are {', '.join(SAMPLERS)}"
        )
    if name != "random":
        with _optuna():
            pass


def propose(levers: Levers, tried: Sequence[Tried], count: int, sampler: str, seed: int) -> list[Policy]:
    """Propose policies that were not tried yet.

    What is proposed follows from the arguments alone, so that a search that was stopped goes on as if it had not been.

    Parameters
    ----------
    levers
        What is searched.
    tried
        What came of all policies so far; none of them asks for a start at random.
    count
        How many to propose; fewer where there are no more.
    sampler
        One of `SAMPLERS`.
    seed
        Seed of this batch.

    Returns
    -------
    list of Policy
        Different policies, tidied.
    """
    known = {name_of(each.policy) for each in tried}
    generator = np.random.default_rng(seed)
    asked = _asked(levers, tried, count, sampler, seed) if sampler != "random" and tried else iter(())
    found: dict[str, Policy] = {}
    for policy in chain(asked, (levers.draw(generator) for _ in range(MOST_TRIES * count))):
        name = name_of(policy)
        if name not in known and len(found) < count:
            found.setdefault(name, policy)
        if len(found) == count:
            break
    return list(found.values())


def _asked(levers: Levers, tried: Sequence[Tried], count: int, sampler: str, seed: int) -> Iterator[Policy]:
    with _optuna() as optuna:
        ranges = _ranges(levers, optuna)
        study = optuna.create_study(directions=["maximize"] * len(tried[0].values))
        study.sampler = _sampler(sampler, seed, count, len(tried), optuna)
        state = optuna.trial.TrialState.COMPLETE
        study.add_trials([
            optuna.trial.create_trial(
                params={name: each.policy[name] for name in ranges}, distributions=ranges, values=list(each.values),
                state=state, system_attrs=_attributes(each, place, count, sampler),
            )
            for place, each in enumerate(tried)
        ])  # fmt: skip
        for _ in range(count):
            params: dict[str, Any] = study.ask(ranges).params
            yield tidied({**FREE, **params})


def _attributes(tried: Tried, place: int, count: int, sampler: str) -> dict[str, Any]:
    # Generations are batches: those that are tried together have the same parents.
    generation = {"NSGAIISampler:generation": place // count} if sampler == "nsga2" else {}
    return {**({"constraints": tried.short} if tried.short else {}), **generation}


def _sampler(name: str, seed: int, count: int, tried: int, optuna: ModuleType) -> Any:
    samplers = optuna.samplers
    if name == "nsga2":
        return samplers.NSGAIISampler(seed=seed, population_size=min(count, tried), constraints_func=_kept)
    return samplers.TPESampler(
        seed=seed, n_startup_trials=0, multivariate=True, constant_liar=True, n_ei_candidates=CANDIDATES,
        constraints_func=_kept,
    )  # fmt: skip


def _kept(trial: Any) -> Sequence[float]:
    constraints: Sequence[float] = trial.system_attrs.get("constraints", ())
    return constraints


def _ranges(levers: Levers, optuna: ModuleType) -> dict[str, Any]:
    found = optuna.distributions
    ranges: dict[str, Any] = {name: found.IntDistribution(0, PERCENT) for name in levers.shares}
    for name, values in levers.values.items():
        if name in THEMES:
            ranges[name] = found.IntDistribution(0, int(values[-1]))
        else:
            ranges[name] = found.CategoricalDistribution(values)
    return ranges


@contextmanager
def _optuna() -> Iterator[ModuleType]:
    with needs("optimise", "Optuna, which searches policies,", "optuna"), warnings.catch_warnings():
        # Sampling several parameters together is called experimental.
        warnings.simplefilter("ignore")
        # Imported late: few optimise, and it is optional.
        import optuna  # noqa: PLC0415

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        yield optuna
