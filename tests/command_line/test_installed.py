"""The package as others install it: a wheel in an environment of its own brings a command that works anywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("model", "analysis", "scenarios")
UV = os.environ.get("UV") or shutil.which("uv")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(UV is None, reason="uv makes the environment")]


def uv(*arguments: object, folder: Path) -> None:
    command = [str(UV), *map(str, arguments), "--quiet"]
    subprocess.run(command, cwd=folder, check=True, timeout=600, env=os.environ | {"UV_NO_PROGRESS": "1"})


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of a copy: building leaves folders beside the source."""
    folder = tmp_path_factory.mktemp("source")
    leave = shutil.ignore_patterns("__pycache__")
    for part in SHIPPED:
        shutil.copytree(ROOT / part, folder / part, ignore=leave)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    uv("build", "--wheel", "--out-dir", folder / "dist", folder=folder)
    (built,) = (folder / "dist").glob("*.whl")
    return built


@dataclass
class Installed:
    """The command, in an environment far from the source.

    Attributes
    ----------
    folder
        Where the user stands.
    command
        Path of the command.
    """

    folder: Path
    command: Path

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        known = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "UV"}}
        return subprocess.run(
            [str(self.command), *arguments],
            cwd=self.folder,
            env=known | {"COLUMNS": "200"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the tested releases of what it needs, and nothing optional."""
    environment = tmp_path_factory.mktemp("environment") / "venv"
    uv("venv", environment, folder=wheel.parent)
    constraints = ROOT / "constraints.txt"
    uv("pip", "install", "--python", environment, "--constraints", constraints, wheel, folder=wheel.parent)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    return Installed(tmp_path_factory.mktemp("elsewhere"), scripts / "knowledge-fountains")


def test_the_wheel_holds_every_file_of_the_source(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = {
        path.relative_to(ROOT).as_posix()
        for part in SHIPPED
        for path in (ROOT / part).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == files


def test_a_comparison_finds_its_story_and_writes_where_the_user_stands(installed: Installed) -> None:
    answer = installed("compare", "thin_rural_region", "--seeds", "3", "--steps", "8", "--figures", "none")
    assert answer.returncode == 0, answer.stderr
    assert "3 seeds, 8 quarters, 24 runs" in answer.stdout
    assert "Try next: knowledge-fountains report" in answer.stdout
    table = pd.read_csv(installed.folder / "results" / "thin_rural_region" / "data" / "comparison.csv")
    assert set(table["regime"]) == {"none", "lottery", "sector", "cluster", "smart_specialisation"}
    page = installed("report", "results/thin_rural_region")
    assert page.returncode == 0, page.stderr


def test_measured_regions_and_sweeps_ship_with_it(installed: Installed) -> None:
    assert installed("regions", "search", "Emilia").stdout.count("ITH5") > 0
    made = installed("sweep", "screening", "--samples", "2", "--seeds", "2", "--steps", "2", "--jobs", "2")
    assert made.returncode == 0, made.stderr


def test_it_speaks_of_itself_by_its_own_name(installed: Installed) -> None:
    for arguments in (["--help"], ["compare", "--help"], ["sweep", "nosuch"], ["status", "nosuch"]):
        answer = installed(*arguments)
        assert "run.py" not in answer.stdout + answer.stderr
    assert "knowledge-fountains compare --region ITH5" in installed("compare", "--help").stdout
    assert json.loads(installed("scenarios", "list", "--json").stdout)


@pytest.mark.parametrize(
    ("extra", "command"),
    [("dashboard", ["dashboard"]), ("research", ["sweep", "screening", "--scheduler", "tcp://127.0.0.1:9"])],
)
def test_what_is_not_installed_is_named_with_its_extra(
    installed: Installed, extra: str, command: list[str]
) -> None:
    answer = installed(*command)
    assert answer.returncode == 2
    assert f'".[{extra}]"' in answer.stderr
    assert "Traceback" not in answer.stderr
