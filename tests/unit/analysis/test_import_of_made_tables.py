"""Tables with known amounts, distorted as files of people are: read right or refused, never wrong.

In full, with 10,000 of them: `python -m benchmarks.imports`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.distortions import DISTORTIONS, make
from benchmarks.imports import judge

TABLES = 320
PARTS = 4


def test_there_are_more_than_fifty_distortions() -> None:
    assert len(DISTORTIONS) > 50


@pytest.mark.parametrize("part", range(PARTS))
def test_amounts_are_right_or_the_table_is_refused(tmp_path: Path, part: int) -> None:
    outcomes = [judge(seed, tmp_path) for seed in range(part, TABLES, PARTS)]
    assert [each for each in outcomes if each[1] == "wrong"] == []
    # Refusing everything would be right, too, and of no use.
    assert Counter(verdict for _, verdict, _, _ in outcomes)["right"] > 0.7 * len(outcomes)


def test_a_wrong_reading_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = next(seed for seed in range(100) if not make(seed).done and judge(seed, tmp_path)[1] == "right")
    monkeypatch.setattr("benchmarks.made_layouts.number", lambda _, value: str(value + 1))
    assert judge(seed, tmp_path)[1] == "wrong"
