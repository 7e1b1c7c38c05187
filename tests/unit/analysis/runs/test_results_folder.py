"""Folders of results: whole or not at all, and never over something else."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.runs import results_folder


def write(folder: Path, content: str = "new", **manifest: object) -> None:
    def fill(fresh: Path) -> None:
        (fresh / "content").write_text(content)
        results_folder.write_manifest(fresh, manifest)

    results_folder.write_folder(folder, fill)


def test_a_folder_is_written_and_replaced_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "results"
    write(folder, "old")
    (folder / "left over").touch()
    write(folder, "new")
    assert (folder / "content").read_text() == "new"
    assert sorted(path.name for path in folder.iterdir()) == [
        "content",
        "manifest.json",
        "ro-crate-metadata.json",
    ]
    assert [path.name for path in folder.parent.iterdir()] == ["results"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_goes_wrong_while_writing_leaves_the_former_results(
    tmp_path: Path, error: type[BaseException]
) -> None:
    folder = tmp_path / "results"
    write(folder, "old")

    def fill(fresh: Path) -> None:
        (fresh / "content").write_text("half")
        raise error

    with pytest.raises(error):
        results_folder.write_folder(folder, fill)
    assert (folder / "content").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(RequestError, match="something other than results"):
        results_folder.check_folder(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(RequestError, match="something other than results"):
        results_folder.check_folder(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RequestError, match="this is a file"):
        results_folder.check_folder(tmp_path / "file")
    with pytest.raises(RequestError, match="nothing can be written"):
        results_folder.check_folder(tmp_path / "file" / "below")


def test_new_empty_and_former_folders_will_do(tmp_path: Path) -> None:
    write(tmp_path / "former")
    (tmp_path / "empty").mkdir()
    for name in ("former", "empty", "new", "new/er"):
        results_folder.check_folder(tmp_path / name)


def test_results_of_another_experiment_are_not_replaced_by_default(tmp_path: Path) -> None:
    def choose(identity: str) -> str:
        return results_folder.default_folder("story", identity, tmp_path).name

    assert choose("a") == "story"
    write(tmp_path / "story", identity="a")
    assert choose("a") == "story"
    assert choose("b") == "story-2"
    write(tmp_path / "story-2", identity="b")
    assert choose("b") == "story-2"
    assert choose("c") == "story-3"


@pytest.mark.parametrize("name", ["../../etc", "a/b", "..", "", "x" * 300, "büro\n"])
def test_a_folder_lies_below_its_parent_whatever_the_name(tmp_path: Path, name: str) -> None:
    folder = results_folder.default_folder(name, "a", tmp_path)
    assert folder.resolve().parent == tmp_path.resolve()
    folder.mkdir()


def test_part_of_an_experiment_does_not_replace_the_whole(tmp_path: Path) -> None:
    folder = tmp_path / "story"
    assert results_folder.beside(folder) == folder
    write(folder, complete=False)
    assert results_folder.beside(folder) == folder
    write(folder, complete=True)
    assert results_folder.beside(folder).name == "story-partial"


def test_tables_survive_both_formats(tmp_path: Path) -> None:
    table = pd.DataFrame({"regime": ["none", "a,b"], "seed": [1, 2], "value": [0.1 + 0.2, float("nan")]})
    results_folder.write_table(tmp_path, "table", table)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "table.parquet"), table)
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "table.csv"), table)


def test_a_manifest_that_is_none_is_told_apart(tmp_path: Path) -> None:
    assert results_folder.read_manifest(tmp_path) is None
    for text in ("", "[]", "{}", "\xff"):
        (tmp_path / "manifest.json").write_text(text, "latin-1")
        assert results_folder.read_manifest(tmp_path) is None
    results_folder.write_manifest(tmp_path, {"seeds": [1]})
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["seeds"] == [1]
