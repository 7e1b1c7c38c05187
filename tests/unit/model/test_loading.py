"""Loading scenarios: names, paths, inheritance, settings, and whatever a file may turn out to be."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.loading import ScenarioError, dump_scenario, library, load_scenario
from model.loading.inheritance import MAXIMUM_CHAIN, merge
from model.loading.reading import MAXIMUM_BYTES
from model.scenario import Scenario
from model.spec.declarations import Declaration, declarations
from model.spec.policy import PolicymakerSpec

STORY = "machine_building_meets_iot"


def write(folder: Path, text: str | bytes, name: str = "mine.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def message(reference: str | Path | Scenario, *changes: str) -> str:
    with pytest.raises(ScenarioError) as raised:
        load_scenario(reference, changes)
    return str(raised.value)


# --- what a scenario is referred to by


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
    assert said.startswith(
        '"machine_building_meet_iot": is neither the name of a story (food_meets_nutrition, '
    )
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


# --- files that are no scenario


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


# --- inheritance


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


# --- settings


@pytest.mark.parametrize(
    ("setting", "read"),
    [
        ("firms.number=300", lambda scenario: scenario.firms.number == 300),
        (" firms.number = 1_000 ", lambda scenario: scenario.firms.number == 1000),
        ("firms.mean_size=7", lambda scenario: scenario.firms.mean_size == 7.0),
        ("ties.network=ring", lambda scenario: scenario.ties.network == "ring"),
        ('ties.network="ring"', lambda scenario: scenario.ties.network == "ring"),
        ("channels.freeze_ties=true", lambda scenario: scenario.channels.freeze_ties),
        ("story.title=A = B", lambda scenario: scenario.story.title == "A = B"),
        ("story.text=", lambda scenario: not scenario.story.text),
        ("firms={number = 9}", lambda scenario: scenario.firms.number == 9 and scenario.firms.places == 4),
        ("regimes.sector.priorities=3", lambda scenario: scenario.regimes["sector"].priorities == 3),
        ('story.questions=["Who?"]', lambda scenario: scenario.story.questions == ("Who?",)),
        ("story.questions.0=Who?", lambda scenario: scenario.story.questions[0] == "Who?"),
        ("policy.policymakers.0.name=council", lambda s: s.policy.policymakers[0].name == "council"),
        ("knowledge_space.seed=-1", lambda scenario: scenario.knowledge_space.seed == -1),
        ("regimes.mine.kind=cluster", lambda scenario: scenario.regimes["mine"].kind == "cluster"),
    ],
)
def test_one_setting_reaches_its_parameter(setting: str, read: object) -> None:
    assert read(load_scenario(STORY, [setting]))  # type: ignore[operator]


def test_settings_change_defaults_that_no_file_gives(tmp_path: Path) -> None:
    path = write(tmp_path, "steps = 9\n")
    changes = ["policy.policymakers.0.share=0.25", "policy.policymakers.1.name=ministry"]
    changes += ["policy.policymakers.1.regime=sector", "policy.policymakers.1.share=0.75"]
    policymakers = load_scenario(path, changes).policy.policymakers
    assert [(each.name, each.regime, each.share) for each in policymakers] == [
        ("agency", "smart_specialisation", 0.25),
        ("ministry", "sector", 0.75),
    ]


def test_one_share_of_a_delivery_leaves_the_others() -> None:
    changes = ["regimes.mine.kind=cluster", "regimes.mine.delivery.brokerage=0.7"]
    assert "(brokerage 0.7 + joint_project 0.5)" in message(STORY, *changes)
    scenario = load_scenario(STORY, [*changes, "regimes.mine.delivery.joint_project=0.3"])
    assert scenario.regimes["mine"].delivery == {"brokerage": 0.7, "joint_project": 0.3}


def test_events_can_be_added_key_by_key() -> None:
    changes = ["events.0.kind=budget_change", "events.0.step=9", "events.0.factor=0.0"]
    (event,) = load_scenario(STORY, changes).events
    assert (event.step, event.factor) == (9, 0.0)


def test_a_later_setting_wins() -> None:
    assert load_scenario(STORY, ["steps=9", "steps=8"]).steps == 8
    assert message(STORY, "firms.number=0", "firms={number = 1}").startswith("--set: firms.number = 1: ")


def test_settings_from_python_may_be_of_numpy_or_of_the_model() -> None:
    changes = {
        "firms.number": np.int64(30),
        "firms.skill_mean": np.float32(0.5),
        "story.questions": ("Who?",),
        "policy.policymakers": [PolicymakerSpec(name="council")],
    }
    scenario = load_scenario(STORY, changes)
    assert (scenario.firms.number, scenario.firms.skill_mean) == (30, 0.5)
    assert scenario.story.questions == ("Who?",)
    assert scenario.policy.policymakers == (PolicymakerSpec(name="council"),)
    with pytest.raises(ScenarioError, match=r"setting: firms.number = 2\.5: must be a whole number"):
        load_scenario(STORY, {"firms.number": 2.5})


def test_a_scenario_can_be_changed() -> None:
    scenario = load_scenario(STORY)
    changed = load_scenario(scenario, {"firms.number": 30})
    assert changed.firms.number == 30
    assert load_scenario(scenario) == scenario
    assert message(scenario, "firms.number=0").startswith("--set: firms.number = 0: ")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("firms.number", '--set "firms.number": must be key=value, such as firms.number=300'),
        ("=3", '--set "": must have a dotted key, such as firms.number'),
        ("firms..number=3", '--set "firms..number": must have a dotted key, such as firms.number'),
        ("extends=../../etc/passwd", "--set extends: can only stand in a scenario file"),
        (".".join("x" * 20) + "=1", "has more than 16 parts"),
        ("firms.numbr=3", "--set: firms.numbr = 3: there is no such key; did you mean firms.number?"),
        ("frms.number=3", "--set: frms = {number = 3}: there is no such key; did you mean firms?"),
        ("skill_mean=0.3", "did you mean firms.skill_mean?"),
        ("firms.number=3\nsteps=4", '--set: firms.number = "3\\nsteps=4": must be a whole number'),
        ("steps=2026-01-01", '--set: steps = "2026-01-01": must be a whole number'),
        ("steps=" + "[" * 50_000, "must be a whole number"),
        ("story.title.x=3", 'is "Machine building meets the internet of things", not a table'),
        ("policy.policymakers.7.share=1", "is a list; its entries are 0 to 1, the last one new"),
        ("policy.policymakers.agency.share=1", "policy.policymakers is a list; its entries are 0 to 1"),
        ("policy.policymakers.-1.share=1", "policy.policymakers is a list; its entries are 0 to 1"),
        ("policy.policymakers.0.regime=sectors", 'did you mean "sector"?'),
        ("regimes.5.kind=sector", "regimes.5: must have a name that starts with a letter"),
        ("regimes.sector.delivery=[1]", "must be a table of names and numbers from 0 to 1"),
    ],
)  # fmt: skip
def test_a_bad_setting_is_told(setting: str, said: str) -> None:
    answer = message(STORY, setting)
    assert said in answer
    assert answer.isprintable()


# --- what comes out


@pytest.mark.parametrize("name", library())
def test_a_scenario_written_in_full_loads_as_an_equal_one(name: str, tmp_path: Path) -> None:
    scenario = load_scenario(name)
    assert load_scenario(write(tmp_path, dump_scenario(scenario))) == scenario


NUMBERS = [
    declared
    for declared in declarations(Scenario)
    if declared.kind in {"integer", "number", "switch", "choice"}
    and declared.name != "kind"
    and ".N." not in declared.key
]


def values(declared: Declaration) -> st.SearchStrategy[object]:
    bounds = declared.bounds
    if declared.kind == "switch":
        return st.booleans()
    if declared.kind == "choice":
        return st.sampled_from(declared.choices)
    lowest = bounds.gt if bounds.ge is None else bounds.ge
    assert lowest is not None
    if declared.kind == "integer":
        return st.integers(int(lowest), int(bounds.le or 0))
    return st.floats(lowest, bounds.le, exclude_min=bounds.gt is not None)


@st.composite
def changes(draw: st.DrawFn) -> dict[str, object]:
    chosen = draw(st.lists(st.sampled_from(NUMBERS), max_size=12, unique_by=lambda declared: declared.key))
    made: dict[str, object] = {declared.key: draw(values(declared)) for declared in chosen}
    letters = st.characters(exclude_categories=["Cs"])
    made["story.text"] = draw(st.text(letters, max_size=60))
    made["story.title"] = draw(st.text(letters, min_size=1, max_size=20))
    return made


def refusal(reference: str | Path, changes: Mapping[str, object] | None = None) -> str:
    try:
        load_scenario(reference, changes or {})
    except ScenarioError as error:
        return str(error)
    return ""


def readable(text: str) -> bool:
    return all(line.isprintable() for line in text.splitlines())


@given(changes=changes())
@settings(max_examples=80, deadline=None)
def test_whatever_is_accepted_survives_being_written_and_read(
    changes: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Values that are allowed alone may not fit together; a text may have control characters.
    assume(not refusal(STORY, changes))
    scenario = load_scenario(STORY, changes)
    path = write(tmp_path_factory.mktemp("written"), dump_scenario(scenario))
    assert load_scenario(path) == scenario


@given(content=st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_loaded_or_refused(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("bytes"), content)
    assert readable(refusal(path))


leaves = st.one_of(st.integers(), st.floats(), st.booleans(), st.text(max_size=5), st.just("sector"))
NAMES = [
    "firms",
    "number",
    "policy",
    "policymakers",
    "regimes",
    "sector",
    "kind",
    "events",
    "delivery",
    "mine",
    "steps",
    "share",
    "domains",
    "knowledge_space",
    "domain_names",
    "story",
    "questions",
    "[key]",
    "N",
    "demand_shock",
]
keys = st.sampled_from(NAMES)


def in_tables_and_lists(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3))


@given(
    table=st.dictionaries(
        keys, st.recursive(leaves, in_tables_and_lists, max_leaves=12), min_size=1, max_size=4
    )
)
@settings(max_examples=150, deadline=None)
def test_any_table_is_loaded_or_refused(table: dict[str, object]) -> None:
    assert readable(refusal(STORY, table))


def test_an_error_travels_between_processes() -> None:
    with pytest.raises(ScenarioError) as raised:
        load_scenario(STORY, ["steps=0", "firms.number=0"])
    copy = pickle.loads(pickle.dumps(raised.value))  # noqa: S301
    assert str(copy) == str(raised.value)
    assert copy.complaints == raised.value.complaints


def test_a_scenario_travels_between_processes() -> None:
    scenario = load_scenario("small_country_sectors")
    assert pickle.loads(pickle.dumps(scenario)) == scenario  # noqa: S301


def test_many_errors_are_counted_and_a_few_told(tmp_path: Path) -> None:
    path = write(tmp_path, "[firms]\n" + "\n".join(f"x{number} = 1" for number in range(25)))
    lines = message(path).splitlines()
    assert lines[0] == "25 errors:"
    assert lines[-1] == "  and 15 more"
    assert len(lines) == 12
    assert sum("Keys of firms:" in line for line in lines) == 1
