"""What the runs of a picture say of one observable: the one source of chart, labels and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.dashboard.scheduling.sample import Sample
from analysis.dashboard.state.picture import Picture
from analysis.statistics.comparison import baseline_of, probability_best, student_quantile
from analysis.statistics.leaders import judge
from analysis.statistics.shapley import distinguishable

Values = npt.NDArray[np.float64]

FEWEST_FOR_BAND = 4
"""Seeds from which on a band is drawn: that of two seeds is so wide that nothing else can be seen."""

SMALL = 0.02
"""Share of its largest value below which a baseline is too near to zero for percentages of it."""


@dataclass(frozen=True)
class Line:
    """A regime over time, shape (steps + 1,): the mean over seeds and its 95% interval, if there are several."""

    mean: Values
    low: Values | None = None
    high: Values | None = None

    @property
    def end(self) -> float:
        """The last mean that there is."""
        come = self.mean[np.isfinite(self.mean)]
        return float(come[-1]) if len(come) else float("nan")

    @property
    def nothing(self) -> bool:
        """Whether it is zero on every seed: it is no chance that nothing differs."""
        return self.end == 0 and (self.low is None or self.high is None or self.low[-1] == self.high[-1])

    @property
    def side(self) -> int:
        """Whether the end lies above zero for sure (1), below (-1), or cannot be told from it (0)."""
        if self.low is None or self.high is None or not distinguishable(self.low[-1], self.high[-1]):
            return 0
        return 1 if self.low[-1] > 0 else -1


@dataclass(frozen=True)
class Reading:
    """What is drawn, labelled and told.

    Attributes
    ----------
    chart
        See `analysis.dashboard.state.view.CHARTS`.
    observable
        Which observable.
    baseline
        Regime that leads are leads over.
    relative
        Whether leads are in percent of the baseline's mean.
    seeds
        Seeds behind it; 0 while the first is still coming.
    lines
        What is drawn of each regime.
    ends
        Values at the horizon on each seed, by regime.
    tied
        Regimes that cannot be told from the one that ends highest, that one not among them.
    sure
        Whether the one that ends highest leads beyond chance.
    best_share
        Share of seeds in which each regime ends highest.
    """

    chart: str
    observable: str
    baseline: str
    relative: bool
    seeds: int
    lines: Mapping[str, Line]
    ends: Mapping[str, Values] = field(default_factory=dict)
    tied: tuple[str, ...] = ()
    sure: bool = False
    best_share: Mapping[str, float] = field(default_factory=dict)

    @property
    def drawn(self) -> Mapping[str, Line]:
        """Lines as they are drawn: with their bands as soon as these say anything."""
        if self.seeds >= FEWEST_FOR_BAND:
            return self.lines
        return {regime: Line(line.mean) for regime, line in self.lines.items()}

    @property
    def order(self) -> tuple[str, ...]:
        """Regimes by where their lines end, the highest first."""
        known = [regime for regime, line in self.lines.items() if np.isfinite(line.end)]
        return tuple(sorted(known, key=lambda regime: -self.lines[regime].end))


def read(picture: Picture, observable: str, *, before: bool = False) -> Reading:
    """Read what a picture shows of an observable.

    Parameters
    ----------
    picture
        What there is.
    observable
        Which observable.
    before
        Whether the setting before is meant, as far as its runs are there.
    """
    sample = picture.before if before else picture.sample
    view = picture.view
    regimes = tuple(name for name in view.regimes if name in sample.runs)
    baseline = baseline_of(regimes) if regimes else ""
    places = sample.kept() if picture.chart != "seed" else sample.kept()[:1]
    if not places:
        return _coming(picture.chart, observable, sample, regimes, baseline)
    values = sample.of(observable, places)
    against = dict.fromkeys(regimes, baseline)
    if picture.chart == "mind":
        against = {regime: twin for regime, twin in picture.twins.items() if twin in values}
    relative = picture.chart in {"lead", "mind"} and _has_percentages(
        [values[name] for name in against.values()]
    )
    lines = {
        regime: _line(values[regime], values[against[regime]], picture.chart, relative=relative)
        for regime in (against if picture.chart == "mind" else regimes)
    }
    ends = {regime: values[regime][:, -1] for regime in regimes}
    sure, tied = _told_apart(ends)
    share = probability_best(np.column_stack(list(ends.values()))) if ends else ()
    return Reading(
        picture.chart, observable, baseline, relative, len(places), lines, ends, tied, sure,
        dict(zip(ends, map(float, share), strict=True)),
    )  # fmt: skip


def _coming(chart: str, observable: str, sample: Sample, regimes: tuple[str, ...], baseline: str) -> Reading:
    """Read the first seed while it is still coming."""
    values = {regime: sample.runs[regime][0].of(observable) for regime in regimes if sample.runs[regime]}
    if chart == "mind":
        values = {}
    if chart != "lead" or not values:
        return Reading(
            chart, observable, baseline, False, 0, {name: Line(each) for name, each in values.items()}
        )
    reference = values[baseline]
    relative = _has_percentages([reference[None, np.isfinite(reference)]])
    lines = {
        name: _line(each[None], reference[None], "lead", relative=relative) for name, each in values.items()
    }
    return Reading(chart, observable, baseline, relative, 0, lines)


def _line(values: Values, against: Values, chart: str, *, relative: bool) -> Line:
    """Make the line of a regime: itself, or paired with what it is compared with."""
    if chart in {"lead", "mind"}:
        scale = 100 / np.abs(against.mean(axis=0)) if relative else 1.0
        values = (values - against) * scale
    mean = values.mean(axis=0)
    if len(values) < 2 or chart == "seed":
        return Line(mean)
    reach = student_quantile(len(values)) * values.std(axis=0, ddof=1) / np.sqrt(len(values))
    return Line(mean, mean - reach, mean + reach)


def _has_percentages(references: list[Values]) -> bool:
    """Whether percentages of all baselines mean something: none comes near to zero, or changes sign."""
    for values in references:
        mean = values.mean(axis=0)
        if not mean.size or np.abs(mean).min() <= SMALL * np.abs(mean).max() or mean.min() * mean.max() < 0:
            return False
    return bool(references)


def _told_apart(ends: Mapping[str, Values]) -> tuple[bool, tuple[str, ...]]:
    """Say whether the regime that ends highest leads all others beyond chance, and whom it cannot be told from.

    It leads if each paired difference has a 95% interval above zero, as the bands show it. Where two are alike
    on top, either is called the leader with a probability of 5% together; where more are, with less.
    """
    if len(ends) < 2:
        return False, ()
    best = max(ends, key=lambda regime: float(ends[regime].mean()))
    others = [regime for regime in ends if regime != best]
    tied = tuple(
        other
        for other in others
        if judge(np.column_stack([ends[best], ends[other]]), (best, other), 1)["leader"] != best
    )
    return not tied, tied


@dataclass(frozen=True)
class Turn:
    """A regime that was behind another one beyond chance, and is ahead of it beyond chance at the end."""

    ahead: str
    behind: str
    until: int
    since: int


def turns(picture: Picture, reading: Reading) -> tuple[Turn, ...]:
    """Find regimes whose paired difference changed sign beyond chance, the latest turn first."""
    places = picture.sample.kept()
    if len(places) < 2 or reading.chart not in {"lead", "levels"}:
        return ()
    values = picture.sample.of(reading.observable, places)
    found = []
    order = reading.order
    for at, one in enumerate(order):
        for other in order[at + 1 :]:
            gap = _line(values[one] - values[other], values[one], "levels", relative=False)
            if gap.low is None or gap.high is None:
                continue
            behind, ahead = np.flatnonzero(gap.high < 0), gap.low > 0
            if ahead[-1] and len(behind):
                since = len(ahead) - int(np.argmin(ahead[::-1])) if not ahead.all() else 0
                found.append(Turn(one, other, int(behind[-1]), since))
    return tuple(sorted(found, key=lambda turn: -turn.since))


@dataclass(frozen=True)
class Change:
    """What a change of the setting did, on the seeds that were run under both settings.

    Attributes
    ----------
    seeds
        How many these are.
    effects
        Mean change of the outcome under each regime, in percent of what it was, with its interval if there are
        several seeds.
    leader_before, leader_now
        Who leads beyond chance; empty for nobody.
    """

    seeds: int
    effects: Mapping[str, Line]
    leader_before: str
    leader_now: str


def change(picture: Picture, observable: str) -> Change | None:
    """Compare a picture with the setting before, if there is one."""
    now, before = picture.sample, picture.before
    if not before.runs or picture.chart == "seed" or not now.shown:
        return None
    both = min(now.shown, before.shown)
    places = [
        place
        for place in range(both)
        if all(run[place].error is None for sample in (now, before) for run in sample.runs.values())
    ]
    regimes = [name for name in picture.view.regimes if name in now.runs and name in before.runs]
    if not places or not regimes:
        return None
    after, earlier = now.of(observable, places), before.of(observable, places)
    effects = {}
    for regime in regimes:
        was, became = earlier[regime][:, -1:], after[regime][:, -1:]
        if not was.mean():
            return None
        effects[regime] = _line(became, was, "lead", relative=True)
    leaders = []
    for values in (earlier, after):
        ends = {regime: values[regime][:, -1] for regime in regimes}
        sure, _ = _told_apart(ends)
        best = max(ends, key=lambda regime: float(ends[regime].mean()))
        leaders.append(best if sure else "")
    return Change(len(places), effects, *leaders)
