"""Whether searches keep their promises: `python -m benchmarks.optimisation [--policies N] [--repetitions N]`.

Searches are repeated with other policies and other seeds to choose on. Of each, the gain of the winner is reported with
its interval on fresh seeds, and measured once more on many seeds that nobody has seen. Printed: in how many repetitions
that lies within the interval, how far the search itself was off, how many held-out policies the intervals of the
emulator cover, and processor seconds for each run, from which the time of 1,000 policies on two cores follows.
"""

from __future__ import annotations

import argparse
import resource
from pathlib import Path

import numpy as np

from analysis.studies.laboratory.bench import Bench, LastingWorkers
from analysis.studies.laboratory.protocol import Wanted
from analysis.studies.optimisation.conduct import most_runs
from analysis.studies.optimisation.design import Optimisation, design
from analysis.studies.optimisation.objectives import BASE, LOTTERY, NONE, OBJECTIVES, gains
from analysis.studies.optimisation.readings import PolicyReadings, read_policy
from analysis.studies.optimisation.words import policy_in
from model.loading import load_scenario

UNSEEN = 50_000
"""Seeds from here on are those of nobody."""
VALUE = OBJECTIVES["value"]


def once_more(study: Optimisation, tables: object, name: str, asked: argparse.Namespace) -> float:
    """Measure the gain of a policy on seeds that nobody has seen, in percent of no policy."""
    tried = study.setting.tasks({name: policy_in(tables, name)}, (NONE, LOTTERY), (BASE,))
    wanted = Wanted(tried, tuple(range(UNSEEN, UNSEEN + asked.unseen)))
    workers = LastingWorkers(asked.jobs)
    with PolicyReadings.within(asked.store) as kept:
        bench = Bench("once more", len(wanted), workers, kept, lambda _: None, read=read_policy)
        try:
            return float(gains(bench.answer(wanted, "once more"), VALUE)[name].mean())
        finally:
            workers.leave()


def processor_seconds() -> float:
    """Return what this process and its children have taken."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    """Repeat searches and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--scenario", default="machine_building_meets_iot")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--policies", type=int, default=100)
    parser.add_argument("--repetitions", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=48)
    parser.add_argument("--unseen", type=int, default=192)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--store", type=Path, default=Path("results"))
    asked = parser.parse_args()
    scenario = load_scenario(asked.scenario, asked.set)
    inside, flattered, covered = [], [], []
    for repetition in range(asked.repetitions):
        seeds = range(10_000 + repetition * asked.seeds, 10_000 + (repetition + 1) * asked.seeds)
        study = design(
            scenario, "repeated", policies=asked.policies, seeds=seeds, futures=0, search_seed=repetition,
            regimes="sector",
        )  # fmt: skip
        before = processor_seconds()
        findings = study.run(jobs=asked.jobs, store=asked.store)
        seconds = processor_seconds() - before
        row = findings.tables["found"].query("objective == 'value' and place == 0").iloc[0]
        truth = once_more(study, findings.tables, str(row["policy"]), asked)
        inside.append(bool(row["low"] <= truth <= row["high"]))
        flattered.append(float(row["seen"] - truth))
        if "emulator" in findings.tables:
            covered.append(float(findings.tables["emulator"]["covered"].iloc[0]))
        runs = sum(findings.manifest["runs"].values())
        print(
            f"{repetition}: seen {row['seen']:+.1f}, reported {row['gain']:+.1f} ({row['low']:+.1f} to "
            f"{row['high']:+.1f}), once more {truth:+.1f}, {'inside' if inside[-1] else 'OUTSIDE'}; "
            f"{runs} runs, {seconds / runs:.3f} s of processor each",
            flush=True,
        )
    print(f"inside {sum(inside)} of {len(inside)}; the search saw {np.mean(flattered):+.1f} points too much")
    if covered:
        print(f"intervals of the emulator cover {100 * np.mean(covered):.0f}% of policies that were held out")
    whole = most_runs(design(scenario, "whole", seeds=range(10_000, 10_048)).setting)
    print(f"a search of 1,000 policies takes {whole:,} runs at most")


if __name__ == "__main__":
    main()
