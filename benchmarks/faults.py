"""Let everything go wrong while commands run, and look what is left: `python -m benchmarks.faults --minutes 10`.

Commands are killed at random moments, have too little room on the disk, a folder that cannot be written, a clock that
jumps, a second writer, a cluster that vanishes; then they are given again, until they are through. What they leave must
be what the same command leaves when nothing happens, byte for byte; nothing may be lost or be there twice. What happens
to the dashboard is in `benchmarks.dashboard_faults`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from pyarrow import parquet

from benchmarks.damage import CLOCK, FaultError, small_disk
from benchmarks.dashboard_faults import DASHBOARD_FAULTS, DashboardFaults

RUN = Path(__file__).resolve().parents[1] / "run.py"
STORY = 'extends = "machine_building_meets_iot"\nsteps = 6\nfirms.number = 30\nstart.run_up = 10\n'
COMMANDS: dict[str, tuple[str, ...]] = {
    "compare": ("compare", "small.toml", "--seeds", "24", "--jobs", "2", "--figures", "none"),
    "sweep": (
        "sweep", "--scenario", "small.toml", "--factor", "budget=0.01:0.05:3", "--seeds", "12", "--jobs", "2",
        "--regimes", "none,cluster,sector",
    ),
    "europe": ("validate", "europe", "--every", "60", "--firms", "120", "--jobs", "2"),
}  # fmt: skip
TOLD_EACH_TIME = {"manifest.json", "ro-crate-metadata.json", "log.jsonl", ".lock"}
"""When it was made, and by how many calls: all that may differ."""

SLOWEST = 1200.0
FULL = 64
"""Kilobytes of the small disk."""


def command(name: str, place: Path, *more: str, **environment: str) -> subprocess.Popen[str]:
    """Start a command in a group of its own."""
    return subprocess.Popen(
        [sys.executable, str(RUN), *COMMANDS[name], "--out", "out/results", *more],
        cwd=place,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def through(name: str, place: Path, *more: str, codes: tuple[int, ...] = (0,), **environment: str) -> str:
    """Run a command to its end; its exit code must be one of those that are meant, and its words no traceback.

    Raises
    ------
    FaultError
        If they are not.
    """
    with command(name, place, *more, **environment) as process:
        told = process.communicate(timeout=SLOWEST)[0]
    if process.returncode not in codes or "Traceback" in told:
        raise FaultError(f"{name} ended with {process.returncode}: {told[-800:]}")
    return told


def contents(place: Path) -> dict[str, bytes]:
    """Read what a command left, what tells of when and how apart."""
    folder = place / "out" / "results"
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in TOLD_EACH_TIME
    }


def kept(place: Path) -> Counter[tuple[str, ...]]:
    """Count the runs that are kept, by store and name."""
    found: Counter[tuple[str, ...]] = Counter()
    for path in (place / "out").rglob("*.parquet"):
        # What a writer had not put in place is nobody's.
        store = next((part for part in path.parts if part.endswith("_store")), None)
        if store is not None and "damaged" not in path.parts:
            names = parquet.read_schema(path).names
            keys = [key for key in ("run", "step", "array") if key in names]
            table = parquet.read_table(path, columns=keys)
            found.update((store, *map(str, row.values())) for row in table.to_pylist())
    return found


def killed(name: str, place: Path, luck: random.Random, seconds: float) -> int:
    """Kill a command, all its processes or one of them, until it gets through; gives how often."""
    kills = 0
    while True:
        before = kept(place)
        process = command(name, place)
        # The first is to meet it at work, also where it is faster than it was.
        latest = 1.1 if kills else 0.4
        try:
            told = process.communicate(timeout=luck.uniform(0.1, latest) * seconds if kills < 5 else SLOWEST)[
                0
            ]
        except subprocess.TimeoutExpired:
            kills += 1
            with suppress(ProcessLookupError):
                (os.killpg if luck.random() < 0.5 else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            if before - kept(place):
                raise FaultError(f"{name}: runs were lost by a kill") from None
            continue
        if process.returncode != 0 or "Traceback" in told:
            raise FaultError(f"{name} ended with {process.returncode}: {told[-800:]}")
        return kills


def full_disk(name: str, place: Path, luck: random.Random, seconds: float) -> int:
    """Run a command where there is no room, then make room; gives how often it was full."""
    del seconds
    with small_disk(place / "out", kilobytes=luck.choice([FULL, 4 * FULL, 8 * FULL])) as disk:
        told = through(name, place, codes=(0, 1, 2))
        full = int("No space" in told or "cannot be written" in told)
        disk.remount("size=200m")
        through(name, place)
        _copy_out(place)
    return full


def _copy_out(place: Path) -> None:
    shutil.copytree(place / "out", place / "whole", dirs_exist_ok=True)


def read_only(name: str, place: Path, luck: random.Random, seconds: float) -> int:
    """Run a command where nothing can be written: it says so before anything runs, and then goes through."""
    del luck, seconds
    with small_disk(place / "out", kilobytes=200_000) as disk:
        disk.remount("ro")
        told = through(name, place, codes=(2,))
        if told.count("\n") != 1 or "nothing can be written" not in told:
            raise FaultError(f"{name}: {told}")
        disk.remount("rw")
        through(name, place)
        _copy_out(place)
    return 1


def jumping_clock(name: str, place: Path, luck: random.Random, seconds: float) -> int:
    """Run a command while the clock jumps by days, and kill it once."""
    (place / "clock").mkdir()
    (place / "clock" / "sitecustomize.py").write_text(CLOCK, "utf-8")
    process = command(name, place, PYTHONPATH=str(place / "clock"))
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=luck.uniform(0.3, 0.9) * seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    through(name, place, PYTHONPATH=str(place / "clock"))
    return 1


def two_writers(name: str, place: Path, luck: random.Random, seconds: float) -> int:
    """Run a command twice at a time in one folder; a sweep lets one in, and says who is there."""
    first = command(name, place)
    time.sleep(luck.uniform(0, 0.4) * seconds)
    second = command(name, place)
    for process in (first, second):
        told = process.communicate(timeout=SLOWEST)[0]
        turned_away = process.returncode == 2 and "another process" in told
        if (process.returncode != 0 and not turned_away) or "Traceback" in told:
            raise FaultError(f"{name} ended with {process.returncode}: {told[-800:]}")
    through(name, place)
    return 1


def vanished_cluster(name: str, place: Path, luck: random.Random, seconds: float) -> int:
    """Run a sweep on a cluster that ends with all its workers, and then without."""
    start = (
        "import dask.distributed as d, time; c = d.LocalCluster(n_workers=1, threads_per_worker=1, "
        "dashboard_address=None); print(c.scheduler_address, flush=True); time.sleep(600)"
    )
    cluster = subprocess.Popen(
        [sys.executable, "-c", f"if __name__ == '__main__':\n    exec({start!r})"],
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    address = (cluster.stdout or sys.stdin).readline().strip()
    process = command(name, place, "--scheduler", address)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=luck.uniform(0.5, 1.5) * seconds)
    os.killpg(cluster.pid, signal.SIGKILL)
    cluster.communicate()
    told = process.communicate(timeout=SLOWEST)[0]
    # Gone before the first run, it is as if it had never been there.
    expected = (0, 1, 2) if "nobody answers there" in told else (0, 1)
    if process.returncode not in expected or "Traceback" in told:
        raise FaultError(f"{name} ended with {process.returncode}: {told[-800:]}")
    through(name, place)
    return 1


FAULTS: dict[str, Callable[[str, Path, random.Random, float], int]] = {
    "killed": killed,
    "full disk": full_disk,
    "read-only folder": read_only,
    "jumping clock": jumping_clock,
    "two writers": two_writers,
    "vanished cluster": vanished_cluster,
}
NOTHING = {("vanished cluster", "compare"), ("vanished cluster", "europe")}
"""What cannot happen: only a sweep has a cluster."""


class Campaign:
    """Faults, one after the other, and what they leave beside what is left without them.

    Parameters
    ----------
    place
        Folder for everything.
    seed
        Seed of the moments.
    """

    def __init__(self, place: Path, seed: int = 1) -> None:
        self.luck = random.Random(seed)  # noqa: S311
        self.place = place
        self.expected: dict[str, dict[str, bytes]] = {}
        self.seconds: dict[str, float] = {}
        self._number = 0

    def _fresh(self) -> Path:
        self._number += 1
        folder = self.place / f"{self._number:04d}"
        folder.mkdir()
        (folder / "small.toml").write_text(STORY, "utf-8")
        return folder

    def learn(self, name: str) -> None:
        """Run a command with nothing in its way."""
        folder = self._fresh()
        begun = time.monotonic()
        through(name, folder)
        self.seconds[name], self.expected[name] = time.monotonic() - begun, contents(folder)
        if not self.expected[name]:
            raise FaultError(f"{name} left nothing")

    def suffer(self, fault: str, name: str) -> int:
        """Let a fault happen to a command; gives how often it did.

        Raises
        ------
        FaultError
            If anything was lost, doubled or different.
        """
        if name not in self.expected:
            self.learn(name)
        folder = self._fresh()
        times = FAULTS[fault](name, folder, self.luck, self.seconds[name])
        whole = folder / "whole"
        if whole.is_dir():
            (folder / "out").rmdir()
            whole.rename(folder / "out")
        left = contents(folder)
        if left != self.expected[name]:
            apart = [
                each
                for each in {**left, **self.expected[name]}
                if left.get(each) != self.expected[name].get(each)
            ]
            raise FaultError(f"{name}, {fault}: {', '.join(apart)} differ")
        if fault != "two writers" and max(kept(folder).values(), default=1) > 1:
            raise FaultError(f"{name}, {fault}: runs are kept twice")
        shutil.rmtree(folder)
        return times


def _again_and_again(events: list[tuple[str, str]], luck: random.Random) -> Iterator[tuple[str, str]]:
    while True:
        luck.shuffle(events)
        yield from events


def main() -> None:
    """Let things go wrong for some minutes, and count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    able = os.name == "posix" and os.geteuid() == 0
    faults = [name for name in FAULTS if able or name not in {"full disk", "read-only folder"}]
    counts: Counter[tuple[str, str]] = Counter()
    bad = 0
    with tempfile.TemporaryDirectory() as place, ExitStack() as held:
        campaign = Campaign(Path(place), asked.seed)
        for name in COMMANDS:
            campaign.learn(name)
        page = held.enter_context(closing(DashboardFaults(Path(place) / "dashboard", campaign.luck)))
        events = [
            *((fault, name) for fault in faults for name in COMMANDS if (fault, name) not in NOTHING),
            *((fault, "dashboard") for fault in DASHBOARD_FAULTS if fault in faults or fault not in FAULTS),
        ]
        begun = time.monotonic()
        # All happen once at least, whatever time that takes.
        for turn, (fault, name) in enumerate(_again_and_again(events, campaign.luck)):
            if turn >= len(events) and time.monotonic() - begun > 60 * asked.minutes:
                break
            try:
                counts[fault, name] += (
                    page.suffer(fault) if name == "dashboard" else campaign.suffer(fault, name)
                )
            except FaultError as error:
                bad += 1
                print(f"BAD {error}", flush=True)
            print(f"{time.monotonic() - begun:5.0f} s {fault}, {name}: {counts[fault, name]}", flush=True)
        minutes = (time.monotonic() - begun) / 60
    for (fault, name), count in sorted(counts.items()):
        print(f"{fault:18} {name:8} {count:4}")
    print(
        f"{sum(counts.values())} faults in {minutes:.0f} minutes: {bad} left something lost, doubled or different"
    )
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
