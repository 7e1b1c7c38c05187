"""What is asked of a sweep, what of it can answer, and what all answers have in common."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from abc import abstractmethod
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from analysis.errors import RequestError
from analysis.runs.progress import Listener, ignore
from analysis.runs.provenance import environment
from analysis.runs.results_folder import RESULTS
from analysis.statistics.comparison import baseline_of
from analysis.statistics.responses import Of, Sample, gather
from analysis.studies.study import Findings, Study
from analysis.studies.sweep.kept.results import KEYS, SweepResults, open_results
from model.record import OBSERVABLES, OUTCOMES
from model.spec.problem import listed, nearest

LIBRARIES = ("SALib", "ema_workbench", "scikit-learn")


@dataclass(frozen=True)
class Question:
    """A question to a sweep.

    Attributes
    ----------
    results
        The sweep.
    outcome
        Observable at the end of runs.
    of
        Whether leads over the baseline are looked at, or levels.
    baseline
        Regime that leads are over.
    regimes
        Regimes that are spoken of.
    samples
        Whole points of each scenario.
    """

    results: SweepResults
    outcome: str
    of: Of
    baseline: str
    regimes: tuple[str, ...]
    samples: tuple[Sample, ...]

    @property
    def seeds(self) -> int:
        """Seeds that every point has."""
        return min(len(sample.seeds) for sample in self.samples)

    def need_factors(self, purpose: str) -> None:
        """Make sure that the sweep varies more than scenarios, regimes and seeds.

        Raises
        ------
        RequestError
            If it does not.
        """
        if not self.results.factors:
            folder = self.results.folder
            raise RequestError(
                f"{folder}: has no factors that {purpose}. Make a sweep with --design latin_hypercube --factor NAME; "
                f"of seeds alone, run.py replicates {folder} tells."
            )

    def conditions(self, sample: Sample) -> pd.DataFrame:
        """Return the values of all factors at the points of a sample, a column each."""
        points = self.results.points().set_index("point").loc[sample.points].reset_index(drop=True)
        return points[[factor.name for factor in self.results.factors]]


@dataclass(frozen=True, kw_only=True)
class StudyOfSweep(Study):
    """A study that makes no runs but looks at those of a sweep; whatever else it asks is a field of it."""

    question: Question
    answered: ClassVar[type[Findings]]
    """What it finds."""

    @abstractmethod
    def find(self, progress: Listener) -> dict[str, pd.DataFrame]:
        """Compute all tables."""

    @property
    def asked(self) -> dict[str, Any]:
        """What else was asked for, by name."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "question"}

    @property
    def more(self) -> dict[str, Any]:
        """What else a manifest is to say."""
        return {}

    @property
    def place(self) -> Path:
        """Folder of the sweep's folder, so that the two lie side by side."""
        sweep, here = self.question.results.folder.resolve(), Path.cwd()
        if here.resolve().is_relative_to(sweep):
            return RESULTS
        return sweep.parent.relative_to(here) if sweep.parent.is_relative_to(here) else sweep.parent

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return f"{self.question.results.folder.resolve().name}-{self.answered.kind}"

    def identity(self) -> str:
        """Say what is asked of which runs."""
        question = self.question
        content = {
            "kind": self.answered.kind, "sweep": question.results.manifest.get("identity"),
            "outcome": question.outcome, "of": question.of, "regimes": question.regimes, **self.asked,
        }  # fmt: skip
        text = json.dumps(content, sort_keys=True, default=str)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> Findings:
        """Find what the sweep says; nothing is run, so that ``jobs`` and ``store`` are not looked at."""
        del jobs, store
        return self.answered(tables=self.find(progress), manifest=self._manifest())

    def _manifest(self) -> dict[str, Any]:
        question, results = self.question, self.question.results
        told = results.manifest
        return {
            "title": results.design.title,
            "identity": self.identity(),
            "sweep": {
                "folder": str(results.folder),
                **{key: told.get(key) for key in ("name", "title", "identity", "written", "commit")},
            },
            "design": results.sampling.as_record(),
            "factors": {factor.name: factor.label for factor in results.factors},
            "complete": results.complete,
            "outcome": question.outcome,
            "of": question.of,
            "baseline": question.baseline,
            "regimes": list(question.regimes),
            "asked": list(self.asked),
            **self.asked,
            **self.more,
            "samples": list(map(_told, question.samples)),
            "libraries": _libraries(),
            **environment(),
        }


def _told(sample: Sample) -> dict[str, Any]:
    return {
        "scenario": sample.scenario, "points": len(sample.points), "of_points": sample.planned,
        "seeds": list(sample.seeds), "left_out_seeds": list(sample.missing_seeds),
        "left_out_failed": list(sample.failed_points), "left_out_missing": list(sample.missing_points),
        "runs_failed": sample.failed_runs,
    }  # fmt: skip


def _libraries() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def open_question(
    folder: Path | str, outcome: str | None = None, regime: str | None = None, of: str = "lead"
) -> Question:
    """Open a sweep with a question in mind.

    Parameters
    ----------
    folder
        Folder of the sweep.
    outcome
        Observable; the primary outcome by default.
    regime
        Regime to speak of; all by default.
    of
        ``"lead"`` over the baseline, in percent of its mean at the point, or ``"level"``.

    Returns
    -------
    Question
        The question, with the points that are whole.

    Raises
    ------
    RequestError
        If there is no such sweep, outcome or regime, or no point is whole.
    """
    results = open_results(folder)
    chosen = _outcome(outcome)
    if of not in {"lead", "level"}:
        raise RequestError(f"--of {of}: must be lead or level.")
    baseline = baseline_of(results.regimes)
    regimes = _regimes(results, regime, of, baseline)
    runs = results.runs([*KEYS, "status", chosen])
    samples = tuple(
        gather(runs, scenario, results.regimes, results.seeds, len(results.design.points), chosen)
        for scenario in results.scenarios
    )
    for sample in samples:
        if not len(sample.points):
            raise RequestError(
                f"{folder}: no point of {sample.scenario} has finished under every regime; "
                f"run.py status {folder} says what is missing, run.py resume {folder} makes it."
            )
    return Question(results, chosen, "level" if of == "level" else "lead", baseline, regimes, samples)


def _outcome(outcome: str | None) -> str:
    if outcome is None:
        return OUTCOMES[0]
    if outcome not in OBSERVABLES:
        meant = nearest(outcome, OBSERVABLES)
        hint = f" Did you mean {meant}?" if meant else ""
        raise RequestError(
            f"--outcome {outcome}: there is no such observable.{hint} Outcomes are {listed(list(OUTCOMES))}; "
            f"any other observable of docs/outcomes.md will do, too."
        )
    return outcome


def _regimes(results: SweepResults, regime: str | None, of: str, baseline: str) -> tuple[str, ...]:
    known = results.regimes
    if regime is not None and regime not in known:
        meant = nearest(regime, known)
        hint = f" Did you mean {meant}?" if meant else ""
        raise RequestError(f"--regime {regime}: the sweep has {', '.join(known)}.{hint}")
    if of == "level":
        return known if regime is None else (regime,)
    if len(known) < 2:
        raise RequestError(f"--of lead: the sweep has one regime only, {known[0]}; ask for --of level.")
    if regime == baseline:
        raise RequestError(f"--regime {regime}: leads are over {baseline} itself; ask for --of level.")
    return tuple(name for name in known if name != baseline) if regime is None else (regime,)
