"""Small things that several facts need."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.studies.facts.laboratory import WatchedRun
from model.record import ACCOUNT_SOURCES, OBSERVABLES, OUTCOMES

Floats = NDArray[np.float64]
PRIMARY = OUTCOMES[0]


def series(run: WatchedRun, name: str) -> Floats:
    """Values of an observable, one for each step, the start included."""
    values: Floats = run.record.series[:, list(OBSERVABLES).index(name)]
    return values


def flow(run: WatchedRun, *sources: str) -> float:
    """Knowledge that sources of the growth account added over the whole run, unweighted."""
    return float(sum(run.record.account[:, ACCOUNT_SOURCES.index(source), 0].sum() for source in sources))


def gain(treated: WatchedRun, untreated: WatchedRun, step: int = -1, name: str = PRIMARY) -> float:
    """Difference in an observable at a step, in percent of the untreated run."""
    reference = float(series(untreated, name)[step])
    return 100 * (float(series(treated, name)[step]) - reference) / reference if reference else np.nan


def standardised(values: Floats) -> Floats:
    """Values as deviations from their mean in standard deviations; unchanged where none differ."""
    spread = float(values.std())
    deviations: Floats = values - values.mean()
    return deviations / spread if spread > 0 else deviations


def average_gain(treated: WatchedRun, untreated: WatchedRun, name: str = PRIMARY) -> float:
    """Difference in an observable on average over the horizon, in percent of the untreated run."""
    reference = float(series(untreated, name)[1:].mean())
    return 100 * (float(series(treated, name)[1:].mean()) - reference) / reference if reference else np.nan
