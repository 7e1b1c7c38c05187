"""From runs to tables: what each seed says of a claim, and what all of them say of a fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.runs.execution import Record
from analysis.statistics.comparison import Values
from analysis.statistics.estimators.regression import jackknifed
from analysis.statistics.multiplicity import holm
from analysis.studies.facts.fact import Fact, Reference, Runs
from analysis.studies.facts.judgement import Judgement, judge_fact, verdict
from analysis.studies.facts.laboratory import WatchedRun

ELSEWHERE = "see"
"""First word of the verdict on a fact that another command tests."""
PICTURE = "picture_"
"""Begins the names of tables that are drawn in figures of their own."""
COLUMNS = (
    "number", "fact", "claim", "unit", "rule", "effect", "low", "high", "deviation", "seeds", "p",
    "adjusted_probability", "claim_holds", "by_construction", "verdict", "standardised", "standardised_low",
    "standardised_high",
)  # fmt: skip


def _row(fact: Fact, judgement: Judgement, whole: str) -> dict[str, object]:
    effect, low, high = judgement.standardised
    return {
        "number": fact.number, "fact": fact.name, "claim": judgement.claim.name, "unit": judgement.claim.unit,
        "rule": judgement.claim.rule, "effect": judgement.effect, "low": judgement.low, "high": judgement.high,
        "deviation": judgement.deviation, "seeds": judgement.seeds, "p": judgement.p,
        "claim_holds": judgement.holds, "by_construction": bool(judgement.claim.construction),
        "verdict": whole, "standardised": effect, "standardised_low": low, "standardised_high": high,
    }  # fmt: skip


def tables_of(facts: Sequence[Fact | Reference], runs: Mapping[int, Runs]) -> dict[str, pd.DataFrame]:
    """Judge facts by runs.

    Parameters
    ----------
    facts
        What is asked.
    runs
        Runs by seed, then by treatment, see `runs_by_seed`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``facts``, one row for each claim: effect, interval, seeds, and the verdicts on it and on its fact;
        ``estimates``, the number that each seed gives; ``picture_`` and the name of each fact that is drawn.
    """
    tested = [fact for fact in facts if isinstance(fact, Fact)]
    values = {fact.name: estimate(fact, list(runs.values())) for fact in tested}
    pictures = {}
    for fact in tested:
        whole = [each for each in runs.values() if _needed(fact) <= set(each)]
        if fact.picture is not None and whole:
            pictures[f"{PICTURE}{fact.name}"] = fact.picture(whole)
    rows = [
        {"fact": fact, "claim": claim, "seed": seed, "estimate": value}
        for fact, claims in values.items()
        for claim, own in claims.items()
        for seed, value in zip(runs, own, strict=True)
    ]
    estimates = pd.DataFrame(rows, columns=["fact", "claim", "seed", "estimate"])
    return {"facts": _verdicts(facts, values), "estimates": estimates, **pictures}


def _verdicts(facts: Sequence[Fact | Reference], values: Mapping[str, dict[str, Values]]) -> pd.DataFrame:
    rows = []
    for fact in facts:
        if isinstance(fact, Reference):
            rows.append({"number": fact.number, "fact": fact.name, "verdict": f"{ELSEWHERE} {fact.command}"})
            continue
        judgements = judge_fact(fact, values[fact.name])
        whole = verdict(judgements)
        rows += [_row(fact, judgement, whole) for judgement in judgements]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["seeds"] = table["seeds"].astype("Int64")
    table["adjusted_probability"] = holm(table["p"].to_numpy(float))
    return table


def runs_by_seed(
    records: Sequence[Record[WatchedRun]], seeds: Sequence[int], treatments: int
) -> dict[int, Runs]:
    """Arrange runs by seed, then by treatment; of seeds that are not finished none, unless no seed is."""
    found: dict[int, dict[str, WatchedRun]] = {seed: {} for seed in seeds}
    for record in records:
        if record.result is not None:
            found[record.task.seed][record.task.regime] = record.result
    least = treatments if any(len(runs) == treatments for runs in found.values()) else 1
    return {seed: runs for seed, runs in found.items() if len(runs) >= least}


def _needed(fact: Fact) -> set[str]:
    return {treatment.name for treatment in fact.treatments}


def estimate(fact: Fact, seeds: Sequence[Runs]) -> dict[str, Values]:
    """Give one number for each seed and claim.

    Parameters
    ----------
    fact
        The fact.
    seeds
        Runs of each seed by treatment.

    Returns
    -------
    dict
        Values by claim; NaN where a run of the fact's treatments is missing. Where all seeds are needed
        for one estimate, pseudo-values of the jackknife over seeds.
    """
    whole = [place for place, runs in enumerate(seeds) if _needed(fact) <= set(runs)]
    values = {claim.name: np.full(len(seeds), np.nan) for claim in fact.claims}
    if fact.estimate is not None:
        for place in whole:
            for name, value in fact.estimate(seeds[place]).items():
                values[name][place] = value
        return values
    if fact.collect is None or fact.pool is None or len(whole) < 3:
        return values
    material = [fact.collect(seeds[place]) for place in whole]
    if fact.prepare is not None:
        material = list(fact.prepare(material))
    together = fact.pool(material)
    without = [fact.pool(material[:i] + material[i + 1 :]) for i in range(len(material))]
    for name, value in together.items():
        values[name][whole] = jackknifed(value, [part[name] for part in without])
    return values
