"""What is filmed adds up to what the model has booked, and filming changes nothing."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from analysis.dashboard.fountains.filmed_region import SOURCES, SPRINGS
from analysis.dashboard.fountains.frames import COLUMNS, MOST_FIRMS, Camera, Frame, written
from model.loading import load_scenario
from model.record import ACCOUNT_SOURCES
from model.region import run
from model.result import RunResult
from model.scenario import Scenario

STEPS = 12


def small(regime: str, **settings: Any) -> Scenario:
    keys = {"steps": STEPS, "firms.number": 50, **settings}
    return load_scenario("thin_rural_region", keys).with_regime(regime)


def filmed(scenario: Scenario, seed: int = 3) -> list[Frame]:
    """Film a run from start to end."""
    camera = Camera(scenario, seed)
    frames = [camera.take()]
    while camera.running:
        camera.step()
        frames.append(camera.take())
    return frames


@cache
def film_of(regime: str) -> list[Frame]:
    return filmed(small(regime))


@pytest.fixture(scope="module", params=["none", "sector", "cluster", "smart_specialisation", "lottery"])
def both(request: pytest.FixtureRequest) -> tuple[list[Frame], RunResult]:
    return film_of(request.param), run(small(request.param), 3)


def test_filming_changes_nothing(both: tuple[list[Frame], RunResult]) -> None:
    frames, result = both
    assert [frame.level for frame in frames] == pytest.approx(
        result.series()["knowledge_per_region"].to_numpy(), abs=1e-6
    )


def test_counts_are_those_of_the_growth_account(both: tuple[list[Frame], RunResult]) -> None:
    frames, result = both
    account = result.record.account[:, :, 1]
    assert sorted(row for rows in SOURCES.values() for row in rows) == list(range(len(ACCOUNT_SOURCES)))
    for step, frame in enumerate(frames):
        for name, rows in SOURCES.items():
            assert frame.counts[name] == pytest.approx(account[step, list(rows)].sum(), abs=1e-5)
        if step:
            assert sum(frame.counts.values()) == pytest.approx(frame.level - frames[step - 1].level, abs=0.05)


def test_springs_add_up_to_what_was_gained(both: tuple[list[Frame], RunResult]) -> None:
    frames, _ = both
    for frame in frames:
        for place, spring in enumerate(SPRINGS):
            assert sum(each[place] for each in frame.springs) == pytest.approx(frame.counts[spring], abs=0.02)


def test_money_is_what_the_ledger_has(both: tuple[list[Frame], RunResult]) -> None:
    frames, result = both
    assert [frame.spent for frame in frames] == pytest.approx(
        result.series()["spending"].to_numpy(), abs=1e-6
    )
    for frame in frames:
        assert sum(aim[3] for aim in frame.aims) == pytest.approx(frame.spent, abs=0.01)
        assert sum(frame.firms[9::COLUMNS]) <= frame.spent + 0.5


@pytest.mark.parametrize(
    ("regime", "kinds"),
    [("sector", {"sector"}), ("cluster", {"cell"}), ("smart_specialisation", {"domain", "pilot"}),
     ("lottery", {"anybody"}), ("none", set())],
)  # fmt: skip
def test_each_policy_pays_for_what_it_aims_at(regime: str, kinds: set[str]) -> None:
    aims = {aim[0] for frame in film_of(regime) for aim in frame.aims}
    assert aims <= kinds
    assert bool(aims) == bool(kinds)


def test_what_firms_cannot_take_in_depends_on_their_absorptive_capacity() -> None:
    shares = []
    for half in (0.02, 5.0):
        frames = filmed(small("none", **{"absorption.rd_half_saturation": half}))
        shares.append(sum(each.taken for each in frames) / sum(each.offered for each in frames))
    assert 1 > shares[0] > 1.2 * shares[1] > 0


def test_a_frame_counts_what_the_model_counts() -> None:
    camera = Camera(small("cluster"), 1)
    for _ in range(6):
        camera.step()
    frame, region = camera.take(), camera.region
    assert frame.count == len(frame.firms) // COLUMNS == region.observed("firms")
    assert len(frame.ties) // 2 == region.observed("ties")
    assert [sum(each) for each in frame.holders] == region.world.holders.tolist()
    assert json.loads(written(frame))["counts"] == frame.counts


def test_streams_run_along_ties_and_never_take_more_than_is_offered() -> None:
    for frame in film_of("cluster")[1:]:
        rows = np.array(frame.streams).reshape(-1, 4)
        assert (rows[:, 2:] >= -1e-4).all()
        assert frame.taken <= frame.offered


def test_of_many_firms_a_sample_is_drawn_that_stays_the_same() -> None:
    frames = filmed(small("none", steps=2, **{"firms.number": 2 * MOST_FIRMS}))
    ids = [set(frame.firms[::COLUMNS]) for frame in frames]
    assert len(ids[0]) <= MOST_FIRMS < frames[0].count
    assert len(ids[0] & ids[2]) > 0.8 * len(ids[0])
    assert set(frames[2].ties) <= ids[2]
    assert {*frames[2].streams[::4], *frames[2].streams[1::4]} <= ids[2]
