"""The order of the house holds."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 500
LONGEST_FUNCTION = 60
CODE = sorted(path for part in ("model", "analysis", "tests") for path in (ROOT / part).rglob("*.py"))
# Where compiled code is kept is a matter of files and folders; no kernel is in there.
KERNELS = sorted(
    set((ROOT / "model" / "kernels").glob("*.py")) - {ROOT / "model" / "kernels" / "cache_folder.py"}
)


def imported(source: str) -> set[str]:
    """Names of the modules that a file imports, whatever the way."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "." * node.level)
    return names


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Functions of a file, and their lines without the docstring."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            if ast.get_docstring(node) is not None and len(node.body) > 1:
                first = node.body[1]
            yield node.name, (node.end_lineno or first.lineno) - first.lineno + 1


def test_every_room_stands_on_those_below() -> None:
    # In a process of its own: the linter switches off every logger that the tests before it made.
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", KERNELS, ids=lambda path: path.stem)
def test_kernels_import_numpy_math_numba_and_nothing_else(path: Path) -> None:
    allowed = {"__future__", "collections.abc", "math", "numba", "numpy", "typing"}
    foreign = {
        name for name in imported(path.read_text("utf-8")) - allowed if not name.startswith("model.kernels")
    }
    assert foreign == set()


def test_the_search_for_imports_finds_them() -> None:
    assert imported("import os.path\ndef f():\n    from a.b import c") == {"os.path", "a.b"}


def test_nothing_imports_the_command_line() -> None:
    inside = [
        path for path in CODE if path.is_relative_to(ROOT / "model") or path.is_relative_to(ROOT / "analysis")
    ]
    assert [path for path in inside if "run" in imported(path.read_text("utf-8"))] == []


def test_no_file_is_too_long() -> None:
    lengths = {
        str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in (*CODE, ROOT / "run.py")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    # Kernels are loops written out; everything else of the product can be cut.
    paths = [path for path in CODE if path not in KERNELS and not path.is_relative_to(ROOT / "tests")]
    long = {
        f"{path.relative_to(ROOT)}:{name}": lines
        for path in paths
        for name, lines in functions(path)
        if lines > LONGEST_FUNCTION
    }
    assert long == {}
