"""What came out in the regions of a class, and how it is laid out as dots: pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from analysis.dashboard.scheduling.run_cache import Trace
from analysis.dashboard.scheduling.sample import Sample
from analysis.statistics.comparison import baseline_of


@dataclass(frozen=True)
class Result:
    """What came out in one region.

    Attributes
    ----------
    seeds
        Seeds behind it.
    ends
        Mean of the outcome at the horizon by regime; of a role its aim, where its lever usually stands
        (``"before"``) and now (``"now"``).
    at
        What of the phone it belongs to: a position of its lever, or a draw of luck.
    """

    seeds: int
    ends: Mapping[str, float] = field(default_factory=dict)
    at: int = 0

    @property
    def first(self) -> str:
        """The regime that ends highest."""
        return max(self.ends, key=lambda name: self.ends[name])

    def lead(self, regime: str) -> float:
        """Give the lead of a regime over the baseline, in percent of the baseline."""
        return _percent(self.ends[regime], self.ends[baseline_of(tuple(self.ends))])

    @property
    def change(self) -> float:
        """Change of a role's aim, in percent of what it was; where that was nothing, as such."""
        before, now = self.ends["before"], self.ends["now"]
        return _percent(now, before) if before else now


def _percent(now: float, before: float) -> float:
    return 100 * (now - before) / abs(before) if before else 0.0


def region_result(runs: Mapping[str, Sequence[Trace | None]], outcome: str, at: int = 0) -> Result | None:
    """Judge a region by the seeds that are whole under every regime; None while there is none.

    Parameters
    ----------
    runs
        Runs of each regime, one for each seed in their order; None where it has not come.
    outcome
        Observable that is judged.
    at
        See `Result`.
    """
    whole = [
        place
        for place in range(min(map(len, runs.values())))
        if all(_ended(each[place]) for each in runs.values())
    ]
    if not whole:
        return None
    ends = {
        name: float(np.mean([_end(each[place], outcome) for place in whole])) for name, each in runs.items()
    }
    return Result(len(whole), ends, at)


def aim_result(before: Trace | None, now: Trace | None, aim: str, at: int) -> Result | None:
    """Compare the aim of a role where its lever usually stands with where it stands now."""
    if not _ended(before) or not _ended(now):
        return None
    return Result(1, {"before": _end(before, aim), "now": _end(now, aim)}, at)


def _ended(run: Trace | None) -> bool:
    return run is not None and run.finished and run.error is None


def _end(run: Trace | None, observable: str) -> float:
    assert run is not None  # noqa: S101 - whoever asks knows that it has ended
    return float(run.of(observable)[-1])


@dataclass(frozen=True)
class Dot:
    """One region on the wall."""

    number: int
    value: float
    regime: str


def dots(results: Iterable[tuple[int, Result]], leader: str) -> list[Dot]:
    """Lay regions out by the lead of the policy that leads in front, coloured by the one that leads there."""
    return [
        Dot(number, result.lead(leader), result.first) for number, result in results if leader in result.ends
    ]


def highest(sample: Sample, outcome: str, draws: int) -> str:
    """Give the policy that ends highest on the first few draws of luck alone; empty while none is there.

    What a lever did on few draws is told against what they say by themselves: they often have a leader of their own.
    """
    places = [place for place in sample.kept() if place < draws]
    if not places:
        return ""
    ends = {name: float(each[:, -1].mean()) for name, each in sample.of(outcome, places).items()}
    return max(ends, key=lambda name: ends[name])


def otherwise(found: Sequence[Dot], leader: str) -> int:
    """Count the regions in which another policy ended highest."""
    return sum(dot.regime != leader for dot in found)


def middle(places: Iterable[int | None], usual: int) -> int:
    """Give the position in the middle of those at which players left a lever; the usual one if nobody moved it."""
    moved = sorted(place for place in places if place is not None)
    return int(median(moved)) if moved else usual
