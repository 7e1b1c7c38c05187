"""A tour of five steps, one lever a step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.dashboard.view import Value, View


@dataclass(frozen=True)
class Stop:
    """A step of the tour.

    Attributes
    ----------
    lever
        Control that is moved; empty for none.
    value
        Where to.
    outcome
        What the large chart shows.
    """

    lever: str = ""
    value: Value = 0.0
    outcome: str = "knowledge_per_region"


STOPS = (
    Stop(),
    Stop("absorptive_capacity", 1.5),
    Stop("recombination", 0.0),
    Stop("budget", 0.04),
    Stop("variety", 2, "breadth"),
)


def at_stop(view: View, step: int) -> View:
    """Go to a step of the tour, 0 to end it: only its own lever will be moved."""
    outcome = STOPS[step - 1].outcome if step else view.outcome
    return replace(view, tour=step, changes=(), outcome=outcome)


def with_lever(view: View) -> View:
    """Move the lever of the present step, or move it back."""
    if not view.tour:
        return view
    stop = STOPS[view.tour - 1]
    if not stop.lever:
        return view
    return view.changed(stop.lever, None if is_moved(view) else stop.value)


def is_moved(view: View) -> bool:
    """Whether the lever of the present step is moved."""
    return bool(view.tour) and STOPS[view.tour - 1].lever in dict(view.changes)
