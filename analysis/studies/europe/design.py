"""The model and Europe as two studies: it is held against what happened, and its inertia is estimated from that."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.application import with_region
from analysis.regions.catalogue import RegionReference
from analysis.runs.execution import Execution
from analysis.runs.experiment import Task
from analysis.runs.keeping import make_kept
from analysis.runs.progress import Listener, Note, Progress, ignore
from analysis.runs.provenance import digest_of, environment, model_digest, scenario_digest
from analysis.runs.seeds import parse_seeds
from analysis.runs.warming import compile_first
from analysis.studies.europe.estimated import ESTIMATED, estimated_text, read_estimated
from analysis.studies.europe.findings import EstimationFindings, EuropeFindings
from analysis.studies.europe.halves import ESTIMATION, HALVES, halves
from analysis.studies.europe.moments import TARGETS, Target, misfit, targets
from analysis.studies.europe.scores import MODEL, comparison, scores, simulated_panels, start_relatedness
from analysis.studies.europe.search import FREE, Search, defaults_of, ranges_of, with_values
from analysis.studies.europe.simulation import (
    Employment,
    as_measured,
    names_of,
    observed_panel,
    run_employment,
    start_of_europe,
    tasks,
)
from analysis.studies.study import NothingFinishedError, Study, manifest_of_kept
from model.loading import load_scenario
from model.scenario import Scenario

TITLE = "The model and Europe"
FOLDER = "estimation_store"
SEED = 1
"""Seed of the runs of an estimation: one of those for calibration, not one of those for reporting."""
FIXED = {
    "steps": "regions are run over the years of the data",
    "start.run_up": "regions start with what was measured",
    "policy": "regions are run without policy",
    "firms.number": "the option for firms says how many there are",
}
"""What a scenario says in vain here, and why."""
BROKEN = 1e9
"""Misfit of a set under which a region breaks down."""

Moments = dict[str, float]


@dataclass(frozen=True)
class Validation(Study):
    """Regions of 2008-09 that are run for six years without policy, and scored as the data.

    Attributes
    ----------
    scenario
        Scenario into which each region is put.
    seeds
        Seeds.
    codes
        Regions.
    half
        The half of the countries that they are of; None for all.
    estimated
        Whether the parameters are those that were estimated.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    codes: tuple[str, ...]
    half: str | None = None
    estimated: bool = False

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return "europe"

    def identity(self) -> str:
        """Say what is run."""
        return _identity(self.scenario, self.seeds, self.codes, self.half, self.estimated)

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> EuropeFindings:
        """Make the runs that are missing, and score them as the data; see `Study.run`."""
        wanted = tasks(self.scenario, self.seeds, self.codes)
        compile_first(progress)
        made = make_kept(
            wanted, names_of(wanted), run_employment, Employment, "Europe",
            jobs=jobs, progress=progress, store=store,
        )  # fmt: skip
        if not made.finished:
            raise NothingFinishedError(made.failed, stopped=made.stopped)
        shown = None if self.half is None else halves(observed_panel().regions)[self.half]
        tables = {"comparison": comparison(made.finished, shown)}
        if shown is not None:
            tables["standard_errors"] = _errors(
                targets(observed_panel(shown), start_relatedness(observed_panel()))
            )
        manifest = manifest_of_kept(
            self,
            made,
            len(wanted),
            title=TITLE,
            half=self.half,
            estimated=self.estimated,
            regions=list(self.codes),
            firms=self.scenario.firms.number,
            seeds=list(self.seeds),
        )
        return EuropeFindings(tables=tables, manifest=manifest, stopped=made.stopped)


def validation(
    reference: str,
    settings: Sequence[str],
    seeds: str,
    firms: int,
    every: int,
    *,
    half: str | None = None,
    estimated: bool = False,
) -> Validation:
    """Read what is to be validated.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario, into which each region is put.
    settings
        Changes to it; they have the last word.
    seeds
        Seeds as a user writes them.
    firms
        Firms that stand for those of a region.
    every
        Take only each N-th region.
    half
        Only one half of the countries: that of the estimation, or the one held out.
    estimated
        Whether the parameters are those that were estimated.

    Returns
    -------
    Validation
        What is to be run.
    """
    for text in settings:
        key = text.partition("=")[0].strip()
        fixed = next((why for name, why in FIXED.items() if key == name or key.startswith(f"{name}.")), None)
        if fixed is not None:
            raise RequestError(f"{text}: would change nothing, as {fixed}; leave it out.")
    overlay = [f"{key}={value!r}" for key, value in read_estimated(ESTIMATED).items()] if estimated else []
    scenario = load_scenario(reference, [*overlay, *settings, f"firms.number={firms}"])
    codes = observed_panel().regions
    if half is not None:
        if half not in HALVES:
            raise RequestError(f"--half {half}: must be one of {', '.join(HALVES)}.")
        codes = halves(codes)[half]
    return Validation(scenario, parse_seeds(seeds), tuple(codes[::every]), half, estimated)


@dataclass(frozen=True)
class Estimation(Study):
    """Parameters that move employment, estimated on half of the countries by simulated moments.

    Attributes
    ----------
    story
        Name of the story into which each region is put.
    scenario
        The story, with the number of firms.
    codes
        Regions, all of one half of the countries.
    trials
        Sets of values to try.
    """

    story: str
    scenario: Scenario
    codes: tuple[str, ...]
    trials: int

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return "estimate-europe"

    def identity(self) -> str:
        """Name the search: what was tried for one is not taken for another."""
        return _identity(self.scenario, self.codes, TARGETS, str(FREE), SEED)

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> EstimationFindings:
        """Try sets of values that were not tried yet; see `Study.run`."""
        with TemporaryDirectory() as spare:
            return self._go_on(Path(spare) if store is None else store / FOLDER, jobs, progress)

    def _go_on(self, folder: Path, jobs: int | None, progress: Listener) -> EstimationFindings:
        begun, stopped = time.perf_counter(), False
        wanted = targets(observed_panel(self.codes), start_relatedness(observed_panel()))
        search = Search(folder / f"{self.identity()}.jsonl", defaults_of(self.scenario), SEED)
        if search.trials:
            progress(Note(f"{len(search.trials)} trials were made before and are not repeated."))
        compile_first(progress)
        try:
            progress(Progress("Europe", len(search.trials), self.trials, of="trials"))
            for _ in search.run(self.trials, _try_out(self, wanted, jobs)):
                progress(Progress("Europe", len(search.trials), self.trials, of="trials"))
        except KeyboardInterrupt:
            stopped = True
        if not search.trials:
            raise NothingFinishedError((), stopped=stopped, what="trial")
        return self._find(search, wanted, time.perf_counter() - begun, stopped=stopped)

    def _find(
        self, search: Search, wanted: Mapping[str, Target], seconds: float, *, stopped: bool
    ) -> EstimationFindings:
        trials = [
            {"trial": each.number, "misfit": each.misfit, "distance": each.distance,
             **each.settings, **each.moments}
            for each in search.trials
        ]  # fmt: skip
        first, best = search.trials[0], search.best()
        found = {"defaults": first.moments, "estimated": best.moments}
        moments = _errors(wanted).assign(
            **{name: [told[moment] for moment in wanted] for name, told in found.items()}
        )
        ranges = ranges_of(search.about_as_good())
        parameters = [
            {"parameter": key, "default": search.defaults[key], "estimated": best.settings[key], "low": low,
             "high": high}
            for key, (low, high) in ranges.items()
        ]  # fmt: skip
        manifest = {
            "title": TITLE,
            "identity": self.identity(),
            "complete": len(search.trials) >= self.trials,
            "seeds": [SEED],
            "firms": self.scenario.firms.number,
            "regions": list(self.codes),
            "about_as_good": len(search.about_as_good()),
            "seconds": seconds,
            **environment(),
        }
        return EstimationFindings(
            tables={
                "trials": pd.DataFrame(trials),
                "moments": moments,
                "parameters": pd.DataFrame(parameters),
            },
            manifest=manifest,
            texts={ESTIMATED.name: self._overlay(search)},
            stopped=stopped,
        )

    def _overlay(self, search: Search) -> str:
        remarks = {
            free.key: f"default {search.defaults[free.key]:g}; about as good: {low:.3g} to {high:.3g}"
            for free, (low, high) in zip(FREE, ranges_of(search.about_as_good()).values(), strict=True)
        }
        heading = (
            f"Estimated on {len(self.codes)} regions of half of the European countries, from 2008-09 to 2014-15,\n"
            f"with {self.scenario.firms.number} firms each, in {len(search.trials)} trials: run.py estimate europe.\n"
            "Not the defaults of the model: they were made for the growth of knowledge, these for employment."
        )
        return estimated_text(search.best().settings, self.story, remarks, heading)


def estimation(story: str, firms: int, every: int, trials: int) -> Estimation:
    """Read what is to be estimated.

    Parameters
    ----------
    story
        Name of a story.
    firms
        Firms that stand for those of a region.
    every
        Take only each N-th region of the half.
    trials
        Sets of values to try.

    Returns
    -------
    Estimation
        What is to be estimated.
    """
    scenario = as_measured(load_scenario(story, {"firms.number": firms}))
    return Estimation(story, scenario, halves(observed_panel().regions)[ESTIMATION][::every], trials)


def _try_out(
    asked: Estimation, wanted: Mapping[str, Target], jobs: int | None
) -> Callable[[Mapping[str, float]], tuple[float, Moments]]:
    phi, panel = start_relatedness(observed_panel()), observed_panel(asked.codes)
    members = start_of_europe()
    regions = {code: with_region(asked.scenario, RegionReference(members, code)) for code in asked.codes}
    told = (*TARGETS, "correlation_with_data")

    def try_out(values: Mapping[str, float]) -> tuple[float, Moments]:
        runs = [
            Task(with_values(scenario, values), f"{MODEL}|{code}", SEED) for code, scenario in regions.items()
        ]
        execution: Execution[Employment] = Execution(runs, jobs, run_employment)
        with execution:
            if any(record.result is None for record in execution):
                # A set under which a region breaks down is no candidate; the search learns to keep away from it.
                return BROKEN, dict.fromkeys(told, float("nan"))
        found = scores(simulated_panels(execution.records(), panel)[MODEL, SEED], panel, phi)
        return misfit(found, wanted), {name: found[name] for name in told}

    return try_out


def _errors(wanted: Mapping[str, Target]) -> pd.DataFrame:
    rows = [
        {"moment": name, "data": each.value, "standard_error": each.error} for name, each in wanted.items()
    ]
    return pd.DataFrame(rows)


def _identity(scenario: Scenario, *asked: object) -> str:
    return digest_of(scenario_digest(scenario).hex(), *asked, model_digest())
