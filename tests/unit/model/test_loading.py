"""Loading scenarios: what they are referred to by, and whatever a file may turn out to be."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from model.loading import library, load_scenario
from model.loading.reading import MAXIMUM_BYTES
from tests.unit.model.refusals import STORY, message, write


def test_a_story_goes_by_its_name_and_a_file_by_its_path(tmp_path: Path) -> None:
    story = load_scenario(STORY)
    assert load_scenario(library()[STORY]) == story
    assert load_scenario(str(library()[STORY])) == story
    assert load_scenario(write(tmp_path, f'extends = "{STORY}"\n')) == story


def test_a_file_cannot_hide_a_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "steps = 3\n", STORY)
    monkeypatch.chdir(tmp_path)
    assert load_scenario(STORY).steps != 3


def test_a_mistyped_story_is_answered_with_the_nearest() -> None:
    said = message("machine_building_meet_iot")
    names = ", ".join(sorted(library()))
    assert said.startswith(f'"machine_building_meet_iot": is neither the name of a story ({names}) ')
    assert said.endswith('did you mean "machine_building_meets_iot"?')


@pytest.mark.parametrize("reference", ["", ".toml", "../x", "/etc/passwd", "a/b", "x.tml", "a\x1b[31m"])
def test_a_name_that_is_a_path_or_nothing_is_refused(reference: str) -> None:
    said = message(reference)
    assert "is neither the name of a story (" in said
    assert "nor the path of a file that ends in .toml" in said
    assert said.isprintable()


def test_a_missing_file_is_answered_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "steps = 3\n", "harbour.toml")
    assert message(tmp_path / "harbor.toml").endswith(f"did you mean {tmp_path / 'harbour.toml'}?")
    assert "nor is there a folder" in message(tmp_path / "none" / "harbour.toml")


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "")
    os.truncate(path, 100_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    said = message(path)
    assert said == f"{path}: has 100.0 MB; a scenario has at most 1 MB"


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, b"#" * (MAXIMUM_BYTES + 1))
    small = write(tmp_path, "steps = 3\n", "small.toml").stat()
    monkeypatch.setattr(Path, "stat", lambda *_, **__: small)
    assert "a scenario has at most 1 MB" in message(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"steps = 3\n# caf\xe9\n", ", line 2: is not UTF-8 text (byte 0xe9); save it as UTF-8"),
        ("steps = 3\n".encode("utf-16"), ", line 1: is not UTF-8 text (byte 0xff); save it as UTF-8"),
        (
            b"\xef\xbb\xbfsteps = 3\n",
            ': starts with a byte-order mark; save it as "UTF-8", not as "UTF-8 with BOM"',
        ),
        (b"steps = 3\x00\n", "is not TOML"),
        (bytes(range(256)), ", line 2: is not UTF-8 text (byte 0x80)"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    answer = message(write(tmp_path, content))
    assert answer.startswith(str(tmp_path / "mine.toml"))
    assert said in answer
    assert answer.isprintable()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "stories.toml"
    folder.mkdir()
    assert message(folder) == f"{folder}: is a folder; a scenario is a file that ends in .toml"
    assert message(tmp_path) == f"{tmp_path}: is a folder; a scenario is a file that ends in .toml"


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    assert message(path) == f"{path}: is no ordinary file"


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "steps = 3\n")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # A superuser may read everything, so the mode of the file alone would show nothing.
    monkeypatch.setattr(Path, "open", refuse)
    assert message(path) == f"{path}: cannot be read (Permission denied)"


@pytest.mark.parametrize("name", ["a\0b.toml", "x" * 5000 + ".toml"])
def test_a_name_that_no_file_can_have_is_refused(name: str, tmp_path: Path) -> None:
    said = message(tmp_path / name)
    assert "cannot be" in said
    assert said.isprintable()
    assert len(said) < 400


def test_links_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "one.toml").symlink_to("two.toml")
    (tmp_path / "two.toml").symlink_to("one.toml")
    assert "cannot be read" in message(tmp_path / "one.toml")
    assert "one.toml" in message(write(tmp_path, 'extends = "one.toml"\n'))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = " + "[" * 100_000, "nested more than 16 deep"),
        ("x = " + "{x = " * 20 + "1" + "}" * 20, "nested more than 16 deep"),
        (".".join("x" * 400_000) + " = 1", "line 1: has more than 100 dots"),
        ("\n".join(f"{'a.' * 99}x{number} = 1" for number in range(1000)), "nested more than 16 deep"),
        ("\n".join(f"x{number} = 1" for number in range(20_000)), "20000 errors:"),
        ("[firms]\n" + "x" * 900_000 + " = 1", "there is no such key"),
        (f'story.text = "{"x" * 900_000}"', "must be text of at most 4000 characters"),
        ("[policy]\nbudget = " + "9" * 100_000, "a number that is far too long"),
        ("steps = 0x" + "f" * 100_000, "a whole number of more than 30 digits"),
        ("[[events]]\n" * 20_000, "errors:"),
    ],
    ids=[
        "lists",
        "tables",
        "dots",
        "many_dots",
        "unknown_keys",
        "long_key",
        "text",
        "digits",
        "hexadecimal",
        "events",
    ],
)
def test_a_file_built_to_exhaust_is_refused_soon_and_shortly(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    begun = time.perf_counter()
    answer = message(path)
    assert time.perf_counter() - begun < 20
    assert said in answer
    assert len(answer) < 8000


def test_many_errors_are_counted_and_a_few_told(tmp_path: Path) -> None:
    path = write(tmp_path, "[firms]\n" + "\n".join(f"x{number} = 1" for number in range(25)))
    lines = message(path).splitlines()
    assert lines[0] == "25 errors:"
    assert lines[-1] == "  and 15 more"
    assert len(lines) == 12
    assert sum("Keys of firms:" in line for line in lines) == 1
