"""What used to be said is said nowhere that a user may read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.studies.comparison.answer import other_outcomes
from analysis.words.document import text_of
from analysis.words.glossary import GLOSSARY, SEED, glossary_of
from analysis.words.phrases import MENDED
from tests.unit.analysis.runs.synthetic import findings
from tests.unit.analysis.studies.comparison.made_up import MadeUp

ROOT = Path(__file__).resolve().parents[3]
HOLDS = ROOT / "analysis" / "words" / "phrases.py"
READ = (
    *sorted((ROOT / "analysis").rglob("*.py")), *sorted((ROOT / "analysis").rglob("*.toml")),
    *sorted((ROOT / "analysis").rglob("*.jinja")), *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "model" / "observables").rglob("*.py")), ROOT / "README.md",
)  # fmt: skip


@pytest.mark.parametrize("phrase", MENDED)
def test_nothing_says_it_the_old_way(phrase: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in READ
        if path != HOLDS and "_build" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if phrase in line and not _code(path, line)
    ]
    assert found == []


def _code(path: Path, line: str) -> bool:
    """Whether a line is about code, which no user reads: a comment or docstring of a module."""
    return path.suffix == ".py" and '"' not in line.replace('"""', "")


def test_tables_of_a_comparison_and_its_answer_are_free_of_it() -> None:
    found = findings()
    told = [*found.sentences(), str(found.sections()), found.limits(), *map(text_of, found.mind())]
    assert not [phrase for phrase in MENDED for each in told if phrase in str(each)]


def test_no_policy_comes_first_where_it_does() -> None:
    made = MadeUp({"none": [1.0, 1.0], "sector": [2.0, 2.1]})
    table = made.tables["comparison"]
    table.loc[(table["outcome"] == "breadth") & (table["regime"] == "none"), "mean"] = 9.0
    assert "on breadth, no policy comes first" in text_of(other_outcomes(made))


def test_a_seed_is_always_explained_and_other_terms_where_they_occur() -> None:
    assert list(glossary_of("")) == ["seed"]
    assert {"seed", "expert equivalent", "p, adjusted"} <= set(glossary_of("Expert equivalents; P, adjusted"))
    assert all(meaning.endswith(".") for meaning in (*GLOSSARY.values(), SEED))
