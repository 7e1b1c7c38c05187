"""Memory and time of the process that keeps a very large sweep, and of one that reads it: `python -m benchmarks.store`.

Nothing is simulated: made-up rows are taken in as workers would bring them, so that a million of them can be tried.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from analysis.studies.sweep.description import describe_sweep
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.kept.measuring import NAMES, Row
from analysis.studies.sweep.kept.results import open_results
from analysis.studies.sweep.kept.store import SweepStore
from analysis.studies.sweep.sampling import Sampling
from benchmarks.memory import peak_gigabytes

SEEDS = 25
REGIMES = 4
OUT_OF_ORDER = 400
"""How far runs come out of order, in runs."""


def design(runs: int) -> SweepDesign:
    """Describe a sweep of about so many runs."""
    points = max(2, runs // (SEEDS * REGIMES))
    return describe_sweep(
        "store", factors={"absorptive_capacity": "0.5:1.5", "budget": "0.005:0.04"},
        sampling=Sampling("latin_hypercube", points), seeds=str(SEEDS), series=["knowledge_per_region"],
    )  # fmt: skip


def write(folder: Path, runs: int) -> None:
    """Fill a store and say what that took."""
    sweep = design(runs)
    before = peak_gigabytes()
    generator = np.random.default_rng(1)
    order = np.argsort(np.arange(len(sweep)) + generator.uniform(0, OUT_OF_ORDER, len(sweep)))
    begun = time.perf_counter()
    with SweepStore(folder, sweep) as store:
        for number in order.tolist():
            store.add(Row(sweep.run(number), None, generator.random(len(NAMES)), generator.random((1, 81))))
    each = (time.perf_counter() - begun) / len(sweep)
    print(f"written: {len(sweep):,} runs, {1e3 * each:.2f} ms a run, at most {peak_gigabytes():.2f} GB")
    print(f"(before the first run: {before:.2f} GB)")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"on disk: {size / 2**20:,.0f} MB, {size / len(sweep) / 1024:.1f} KB a run")


def again(folder: Path, runs: int) -> None:
    """Open the finished store as `resume` does."""
    sweep = design(runs)
    begun = time.perf_counter()
    with SweepStore(folder, sweep) as store:
        if store.made != len(sweep):
            raise SystemExit(f"{store.made} of {len(sweep)} runs were found again")
    print(f"opened again: {time.perf_counter() - begun:.1f} s, at most {peak_gigabytes():.2f} GB")


def read(folder: Path, _: int) -> None:
    """Go through all runs, one column and one series."""
    begun = time.perf_counter()
    results, total, steps = open_results(folder), 0, 0
    for table in results.tables(["regime", "knowledge_per_region", "series_knowledge_per_region"]):
        total += len(table)
        steps += len(table.column("series_knowledge_per_region").combine_chunks().flatten())
    print(f"read in pieces: {total:,} runs, {steps:,} numbers of a series, {time.perf_counter() - begun:.1f} s, "
          f"at most {peak_gigabytes():.2f} GB")  # fmt: skip


WAYS = {"write": write, "again": again, "read": read}


def main() -> None:
    """Do each in a process of its own, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        WAYS[asked.way](asked.folder, asked.runs)
        return
    with tempfile.TemporaryDirectory() as name:
        for way in WAYS:
            command = [sys.executable, "-m", "benchmarks.store", "--runs", str(asked.runs), "--way", way]
            subprocess.run([*command, "--folder", str(Path(name) / "sweep")], check=True)


if __name__ == "__main__":
    main()
