"""Scenarios survive being written and sent; anything at all is loaded or refused."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.loading import ScenarioError, dump_scenario, library, load_scenario
from model.scenario import Scenario
from model.spec.declarations import Declaration, declarations
from tests.unit.model.refusals import STORY, readable, refusal, write


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


@given(changes=changes())
@settings(max_examples=80)
def test_whatever_is_accepted_survives_being_written_and_read(
    changes: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Values that are allowed alone may not fit together; a text may have control characters.
    assume(not refusal(STORY, changes))
    scenario = load_scenario(STORY, changes)
    path = write(tmp_path_factory.mktemp("written"), dump_scenario(scenario))
    assert load_scenario(path) == scenario


@given(content=st.binary(max_size=200))
@settings(max_examples=100)
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
@settings(max_examples=150)
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
