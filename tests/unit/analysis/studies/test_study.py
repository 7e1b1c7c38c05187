"""The protocol of studies, by the example of an ablation: run, resumed, saved, opened again."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.runs.experiment import Experiment
from analysis.runs.progress import Note, Progress
from analysis.studies.ablation.design import Ablation, design
from analysis.studies.publisher import open_results, save
from analysis.studies.registry import KINDS, findings_of
from analysis.studies.study import Findings, NothingFinishedError
from analysis.words.document import text_of
from model.loading import load_scenario
from model.record import OUTCOMES
from model.region import run
from model.scenario import Scenario

TINY = load_scenario(Scenario(), {"steps": 3, "firms.number": 12})
SEEDS = (7, 8)
TREATMENTS = 1 + 1 + 32 + 8


@pytest.fixture(scope="module")
def study() -> Ablation:
    return design(Experiment("tiny", TINY, ("cluster",), SEEDS))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="module")
def findings(study: Ablation, store: Path) -> Findings:
    return study.run(jobs=1, store=store)


def test_whoever_listens_hears_every_run(study: Ablation) -> None:
    told: list[Progress | Note] = []
    study.run(jobs=1, progress=told.append)
    heard = [each for each in told if isinstance(each, Progress)]
    assert [each.done for each in heard] == list(range(TREATMENTS * len(SEEDS) + 1))
    assert {each.total for each in heard} == {TREATMENTS * len(SEEDS)}


def test_outcomes_are_those_of_plain_runs_in_the_order_of_the_design(
    study: Ablation, findings: Findings
) -> None:
    outcomes = findings.tables["outcomes"]
    assert list(outcomes.columns) == ["regime", "seed", *OUTCOMES]
    assert list(outcomes["regime"]) == [name for name in study.treatments.names for _ in SEEDS]
    assert list(outcomes["seed"]) == list(SEEDS) * TREATMENTS
    row = outcomes.iloc[-1]
    alone = run(study.experiment.scenario.with_regime(str(row["regime"])), int(row["seed"]))
    assert row[list(OUTCOMES)].to_dict() == alone.outcomes
    spending = findings.tables["spending"].set_index("regime")["spent"]
    spent = [
        run(study.experiment.scenario.with_regime(str(row["regime"])), seed).ledger()["spent"].sum()
        for seed in SEEDS
    ]
    assert spending[row["regime"]] == pytest.approx(sum(spent) / len(SEEDS), rel=1e-12)


def test_what_was_run_is_found_again(study: Ablation, findings: Findings, store: Path) -> None:
    told: list[Progress | Note] = []
    again = study.run(jobs=1, progress=told.append, store=store)
    assert [each.text for each in told if isinstance(each, Note)] == [
        f"{TREATMENTS * len(SEEDS)} of {TREATMENTS * len(SEEDS)} runs were made before and are not repeated."
    ]
    for name, table in findings.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


def test_a_study_that_is_stopped_finds_what_was_finished_and_goes_on(study: Ablation, tmp_path: Path) -> None:
    def stop(told: Progress | Note) -> None:
        if isinstance(told, Progress) and told.done == 5:
            raise KeyboardInterrupt

    part = study.run(jobs=1, progress=stop, store=tmp_path)
    assert part.stopped
    assert not part.complete
    assert part.manifest["runs_finished"] == 5
    heard: list[Progress | Note] = []
    whole = study.run(jobs=1, progress=heard.append, store=tmp_path)
    assert whole.complete
    assert next(each.done for each in heard if isinstance(each, Progress)) == 5


def test_a_study_that_is_stopped_at_once_finds_nothing(study: Ablation) -> None:
    def stop(told: Progress | Note) -> None:
        if isinstance(told, Progress):
            raise KeyboardInterrupt

    with pytest.raises(NothingFinishedError) as caught:
        study.run(jobs=1, progress=stop)
    assert caught.value.stopped


def test_findings_that_are_opened_again_say_the_same(findings: Findings, tmp_path: Path) -> None:
    folder = save(findings, tmp_path / "kept", theme=None)
    opened = open_results(folder)
    assert type(opened) is type(findings)
    assert opened.sentences() == findings.sentences()
    assert (folder / "findings.txt").read_text("utf-8").splitlines() == findings.sentences()
    assert opened.size() == findings.size()
    assert [section.tables for section in opened.sections()] == [
        section.tables for section in findings.sections()
    ]
    assert opened.manifest["kind"] == "ablation"
    assert opened.manifest["kind_version"] == 1


def test_every_number_in_the_answer_says_where_it_comes_from(findings: Findings) -> None:
    for sentence in findings.answer():
        assert text_of(sentence).endswith(".")
        for part in sentence:
            assert isinstance(part, str) or part.source.split("/")[0] in findings.tables


def test_results_of_another_kind_or_version_are_told(findings: Findings, tmp_path: Path) -> None:
    folder = save(findings, tmp_path / "kept", theme=None)
    with pytest.raises(RequestError, match="holds no results"):
        open_results(tmp_path)
    for change, reason in (({"kind": "oracle"}, "another kind"), ({"kind_version": 99}, "another version")):
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        (folder / "manifest.json").write_text(json.dumps(manifest | change), "utf-8")
        with pytest.raises(RequestError, match=reason):
            open_results(folder)
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert open_results(folder).seeds == len(SEEDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_of_the_registry_names_findings_of_that_kind(kind: str) -> None:
    found = findings_of(kind)
    assert found is not None
    assert found.kind == kind
