"""Files that are wrong on purpose: beside each, in a file of the same name, what its message must say.

A line of such a file is ``label: fragment``; the labels are for the reader. A new case is two new files.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from model.loading import ScenarioError, load_scenario

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.toml"))


def expected(path: Path) -> list[tuple[str, str]]:
    lines = path.with_suffix(".txt").read_text("utf-8").splitlines()
    return [(label, fragment) for label, _, fragment in (line.partition(": ") for line in lines)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_message_names_what_is_wrong_and_what_is_allowed(path: Path) -> None:
    with pytest.raises(ScenarioError) as raised:
        load_scenario(path)
    message = str(raised.value)
    for label, fragment in expected(path):
        assert fragment in message, label
    assert any(name in message for name in (path.name, *said_of(path, "file"), *said_of(path, "key")))
    assert message.isprintable() or len(raised.value.complaints) > 1
    assert max(map(len, message.splitlines())) < 600
    assert "pydantic" not in message


def said_of(path: Path, label: str) -> list[str]:
    return [fragment for name, fragment in expected(path) if name == label]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_expects_a_place_and_a_rule(path: Path) -> None:
    labels = {label for label, _ in expected(path)}
    assert labels & {"key", "line"}
    assert "allowed" in labels


def test_every_expectation_has_its_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {path.stem for path in FILES}
    assert len(FILES) >= 25
