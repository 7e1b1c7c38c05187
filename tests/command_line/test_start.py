"""Help comes at once: what computes is imported when a command runs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.command_line.command import ROOT

PROGRAM = """
import contextlib, io, json, sys
sys.argv[0] = "run.py"
from run import app
with contextlib.redirect_stdout(io.StringIO()) as shown:
    app(sys.argv[1:], standalone_mode=False)
print(json.dumps([shown.getvalue(), sorted({name.partition(".")[0] for name in sys.modules})]))
"""
COMPUTE = {"matplotlib", "mesa", "model", "numba", "numpy", "pandas", "pyarrow", "scipy"}


@pytest.mark.parametrize("arguments", [["--help"], ["compare", "--help"], ["regions", "--help"]])
def test_help_imports_nothing_that_computes(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shown, modules = json.loads(done.stdout)
    assert "Usage: run.py" in shown
    assert COMPUTE & set(modules) == set()
