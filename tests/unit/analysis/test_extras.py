"""What is not installed is named with the extra that brings it; uv installs it and starts the program again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.commands.checkout import ROOT, keep_bytecode
from analysis.extras import MissingExtraError, needs
from tests.environment import EXTRAS

FAKE_UV = """#!/bin/sh
echo "$@"
echo "$KNOWLEDGE_FOUNTAINS_EXTRA"
"""


def test_a_missing_package_names_its_extra() -> None:
    with pytest.raises(MissingExtraError, match=r"The dashboard is not installed: .*\[dashboard\]") as caught:  # noqa: SIM117
        with needs("dashboard", "The dashboard", "no_such_package"):
            import no_such_package.inside  # type: ignore[import-not-found]  # noqa: F401, PLC0415
    assert caught.value.extra == "dashboard"


def test_a_module_that_is_missing_for_another_reason_is_an_error_of_ours() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_package"), needs("dashboard", "It", "solara"):
        import no_such_package  # noqa: F401, PLC0415


def test_every_extra_that_code_asks_for_is_declared() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "analysis").rglob("*.py")]
    asked = {
        extra
        for extra in EXTRAS
        for text in sources
        if f'needs("{extra}"' in text or f'Error("{extra}"' in text
    }
    assert asked == {"dashboard", "discover", "estimate", "optimise", "research"}


def start_again(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Ask for an extra in a process of its own, with a uv that only tells how it was called."""
    uv = folder / "uv"
    uv.write_text(FAKE_UV, "utf-8")
    uv.chmod(0o755)
    program = (
        "from analysis.commands.checkout import start_again_with as again\n"
        "again('research', 'run.py', 'export', 'a folder')\nprint('went on')"
    )
    known = {
        name: value for name, value in os.environ.items() if name not in {"UV", "KNOWLEDGE_FOUNTAINS_EXTRA"}
    }
    return subprocess.run(
        [sys.executable, "-c", program],
        env=known | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.skipif(os.name != "posix", reason="a program cannot become another one there")
def test_uv_adds_the_extra_and_starts_the_same_again(tmp_path: Path) -> None:
    told = start_again(tmp_path, UV=str(tmp_path / "uv"))
    assert told.stdout == f"run --project {ROOT} --extra research run.py export a folder\nresearch\n"
    assert "uv run --extra research" in told.stderr


def test_without_uv_nothing_is_started(tmp_path: Path) -> None:
    assert start_again(tmp_path).stdout == "went on\n"


def test_what_was_added_in_vain_is_not_added_for_ever(tmp_path: Path) -> None:
    told = start_again(tmp_path, UV=str(tmp_path / "uv"), KNOWLEDGE_FOUNTAINS_EXTRA="dashboard research")
    assert told.stdout == "went on\n"


def test_bytecode_is_kept_in_the_environment_where_it_must_not_lie_beside_the_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    keep_bytecode()
    assert sys.dont_write_bytecode, "Python outside of an environment is somebody else's"
    monkeypatch.setattr(sys, "base_prefix", "another")
    keep_bytecode()
    assert not sys.dont_write_bytecode
    assert Path(str(sys.pycache_prefix)).parent == Path(sys.prefix)
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert os.environ["PYTHONPYCACHEPREFIX"] == sys.pycache_prefix
