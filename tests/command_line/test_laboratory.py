"""The laboratory, end to end, in tiny size."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from analysis.statistics.aims import MET, MISSED, OPEN
from analysis.studies.laboratory.measures import MEASURES
from analysis.studies.publisher import open_results
from tests.command_line.command import PATIENCE, call, command

STORY = """
extends = "machine_building_meets_iot"
story.title = "A small region"
steps = 3
firms.number = 12
start.run_up = 8
"""
SMALL = ("--quick", "--seeds", "2", "--jobs", "1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("user")
    (place / "small.toml").write_text(STORY, "utf-8")
    return place


@pytest.fixture(scope="module")
def printed(folder: Path) -> Result:
    return call("laboratory", "small.toml", *SMALL, folder=folder)


@pytest.mark.slow
def test_every_measure_is_taken_told_and_drawn(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0, printed.stderr
    assert "10 measures" in printed.stdout
    assert "run.py facts" in printed.stdout
    results = folder / "results" / "small-laboratory"
    measures = pd.read_parquet(results / "data" / "measures.parquet")
    assert set(measures["measure"]) == set(MEASURES)
    aimed = measures[measures["aim"] != ""]
    assert set(aimed["verdict"]) <= {MET, MISSED, OPEN}
    assert re.search(
        rf"Of {len(aimed)} aims: \d+ met, \d+ missed and \d+ that cannot be told",
        " ".join(printed.stdout.split()),
    )
    assert max(len(line) for line in printed.stdout.splitlines()) <= 80
    figures = {path.stem for path in (results / "figures").glob("*.svg")}
    assert figures == {"measures", "mind", "surface", "steadiness"}
    told = json.loads((results / "manifest.json").read_text("utf-8"))
    assert told["complete"]
    assert all(measure["seconds"] > 0 for measure in told["measures"].values())


@pytest.mark.slow
def test_opened_again_it_says_the_same(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    results = folder / "results" / "small-laboratory"
    opened = open_results(results)
    assert (results / "findings.txt").read_text("utf-8").splitlines() == opened.sentences()
    assert len(opened.sections()) == 12


def test_json_is_all_that_is_printed(folder: Path) -> None:
    arguments = ("--measures", "seeds, latent", "--figures", "none", "--json", "--out", "json")
    answer = call("laboratory", "small.toml", *SMALL, *arguments, folder=folder)
    assert answer.exit_code == 0, answer.stderr
    content = json.loads(answer.stdout)
    assert content["complete"]
    assert list(content["taken"]) == ["latent", "seeds"]
    assert {row["measure"] for row in content["measures"]} == {"latent", "seeds"}
    assert content["seeds"] == [30_000, 30_001]


@pytest.mark.slow
def test_a_report_is_written_of_it(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    answer = call("report", "results/small-laboratory", folder=folder)
    assert answer.exit_code == 0, answer.stderr
    (page,) = (folder / "results" / "small-laboratory").glob("*.html")
    assert "aims" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--measures", "luck"), "there is no measure 'luck'"),
        (("--seeds", "990-1010"), "take seeds from 30000 on"),
        (("--set", "life_cycles.turbulence=-1"), "turbulence"),
    ],
)
def test_what_cannot_be_asked_is_told_before_anything_runs(
    folder: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(folder.rglob("*"))
    answer = call("laboratory", "small.toml", *arguments, folder=folder)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert message in " ".join(answer.stderr.split())
    assert sorted(folder.rglob("*")) == before


@pytest.mark.slow
def test_killed_it_goes_on_with_what_is_missing(folder: Path) -> None:
    arguments = (
        "laboratory",
        "small.toml",
        "--measures",
        "mind",
        "--figures",
        "none",
        "--jobs",
        "1",
        # Long enough for the store to be written before the end: it is every few seconds.
        "--steps",
        "80",
        "--out",
        "cut/a",
    )
    store = folder / "cut" / "reading_store"
    with subprocess.Popen(
        command(*arguments), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        deadline = time.monotonic() + PATIENCE
        while not list(store.rglob("*.parquet")):
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE)
    kept = sum(len(pd.read_parquet(path)) for path in store.rglob("*.parquet"))
    resumed = call(*arguments, folder=folder)
    assert resumed.exit_code == 0, resumed.stderr
    assert f"{kept} of 1008 runs were made before" in resumed.stderr
