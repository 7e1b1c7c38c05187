"""Pictures of runs that are made up, or really made, without a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analysis.dashboard.scheduling.jobs import perform
from analysis.dashboard.scheduling.needed_runs import by_regime, needed_runs
from analysis.dashboard.scheduling.run_cache import RunCache, Trace
from analysis.dashboard.scheduling.sample import NOTHING, Sample
from analysis.dashboard.state.history import History
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.seeds import seeds_of
from analysis.dashboard.state.settings import setting_for
from analysis.dashboard.state.view import View


def made_up(ends: Mapping[str, Sequence[float]], view: View, start: float = 100.0, **series: Any) -> Picture:
    """Give a picture of runs that go straight from a start to their ends, or along given series."""
    runs = {
        regime: [straight(view, start, end, series.get(regime)) for end in each]
        for regime, each in ends.items()
    }
    count = len(next(iter(runs.values())))
    view = replace(view, regimes=tuple(ends))
    setting = setting_for(view)
    seeds = seeds_of(view, setting.base, count)
    return Picture(History((view,)), setting, sample=Sample(seeds, runs).settled())


def straight(view: View, start: float, end: float, series: Any = None) -> Trace:
    steps = setting_for(view).scenario.steps
    trace = Trace(steps)
    way = np.linspace(start, end, steps + 1) if series is None else np.asarray(series) + end
    trace.series[:] = way[:, None]
    trace.rows, trace.finished = steps + 1, True
    return trace


def with_before(picture: Picture, before: Picture, view: View) -> Picture:
    """Put the runs of another picture behind one, as the setting before."""
    return replace(
        picture,
        history=History((before.view, replace(view, regimes=picture.view.regimes)), 1),
        before=before.sample,
    )


def really_run(view: View, seeds: int) -> Picture:
    """Give a picture of runs of the model."""
    setting = setting_for(view)
    wanted = seeds_of(view, setting.base, seeds)
    needed = needed_runs(setting, view.regimes, wanted, RunCache(), whole=view.page == "desk")
    for each in needed:
        for chunk in perform(each.job):
            each.run.take(chunk)
        each.finish(None)
    sample = Sample(wanted, by_regime(needed)).settled()
    return Picture(History((view,)), setting, sample=sample, before=NOTHING)
