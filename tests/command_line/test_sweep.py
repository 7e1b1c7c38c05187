"""The command `sweep` and those that look after a sweep, as a user and an accident treat them."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analysis.statistics.comparison import student_quantile
from analysis.studies.sweep.kept.results import open_results
from model.record import OUTCOMES
from tests.command_line.command import PATIENCE, call, command, interrupt, start
from tests.processes import running
from tests.unit.analysis.studies.sweep.sweeps import SMALL, files

SETTINGS = [part for key, value in SMALL.items() for part in ("--set", f"{key}={json.dumps(value)}")]
SWEEP = ["sweep", "--scenario", "thin_rural_region", "--factor", "budget=0.01,0.02", "--seeds", "3",
         "--regimes", "none,sector", *SETTINGS]  # fmt: skip
LARGE = [*SWEEP[:6], "150", *SWEEP[7:]]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are those of POSIX")


def invoke(*arguments: str) -> tuple[int, str, str]:
    answer = call(*arguments)
    return answer.exit_code, answer.stdout, answer.stderr


@pytest.fixture
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep that went well."""
    folder = tmp_path_factory.mktemp("finished") / "sweep"
    assert invoke(*SWEEP, "--out", str(folder), "--jobs", "1")[0] == 0
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of 600 runs that went well."""
    folder = tmp_path_factory.mktemp("large") / "sweep"
    assert invoke(*LARGE, "--out", str(folder), "--jobs", "1", "--quiet")[0] == 0
    return folder


@pytest.mark.usefixtures("_here")
def test_a_sweep_tells_what_it_found_and_where_it_is() -> None:
    code, output, _ = invoke(*SWEEP, "--jobs", "1")
    assert code == 0
    assert "2 points of 1 factors, 3 seeds, 12 runs" in output
    assert "comes first" in output
    assert "results/thin_rural_region-sweep-budget" in output
    assert open_results("results/thin_rural_region-sweep-budget").complete


def test_the_same_command_makes_nothing_twice(finished: Path) -> None:
    before = files(finished)
    code, output, _ = invoke(*SWEEP, "--out", str(finished), "--json")
    told = json.loads(output)
    assert code == 0
    assert (told["made"], told["stored"], told["runs"], told["complete"]) == (0, 12, 12, True)
    assert files(finished) == before


def test_status_and_resume_need_the_folder_only(finished: Path) -> None:
    code, output, _ = invoke("status", str(finished))
    assert code == 0
    assert "12 of 12 (100%), 0 failed" in output
    assert json.loads(invoke("status", str(finished), "--json")[1])["complete"]
    assert json.loads(invoke("resume", str(finished), "--json")[1])["made"] == 0


def test_duckdb_reads_the_folder_as_it_lies(finished: Path) -> None:
    (row,) = duckdb.sql(
        f"select count(*), count(distinct run), avg(knowledge_per_region) from '{finished}/runs/*.parquet'"  # noqa: S608
    ).fetchall()
    frame = open_results(finished).runs()
    assert row[:2] == (12, 12)
    assert row[2] == pytest.approx(frame["knowledge_per_region"].mean())


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_runs_can_be_exported(finished: Path, tmp_path: Path, suffix: str) -> None:
    to = tmp_path / f"runs{suffix}"
    columns = "point,regime,seed,knowledge_per_region"
    assert invoke("export", str(finished), "--to", str(to), "--columns", columns)[0] == 0
    read = pd.read_csv(to) if suffix == ".csv" else pd.read_parquet(to)
    expected = open_results(finished).runs(columns.split(","))
    pd.testing.assert_frame_equal(read, expected, check_dtype=False)


@pytest.mark.slow
def test_xarray_can_be_exported(finished: Path, tmp_path: Path) -> None:
    import xarray  # noqa: PLC0415 - takes a second

    assert invoke("export", str(finished), "--to", str(tmp_path / "runs.nc"))[0] == 0
    with xarray.open_dataset(tmp_path / "runs.nc", engine="h5netcdf") as dataset:
        assert dataset.sizes["run"] == 12
        assert set(dataset["regime"].to_numpy()) == {"none", "sector"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sweep"], "give --factor, --points or the file of a sweep"),
        (["sweep", "--factor", "budgets"], "Did you mean budget?"),
        (["sweep", "--factor", "budget", "--design", "sobel"], "Did you mean sobol?"),
        (["sweep", "--factor", "budget", "--factor", "budget=1:2"], "--factor budget is given twice"),
        (["sweep", "nowhere"], "is neither a sweep that ships"),
        (["sweep", "nowhere.toml"], "nowhere.toml: there is no such file"),
        (["sweep", "screening", "--factor", "budget"], "write into it what --factor should change"),
        (["status", "nowhere"], "nowhere: holds no sweep"),
        (["resume", "nowhere"], "nowhere: holds no sweep"),
        (["export", "nowhere", "--to", "x.doc"], "must end in .csv, .parquet, .nc"),
        (["sweep", "--factor", "budget", "--scheduler", "tcp://127.0.0.1:1"], "nobody answers there"),
    ],
)
@pytest.mark.usefixtures("_here")
def test_what_is_wrong_is_told(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.runs.cluster.CONNECT_WITHIN", 1.0)
    code, output, errors = invoke(*arguments)
    assert code == 2
    assert message in errors
    assert not output
    assert not list(tmp_path.rglob("*.parquet"))


def test_columns_that_are_not_there_are_told(finished: Path, tmp_path: Path) -> None:
    to = str(tmp_path / "x.csv")
    code, _, errors = invoke("export", str(finished), "--to", to, "--columns", "knowlege_per_region")
    assert code == 2
    assert "Did you mean knowledge_per_region?" in errors
    assert not list(tmp_path.iterdir())


@contextmanager
def begun(folder: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """Start a large sweep and leave it alone until it works."""
    arguments = command(*LARGE, "--out", str(folder), "--jobs", "2")
    with running(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + PATIENCE
        while not (folder / "manifest.json").exists():
            assert time.monotonic() < until
            time.sleep(0.02)
        time.sleep(seconds)
        yield process


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_finished_and_resume_ends_with_the_same_files(
    tmp_path: Path, large: Path
) -> None:
    folder = tmp_path / "sweep"
    arguments = (*LARGE, "--out", str(folder), "--jobs", "2")
    shown, _, code = interrupt(*arguments, folder=tmp_path, at=r"[1-9]\d*/600")
    assert code == 130, shown
    assert "of 600 runs are kept" in " ".join(shown.split())
    made = open_results(folder).made
    assert 0 < made < 600
    assert json.loads(invoke("resume", str(folder), "--jobs", "1", "--json")[1])["made"] == 600 - made
    assert files(folder) == files(large)


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_and_ends_with_the_same_files(tmp_path: Path, large: Path) -> None:
    folder = tmp_path / "sweep"
    for seconds in (0.0, 0.4):
        with begun(folder, seconds) as process:
            process.kill()
            process.communicate(timeout=60)
        assert json.loads(start("status", str(folder), "--json", folder=tmp_path).stdout)["runs"] == 600
    assert start("resume", str(folder), "--jobs", "2", folder=tmp_path).returncode == 0
    assert files(folder) == files(large)


def workers_of(parent: int) -> list[int]:
    """Processes whose parent this is."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in children.read_text("utf-8").split()]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="children are listed by Linux")
def test_a_worker_that_is_killed_costs_no_run(tmp_path: Path, large: Path) -> None:
    folder = tmp_path / "sweep"
    with begun(folder, 0.3) as process:
        for worker in workers_of(process.pid)[:1]:
            os.kill(worker, signal.SIGKILL)
        process.communicate(timeout=120)
    assert process.returncode == 0
    assert files(folder) == files(large)


@pytest.mark.slow
def test_a_disk_that_is_full_stops_it_with_one_line_and_loses_nothing_that_was_written(
    tmp_path: Path, large: Path
) -> None:
    folder = tmp_path / "sweep"
    # As on a full disk, a file cannot grow any more: here, beyond 20 kB.
    process = subprocess.run(
        command(*LARGE, "--out", str(folder), "--jobs", "2"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert process.returncode == 1
    assert "cannot be written" in process.stderr
    assert "the same command goes on from there" in process.stderr
    assert "Traceback" not in process.stderr
    assert not list(folder.rglob("*.new"))
    assert start("resume", str(folder), "--jobs", "2", folder=tmp_path).returncode == 0
    assert files(folder) == files(large)


@pytest.mark.slow
@pytest.mark.usefixtures("_here")
def test_replicates_of_one_regime_are_a_sweep() -> None:
    arguments = (
        "sweep",
        "--scenario",
        "thin_rural_region",
        "--regimes",
        "cluster",
        "--seeds",
        "12",
        *SETTINGS,
    )
    code, output, errors = invoke(*arguments, "--jobs", "1")
    assert code == 0, errors
    assert "replicates of one point, 12 seeds, 12 runs" in output
    folder = "results/thin_rural_region-replicates"
    assert f"replicates {folder} --of level" in output
    assert "12 of 12" in invoke("status", folder)[1]
    code, output, errors = invoke("replicates", folder, "--of", "level", "--json", "--figures", "none")
    assert code == 0, errors
    (row,) = json.loads(output)["summary"]
    values = open_results(folder).runs()[OUTCOMES[0]]
    assert row["half_width"] == pytest.approx(
        100 * student_quantile(12) * values.std() / 12**0.5 / values.mean(), rel=1e-6
    )
    code, _, errors = invoke("sensitivity", folder, "--of", "level")
    assert code == 2
    assert "has no factors" in errors
    code, _, errors = invoke("report", folder)
    assert code == 2
    assert "about conditions" in errors


def test_options_may_differ_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    settings = "\n".join(f'"{key}" = {json.dumps(value)}' for key, value in SMALL.items())
    parts = ["seeds = 9", "[settings]", settings, "[design]", "kind = 'latin_hypercube'", "[factors]"]
    path.write_text("\n".join([*parts, "budget = '0.01:0.02'"]), "utf-8")
    options = ["--seeds", "2", "--samples", "3", "--regimes", "none", "--scenario", "thin_rural_region"]
    code, output, errors = invoke(
        "sweep", str(path), *options, "--out", str(tmp_path / "out"), "--json", "--jobs", "1"
    )
    assert code == 0, errors
    assert json.loads(output)["runs"] == 6
    assert open_results(tmp_path / "out").scenarios == ("thin_rural_region",)
