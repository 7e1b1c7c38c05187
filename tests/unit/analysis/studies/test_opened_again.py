"""Every study of the evidence: what was found is opened again, says the same, and has a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.report.opening import read_report
from analysis.runs.experiment import Experiment
from analysis.studies.calibration.design import Adjustment, Check
from analysis.studies.europe.design import estimation, validation
from analysis.studies.facts.design import design as facts
from analysis.studies.organisations.design import design as organisations
from analysis.studies.profile.design import design as profile
from analysis.studies.publisher import open_results, save
from analysis.studies.replication.design import design as replication
from analysis.studies.study import Findings, Study
from analysis.words.document import Number, text_of
from model.loading import load_scenario
from model.scenario import Scenario

TINY = load_scenario(Scenario(), {"steps": 3, "firms.number": 12})
STUDIES: dict[str, Callable[[], Study]] = {
    "organisations": lambda: organisations(
        Experiment("tiny", TINY, ("none", "cluster"), (7, 8)), "university"
    ),
    "replication": lambda: replication("cowan-jonard", ["agents=24", "neighbours=4", "experts=3"], "300-301"),
    "calibration_check": lambda: Check(TINY, (400, 401)),
    "calibration_adjust": lambda: Adjustment(TINY, 2, 2),
    "europe": lambda: validation("machine_building_meets_iot", (), "1", 80, 60),
    "europe_estimation": lambda: estimation("machine_building_meets_iot", 80, 50, 2),
    "facts": lambda: facts("2,5", "0-2", ["firms.number=40", "steps=20"]),
    "profile": lambda: profile("EE00"),
}


@pytest.fixture(scope="module", params=STUDIES)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Findings, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    findings = STUDIES[request.param]().run(jobs=1, store=folder)
    assert findings.kind == request.param
    return findings, save(findings, folder / "results", theme=None)


def test_findings_that_are_opened_again_say_the_same(found: tuple[Findings, Path]) -> None:
    findings, folder = found
    again = open_results(folder)
    assert type(again) is type(findings)
    assert again.complete
    assert again.failed == []
    for name in ("title", "subtitle", "seeds"):
        assert getattr(again, name) == getattr(findings, name)
    for name in ("size", "asked", "answer", "mind", "warnings", "described"):
        assert getattr(again, name)() == getattr(findings, name)(), name
    assert [section.heading for section in again.sections()] == [
        section.heading for section in findings.sections()
    ]
    assert [texts(section.tables) for section in again.sections()] == [
        texts(section.tables) for section in findings.sections()
    ]


def texts(tables: object) -> list[list[str]]:
    assert isinstance(tables, tuple)
    return [
        [cell.text if isinstance(cell, Number) else cell for row in table.rows for cell in row]
        for table in tables
    ]


def test_every_table_has_a_cell_for_each_heading(found: tuple[Findings, Path]) -> None:
    findings, _ = found
    for section in findings.sections():
        for table in section.tables:
            assert table.rows
            assert {len(row) for row in table.rows} == {len(table.headings)}


def test_sentences_end_and_their_numbers_have_a_source(found: tuple[Findings, Path]) -> None:
    findings, _ = found
    for sentence in (*findings.asked(), *findings.answer(), *findings.mind(), *findings.warnings()):
        assert text_of(sentence).endswith((".", "?"))
    for sentence in findings.answer():
        for part in sentence:
            assert isinstance(part, str) or part.source.split("/")[0] in {*findings.tables, "manifest"}


def test_it_has_a_report(found: tuple[Findings, Path]) -> None:
    findings, folder = found
    report = read_report(folder)
    assert report.answer == findings.answer()
    headings = [section.heading for section in report.sections]
    assert "What this cannot tell" in headings
    assert len(headings) > len(findings.sections())


def test_figures_are_those_that_sections_show(found: tuple[Findings, Path]) -> None:
    findings, _ = found
    shown = {name for section in findings.sections() for name in section.figures}
    assert set(findings.figures("light")) <= shown
