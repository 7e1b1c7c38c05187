"""What a measure is: it asks for runs, is sent what came of them, and may ask again before it says what follows."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.statistics.aims import Aim, judge
from analysis.words.document import MINUS
from model.scenario import Scenario

FIRST_SELECTION, LAST_SELECTION = 0, 999
"""Seeds on which policies are searched; none of them counts in a result."""

STEADY = {10: Aim(-15, 15), 20: Aim(-30, 30)}
"""Change without policy in percent that is aimed at, by years."""

Key = tuple[str, str]
"""Condition and regime."""


@dataclass(frozen=True)
class Size:
    """How much is run.

    Attributes
    ----------
    policies, search_seeds
        Policies that are searched, and seeds of the first round.
    oracle_seeds
        Selection seeds on which the policy with perfect information is chosen.
    fresh, map_seeds, mind_seeds, surface_seeds, effect_seeds
        Fresh seeds of headroom and luck, of a condition of the map, of minds, of the surface, of effects.
    screen_seeds, place_seeds
        Selection seeds on which measured regions are looked through; fresh ones of stories and of the regions that
        moved furthest.
    followed
        Regions that are run again on fresh seeds.
    stories, regions
        Most stories and measured regions that are run, evenly from all.
    split_seeds, split_regions
        Fresh seeds, and most measured regions, of the split into money and mind in many places.
    """

    policies: int = 200
    search_seeds: int = 4
    oracle_seeds: int = 32
    fresh: int = 48
    map_seeds: int = 24
    mind_seeds: int = 48
    surface_seeds: int = 24
    effect_seeds: int = 24
    screen_seeds: int = 3
    place_seeds: int = 16
    followed: int = 12
    stories: int = 1_000
    regions: int = 1_000
    split_seeds: int = 12
    split_regions: int = 20


STANDARD = Size()
QUICK = Size(
    policies=12, search_seeds=2, oracle_seeds=4, fresh=8, map_seeds=4, mind_seeds=6, surface_seeds=4, effect_seeds=6,
    screen_seeds=1, place_seeds=2, followed=2, stories=8, regions=12, split_seeds=2, split_regions=2,
)  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """Where the measures are taken.

    Attributes
    ----------
    scenario
        Region and parameters; regimes are put into it.
    seeds
        Fresh seeds, of which each measure takes the first ones.
    size
        How much is run.
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    size: Size = STANDARD

    def fresh(self, count: int) -> tuple[int, ...]:
        """Return the first fresh seeds."""
        return self.seeds[:count]


def selection(count: int) -> tuple[int, ...]:
    """Return the first seeds of those on which one may choose."""
    return tuple(range(FIRST_SELECTION, FIRST_SELECTION + count))


@dataclass(frozen=True)
class Wanted:
    """Runs that a measure asks for.

    Attributes
    ----------
    scenarios
        What is run under each condition and regime.
    seeds
        Seeds, common to all of them.
    """

    scenarios: Mapping[Key, Scenario]
    seeds: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.scenarios) * len(self.seeds)

    @property
    def cells(self) -> tuple[str, ...]:
        """Conditions, each once."""
        return tuple(dict.fromkeys(cell for cell, _ in self.scenarios))


def said(aim: Aim, unit: str) -> str:
    """Write an aim in the unit of what it is for."""
    factor, sign = (100, "%") if unit == "share" else (1, "%" if unit == "%" else "")
    least, most, above = (
        f"{factor * end:g}{sign}".replace("-", MINUS) for end in (aim.least, aim.most, aim.above or 0.0)
    )
    if math.isinf(aim.most):
        told = f"at least {least}"
    elif math.isinf(aim.least):
        told = f"at most {most}"
    else:
        told = f"{least} to {most}"
    return told if aim.above is None else f"{told}, lower end above {above}"


@dataclass(frozen=True)
class Line:
    """A line of the table of measures.

    Attributes
    ----------
    name
        Short name.
    label
        What is measured, for people.
    estimate, low, high
        The number and its 95% interval, whose ends equal it where nothing in it is random.
    unit
        Its unit.
    aim
        What is aimed at; None for what stands beside.
    verdict
        Whether that is met; by default as the interval says.
    """

    name: str
    label: str
    estimate: float
    low: float = math.nan
    high: float = math.nan
    unit: str = "points"
    aim: Aim | None = None
    verdict: str | None = None

    def row(self) -> dict[str, object]:
        """Return it as a row of a table, with nothing where a number has no end."""
        aim = self.aim or Aim()
        verdict = judge(aim, self.estimate, self.low, self.high) if self.aim else ""
        numbers = {
            "estimate": self.estimate, "low": self.low, "high": self.high, "least": aim.least, "most": aim.most,
        }  # fmt: skip
        return {
            "line": self.name, "label": self.label, "unit": self.unit,
            **{name: number if math.isfinite(number) else math.nan for name, number in numbers.items()},
            "aim": said(aim, self.unit) if self.aim else "",
            "verdict": verdict if self.verdict is None else self.verdict,
        }  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What follows from the runs of a measure: lines, and the tables behind them."""

    lines: tuple[Line, ...]
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


Measuring = Generator[Wanted, pd.DataFrame, Taken]
"""A measure under way: it yields what it wants, and is sent readings, see `analysis.studies.laboratory.readings`."""


@dataclass(frozen=True)
class Measure:
    """A measure.

    Attributes
    ----------
    name
        Name by which users choose it.
    question
        What it answers.
    take
        Takes it.
    runs
        How many runs it will ask for in all.
    """

    name: str
    question: str
    take: Callable[[Setting], Measuring]
    runs: Callable[[Setting], int]
