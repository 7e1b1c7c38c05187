"""A tour of five steps: one lever a step, and what the step speaks of in sight."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.dashboard.state.controls import value_of
from analysis.dashboard.state.view import CHARTS, Value, View
from analysis.runs.axes import NAMED
from model.scenario import Scenario


@dataclass(frozen=True)
class Stop:
    """A step of the tour.

    Attributes
    ----------
    lever
        Control that is moved; empty for none.
    value
        Where to.
    times
        Whether that is a multiple of what the scenario has.
    outcome, chart
        What the large chart shows.
    shows
        Parts of the page that the step speaks of, beside the large chart.
    """

    lever: str = ""
    value: Value = 0.0
    times: bool = False
    outcome: str = View.outcome
    chart: str = CHARTS[0]
    shows: tuple[str, ...] = ()


STOPS = (
    Stop(shows=("outcomes",)),
    Stop("absorptive_capacity", 1.5, chart="levels"),
    Stop("recombination", 0.0),
    Stop("budget", 2, times=True, outcome="knowledge_per_region", shows=("account",)),
    Stop("variety", 2, outcome="breadth", chart="levels", shows=("account",)),
)


def at_stop(view: View, step: int) -> View:
    """Go to a step of the tour, 0 to end it: only its own lever will be moved."""
    stop = STOPS[step - 1] if step else Stop(outcome=view.outcome)
    return replace(view, tour=step, changes=(), outcome=stop.outcome, chart=stop.chart)


def with_lever(view: View, base: Scenario) -> View:
    """Move the lever of the present step, or move it back.

    Parameters
    ----------
    view
        What is looked at.
    base
        Its scenario without changes.
    """
    if not view.tour:
        return view
    stop = STOPS[view.tour - 1]
    if not stop.lever:
        return view
    if is_moved(view):
        return view.changed(stop.lever, None)
    value = stop.value
    if stop.times:
        value = round(float(value) * float(value_of(base, NAMED[stop.lever].keys[0])), 6)
    return view.changed(stop.lever, value)


def is_moved(view: View) -> bool:
    """Whether the lever of the present step is moved."""
    return bool(view.tour) and STOPS[view.tour - 1].lever in dict(view.changes)
