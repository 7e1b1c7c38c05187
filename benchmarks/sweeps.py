"""What store and handing over of a sweep cost, and how much faster more cores are: `python -m benchmarks.sweeps`.

Three ways to make the same runs, taken in turns so that a machine that slows down slows down all of them: the bare
runs one after the other, the sweep in this process, and the sweep in several. The minimum of each counts.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from analysis.runs.workers import available_cores
from analysis.studies.sweep.description import describe_sweep
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.kept.measuring import Measure, Order
from analysis.studies.sweep.making import run_sweep
from model.region import warm_up


def design(runs: int, regime: str) -> SweepDesign:
    """Describe a sweep of the default story over absorptive capacity and budget."""
    return describe_sweep(
        "speed", factors={"absorptive_capacity": "0.5:1.5:5", "budget": "0.005:0.04:2"}, regimes=[regime],
        seeds=str(max(1, runs // 10)), series=["knowledge_per_region"],
    )  # fmt: skip


def bare(sweep: SweepDesign) -> None:
    """Make the runs and keep nothing."""
    measure = Measure(dict(sweep.scenarios), sweep.series)
    for number in range(len(sweep)):
        run = sweep.run(number)
        measure(Order(run, sweep.settings(run.scenario, run.point)))


def stored(sweep: SweepDesign, jobs: int) -> None:
    """Make the runs as `run.py sweep` does."""
    with tempfile.TemporaryDirectory() as folder:
        run_sweep(sweep, Path(folder) / "sweep", jobs=jobs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--regime", default="sector")
    parser.add_argument("--jobs", type=int, default=available_cores())
    asked = parser.parse_args()
    warm_up(print)
    sweep = design(asked.runs, asked.regime)
    ways: dict[str, Callable[[], None]] = {
        "bare runs": lambda: bare(sweep),
        "sweep, 1 job": lambda: stored(sweep, 1),
        f"sweep, {asked.jobs} jobs": lambda: stored(sweep, asked.jobs),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(asked.repeats):
        for name, way in ways.items():
            begun = time.perf_counter()
            way()
            best[name] = min(best[name], time.perf_counter() - begun)
    for name, seconds in best.items():
        print(f"{name:16} {seconds:7.2f} s, {1e3 * seconds / len(sweep):6.1f} ms a run")
    alone, one, several = best.values()
    print(f"store and handing over: {one / alone - 1:.1%} of the runs")
    print(
        f"{asked.jobs} jobs: {one / several:.2f} times as fast, {one / several / asked.jobs:.0%} of perfect"
    )
    print(f"10,000 runs would take {several / len(sweep) * 10_000 / 60:.1f} minutes")


if __name__ == "__main__":
    main()
