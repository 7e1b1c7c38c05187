"""What the README promises about setting up is what is set up."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")


def pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {match[0].lower() for match in found if match}


def test_pip_and_uv_keep_to_the_same_releases() -> None:
    assert PROJECT["tool"]["uv"]["constraint-dependencies"] == pins()


def test_every_dependency_is_pinned() -> None:
    project = PROJECT["project"]
    extras = [name for extra in project["optional-dependencies"].values() for name in extra]
    # What one extra asks of another is no release.
    wanted = names(project["dependencies"] + extras) - {project["name"]}
    assert wanted <= names(pins())


def test_pins_name_releases_and_no_addresses() -> None:
    assert [pin for pin in pins() if not re.fullmatch(r"[a-z0-9._-]+==[\w.]+( ; [^;/@]+)?", pin)] == []


def test_the_readme_starts_with_the_two_commands() -> None:
    code = [line.strip() for line in README.splitlines() if line.startswith("    ")]
    assert code[:2] == ["pip install uv && uv run run.py compare", "pip install uv && uv run pytest"]


def test_what_lands_is_tested_with_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    (expression,) = re.findall(r"^test_command\(\) { (.+); }$", script, re.MULTILINE)
    found = subprocess.run(["bash", "-c", expression], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "uv run pytest\n"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_versions_agree() -> None:
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {PROJECT['project']['version']}\n" in citation
