"""The declarations: complete, readable, and found by whatever path leads to them."""

from __future__ import annotations

import re

import pytest

from model.loading import load_scenario
from model.scenario import Scenario
from model.spec import phrases
from model.spec.declarations import Bounds, Declaration, declarations
from model.spec.places import locate
from model.spec.problem import nearest

ALL = declarations(Scenario)
BY_KEY = {declared.key: declared for declared in ALL if not declared.variant}
STORY = "machine_building_meets_iot"


@pytest.mark.parametrize("declared", ALL, ids=lambda declared: f"{declared.key} {declared.variant}")
def test_a_parameter_is_declared_in_full(declared: Declaration) -> None:
    assert re.fullmatch(r"[A-Z].*[A-Za-z0-9)]\.", declared.description), declared.description
    assert declared.source
    assert declared.required is (declared.default is None)
    if declared.kind in {"integer", "number"}:
        assert declared.unit
        bounds = declared.bounds
        assert (bounds.ge is None) != (bounds.gt is None)
        assert (bounds.le is None) != (bounds.lt is None)
    if declared.kind in {"text", "list", "table"}:
        assert declared.bounds.max_length


def test_no_key_is_declared_twice() -> None:
    assert len({(declared.key, declared.variant) for declared in ALL}) == len(ALL)


def test_every_parameter_of_a_scenario_is_declared() -> None:
    def keys(table: object, prefix: str = "") -> set[str]:
        if isinstance(table, dict) and not prefix.endswith("delivery."):
            return {key for name, value in table.items() for key in keys(value, f"{prefix}{name}.")}
        if isinstance(table, list) and table and isinstance(table[0], dict):
            return {key for value in table for key in keys(value, f"{prefix}N.")}
        return {prefix.removesuffix(".")}

    written = keys(Scenario().model_dump(mode="json"))
    assert written == {declared.key for declared in ALL if not declared.variant} | {"events"}


@pytest.mark.parametrize(
    "declared",
    [
        declared
        for declared in ALL
        if declared.kind in {"integer", "number"} and not declared.variant and ".N." not in declared.key
    ],
    ids=lambda declared: declared.key,
)
def test_a_setting_outside_its_bounds_is_answered_with_them(declared: Declaration) -> None:
    bounds = declared.bounds
    lowest, highest = bounds.gt if bounds.ge is None else bounds.ge, bounds.le
    for value in (lowest - 1, highest + 1, True, "1", float("nan")):
        with pytest.raises(ValueError, match=re.escape(declared.key)) as raised:
            load_scenario(STORY, {declared.key: value})
        assert f"must be {phrases.allowed(declared)}" in str(raised.value)


def test_defaults_are_those_of_a_scenario_that_sets_nothing() -> None:
    scenario = Scenario()
    assert BY_KEY["firms.number"].default == scenario.firms.number
    assert BY_KEY["regimes.cluster.outward"].default == scenario.regimes["cluster"].outward
    assert BY_KEY["organisations.training.capacity"].default == scenario.organisations.training.capacity
    assert isinstance(BY_KEY["organisations.training.capacity"].default, float)
    assert BY_KEY["ties.network"].choices[0] == scenario.ties.network


def test_a_path_of_pydantic_is_followed_without_its_tags() -> None:
    place = locate(Scenario, ("events", 0, "demand_shock", "factor"))
    assert place.path == ("events", 0, "factor")
    assert place.declaration() is not None
    assert place.declaration().bounds == Bounds(gt=0, le=100)
    assert locate(Scenario, ("regimes", "mine", "sector", "delivery", "training")).path == (
        "regimes", "mine", "delivery", "training",
    )  # fmt: skip
    assert locate(Scenario, ("regimes", "a b", "[key]")).path == ("regimes", "a b")


def test_a_path_of_a_user_is_followed_by_what_the_tables_say() -> None:
    data = {"regimes": {"mine": {"kind": "cluster"}}, "events": [{"kind": "budget_change"}]}
    assert locate(Scenario, ("regimes", "mine", "outward"), data).declaration() is not None
    assert locate(Scenario, ("regimes", "mine", "priorities"), data).declaration() is None
    assert locate(Scenario, ("regimes", "sector", "priorities"), {}).declaration() is not None
    assert locate(Scenario, ("events", 0, "factor"), data).declaration().bounds == Bounds(ge=0, le=100)
    assert locate(Scenario, ("no", "such", "key"), data).declaration() is None


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("firms.number", "a whole number from 2 to 1000000 (unit: firms)"),
        ("firms.initial_knowledge", "a number above 0 and at most 1 (unit: frontier units)"),
        ("firms.skill_mean", "a number from 0 to 1"),
        ("channels.freeze_ties", "true or false"),
        ("absorption.exchange", 'one of "gift", "barter"'),
        ("regimes.sector.kind", '"sector"'),
        ("story.text", "text of at most 4000 characters"),
        ("story.questions", "a list of at most 12 texts"),
        ("regimes.sector.political_list", "a list of at most 256 whole numbers from 1 to 256"),
        ("regimes.sector.delivery", "a table of at most 64 names and numbers from 0 to 1 (unit: share)"),
    ],
)  # fmt: skip
def test_what_is_allowed_is_put_in_words(key: str, words: str) -> None:
    assert phrases.allowed(BY_KEY[key]) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "true"),
        (1.0, "1.0"),
        (10**40, "a whole number of more than 30 digits"),
        (-(10**4000), "-a whole number of more than 30 digits"),
        ('say "no"\n', '"say \\"no\\"\\n"'),
        ("\x1b[31m\u202e", '"\\x1b[31m\\u202e"'),
        ({"a b": [1, "x"], "c": {}}, '{"a b" = [1, "x"], c = {}}'),
        ("x" * 1000, '"' + "x" * 55 + " ..."),
        ([0] * 1000, "[" + "0, " * 18 + "0 ..."),
        ([[[[[[1]]]]]], "[[[[[...]]]]]"),
    ],
)
def test_a_value_is_written_shortly_and_harmlessly(value: object, words: str) -> None:
    assert phrases.value(value) == words


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("clustr", ["sector", "cluster"], "cluster"),
        ("Cluster ", ["sector", "cluster"], "cluster"),
        ("space", ["firms", "knowledge_space"], "knowledge_space"),
        ("x", ["firms", "ties"], None),
        (3, ["firms"], None),
        ("y" * 1000, ["y"], None),
    ],
)
def test_the_nearest_name_is_found_or_none(name: object, known: list[str], meant: str | None) -> None:
    assert nearest(name, known) == meant
