"""Kill sweeps at random moments until nothing can be lost any more: `python -m benchmarks.kills --kills 200`.

Sweeps of small regions are begun, killed with the signal that cannot be caught - the process that writes, a
worker, or everybody - and begun again, until they are complete. Then their files are compared with those of a
sweep that nobody killed, byte for byte. Every store is also opened after each kill and its runs are counted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from analysis.runs.workers import LocalWorkers
from analysis.studies.sweep.description import describe_sweep
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.kept.results import open_results
from analysis.studies.sweep.kept.store import SweepStore
from analysis.studies.sweep.making import make_missing
from model.region import warm_up

SETTINGS = {
    "firms.number": 12, "knowledge_space.domains": 8, "knowledge_space.sectors": 2,
    "knowledge_space.cross_cutting_domains": 2, "knowledge_space.domain_names": [],
    "knowledge_space.sector_names": [], "steps": 3,
}  # fmt: skip
FLUSH_EVERY = 0.1
"""Seconds; short, so that there is much to be interrupted in."""

CONTEXT = multiprocessing.get_context("fork")


def design() -> SweepDesign:
    """Describe a sweep of 1,200 short runs: a full block, and one that is not full."""
    return describe_sweep(
        "kills", ["thin_rural_region"], {"absorptive_capacity": "0.5:1.5:4"}, regimes=["none", "cluster"],
        seeds="150", settings=SETTINGS, series=["knowledge_per_region"],
    )  # fmt: skip


def work(folder: Path, sweep: SweepDesign) -> None:
    """Make what is missing, as the command does."""
    with (
        SweepStore(folder, sweep, flush_every=FLUSH_EVERY) as store,
        make_missing(store, LocalWorkers(2)) as rows,
    ):
        for _ in rows:
            pass


def kill(process: multiprocessing.context.ForkProcess, luck: random.Random) -> str:
    """Kill the writer, one of its workers, or everybody at once, and say which."""
    whom = luck.choice(["the writer", "a worker", "everybody"])
    family = psutil.Process(process.pid)
    with suppress(psutil.NoSuchProcess):
        workers = family.children(recursive=True)
        if whom == "a worker" and workers:
            os.kill(luck.choice(workers).pid, signal.SIGKILL)
            return whom
        if whom == "everybody":
            for worker in workers:
                with suppress(psutil.NoSuchProcess):
                    worker.kill()
        os.kill(family.pid, signal.SIGKILL)
    return whom


def campaign(kills: int, seed: int, place: Path) -> dict[str, int]:
    """Kill as often as asked, over as many sweeps as that takes, and count.

    Parameters
    ----------
    kills
        How often.
    seed
        Seed of the moments and of those who are hit.
    place
        Folder for the sweeps.

    Returns
    -------
    dict
        Kills by whom they hit, sweeps that were completed, and how many of these differ from the one that
        nobody killed, byte for byte.
    """
    luck, sweep = random.Random(seed), design()  # noqa: S311 - nothing is to be kept secret
    work(place / "whole", sweep)
    expected = contents(place / "whole")
    counts = {"the writer": 0, "a worker": 0, "everybody": 0, "sweeps": 0, "differing": 0, "runs lost": 0}
    done = 0
    while done < kills:
        folder, before = place / "killed", 0
        while True:
            process = CONTEXT.Process(target=work, args=(folder, sweep))
            process.start()
            process.join(luck.uniform(0.02, 2.0) if done < kills else None)
            if process.is_alive():
                counts[kill(process, luck)] += 1
                done += 1
                time.sleep(0.02)
                if process.is_alive():
                    # A worker was hit: the sweep itself must go on.
                    process.join(luck.uniform(0.05, 0.5))
                    process.kill()
                process.join()
            if not (folder / "manifest.json").exists():
                continue
            results = open_results(folder)
            made = results.runs(["run"])["run"]
            counts["runs lost"] += max(0, before - len(made)) + int(made.duplicated().sum())
            before = len(made)
            if results.complete:
                break
        # Opened once more: what a crash left beside full blocks goes.
        work(folder, sweep)
        counts["sweeps"] += 1
        counts["differing"] += contents(folder) != expected
        shutil.rmtree(folder)
        print(f"{done} kills, {counts['sweeps']} sweeps, {counts['differing']} differ", flush=True)
    return counts


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files that hold runs; there must be no others."""
    parts = [path for part in ("runs", "unfinished") for path in sorted((folder / part).iterdir())]
    return {str(path.relative_to(folder)): path.read_bytes() for path in parts}


def main() -> None:
    """Kill, and say what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    warm_up(print)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        counts = campaign(asked.kills, asked.seed, Path(place))
    print(f"{asked.kills} kills in {time.monotonic() - begun:.0f} s: {counts}")
    raise SystemExit(1 if counts["differing"] or counts["runs lost"] else 0)


if __name__ == "__main__":
    main()
