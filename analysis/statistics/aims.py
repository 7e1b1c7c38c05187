"""Aims, and whether a measured number meets them: met, missed, or not to be told from what was run."""

from __future__ import annotations

import math
from dataclasses import dataclass

MET, MISSED, OPEN = "met", "missed", "cannot be told"


@dataclass(frozen=True)
class Aim:
    """Where a number is to lie.

    Attributes
    ----------
    least, most
        Ends of the range that is aimed at.
    above
        What the lower end of the interval must exceed, where the estimate alone is to lie in the range; by default
        the whole interval is to lie in it.
    """

    least: float = -math.inf
    most: float = math.inf
    above: float | None = None


def judge(aim: Aim, estimate: float, low: float, high: float) -> str:
    """Say whether a number meets an aim.

    Parameters
    ----------
    aim
        What is aimed at.
    estimate, low, high
        The number and the ends of its interval; the ends equal it where there is nothing random in it.

    Returns
    -------
    str
        `MET`, `MISSED` where the whole interval lies outside, `OPEN` for anything between.
    """
    if not all(map(math.isfinite, (estimate, low, high))):
        return OPEN
    if high < aim.least or low > aim.most:
        return MISSED
    if aim.above is not None:
        inside = aim.least <= estimate <= aim.most and low > aim.above
    else:
        inside = aim.least <= low and high <= aim.most
    return MET if inside else OPEN
