"""Sweeps in TOML files."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field

from analysis.errors import RequestError
from analysis.runs.experiment import AS_WRITTEN
from analysis.studies.sweep.description import DEFAULT_SCENARIO, DEFAULT_SEEDS, Warn, describe_sweep
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.sampling import Sampling
from model.loading import library, read_section
from model.scenario import REGIME_NAMES
from model.spec import phrases
from model.spec.kinds import Name, Text
from model.spec.section import Section, parameter

FOLDER = Path(__file__).resolve().parents[3] / "scenarios" / "sweeps"
AS_DECLARED = (AS_WRITTEN,)


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
