"""Sweeps as users describe them: in a TOML file, in options of the command line, or in Python."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from pydantic import ConfigDict, Field

from analysis.errors import RequestError
from analysis.experiment import AS_WRITTEN
from analysis.horizon import within
from analysis.seeds import parse_seeds
from analysis.sweeps.design import SweepDesign, numbered
from analysis.sweeps.factors import Factor, parse_factor
from analysis.sweeps.sampling import KINDS, Sampling, make_points
from model.loading import library, load_scenario, read_section
from model.scenario import REGIME_NAMES, Scenario
from model.spec import phrases
from model.spec.kinds import Name, Text
from model.spec.section import Section, parameter

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "sweeps"
DEFAULT_SCENARIO = "machine_building_meets_iot"
DEFAULT_SEEDS = "16"
AS_DECLARED = (AS_WRITTEN,)

Warn = Callable[[str], None]


class DesignSection(Section):
    """How points are chosen."""

    kind: Literal["grid", "latin_hypercube", "sobol", "morris", "one_at_a_time", "points"] = parameter(
        "grid", "Kind of design, see docs/sweeps.md."
    )
    samples: int = parameter(
        64, "Points, base samples (Sobol) or trajectories (Morris).", unit="samples", ge=2, le=1_000_000
    )
    seed: int = parameter(1, "Seed of the design; runs have their own.", ge=0, le=2**31 - 1)
    levels: int = parameter(4, "Levels of a Morris design, an even number.", unit="levels", ge=4, le=100)
    second_order: bool = parameter(False, "Whether a Sobol design tells interactions of pairs apart.")
    file: Text = parameter("", "CSV file of points, beside this one, with a column for each factor.")


class SweepFile(Section):
    """A sweep in a TOML file."""

    model_config = ConfigDict(**{**Section.model_config, "title": "a sweep"})

    title: Name = parameter("Untitled sweep", "A line for people.")
    scenario: Text = parameter("", "Name of a story, or path of a scenario beside this file.")
    scenarios: tuple[Text, ...] = parameter((), "Several of them, instead of one.", max_length=100)
    regimes: tuple[Name, ...] = parameter(
        tuple(REGIME_NAMES), "Regimes; none for the policy that a scenario declares.", max_length=100
    )
    seeds: Any = parameter(DEFAULT_SEEDS, "How many seeds, or which: 10000-10015.")
    steps: int = parameter(0, "Horizon; 0 for the scenario's own.", unit="quarters", ge=0, le=10_000)
    settings: Any = parameter({}, "Parameters that differ from the scenario.")
    design: DesignSection = Field(default_factory=DesignSection)
    factors: Any = parameter({}, "What is varied.")
    series: tuple[Name, ...] = parameter((), "Observables of which every step is kept.", max_length=100)


def find_sweep(reference: str | Path) -> Path:
    """Find the file of a sweep: one of those that ship, by name, or any by path.

    Raises
    ------
    RequestError
        If it is neither.
    """
    shipped = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
    if str(reference) in shipped:
        return shipped[str(reference)]
    path = Path(reference)
    if path.suffix == ".toml":
        return path
    nearest = difflib.get_close_matches(str(reference), shipped, n=1)
    hint = f" Did you mean {nearest[0]!r}?" if nearest else ""
    raise RequestError(
        f"{phrases.value(str(reference))} is neither a sweep that ships ({', '.join(shipped)}) nor the path of "
        f"a TOML file.{hint}"
    )


def read_sweep(
    path: Path, warn: Warn | None = None, changes: Mapping[str, object] | None = None
) -> SweepDesign:
    """Read a sweep from a TOML file.

    Parameters
    ----------
    path
        The file.
    warn
        Told what a horizon leaves out.
    changes
        Keys of the file that are to have another value: ``{"seeds": "4"}``.

    Returns
    -------
    SweepDesign
        The sweep, checked.

    Raises
    ------
    RequestError, ScenarioError
        If anything of it is wrong.
    """
    told = read_section(path, SweepFile).model_copy(update=changes)
    if told.scenario and told.scenarios:
        raise RequestError(f"{path}: gives both scenario and scenarios; keep one of them.")
    if isinstance(told.seeds, bool) or not isinstance(told.seeds, int | str):
        raise RequestError(
            f'{path}: seeds = {phrases.value(told.seeds)}: must be how many, or which, such as "10000-10015".'
        )
    named = told.scenarios or (told.scenario or DEFAULT_SCENARIO,)
    design = told.design
    return describe_sweep(
        path.stem,
        [name if name in library() else path.parent / name for name in named],
        _flat(_table(path, "factors", told.factors)),
        title=told.title,
        regimes=told.regimes or AS_DECLARED,
        seeds=str(told.seeds),
        steps=told.steps or None,
        settings=_flat(_table(path, "settings", told.settings)),
        sampling=Sampling(design.kind, design.samples, design.seed, design.levels, design.second_order),
        points=path.parent / design.file if design.file else None,
        series=told.series,
        where=f"{path.name}, factors:",
        warn=warn,
    )


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
        What is varied: named axis or dotted key, and its values as `analysis.sweeps.factors.parse_factor`
        reads them. With given points, each column that is not named here is a factor of its own.
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
        table, label = _read_points(points)
        sampling = replace(sampling, kind="points")
        known = [parse_factor(label, name, _column(table, name, label), first) for name in table.columns]
    else:
        known = [parse_factor(where, name, values, first) for name, values in asked.items()]
    _check_kind(sampling)
    _apart(known, first)
    chosen = (
        make_points(sampling, known)
        if table is None
        else numbered(_converted(table, known), [each.name for each in known])
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
    varied = ", ".join(factor.label.lower() for factor in factors) or "nothing"
    where = ", ".join(scenario.story.title for scenario in scenarios.values())
    return f"{where}: {varied} varied"


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


def _read_points(points: Path | pd.DataFrame | None) -> tuple[pd.DataFrame, str]:
    if points is None:
        raise RequestError("design points: name a CSV file of points, with a column for each factor.")
    if isinstance(points, pd.DataFrame):
        return _with_rows(points, "points"), "points"
    try:
        table = pd.read_csv(points)
    except FileNotFoundError:
        raise RequestError(f"{points}: there is no such file.") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise RequestError(f"{points}: cannot be read as CSV ({error}).") from None
    return _with_rows(table, str(points)), str(points)


def _with_rows(table: pd.DataFrame, label: str) -> pd.DataFrame:
    if table.empty:
        raise RequestError(f"{label}: has no rows; each row is a point.")
    return table.drop(columns="point", errors="ignore")


def _column(table: pd.DataFrame, name: str, label: str) -> Any:
    """Give the range of a column of points, or its values where they are no numbers."""
    column = table[name]
    empty = column.index[column.isna()]
    if len(empty):
        raise RequestError(f"{label}, row {empty[0] + 2}, {name}: is empty; give every point a value.")
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        low, high = float(column.min()), float(column.max())
        return [low, high] if low < high else f"{low!r}:{low!r}:2"
    return [value if isinstance(value, str) else bool(value) for value in column.unique()]


def _converted(table: pd.DataFrame, factors: Sequence[Factor]) -> pd.DataFrame:
    whole = {factor.name: "int64" for factor in factors if factor.whole}
    return table.astype(whole)


def _apart(factors: Sequence[Factor], scenario: Scenario) -> None:
    """Refuse two factors that move the same parameter: the second would undo the first."""
    for one, other in combinations(factors, 2):
        shared = set(one.setter(scenario)(one.at(0))) & set(other.setter(scenario)(other.at(0)))
        if shared or one.name == other.name:
            raise RequestError(
                f"The factors {one.name} and {other.name} both set {', '.join(sorted(shared)) or one.name}; "
                f"leave one of them out."
            )


def _table(path: Path, key: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise RequestError(f"{path}: {key} = {phrases.value(value)}: must be a table, [{key}].")
    return value


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Write nested tables as dotted keys, down to what is a value or a range."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping) and not {"low", "high"} & set(value):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat
