"""Ctrl-C at a terminal: what is finished is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import psutil
import pytest

from tests.command_line.command import PATIENCE, command, interrupt
from tests.processes import running

SEEDS = 250


@pytest.mark.slow
def test_what_is_finished_is_written_and_the_rest_is_dropped(tmp_path: Path) -> None:
    arguments = (
        "--seeds",
        str(SEEDS),
        "--steps",
        "4",
        "--set",
        "firms.number=20",
        "--jobs",
        "2",
        "--figures",
        "none",
    )
    shown, output, code = interrupt("compare", *arguments, "--json", folder=tmp_path, at=r"[1-9]\d*/2000")
    assert code == 130, shown
    assert "stopped; these are the findings of what was finished" in shown
    assert "Traceback" not in shown
    content = json.loads(output)
    assert content["interrupted"]
    assert not content["complete"]
    manifest = json.loads((tmp_path / content["results"] / "manifest.json").read_text("utf-8"))
    assert not manifest["complete"]
    assert 0 < manifest["runs_finished"] < 8 * SEEDS
    outcomes = pd.read_parquet(tmp_path / content["results"] / "data" / "outcomes.parquet")
    assert len(outcomes) == manifest["runs_finished"]


@pytest.mark.slow
def test_no_worker_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    arguments = (
        "--seeds",
        "4000",
        "--steps",
        "4",
        "--set",
        "firms.number=20",
        "--jobs",
        "2",
        "--figures",
        "none",
    )
    with running(
        *command("compare", *arguments, "--json"),
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        main = psutil.Process(process.pid)
        deadline = time.monotonic() + PATIENCE
        while len(main.children(recursive=True)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        workers = main.children(recursive=True)
        process.kill()
        _, alive = psutil.wait_procs(workers, timeout=PATIENCE / 4)
        assert not alive


# Moments inside the building of a region, the first processes, and the compiler, which would lose the interrupt.
@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.0, 1.0, 3.0])
def test_compiling_can_be_stopped_too(tmp_path: Path, seconds: float) -> None:
    out = tmp_path / "results"
    with running(
        *command("compare", "--out", str(out)),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")},
        text=True,
    ) as process:
        assert process.stdout is not None
        shown = process.stdout.readline()
        assert "Compiling" in shown
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        shown += process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 130, shown
    assert "nothing was written" in shown
    assert "Traceback" not in shown
    assert not out.exists()
