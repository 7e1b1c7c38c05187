"""The evidence page is what its command makes of the tables that are kept, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import run
from analysis.errors import RequestError
from docs.writers.evidence import keeping
from docs.writers.evidence.__main__ import PAGE
from docs.writers.evidence.keeping import keep, typed
from docs.writers.evidence.page import page
from docs.writers.evidence.reading import known_limits, read_evidence
from tests.docs.pages import DOCS
from tests.unit.analysis.studies.sweep.sweeps import SMALL

FEW = {**SMALL, "knowledge_space.latent_names": []}
"""The rural story's unknown domains are not among so few."""
SETTINGS = [part for key, value in FEW.items() for part in ("--set", f"{key}={json.dumps(value)}")]


def test_the_page_follows_from_the_tables() -> None:
    assert PAGE.read_text("utf-8") == page(read_evidence()), "run python -m docs.writers.evidence"


def test_every_part_of_the_evidence_is_there() -> None:
    headings = re.findall(r"^## (.+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert headings == [
        "Facts", "Replication", "Calibration", "Validation against Europe", "Sensitivity", "Organisations",
        "Verification", "Limits",
    ]  # fmt: skip


def test_another_number_makes_another_page() -> None:
    evidence = read_evidence()
    shown = {"replication": "difference", "europe": "model", "sensitivity": "mu", "organisations": "relative"}
    assert set(shown) <= set(evidence.tables)
    for name, column in shown.items():
        table = evidence.tables[name]
        other = {**evidence.tables, name: table.assign(**{column: table[column] + 1})}
        assert page(replace(evidence, tables=other)) != page(evidence), name
    yields = evidence.calibration.assign(verdict="outside")
    assert "0 of 10 within tolerance" in page(replace(evidence, calibration=yields))
    some = {name: table for name, table in evidence.tables.items() if name != "europe"}
    assert "## Validation against Europe" not in page(replace(evidence, tables=some))


def test_limits_are_those_of_the_design() -> None:
    design = (DOCS / "design.md").read_text("utf-8")
    limits = known_limits(design)
    assert sum(map(len, limits.values())) == design.partition("## Known limits")[2].count("\n- **")
    assert len(limits) == 3


def test_results_are_kept_whole_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "DOCS", tmp_path)
    monkeypatch.setattr(keeping, "KEPT", tmp_path / "evidence")
    monkeypatch.setattr(keeping, "SOURCES", tmp_path / "evidence" / "sources.json")
    folder = tmp_path / "results"
    common = ["--seeds", "2", "--jobs", "1", "--quiet", "--figures", "none", *SETTINGS]
    told = ["organisations", "thin_rural_region", "--kinds", "university", "--regimes", "none", *common]
    assert CliRunner().invoke(run.app, [*told, "--out", str(folder)]).exit_code == 0
    assert keep(folder) == "organisations"
    kept = pd.read_csv(tmp_path / "organisations.csv")
    measured = pd.read_csv(folder / "data" / "contributions.csv")
    assert kept["contribution"].tolist() == pytest.approx(measured["contribution"].tolist(), rel=1e-4)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for wrong in ({"complete": False}, {"runs_failed": [{"seed": 1}]}):
        (folder / "manifest.json").write_text(json.dumps(manifest | wrong), "utf-8")
        with pytest.raises(RequestError, match="complete results"):
            keep(folder)
    with pytest.raises(RequestError, match="holds no results"):
        keep(tmp_path)


def test_commands_are_told_without_anybodys_folders() -> None:
    command = [
        "/home/me/run.py",
        "validate",
        "europe",
        "--jobs",
        "2",
        "--out",
        "/home/me/x",
        "--quiet",
        "--every",
        "3",
    ]
    assert typed({"command": command}) == "python run.py validate europe --every 3"
    assert typed({"command": ["run.py", "facts", "--out=/home/me/x"]}) == "python run.py facts"
