"""Whether aims are met: by the interval, not by the estimate alone."""

from __future__ import annotations

import math

import pytest

from analysis.statistics.aims import MET, MISSED, OPEN, Aim, judge

RANGE = Aim(-15, 15)
HEADROOM = Aim(least=4, above=1)


@pytest.mark.parametrize(
    ("aim", "numbers", "verdict"),
    [
        (RANGE, (3, -2, 8), MET),
        (RANGE, (3, -2, 16), OPEN),
        (RANGE, (20, 16, 24), MISSED),
        (RANGE, (-20, -24, -14), OPEN),
        (HEADROOM, (4.5, 1.2, 7.8), MET),
        (HEADROOM, (4.5, 0.8, 8.2), OPEN),
        (HEADROOM, (3.0, 2.0, 4.5), OPEN),
        (HEADROOM, (2.0, 1.5, 2.5), MISSED),
        (Aim(most=16), (17, 17, 17), MISSED),
        (Aim(most=16), (16, 16, 16), MET),
        (Aim(most=16), (12, 9, math.inf), OPEN),
        (RANGE, (math.nan, math.nan, math.nan), OPEN),
        (RANGE, (1, math.nan, math.nan), OPEN),
    ],
)
def test_a_verdict_follows_from_the_interval(
    aim: Aim, numbers: tuple[float, float, float], verdict: str
) -> None:
    assert judge(aim, *numbers) == verdict
