"""Sweeps as users describe them in Python; files and options of the command line come down to this."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd

from analysis.errors import RequestError
from analysis.runs.horizon import within
from analysis.runs.seeds import parse_seeds
from analysis.studies.sweep.design import SweepDesign, numbered
from analysis.studies.sweep.factors import Factor, parse_factor
from analysis.studies.sweep.points import check_whole, column_range, converted, read_points
from analysis.studies.sweep.sampling import KINDS, Sampling, make_points
from model.loading import load_scenario
from model.scenario import REGIME_NAMES, Scenario

DEFAULT_SCENARIO = "machine_building_meets_iot"
DEFAULT_SEEDS = "16"

Warn = Callable[[str], None]


def describe_sweep(
    name: str,
    scenarios: Sequence[Scenario | str | Path] = (DEFAULT_SCENARIO,),
    factors: Mapping[str, object] | None = None,
    *,
    title: str = "",
    regimes: Sequence[str] = tuple(REGIME_NAMES),
    seeds: str | Sequence[int] = DEFAULT_SEEDS,
    steps: int | None = None,
    settings: Mapping[str, object] | Sequence[str] = (),
    sampling: Sampling | None = None,
    points: Path | pd.DataFrame | None = None,
    series: Sequence[str] = (),
    where: str = "factor",
    warn: Warn | None = None,
) -> SweepDesign:
    """Describe a sweep and check all of it before anything runs.

    Parameters
    ----------
    name
        Short name.
    scenarios
        Stories, paths or scenarios.
    factors
        What is varied: named axis or dotted key, and its values as `analysis.studies.sweep.factors.parse_factor`
        reads them. With given points, each column that is not named here is a factor of its own. With none there
        is one point, and only scenarios, regimes and seeds vary.
    title
        A line for people; by default made of scenarios and factors.
    regimes
        Names of regimes.
    seeds
        Seeds, or text as on the command line.
    steps
        Horizon, if it is to differ.
    settings
        Parameters that differ from the scenarios.
    sampling
        How points are chosen; a grid by default.
    points
        Points that the user chose: a CSV file, or a frame with a column for each factor.
    series
        Observables of which every step is kept.
    where
        Where factors were written, for messages.
    warn
        Told what a horizon leaves out.

    Returns
    -------
    SweepDesign
        The sweep.

    Raises
    ------
    RequestError, ScenarioError
        If anything of it is wrong; the text is the message for the user.
    """
    loaded = _load(scenarios, settings, steps, warn)
    first = next(iter(loaded.values()))
    sampling = sampling or Sampling()
    asked = dict(factors or {})
    table = None
    if points is not None or sampling.kind == "points":
        table, label = read_points(points)
        check_whole(table, first, label)
        sampling = replace(sampling, kind="points")
        known = [parse_factor(label, name, column_range(table, name, label), first) for name in table.columns]
    else:
        known = [parse_factor(where, name, values, first) for name, values in asked.items()]
    _check_kind(sampling)
    _apart(known, first)
    chosen = (
        make_points(sampling, known)
        if table is None
        else numbered(converted(table, known), [each.name for each in known])
    )
    design = SweepDesign(
        name,
        title or _title(known, loaded),
        loaded,
        tuple(regimes),
        _seeds(seeds),
        tuple(known),
        sampling,
        chosen,
        tuple(series),
    )
    design.check()
    return design


def _title(factors: Sequence[Factor], scenarios: Mapping[str, Scenario]) -> str:
    where = ", ".join(scenario.story.title for scenario in scenarios.values())
    if not factors:
        return f"{where}: replicates"
    return f"{where}: {', '.join(factor.label.lower() for factor in factors)} varied"


def _load(
    scenarios: Sequence[Scenario | str | Path],
    settings: Mapping[str, object] | Sequence[str],
    steps: int | None,
    warn: Warn | None,
) -> dict[str, Scenario]:
    loaded: dict[str, Scenario] = {}
    for reference in scenarios:
        name = reference.story.title if isinstance(reference, Scenario) else Path(reference).stem
        if name in loaded:
            raise RequestError(f"scenarios: {name} is named twice.")
        scenario = load_scenario(reference, settings)
        if steps is not None:
            scenario, late = within(scenario, steps)
            if late and warn is not None:
                warn(f"{steps} steps end before what {name} plans; left out: {', '.join(late)}.")
        loaded[name] = scenario
    if not loaded:
        raise RequestError("scenarios: name one or more.")
    return loaded


def _check_kind(sampling: Sampling) -> None:
    if sampling.kind not in KINDS:
        nearest = difflib.get_close_matches(sampling.kind, KINDS, n=1)
        hint = f" Did you mean {nearest[0]}?" if nearest else ""
        raise RequestError(f"design {sampling.kind}: must be one of {', '.join(KINDS)}.{hint}")


def _seeds(seeds: str | Sequence[int]) -> tuple[int, ...]:
    return parse_seeds(seeds) if isinstance(seeds, str) else tuple(map(int, seeds))


def _apart(factors: Sequence[Factor], scenario: Scenario) -> None:
    """Refuse two factors that move the same parameter: the second would undo the first."""
    for one, other in combinations(factors, 2):
        shared = set(one.setter(scenario)(one.at(0))) & set(other.setter(scenario)(other.at(0)))
        if shared or one.name == other.name:
            raise RequestError(
                f"The factors {one.name} and {other.name} both set {', '.join(sorted(shared)) or one.name}; "
                f"leave one of them out."
            )
