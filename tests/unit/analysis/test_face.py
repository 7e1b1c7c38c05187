"""The face: what commands do, from Python and in notebooks."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import analysis
import model
from analysis.errors import RequestError
from analysis.face import Answer
from model.record import OUTCOMES

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def found() -> Answer:
    return analysis.compare(
        "thin_rural_region", regimes=["none", "cluster"], seeds=3, steps=8, jobs=1, firms__number=20
    )


def test_importing_it_reads_nothing_that_computes() -> None:
    told = (
        "import sys, analysis, model; print(sorted({'numpy', 'pandas', 'numba', 'mesa'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", [analysis, model])
def test_every_name_is_there_and_offered(module: object) -> None:
    names = module.__all__  # type: ignore[attr-defined]
    assert set(names) <= set(dir(module))
    assert all(getattr(module, name) is not None for name in names)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = module.nonsense  # type: ignore[attr-defined]


def test_a_comparison_has_frames_figures_and_sentences(found: Answer) -> None:
    assert found.comparison is found.tables["comparison"]
    assert len(found.comparison) == 2 * len(OUTCOMES)
    assert found.findings.manifest["scenario"]["firms"]["number"] == 20
    assert found.series["step"].max() == 8
    assert "gains" in dir(found)
    assert "On average over 2 years and 3 simulated regions" in repr(found)
    with pytest.raises(AttributeError, match="there is no table 'comparisons'"):
        _ = found.comparisons


def test_figures_are_drawn_by_name(found: Answer) -> None:
    assert "outcomes" in found.figures
    drawn = found.plot("outcomes", theme="dark")
    assert drawn.axes
    with pytest.raises(LookupError, match="outcomes"):
        found.plot("outcome")


def test_a_notebook_shows_the_answer_and_escapes_it(found: Answer) -> None:
    shown = found._repr_html_()
    assert "<summary>Outcomes</summary>" in shown
    assert "cluster support" in shown
    evil = analysis.run("thin_rural_region", steps=1, jobs=1, firms__number=12, story__title="<b>&")
    assert "<h3>&lt;b&gt;&amp;</h3>" in evil._repr_html_()


def test_results_are_saved_opened_and_reported(found: Answer, tmp_path: Path) -> None:
    again = analysis.open_results(found.save(tmp_path / "kept", theme=None))
    assert repr(again) == repr(found)
    page = found.report(tmp_path / "page.html").read_text("utf-8")
    assert "data:image/svg+xml" in page
    assert "What this cannot tell" in page


def test_parameters_are_offered_as_keywords() -> None:
    offered = inspect.signature(analysis.compare).parameters
    assert {"firms__number", "steps", "regimes"} <= set(offered)


def test_an_ablation_is_one_call_too() -> None:
    found = analysis.ablate(regimes=["cluster"], seeds="7-8", steps=2, jobs=1, firms__number=12)
    assert set(found.effects["seeds"]) == {2}


def test_what_makes_no_sense_is_told_in_the_terms_of_python() -> None:
    with pytest.raises(RequestError, match="Did you mean 'cluster'") as caught:
        analysis.compare(regimes=["none", "clustr"])
    assert "--" not in str(caught.value)
    with pytest.raises(RequestError) as twice:
        analysis.compare(regimes=["none", "none"])
    assert str(twice.value).startswith("regimes = none,none:")
    with pytest.raises(model.ScenarioError, match="number"):
        analysis.compare(firms__numbr=3)
