"""How long a person waits: the first run after installation, later starts, and a start without any cache.

Run with ``python -m benchmarks.start_up``; each is a process of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = [sys.executable, str(ROOT / "run.py"), "run", "--quiet", "--seeds", "1"]


def seconds(cache: str, out: str, *options: str) -> tuple[float, float]:
    """Time one run from the command line: what a person waits, and what processors do, which others disturb less."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    begun, used = time.perf_counter(), processor_seconds()
    subprocess.run([*RUN, *options, "--out", out], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun, processor_seconds() - used


def processor_seconds() -> float:
    """Time that processes started here have used so far, over all processors."""
    times = os.times()
    return times.children_user + times.children_system


def main() -> None:
    """Start with an empty cache, then again with what was left there."""
    with tempfile.TemporaryDirectory() as folder:
        cache, out = str(Path(folder) / "cache"), str(Path(folder) / "out")
        waited, used = seconds(cache, out)
        print(f"first run, everything compiled: {waited:.1f} s ({used:.1f} s of processors)")
        shutil.rmtree(out)
        for wanted, options in (("tables", ["--figures", "none"]), ("tables and figures", [])):
            later = []
            for _ in range(3):
                later.append(seconds(cache, out, *options))
                shutil.rmtree(out)
            waited, used = (min(times) for times in zip(*later, strict=True))
            print(f"later runs, {wanted} written: {waited:.1f} s ({used:.1f} s of processors)")


if __name__ == "__main__":
    main()
