"""What a user asks of the command sweep: a file, or options of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.errors import RequestError
from analysis.regions.application import load_with_region
from analysis.studies.comparison.design import name_of_work
from analysis.studies.sweep.description import DEFAULT_SCENARIO, DEFAULT_SEEDS, Warn, describe_sweep
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.file import SweepFile, find_sweep, read_sweep
from analysis.studies.sweep.sampling import Sampling
from model.loading import library, read_section
from model.scenario import REGIME_NAMES

DEFAULT_SAMPLES = 64


def from_file(
    reference: str, own: Mapping[str, object], changes: Mapping[str, Any], warn: Warn
) -> SweepDesign:
    """Read a sweep from a file.

    Parameters
    ----------
    reference
        The file, or the name of a sweep that ships.
    own
        Options that only a sweep without a file has, and their values.
    changes
        Keys of the file, and what options of the command line say instead.
    warn
        Told what a horizon leaves out.

    Raises
    ------
    RequestError, ScenarioError
        If anything of it is wrong.
    """
    contrary = [option for option, value in own.items() if value]
    if contrary:
        raise RequestError(
            f"{reference} says what is varied; write into it what {', '.join(contrary)} should change."
        )
    given = {key: value for key, value in changes.items() if value}
    for key in ("regimes", "series"):
        if key in given:
            given[key] = _names(given[key])
    if "scenarios" in given:
        # Paths on the command line are from here, not from where the file is.
        given["scenarios"] = tuple(map(_from_here, given["scenarios"]))
        given["scenario"] = ""
    path = find_sweep(reference)
    samples = given.pop("samples", None)
    if samples is not None:
        given["design"] = read_section(path, SweepFile).design.model_copy(update={"samples": samples})
    return read_sweep(path, warn, given)


def _from_here(scenario: str) -> str:
    return scenario if scenario in library() else str(Path(scenario).absolute())


def from_options(own: Mapping[str, Any], changes: Mapping[str, Any], warn: Warn) -> SweepDesign:
    """Read a sweep from the options of the command line; see `from_file`."""
    asked: dict[str, object] = {}
    for text in own["--factor"] or ():
        name, separator, values = text.partition("=")
        if name.strip() in asked:
            raise RequestError(f"--factor {name.strip()} is given twice; leave one of them out.")
        asked[name.strip()] = values.strip() if separator else None
    points = own["--points"]
    if not asked and points is None and not any(changes[key] for key in ("scenarios", "regimes", "seeds")):
        raise RequestError(
            "A sweep varies something: give --factor, --points or the file of a sweep; or, for replicates of a "
            "scenario as it is, --seeds or --regimes."
        )
    scenarios, regions = changes["scenarios"] or [DEFAULT_SCENARIO], own["--region"] or ()
    if regions and len(scenarios) > 1:
        raise RequestError(
            "--region goes with one --scenario: regions are its variants; leave the others out."
        )
    named = [name_of_work(scenarios[0], each) for each in regions] or [Path(name).stem for name in scenarios]
    varied = "-".join(asked) or (points.stem if points else "")
    return describe_sweep(
        f"{'-'.join(named)}-sweep-{varied}" if varied else f"{'-'.join(named)}-replicates",
        [load_with_region(scenarios[0], (), each) for each in regions] or scenarios,
        asked,
        regimes=_names(changes["regimes"]) if changes["regimes"] else tuple(REGIME_NAMES),
        seeds=changes["seeds"] or DEFAULT_SEEDS,
        steps=changes["steps"],
        settings=own["--set"] or (),
        sampling=Sampling(
            "points" if points else own["--design"] or "grid", changes["samples"] or DEFAULT_SAMPLES
        ),
        points=points,
        series=_names(changes["series"] or ""),
        where="--factor",
        warn=warn,
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
