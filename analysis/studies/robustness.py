"""Which regime does well whatever future comes: criteria of robustness over the sampled points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import robustness
from analysis.comparison import student_quantile
from analysis.errors import RequestError
from analysis.responses import ENOUGH_SEEDS
from analysis.studies.study import Findings, Study, about_samples, again, short
from model.record import OBSERVABLES

Floats = npt.NDArray[np.float64]

FEW_FUTURES = 50
MOST_TIMES = 16
"""Times the seeds that there are which are still advised; they quarter what luck adds."""

NOT_SPREAD = ("morris", "one_at_a_time")
WORDS: Mapping[str, str] = {
    "mean": "the highest mean",
    "worst": "the best worst case",
    "hurwicz": "the best mix of best and worst case",
    "regret_mean": "the least mean regret",
    "regret_percentile_90": "the least 90th percentile of regret",
    "regret_maximum": "the least maximum regret",
    "satisficing": "the largest share of futures that are good enough",
    "best": "the largest share of futures in which it is best",
}


def findings(study: Study, threshold: float | None = None, optimism: float = robustness.OPTIMISM) -> Findings:
    """Judge regimes over all points, each counting the same.

    Parameters
    ----------
    study
        The question. Of leads, performance is the lead over the baseline in percent, which makes futures of
        unlike size comparable; of levels, the outcome itself.
    threshold
        What is good enough: more than this. Of leads, 0 by default; of levels, nothing.
    optimism
        Weight of the best future in the criterion of Hurwicz.

    Returns
    -------
    Findings
        ``criteria`` (one row a regime: those of `analysis.robustness.criteria`; ``satisficing_for_sure``, the share
        of futures whose 95% interval over seeds lies above the threshold; ``regret_mean_held_out``, see
        `analysis.robustness.held_out_regret`), ``choices`` (one row a criterion) and ``futures`` (one row a future
        and regime: performance, regret).

    Raises
    ------
    RequestError
        If there is one regime only.
    """
    regimes = study.results.regimes
    if len(regimes) < 2:
        raise RequestError(f"The sweep has one regime only, {regimes[0]}: there is nothing to choose from.")
    if len(study.samples) == 1:
        study.need_factors("futures could differ in")
    if not 0 <= optimism <= 1:
        raise RequestError(f"--optimism {optimism:g}: must be from 0, for a pessimist, to 1.")
    limit = 0.0 if threshold is None and study.of == "lead" else threshold
    performance = np.concatenate([_performance(study, at) for at in range(len(study.samples))])
    judged = robustness.criteria(performance, regimes, limit, optimism)
    if limit is not None:
        judged["satisficing_for_sure"] = _sure(study, limit)
    judged["regret_mean_held_out"] = _held_out(study)
    chosen = robustness.choices(judged)
    told = _sentences(study, judged, chosen, limit, len(performance))
    shown = judged if len(study.regimes) > 1 else judged[judged["regime"] == study.regimes[0]]
    tables = {
        "criteria": shown.reset_index(drop=True),
        "choices": chosen,
        "futures": _futures(study, performance),
    }
    warned = [*about_samples(study), *_warnings(study, performance)]
    asked = {"threshold": limit, "optimism": optimism}
    return Findings(study, "robustness", tables, tuple(told), tuple(warned), asked)


def _performance(study: Study, at: int) -> Floats:
    sample = study.samples[at]
    means = [sample.response(regime, study.of, study.baseline).mean(axis=1) for regime in sample.regimes]
    return np.column_stack(means)


def _held_out(study: Study) -> Floats:
    """Give the mean over futures of `analysis.robustness.held_out_regret`; NaN with one seed."""
    lost = []
    for sample in study.samples:
        if len(sample.seeds) < ENOUGH_SEEDS:
            return np.full(len(study.results.regimes), np.nan)
        responses = [sample.response(regime, study.of, study.baseline) for regime in sample.regimes]
        # Every other seed, so that each half has old and new ones.
        halves = (np.column_stack([each[:, start::2].mean(axis=1) for each in responses]) for start in (0, 1))
        lost.append(robustness.held_out_regret(*halves))
    means: Floats = np.concatenate(lost).mean(axis=0)
    return means


def _sure(study: Study, threshold: float) -> list[float]:
    """Give the share of futures whose 95% interval over seeds lies above the threshold."""
    shares = []
    for regime in study.results.regimes:
        above = []
        for sample in study.samples:
            values = sample.response(regime, study.of, study.baseline)
            seeds = values.shape[1]
            if seeds < ENOUGH_SEEDS:
                return [float("nan")] * len(study.results.regimes)
            reach = student_quantile(seeds) * values.std(axis=1, ddof=1) / np.sqrt(seeds)
            above.append(values.mean(axis=1) - reach > threshold)
        shares.append(float(np.concatenate(above).mean()))
    return shares


def _futures(study: Study, performance: Floats) -> pd.DataFrame:
    lost = robustness.regret(performance)
    regimes = study.results.regimes
    scenario = np.repeat(
        [sample.scenario for sample in study.samples], [len(sample.points) for sample in study.samples]
    )
    point = np.concatenate([sample.points for sample in study.samples])
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


def _warnings(study: Study, performance: Floats) -> list[str]:
    told = []
    if study.results.sampling.kind in NOT_SPREAD:
        told.append(
            f"the points of a {study.results.sampling.kind} design do not stand for the futures between "
            f"them; shares and "
            f"percentiles mean more with --design latin_hypercube."
        )
    if len(performance) < FEW_FUTURES:
        told.append(
            f"{len(performance)} futures are few for a 90th percentile or a worst case; {4 * FEW_FUTURES} would do: "
            f"{again(study, 'samples', 4 * FEW_FUTURES)}."
        )
    error = _error_of_leads(study)
    mean_regret = float(robustness.regret(performance).mean(axis=0).min())
    if error > mean_regret:
        told.append(
            f"a difference of two regimes in one future has a standard error of {short(error)}, more than the least "
            f"mean regret ({short(mean_regret)}): regrets of that size are luck of {_seeds(study)} seeds, and the "
            f"largest ones the more so. {_advice(study, error, mean_regret)}"
        )
    return told


def _seeds(study: Study) -> int:
    return min(len(sample.seeds) for sample in study.samples)


def _advice(study: Study, error: float, mean_regret: float) -> str:
    """Say how many seeds would do, or that none would: a regret of next to nothing is never told from luck."""
    seeds = _seeds(study)
    if error <= mean_regret * MOST_TIMES**0.5:
        needed = int(np.ceil(seeds * (error / mean_regret) ** 2))
        return (
            f"With {needed} seeds it would fall to the size of that regret: {again(study, 'seeds', needed)}."
        )
    more = 4 * seeds
    return (
        f"So small a regret means that one regime is best nearly everywhere, and no number of seeds worth running "
        f"would measure it; {more} would halve the luck in the others' regrets: {again(study, 'seeds', more)}."
    )


def _error_of_leads(study: Study) -> float:
    """Give the standard error of a paired difference from the baseline in one future, as a root mean square."""
    squares: list[Floats] = []
    for sample in study.samples:
        if len(sample.seeds) < ENOUGH_SEEDS:
            return 0.0
        base = sample.response(study.baseline, study.of, study.baseline)
        for regime in sample.regimes:
            if regime != study.baseline:
                paired = sample.response(regime, study.of, study.baseline) - base
                squares.append(paired.var(axis=1, ddof=1) / len(sample.seeds))
    return float(np.sqrt(np.concatenate(squares).mean()))


def _sentences(
    study: Study, judged: pd.DataFrame, chosen: pd.DataFrame, threshold: float | None, futures: int
) -> list[str]:
    unit = "%" if study.of == "lead" else f" {OBSERVABLES[study.outcome].unit}"
    choice = chosen.set_index("criterion")
    told = []
    for names, rows in chosen.groupby("choice", sort=False):
        together = str(names).split(", ")
        what = _listed([WORDS[name] for name in rows["criterion"]])
        told.append(f"{_listed(together)} {'has' if len(together) == 1 else 'have'} {what}.")
    least: dict[Any, Any] = choice.loc["regret_maximum"].to_dict()
    row = judged[judged["regime"] == str(least["choice"]).split(", ", maxsplit=1)[0]].iloc[0]
    told.append(
        f"Whoever chooses {least['choice']} loses at most {short(least['value'])}{unit} against the best "
        f"regime of each of "
        f"{futures} futures, {short(row['regret_mean'])}{unit} on average; next is {least['next']} with at most "
        f"{short(least['next_value'])}{unit}."
    )
    held_out = row["regret_mean_held_out"]
    if np.isfinite(held_out) and not np.isclose(held_out, row["regret_mean"], rtol=0, atol=1e-9):
        told.append(
            f"Regrets are estimated too large, as the best of several means over seeds tends to be a lucky one: when "
            f"one half of the seeds says which regime is best in a future and the other what is lost, "
            f"{row['regime']} loses {short(held_out)}{unit} on average. The truth lies between."
        )
    if threshold is not None:
        above = (
            f"gains over {study.baseline}"
            if study.of == "lead" and threshold == 0
            else f"exceeds {short(threshold)}{unit}"
        )
        shares = ", ".join(
            f"{name} in {share:.0%} ({sure:.0%} for sure)" if np.isfinite(sure) else f"{name} in {share:.0%}"
            for name, share, sure in zip(
                judged["regime"], judged["satisficing"], judged["satisficing_for_sure"], strict=True
            )
            if study.of == "level" or name != study.baseline
        )
        told.append(f"Share of futures in which a regime {above}: {shares}.")
    told.append(_agreement(list(chosen["choice"])))
    return told


def _agreement(choices: list[str]) -> str:
    """Say whether criteria agree, each of which chose one regime or several that tie."""
    everywhere = set.intersection(*(set(choice.split(", ")) for choice in choices))
    if len(set(choices)) == 1:
        return "All criteria agree."
    if everywhere:
        names = [name for name in choices[0].split(", ") if name in everywhere]
        return f"No criterion prefers another regime to {_listed(names)}."
    return "Criteria disagree: what to choose depends on how much one fears the worst."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
