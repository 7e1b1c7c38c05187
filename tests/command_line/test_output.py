"""What becomes of results when they cannot be shown: every command, with standard output full or closed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pytest
from typer.main import get_command

from analysis.commands import program
from analysis.console import streams
from tests.command_line.command import PATIENCE, call, command, start

STORY = 'extends = "machine_building_meets_iot"\nsteps = 2\nfirms.number = 12\nstart.run_up = 4\n'
TWO = ("--regimes", "none,cluster", "--seeds", "2", "--jobs", "1")

SAVING: dict[str, tuple[str, ...]] = {
    "compare": ("compare", "small.toml", *TWO, "--figures", "none"),
    "run": ("run", "small.toml", "--regime", "cluster", "--figures", "none"),
    "sweep": ("sweep", "--scenario", "small.toml", *TWO, "--factor", "budget=0.01,0.02"),
    "resume": ("resume", "swept"),
    "export": ("export", "swept", "--to", "runs.csv"),
    "report": ("report", "compared"),
    "regions import": ("regions", "import", "ours.csv"),
    "regions show": ("regions", "show", "EE00", "--figures", "none"),
}
"""Commands that leave files, with arguments for a second of work."""

SLOW: dict[str, tuple[str, ...]] = {
    "surface": ("surface", "small.toml", "--x", "budget=0.01:0.05:2", "--y", "absorptive_capacity=0.5:1.5:2", *TWO),
    "ablate": ("ablate", "small.toml", "--regimes", "cluster", "--seeds", "1", "--jobs", "1"),
    "optimise": (
        "optimise", "small.toml", "--policies", "8", "--seeds", "2", "--jobs", "1",
    ),
    "organisations": ("organisations", "small.toml", *TWO, "--kinds", "university"),
    "sensitivity": ("sensitivity", "swept"),
    "robustness": ("robustness", "swept"),
    "replicates": ("replicates", "swept"),
    "discover": ("discover", "swept"),
    "laboratory": ("laboratory", "small.toml", "--quick", "--seeds", "2", "--jobs", "1"),
    "facts": ("facts", "--only", "2", "--seeds", "0-2", "--jobs", "1", "--set", "firms.number=40", "--set", "steps=20"),
    "replicate": (
        "replicate", "cowan-jonard", "--seeds", "2", "--jobs", "1", "--set", "agents=24", "--set", "neighbours=4",
        "--set", "experts=3",
    ),
    "europe": ("europe", "--every", "140", "--seeds", "2", "--jobs", "1", "--set", "steps=8"),
    "validate europe": ("validate", "europe", "--every", "100", "--firms", "80", "--jobs", "1"),
    "estimate europe": ("estimate", "europe", "--every", "50", "--firms", "80", "--jobs", "1", "--trials", "1"),
    "calibrate check": ("calibrate", "check", "--region", "IS00", "--seeds", "400-415", "--steps", "1", "--jobs", "1"),
    "calibrate adjust": ("calibrate", "adjust", "--seeds", "2", "--steps", "1", "--rounds", "1", "--jobs", "1"),
}  # fmt: skip

SHOWING: dict[str, tuple[str, ...]] = {
    "scenarios list": ("scenarios", "list"),
    "scenarios show": ("scenarios", "show", "thin_rural_region"),
    "scenarios validate": ("scenarios", "validate", "small.toml"),
    "regions list": ("regions", "list", "--json"),
    "regions search": ("regions", "search", "emilia"),
    "status": ("status", "swept"),
    "help": ("compare", "--help"),
}
"""Commands that do nothing but show."""

SERVES = {"dashboard"}
DRAWS = {"film"}
"""Takes a browser, and a place for its one file."""

QUICK = {"compare", "sweep", "export", "report", "regions import", "scenarios list", "status", "help"}
COMMANDS = [
    name if name in QUICK else pytest.param(name, marks=pytest.mark.slow)
    for name in (*SAVING, *SHOWING, *SLOW)
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("user")
    (folder / "small.toml").write_text(STORY, "utf-8")
    (folder / "ours.csv").write_text(
        "region,C10,C25,C28,J62,F41\nnorth,120,4310,2212,15,871\nsouth,3105,210,77,954,1203\n", "utf-8"
    )
    asked = [*SAVING["sweep"][:-1], "budget=0.01,0.02,0.03,0.05", "--out", "swept"]
    assert call(*asked, folder=folder).exit_code == 0
    assert call(*SAVING["compare"], "--out", "compared", folder=folder).exit_code == 0
    return folder


@pytest.fixture
def full() -> Iterator[TextIO]:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    stream = os.fdopen(os.open("/dev/full", os.O_WRONLY), "w", encoding="utf-8")
    yield stream
    _let_go(stream)


@pytest.fixture
def closed() -> Iterator[TextIO]:
    reading, writing = os.pipe()
    os.close(reading)
    stream = os.fdopen(writing, "w", encoding="utf-8")
    yield stream
    _let_go(stream)


def _let_go(stream: TextIO) -> None:
    # What is left in its buffer cannot be written.
    with suppress(OSError):
        stream.close()


def _leaving(arguments: tuple[str, ...], output: TextIO, monkeypatch: pytest.MonkeyPatch) -> int:
    """Call the program with a standard output, and give the code that it leaves with."""
    monkeypatch.setattr(sys, "argv", ["run.py", *arguments])
    monkeypatch.setattr(sys, "stdout", output)
    monkeypatch.setattr(streams, "_saved", [])
    with pytest.raises(SystemExit) as leaving:
        program.main()
    return int(leaving.value.code or 0)


def _words(command: object, *before: str) -> Iterator[str]:
    for name, each in getattr(command, "commands", {}).items():
        if getattr(each, "commands", None):
            yield from _words(each, *before, name)
        else:
            yield " ".join((*before, name))


def test_no_command_is_left_out() -> None:
    named = {*SAVING, *SLOW, *SHOWING, *SERVES, *DRAWS} - {"help"}
    assert {name for name in _words(get_command(program.app)) if not name.startswith("region ")} == named


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_standard_output_costs_a_line(
    name: str, place: Path, full: TextIO, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = {**SAVING, **SLOW, **SHOWING}[name]
    monkeypatch.chdir(place)
    before = _files(place)
    code = _leaving(arguments, full, monkeypatch)
    told = capfd.readouterr().err
    assert "Traceback" not in told
    assert told.count("standard output cannot be written") == 1
    # What would only have been shown is lost; everything else is there.
    assert code == (1 if name in SHOWING else 0), told
    if name not in SHOWING:
        assert _files(place) != before or name == "resume"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_who_leaves_costs_nothing(
    name: str, place: Path, closed: TextIO, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    assert _leaving({**SAVING, **SLOW, **SHOWING}[name], closed, monkeypatch) == 0
    told = capfd.readouterr().err
    assert "Traceback" not in told
    assert "cannot be written" not in told


def _files(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_shell_sees_the_same(place: Path) -> None:
    line = " ".join(command(*SAVING["compare"], "--out", "piped")) + " | head -n 1; echo ${PIPESTATUS[0]}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=place, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert "Traceback" not in done.stderr
    assert (place / "piped" / "manifest.json").is_file()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [("MPLBACKEND", "nonsense", "backend"), ("MATPLOTLIBRC", "matplotlibrc", "latex")],
)
def test_figures_that_fail_cost_a_line(
    variable: str, value: str, reason: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "matplotlibrc").write_text("text.usetex: True\n", "utf-8")
    monkeypatch.setenv(variable, value)
    # No LaTeX on any path.
    monkeypatch.setenv("PATH", str(place))
    answer = start("compare", "small.toml", *TWO, "--out", f"no_{reason}", folder=place)
    assert answer.returncode == 0
    assert answer.stderr.count("\n") == 2, answer.stderr
    assert "not drawn" in answer.stderr
    assert reason in answer.stderr
    assert (place / f"no_{reason}" / "data" / "comparison.csv").is_file()
    assert not (place / f"no_{reason}" / "figures").exists()


@pytest.mark.parametrize(
    "out", ["x" * 300, "/dev/null/results", "/proc/results", "small.toml", "small.toml/in_it"]
)
def test_an_impossible_place_is_said_before_anything_runs(out: str, place: Path) -> None:
    before = _files(place)
    for asked in ("compare", "sweep"):
        answer = call(*SAVING[asked], "--out", out, "--seeds", "5000-5001", folder=place)
        assert answer.exit_code == 2, answer.output
        assert answer.stderr.startswith("Error: --out ")
        assert answer.stdout == ""
    assert _files(place) == before


def test_findings_that_cannot_be_saved_are_shown(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from analysis.runs import results_folder  # noqa: PLC0415

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(results_folder, "write_table", fail)
    answer = call(*SAVING["compare"], "--out", "nowhere", folder=place)
    assert answer.exit_code == 1
    assert "Outcomes" in answer.stdout
    assert "No space left on device" in answer.stderr
    assert not (place / "nowhere").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SAVING, *SLOW, *SHOWING])
def test_other_ways_of_python_change_nothing(name: str, place: Path) -> None:
    python, *rest = command(*{**SAVING, **SLOW, **SHOWING}[name])
    # All at once: neither needs the absence of another.
    done = subprocess.run(
        [python, "-OO", "-X", "dev", "-W", "error", *rest],
        cwd=place,
        env={**os.environ, "COLUMNS": "40"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout
