"""Events are what happened in the model, and every one of them has a sentence in every language."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.dashboard.fountains.chronicle import Event
from analysis.dashboard.fountains.frames import Camera
from analysis.dashboard.fountains.layout import layout_of
from analysis.dashboard.fountains.sentences import chronicle, sentence
from analysis.dashboard.texts import Texts, languages
from model.loading import load_scenario

LAYOUT: dict[str, Any] = {
    "domains": ["sensors", "predictive maintenance"], "sectors": ["plastics", "electronics"],
}  # fmt: skip


@pytest.fixture(scope="module")
def story() -> tuple[list[list[Event]], Camera]:
    scenario = load_scenario("machine_building_meets_iot", {"steps": 24, "firms.number": 80})
    camera = Camera(scenario.with_regime("smart_specialisation"), 10_000)
    events: list[list[Event]] = [[]]
    while camera.running:
        camera.step()
        events.append(camera.take().events)
    return events, camera


def test_what_was_found_is_what_the_model_discovered(story: tuple[list[list[Event]], Camera]) -> None:
    events, camera = story
    last = {}
    for step, some in enumerate(events):
        for event in some:
            if event["kind"] in {"found", "replaced"}:
                last[event["domain"]] = step if event["kind"] == "found" else -1
    discovered = {domain: int(step) for domain, step in enumerate(camera.region.world.discovered) if step > 0}
    assert discovered
    assert {domain: step for domain, step in last.items() if step > 0} == discovered


def test_priorities_are_told_when_they_change(story: tuple[list[list[Event]], Camera]) -> None:
    events, camera = story
    told = {(step, name) for step, some in enumerate(events) for event in some if event["kind"] == "policy"
            for _, name in event["supported"]}  # fmt: skip
    logged = {
        (entry.step, entry.name) for entry in camera.region.policymakers[0].log if entry.event == "supported"
    }
    assert told == logged
    assert told


@pytest.mark.parametrize("language", languages())
def test_everything_that_happened_is_a_sentence(
    story: tuple[list[list[Event]], Camera], language: str
) -> None:
    events, camera = story
    texts = Texts(language)
    layout = layout_of(camera.region.world.space)
    told = chronicle(events, layout, texts)
    assert len(told) == sum(map(len, events))
    assert all(line.startswith(f"Q{step}: ") and "{" not in line for step, line, *_ in told)
    assert [each[0] for each in told] == sorted(each[0] for each in told)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"kind": "found", "domain": 1, "how": "recombined", "sectors": [0, 1], "firms": [3, 4]},
         "plastics and electronics found predictive maintenance"),
        ({"kind": "found", "domain": 1, "how": "recombined", "sectors": [1, 1], "firms": [3, 4]},
         "two firms of electronics found predictive maintenance"),
        ({"kind": "found", "domain": 0, "how": "founded", "sectors": [], "firms": []},
         "a new firm in – brought sensors"),
        ({"kind": "policy", "supported": [("cluster", "plastics, place 3")], "piloted": [],
          "stopped": [("domain", "sensors")]},
         "policy now backs plastics in town 3; policy lets go of sensors"),
    ],
)  # fmt: skip
def test_sentences_name_who_found_what(event: Event, told: str) -> None:
    assert sentence(event, LAYOUT, Texts("en")) == told
