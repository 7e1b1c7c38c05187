"""Notebooks run from top to bottom, and hold what they print."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.docs.pages import DOCS, ROOT, name_of

NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))
PATIENCE = 300
"""Seconds for a cell, on a machine that has other things to do."""


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    asked = [cell for cell in notebook.cells if cell.cell_type == "code"]
    client = NotebookClient(
        notebook, timeout=PATIENCE, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    )
    client.execute()
    assert asked
    assert all(cell.execution_count for cell in asked)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_shows_what_it_did(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert {output.output_type for output in shown} <= {"stream", "execute_result"}
    assert any("image/png" in output.get("data", {}) for output in shown)
    assert str(ROOT) not in path.read_text("utf-8")


def test_the_walk_is_looked_at() -> None:
    assert [path.name for path in NOTEBOOKS] == ["sweeps.ipynb"]
