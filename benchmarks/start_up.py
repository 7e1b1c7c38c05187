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


def seconds(cache: str, out: str) -> float:
    """Time one run from the command line."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    begun = time.perf_counter()
    subprocess.run([*RUN, "--out", out], env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Start with an empty cache, then again with what was left there."""
    with tempfile.TemporaryDirectory() as folder:
        cache, out = str(Path(folder) / "cache"), str(Path(folder) / "out")
        print(f"first run, everything compiled: {seconds(cache, out):.1f} s")
        shutil.rmtree(out)
        later = []
        for _ in range(3):
            later.append(seconds(cache, out))
            shutil.rmtree(out)
        print(f"later runs, tables and figures written: {min(later):.1f} s")


if __name__ == "__main__":
    main()
