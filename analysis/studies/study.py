"""What is asked of a sweep, what of it can answer, and what the answer consists of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.comparison import baseline_of
from analysis.errors import RequestError
from analysis.responses import ENOUGH_SEEDS, Noise, Of, Sample, gather, seeds_for_noise
from analysis.sweeps.results import KEYS, SweepResults, open_results
from model.record import OBSERVABLES, OUTCOMES
from model.spec.problem import listed, nearest

NOT_DRAWN = ("grid", "one_at_a_time", "points")
MUCH_NOISE = 0.1
"""Share of the variance between points from which luck is warned of."""


@dataclass(frozen=True)
class Study:
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
    def label(self) -> str:
        """What is looked at, in words."""
        label = OBSERVABLES[self.outcome].label
        return label if self.of == "level" else f"Lead over {self.baseline} in {label.lower()}"

    @property
    def unit(self) -> str:
        """Unit of what is looked at."""
        return OBSERVABLES[self.outcome].unit if self.of == "level" else f"% of the mean of {self.baseline}"

    def identity(self, kind: str, **more: object) -> str:
        """Say in 32 hexadecimal digits what is asked of which runs."""
        content = {
            "kind": kind, "sweep": self.results.manifest.get("identity"), "outcome": self.outcome,
            "of": self.of, "regimes": self.regimes, **more,
        }  # fmt: skip
        text = json.dumps(content, sort_keys=True, default=str)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

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
        """Give the values of all factors at the points of a sample, a column each."""
        points = self.results.points().set_index("point").loc[sample.points].reset_index(drop=True)
        return points[[factor.name for factor in self.results.factors]]


@dataclass(frozen=True)
class Findings:
    """An answer.

    Attributes
    ----------
    study
        The question.
    kind
        ``sensitivity``, ``discovery``, ``robustness`` or ``replicates``.
    tables
        Tables by name.
    sentences
        What they mean.
    warnings
        What is not to be trusted, and what to do about it.
    asked
        What else was asked for, for the manifest.
    """

    study: Study
    kind: str
    tables: Mapping[str, pd.DataFrame]
    sentences: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)


def open_study(
    folder: Path | str, outcome: str | None = None, regime: str | None = None, of: str = "lead"
) -> Study:
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
    Study
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
    return Study(results, chosen, "level" if of == "level" else "lead", baseline, regimes, samples)


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


def about_samples(study: Study) -> list[str]:
    """Warn of points and seeds that had to be left out, and of a single seed."""
    folder, told = study.results.folder, []
    for sample in study.samples:
        where = f" of {sample.scenario}" if len(study.samples) > 1 else ""
        if sample.missing_seeds:
            told.append(
                f"{len(sample.missing_seeds)} of {len(sample.missing_seeds) + len(sample.seeds)} seeds{where} are not "
                f"through at every point and are left out; run.py resume {folder} makes what is missing."
            )
        if sample.missing_points:
            told.append(
                f"{len(sample.missing_points)} of {sample.planned} points{where} are not made yet and are left out; "
                f"run.py resume {folder} makes them."
            )
        if sample.failed_points:
            told.append(
                f"{len(sample.failed_points)} of {sample.planned} points{where} are left out, because "
                f"{sample.failed_runs} "
                f"runs failed; run.py resume {folder} --retry-failed tries them again."
            )
    fewest = min(len(sample.seeds) for sample in study.samples)
    if fewest < ENOUGH_SEEDS:
        told.append(
            f"there is one seed only: how much of the differences is luck cannot be told. Two would do; "
            f"{again(study, 'seeds', 4)}."
        )
    return told


def about_noise(study: Study, noises: Mapping[str, Noise]) -> list[str]:
    """Warn where differences between points are luck for a good part."""
    seeds = min(len(sample.seeds) for sample in study.samples)
    noisy = {name: each.share for name, each in noises.items() if each.share > MUCH_NOISE}
    if not noisy:
        return []
    name, share = max(noisy.items(), key=lambda entry: entry[1])
    if share >= 1:
        more = again(study, "seeds", 4 * seeds)
        return [f"with {seeds} seeds, all that points differ by under {name} may be luck; {more}."]
    wanted = seeds_for_noise(seeds, share, MUCH_NOISE)
    luck = f"{share:.0%} of the variance between points under {name} is luck of {seeds} seeds"
    would = f"about {wanted} seeds would bring it to {MUCH_NOISE:.0%}: {again(study, 'seeds', wanted)}"
    return [f"{luck}; {would}."]


def again(study: Study, what: str, number: int) -> str:
    """Say how to have more seeds or samples in a sweep, and what of it then need not be made again."""
    kind = study.results.sampling.kind
    if what == "samples" and kind in NOT_DRAWN:
        return {"points": "give more points in its CSV file"}.get(kind, "give more values for each factor")
    kept = "which keeps the runs that there are"
    if what == "samples" and kind != "sobol":
        kept = "whose points will all be new ones"
    return (
        f"write {what} = {number} into its file (or give run.py sweep --{what} {number}) and make the sweep again with "
        f"--update, {kept}"
    )


def in_words(name: str) -> str:
    """Write the name of a factor for a sentence."""
    return name.rpartition(".")[2].replace("_", " ")


def short(value: float) -> str:
    """Write a number with three digits, and large ones in full."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
