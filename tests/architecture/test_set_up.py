"""What the README promises about setting up is what is set up."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests import environment
from tests.environment import EXTRAS, packages

ROOT = Path(__file__).resolve().parents[2]
MODULES = {
    name: {each.lower().replace("_", "-") for each in found}
    for name, found in packages_distributions().items()
}
"""Which package brings a module."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")


def pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {match[0].lower() for match in found if match}


def imported_at_the_top(path: Path) -> set[str]:
    """Name the packages that a module imports when it is imported."""
    found: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module.partition(".")[0])
    return found


def test_pip_and_uv_keep_to_the_same_releases() -> None:
    assert PROJECT["tool"]["uv"]["constraint-dependencies"] == pins()


def test_every_dependency_is_pinned() -> None:
    wanted = {package for extra in EXTRAS for package in packages(extra)}
    assert names(PROJECT["project"]["dependencies"]) | {name.lower() for name in wanted} <= names(pins())


def test_the_first_command_installs_what_running_needs_and_a_pytest_that_asks_for_the_rest() -> None:
    groups = {name: PROJECT["dependency-groups"][name] for name in PROJECT["tool"]["uv"]["default-groups"]}
    assert [sorted(names(group)) for group in groups.values()] == [["pytest"]]
    assert "compile-bytecode" not in PROJECT["tool"]["uv"], "most of what is installed is never imported"
    optional = {package.lower() for extra in EXTRAS for package in packages(extra)}
    assert optional & names(PROJECT["project"]["dependencies"]) == set()


def test_pytest_says_which_package_is_missing_and_under_uv_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(environment, "start_again_with", lambda *program: asked.append(program))
    environment.complete(["-q"])
    assert asked == [], "everything is installed"
    monkeypatch.setattr(environment, "is_installed", lambda package: package != "rocrate")
    with pytest.raises(pytest.exit.Exception, match=r"Not installed: rocrate; .*\[test\]"):
        environment.complete(["-q"])
    with pytest.raises(pytest.exit.Exception, match=r"Not installed: rocrate; .*\[dev\]"):
        environment.complete(["-m", "slow"])
    assert asked == [("test", "pytest", "-q"), ("dev", "pytest", "-m", "slow")]


def test_only_the_dashboard_imports_what_only_extras_bring() -> None:
    # Inside functions anything may be imported: there `needs` says what is missing.
    # Each release of pydantic brings the one core that it works with.
    brought = names([PROJECT["project"]["name"], *PROJECT["project"]["dependencies"]]) | {"pydantic-core"}
    foreign: dict[str, set[str]] = {}
    for path in sorted(path for part in ("model", "analysis") for path in (ROOT / part).rglob("*.py")):
        if not path.is_relative_to(ROOT / "analysis" / "dashboard"):
            strange = {name for name in imported_at_the_top(path) if not brought & MODULES.get(name, brought)}
            if strange:
                foreign[str(path.relative_to(ROOT))] = strange
    assert foreign == {}


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
