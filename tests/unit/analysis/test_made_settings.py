"""Scenarios and points whose values are known: what is accepted runs, as it was set; never otherwise.

In full: `python -m benchmarks.settings`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.made_points import judge_points
from benchmarks.settings import base_values, judge_scenario
from model.loading import load_scenario
from model.scenario import Scenario


def test_scenarios_are_what_was_set_or_refused(tmp_path: Path) -> None:
    base = base_values()
    outcomes = [judge_scenario(seed, tmp_path, base, running=seed < 5) for seed in range(30)]
    assert [each for each in outcomes if each[1] == "wrong"] == []
    counts = Counter(verdict for _, verdict, _ in outcomes)
    assert min(counts["right"], counts["refused"]) > 6


def test_points_are_what_was_written_or_refused(tmp_path: Path) -> None:
    outcomes = [judge_points(seed, tmp_path) for seed in range(30)]
    assert [each for each in outcomes if each[1] == "wrong"] == []
    counts = Counter(verdict for _, verdict, _ in outcomes)
    assert min(counts["right"], counts["refused"]) > 6


def test_a_value_that_is_not_the_one_that_was_set_would_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = base_values()
    right = next(
        seed for seed in range(60) if judge_scenario(seed, tmp_path, base, running=False)[1] == "right"
    )
    other = load_scenario(Scenario(), {"firms.number": 15})
    monkeypatch.setattr("benchmarks.settings.load_scenario", lambda *_: other)
    assert judge_scenario(right, tmp_path, base, running=False)[1] == "wrong"
