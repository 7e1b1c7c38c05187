"""Robustness as a study: criteria over the points of a sweep, each a future that counts the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError
from analysis.runs.progress import Listener
from analysis.statistics import robustness
from analysis.statistics.comparison import student_quantile
from analysis.statistics.responses import ENOUGH_SEEDS
from analysis.studies.robustness.findings import RobustnessFindings
from analysis.studies.sweep.question import Question, StudyOfSweep, open_question

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Robustness(StudyOfSweep):
    """Which regime does well whatever future comes; see `design`."""

    threshold: float | None
    optimism: float
    answered = RobustnessFindings

    @property
    def more(self) -> dict[str, Any]:
        """The size of seed noise in one future."""
        return {"error_of_leads": _error_of_leads(self.question)}

    def find(self, progress: Listener) -> dict[str, pd.DataFrame]:
        """Judge regimes by all criteria."""
        del progress
        question, regimes = self.question, self.question.results.regimes
        responses = _responses(question)
        performance = np.concatenate([each.mean(axis=2) for each in responses])
        judged = robustness.criteria(performance, regimes, self.threshold, self.optimism)
        if self.threshold is not None:
            judged["satisficing_for_sure"] = _sure(responses, self.threshold)
        measured = robustness.held_out(_on_common_seeds(question, responses), self.threshold, self.optimism)
        judged = robustness.with_held_out(judged, measured)
        shown = judged if len(question.regimes) > 1 else judged[judged["regime"] == question.regimes[0]]
        return {
            "criteria": shown.reset_index(drop=True),
            "choices": robustness.choices(judged, measured),
            "futures": _futures(question, performance),
        }


def design(
    folder: Path | str,
    *,
    outcome: str | None = None,
    regime: str | None = None,
    of: str = "lead",
    threshold: float | None = None,
    optimism: float = robustness.OPTIMISM,
) -> Robustness:
    """Ask a sweep which regime does well whatever future comes.

    Parameters
    ----------
    folder, outcome, regime, of
        See `analysis.studies.sweep.question.open_question`. Of leads, performance is the lead over the baseline in
        percent, which makes futures of unlike size comparable; of levels, the outcome itself.
    threshold
        What is good enough: more than this. Of leads, 0 by default; of levels, nothing.
    optimism
        Weight of the best future in the criterion of Hurwicz.

    Returns
    -------
    Robustness
        Finds ``criteria`` (one row a regime: those of `analysis.statistics.robustness.criteria` with held-out values
        and their intervals; ``satisficing_for_sure``, the share of futures whose 95% interval over seeds lies above
        the threshold), ``choices`` (one row a criterion) and ``futures`` (one row a future and regime: performance,
        regret).

    Raises
    ------
    RequestError
        If there is one regime or one future only.
    """
    question = open_question(folder, outcome, regime, of)
    regimes = question.results.regimes
    if len(regimes) < 2:
        raise RequestError(f"The sweep has one regime only, {regimes[0]}: there is nothing to choose from.")
    if len(question.samples) == 1:
        question.need_factors("futures could differ in")
    if not 0 <= optimism <= 1:
        raise RequestError(f"--optimism {optimism:g}: must be from 0, for a pessimist, to 1.")
    limit = 0.0 if threshold is None and question.of == "lead" else threshold
    return Robustness(question=question, threshold=limit, optimism=optimism)


def _responses(question: Question) -> list[Floats]:
    """Return what regimes reach at the points of each scenario, shape (points, regimes, seeds)."""
    return [
        np.stack(
            [sample.response(regime, question.of, question.baseline) for regime in sample.regimes], axis=1
        )
        for sample in question.samples
    ]


def _on_common_seeds(question: Question, responses: list[Floats]) -> Floats:
    """Put scenarios together on the seeds that all of them have; with a part of a sweep, some have fewer."""
    common = set.intersection(*(set(sample.seeds) for sample in question.samples))
    kept = [
        each[:, :, [seed in common for seed in sample.seeds]]
        for each, sample in zip(responses, question.samples, strict=True)
    ]
    return np.concatenate(kept)


def _sure(responses: list[Floats], threshold: float) -> Floats:
    """Return the share of futures whose 95% interval over seeds lies above the threshold, for each regime."""
    above = []
    for values in responses:
        seeds = values.shape[2]
        if seeds < ENOUGH_SEEDS:
            return np.full(values.shape[1], np.nan)
        reach = student_quantile(seeds) * values.std(axis=2, ddof=1) / np.sqrt(seeds)
        above.append(values.mean(axis=2) - reach > threshold)
    share: Floats = np.concatenate(above).mean(axis=0)
    return share


def _futures(question: Question, performance: Floats) -> pd.DataFrame:
    lost = robustness.regret(performance)
    regimes, samples = question.results.regimes, question.samples
    scenario = np.repeat([sample.scenario for sample in samples], [len(each.points) for each in samples])
    point = np.concatenate([sample.points for sample in samples])
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "scenario": scenario, "point": point, "regime": regime,
                    "performance": performance[:, at], "regret": lost[:, at],
                }
            )
            for at, regime in enumerate(regimes)
        ],
        ignore_index=True,
    )  # fmt: skip


def _error_of_leads(question: Question) -> float:
    """Return the standard error of a paired difference from the baseline in one future, as a root mean square."""
    squares: list[Floats] = []
    for sample in question.samples:
        if len(sample.seeds) < ENOUGH_SEEDS:
            return 0.0
        base = sample.response(question.baseline, question.of, question.baseline)
        for regime in sample.regimes:
            if regime != question.baseline:
                paired = sample.response(regime, question.of, question.baseline) - base
                squares.append(paired.var(axis=1, ddof=1) / len(sample.seeds))
    return float(np.sqrt(np.concatenate(squares).mean()))
