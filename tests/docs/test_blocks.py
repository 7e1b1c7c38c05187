"""Every block of code in the documentation is run, read or looked up."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer

import run
from analysis.studies.sweep.file import read_sweep
from model.loading import ScenarioError, load_scenario
from tests.docs.pages import EXTENDING, LANGUAGES, PAGES, ROOT, blocks, name_of, of_language, prose
from tests.environment import EXTRAS

OPERATORS = {"&&", ";", "|"}
PYTEST_OPTIONS = {"-m", "-n", "-k", "-q"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert {block.language for block in blocks(page)} <= {*LANGUAGES, "indented"}
    assert page.read_text("utf-8").count("```") == 2 * sum(b.language != "indented" for b in blocks(page))


# Importing what discovery stands on takes seconds.
HEAVY = {"uncertainty"}
RUNNING = [
    pytest.param(page, id=name_of(page), marks=[pytest.mark.slow] if page.stem in HEAVY else [])
    for page in PAGES
    if page not in EXTENDING
]


@pytest.mark.parametrize("page", RUNNING)
def test_python_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for block in of_language(page, "toml"):
        Path(block.title).write_text(block.text, "utf-8")
    names = {"__name__": "__main__"}
    for block in of_language(page, "python"):
        exec(block.text, names)  # noqa: S102 - it is our own page


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_scenarios_load(page: Path, tmp_path: Path) -> None:
    indented = [block.text for block in of_language(page, "indented") if block.text.startswith("extends")]
    named = {block.title: block.text for block in of_language(page, "toml")}
    named |= {f"{number}.toml": text for number, text in enumerate(indented)}
    for name, text in named.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    for name, text in named.items():
        if "[factors]" in text:
            read_sweep(tmp_path / name)
        else:
            load_scenario(tmp_path / name)


def test_a_scenario_with_a_mistake_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text('extends = "thin_rural_region"\nfirms.numbers = 3\n', "utf-8")
    with pytest.raises(ScenarioError):
        load_scenario(path)


def commands(page: Path) -> Iterator[list[str]]:
    """Split what a page tells to type into single commands; inline code counts where it begins like one."""
    told = [block.text for block in of_language(page, "shell")]
    told += [block.text for block in of_language(page, "indented") if not is_toml(block.text)]
    told += re.findall(r"`((?:python|python -m|uv run|bash|run\.py) \w[^`\n]+)`", prose(page))
    for line in "\n".join(told).splitlines():
        command: list[str] = []
        for word in shlex.split(line, comments=True):
            if word in OPERATORS:
                yield command
                command = []
            else:
                command.append(word)
        if command:
            yield command


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def check(command: list[str]) -> None:
    """Look a command up: it must exist, with the options that it is given."""
    match command:
        case ["uv", "run", *rest] if rest:
            check(rest)
        case ["python", "-m", module, *rest]:
            check_module(module, rest)
        case ["pytest", *rest]:
            check_module("pytest", rest)
        case ["python", "run.py", *rest] | ["run.py", *rest]:
            check_own(command_line(), rest)
        case ["python", script] | ["bash", script]:
            assert (ROOT / script).is_file(), command
        case ["uv", "sync", "--extra", extra]:
            assert extra in EXTRAS, command
        case ["pip", "install", *packages]:
            assert packages
            assert all(re.fullmatch(r"[a-z]+", name) for name in packages), command
        case [".", path]:
            assert path == ".venv/bin/activate"
        case _:
            raise AssertionError(f"nobody knows how to check {command}")


def check_module(module: str, arguments: list[str]) -> None:
    if module != "pip":
        # Environments that uv makes have none.
        assert find_spec(module) is not None, module
    if module == "pytest":
        options = {word for word in arguments if word.startswith("-")}
        assert options <= PYTEST_OPTIONS, arguments
        rest = set(arguments) - options - {"slow"}
        assert all((ROOT / path).exists() for path in rest), arguments
    if module == "pip":
        assert arguments[0] == "install"
        extras = [match[1] for word in arguments if (match := re.fullmatch(r"\.\[(\w+)\]", word))]
        assert set(extras) <= set(EXTRAS), arguments
        files = [after for word, after in pairwise(arguments) if word == "-c"]
        assert all((ROOT / name).is_file() for name in files)


@cache
def command_line() -> Any:
    """Build all commands once: a page names many."""
    return typer.main.get_command(run.app)


def check_own(command: Any, arguments: list[str]) -> None:
    """Look up a command of ours and the options that it is given."""
    if hasattr(command, "commands") and arguments and not arguments[0].startswith("-"):
        assert arguments[0] in command.commands, arguments
        check_own(command.commands[arguments[0]], arguments[1:])
        return
    options = {name: p for p in command.params for name in (*p.opts, *p.secondary_opts)}
    words = iter(arguments)
    for word in words:
        if word in {"--help", "-h"}:
            continue
        assert word in options or not word.startswith("-"), arguments
        if word in options and not options[word].is_flag:
            next(words)
        elif word not in options:
            assert any(parameter.param_type_name == "argument" for parameter in command.params), arguments


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_exist(page: Path) -> None:
    for command in commands(page):
        check(command)


@pytest.mark.parametrize(
    "wrong",
    [
        "python run.py compete",
        "python run.py compare --seed 3",
        "run.py scenarios list --steps 3",
        "uv run pytest --fastest",
        "uv sync --extra everything",
        'python -m pip install -e ".[everything]"',
        "python -m model.nothing",
        "bash .ci/walk",
        "rm -r results",
    ],
)
def test_a_command_that_does_not_exist_is_noticed(wrong: str) -> None:
    with pytest.raises((AssertionError, ModuleNotFoundError)):
        check(shlex.split(wrong))


def test_readme_is_looked_at() -> None:
    told = [" ".join(command) for command in commands(ROOT / "README.md")]
    assert "uv run run.py compare" in told
    assert "uv run pytest" in told
    assert "python run.py compare" in told
