"""What is generated from the code is what the code says today."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.writers.documentation import contents, parts, refresh
from model.observables import OBSERVABLES
from model.policy.instruments import INSTRUMENTS
from model.schedule import SCHEDULE
from model.state import COLUMNS
from tests.docs.pages import DOCS, ROOT, name_of

GENERATED = sorted(contents())


@pytest.mark.parametrize("page", GENERATED, ids=name_of)
def test_generated_parts_are_up_to_date(page: Path) -> None:
    wanted = contents()[page]
    assert page.read_text("utf-8") == wanted, "run python -m docs.writers.documentation"


def test_every_part_is_used_and_nothing_else() -> None:
    text = "".join(page.read_text("utf-8") for page in GENERATED)
    assert all(f"<!-- generated: {name} -->" in text for name in parts())
    assert text.count("<!-- generated: ") == text.count("<!-- end of generated -->")


def test_a_part_that_somebody_edits_is_noticed() -> None:
    page = DOCS / "odd.md"
    text = page.read_text("utf-8")
    edited = text.replace("| `size` | (carriers) |", "| `sise` | (carriers) |")
    assert edited != text
    assert refresh(edited) == refresh(text)


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(KeyError):
        refresh("<!-- generated: nothing -->\n<!-- end of generated -->\n")


def test_the_description_names_everything() -> None:
    text = (ROOT / "docs" / "odd.md").read_text("utf-8")
    names = [column.name for column in COLUMNS]
    names += [entry.name for entry in SCHEDULE]
    names += [*INSTRUMENTS, *OBSERVABLES]
    assert [name for name in names if f"| `{name}` |" not in text] == []
