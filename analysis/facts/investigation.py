"""All facts that are asked about, on the same runs: what to run, and the tables that come out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.comparison import Values
from analysis.execution import Record
from analysis.experiment import Task, arrange
from analysis.facts.estimators.regression import jackknifed
from analysis.facts.fact import Fact, Reference, Runs
from analysis.facts.judgement import Judgement, judge_fact, verdict
from analysis.facts.laboratory import Laboratory, WatchedRun, fingerprint
from analysis.facts.treatments import Treatment
from analysis.multiplicity import holm
from analysis.provenance import model_version
from model.scenario import Scenario

ELSEWHERE = "see"
"""First word of the verdict on a fact that another command tests."""


@dataclass(frozen=True)
class Investigation:
    """Facts, the seeds that they are tested on, and what a user changes in all treatments.

    Attributes
    ----------
    facts
        What is asked.
    seeds
        Seeds, the same for every treatment.
    settings
        Changes, ``"key=value"``.
    """

    facts: tuple[Fact | Reference, ...]
    seeds: tuple[int, ...]
    settings: tuple[str, ...] = ()

    @cached_property
    def treatments(self) -> dict[str, Treatment]:
        """What has to be run, each once whatever the number of facts that need it."""
        return {
            treatment.name: treatment
            for fact in self.facts
            if isinstance(fact, Fact)
            for treatment in fact.treatments
        }

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        """Resolved scenario of each treatment."""
        return {name: each.scenario(self.settings) for name, each in self.treatments.items()}

    def tasks(self) -> tuple[Task, ...]:
        """List the runs, seed by seed."""
        return arrange(self.scenarios, self.seeds)

    def laboratory(self) -> Laboratory:
        """Give what makes the runs."""
        return Laboratory(
            {
                fingerprint(scenario): self.treatments[name].watchers
                for name, scenario in self.scenarios.items()
            }
        )

    def identity(self) -> str:
        """Say in 32 hexadecimal digits what is run."""
        content = {
            "facts": [fact.name for fact in self.facts],
            "scenarios": {name: fingerprint(scenario) for name, scenario in self.scenarios.items()},
            "seeds": self.seeds,
            "version": model_version(),
        }
        return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Findings:
    """What an investigation brought.

    Attributes
    ----------
    investigation
        What was asked.
    records
        Runs, fewer than asked for when it was stopped early.
    """

    investigation: Investigation
    records: tuple[Record[WatchedRun], ...]

    @property
    def failed(self) -> tuple[Record[WatchedRun], ...]:
        """Runs that ended in an error."""
        return tuple(record for record in self.records if record.result is None)

    @cached_property
    def runs(self) -> dict[int, Runs]:
        """Runs by seed, then by treatment; of seeds that are not finished none, unless no seed is."""
        found: dict[int, dict[str, WatchedRun]] = {seed: {} for seed in self.investigation.seeds}
        for record in self.records:
            if record.result is not None:
                found[record.task.seed][record.task.regime] = record.result
        wanted = len(self.investigation.treatments)
        least = wanted if any(len(runs) == wanted for runs in found.values()) else 1
        return {seed: runs for seed, runs in found.items() if len(runs) >= least}

    @property
    def complete(self) -> bool:
        """Whether every run that was asked for was tried."""
        return len(self.records) == len(self.investigation.tasks())

    @cached_property
    def estimates(self) -> dict[str, dict[str, Values]]:
        """One number for each seed, by fact and claim; NaN for a seed whose runs are not all there."""
        facts = [fact for fact in self.investigation.facts if isinstance(fact, Fact)]
        return {fact.name: estimate(fact, list(self.runs.values())) for fact in facts}

    @cached_property
    def judgements(self) -> dict[str, list[Judgement]]:
        """Judgement of each claim, by fact."""
        facts = [fact for fact in self.investigation.facts if isinstance(fact, Fact)]
        return {fact.name: judge_fact(fact, self.estimates[fact.name]) for fact in facts}

    def pictures(self) -> dict[str, pd.DataFrame]:
        """Tables of the facts that have a figure of their own, by the name of the fact."""
        found = {}
        for fact in self.investigation.facts:
            if isinstance(fact, Fact) and fact.picture is not None:
                needed = {treatment.name for treatment in fact.treatments}
                whole = [runs for runs in self.runs.values() if needed <= set(runs)]
                if whole:
                    found[fact.name] = fact.picture(whole)
        return found

    def seeds_table(self) -> pd.DataFrame:
        """One row for each fact, claim and seed: the number that the seed gives."""
        rows = [
            {"fact": fact, "claim": claim, "seed": seed, "estimate": value}
            for fact, claims in self.estimates.items()
            for claim, values in claims.items()
            for seed, value in zip(self.runs, values, strict=True)
        ]
        return pd.DataFrame(rows, columns=["fact", "claim", "seed", "estimate"])

    def table(self) -> pd.DataFrame:
        """One row for each claim: effect, interval, seeds, and the verdicts on it and on its fact."""
        rows = []
        for fact in self.investigation.facts:
            if isinstance(fact, Reference):
                rows.append(
                    {"number": fact.number, "fact": fact.name, "verdict": f"{ELSEWHERE} {fact.command}"}
                )
                continue
            judgements = self.judgements[fact.name]
            whole = verdict(judgements)
            rows += [_row(fact, judgement, whole) for judgement in judgements]
        table = pd.DataFrame(rows, columns=list(COLUMNS))
        table["seeds"] = table["seeds"].astype("Int64")
        table["adjusted_probability"] = holm(table["p"].to_numpy(float))
        return table


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
    needed = {treatment.name for treatment in fact.treatments}
    whole = [place for place, runs in enumerate(seeds) if needed <= set(runs)]
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
