"""Scenarios that extend others: merged, kept inside their folder, and never in a circle."""

from __future__ import annotations

from pathlib import Path

from model.loading import load_scenario
from model.loading.inheritance import MAXIMUM_CHAIN, merge
from tests.unit.model.refusals import message, write


def test_tables_are_merged_and_lists_replaced(tmp_path: Path) -> None:
    write(tmp_path, 'firms.number = 50\nfirms.places = 2\nstory.questions = ["Why?", "How?"]\n', "base.toml")
    child = write(tmp_path, 'extends = "base.toml"\nfirms.places = 3\nstory.questions = ["Who?"]\n')
    scenario = load_scenario(child)
    assert (scenario.firms.number, scenario.firms.places) == (50, 3)
    assert scenario.story.questions == ("Who?",)


def test_a_table_of_another_kind_replaces_the_whole_table() -> None:
    base = {"regimes": {"mine": {"kind": "cluster", "outward": 0.5}, "sector": {"priorities": 3}}}
    changes = {"regimes": {"mine": {"kind": "sector"}, "sector": {"spotting_share": 0.1}}}
    assert merge(base, changes) == {
        "regimes": {"mine": {"kind": "sector"}, "sector": {"priorities": 3, "spotting_share": 0.1}}
    }
    assert base["regimes"]["sector"] == {"priorities": 3}


def test_a_scenario_extends_files_beside_and_below_it_only(tmp_path: Path) -> None:
    write(tmp_path, "steps = 7\n", "outside.toml")
    write(tmp_path, "steps = 8\n", "mine/beside.toml")
    write(tmp_path, 'extends = "deeper.toml"\n', "mine/below/base.toml")
    write(tmp_path, "steps = 9\n", "mine/below/deeper.toml")
    assert load_scenario(write(tmp_path, 'extends = "beside.toml"\n', "mine/a.toml")).steps == 8
    assert load_scenario(write(tmp_path, 'extends = "below/base.toml"\n', "mine/b.toml")).steps == 9
    for reference in ("../outside.toml", str(tmp_path / "outside.toml"), "below/../../outside.toml"):
        said = message(write(tmp_path, f'extends = "{reference}"\n', "mine/c.toml"))
        assert "must be a file beside this one or in a folder below it" in said


def test_a_link_is_no_way_out(tmp_path: Path) -> None:
    write(tmp_path, "steps = 7\n", "outside.toml")
    child = write(tmp_path, 'extends = "link.toml"\n', "mine/a.toml")
    (tmp_path / "mine" / "link.toml").symlink_to(tmp_path / "outside.toml")
    assert "must be a file beside this one" in message(child)


def test_a_circle_is_told_with_its_files(tmp_path: Path) -> None:
    write(tmp_path, 'extends = "two.toml"\n', "one.toml")
    write(tmp_path, 'extends = "three.toml"\n', "two.toml")
    write(tmp_path, 'extends = "two.toml"\n', "three.toml")
    said = message(tmp_path / "one.toml")
    names = [str(tmp_path / name) for name in ("two.toml", "three.toml", "two.toml")]
    assert said.endswith(f"must not lead back to itself: {' -> '.join(names)}")


def test_a_chain_may_have_a_few_files_and_no_more(tmp_path: Path) -> None:
    write(tmp_path, "steps = 7\n", "0.toml")
    for number in range(1, MAXIMUM_CHAIN + 1):
        write(tmp_path, f'extends = "{number - 1}.toml"\n', f"{number}.toml")
    assert load_scenario(tmp_path / f"{MAXIMUM_CHAIN - 1}.toml").steps == 7
    assert f"at most {MAXIMUM_CHAIN} files may extend each other" in message(
        tmp_path / f"{MAXIMUM_CHAIN}.toml"
    )


def test_each_error_names_the_source_of_its_value(tmp_path: Path) -> None:
    write(tmp_path, "[firms]\nnumber = 0\nplaces = 0\nmean_size = 0\n", "base.toml")
    child = write(tmp_path, 'extends = "base.toml"\n[firms]\nplaces = -1\n')
    lines = message(child, "firms.mean_size=0.5").splitlines()
    assert lines[0] == "3 errors:"
    assert lines[1].startswith(f"  {tmp_path / 'base.toml'}: firms.number = 0: ")
    assert lines[2].startswith(f"  {child}: firms.places = -1: ")
    assert lines[3].startswith("  --set: firms.mean_size = 0.5: ")
