"""Tipping point: which regime leads where, over two conditions; a cell becomes the setting of all curves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import solara

from analysis.axes import HORIZON, NAMED, find_axis
from analysis.dashboard.captions import axis_label, chart_words, outcome_label
from analysis.dashboard.charts.leader_map import leader_map
from analysis.dashboard.charts.look import Look
from analysis.dashboard.controls import axis_controls, value_of
from analysis.dashboard.jobs import Job
from analysis.dashboard.page import Part, text
from analysis.dashboard.panels.compare import MainChart
from analysis.dashboard.session import Picture, Session
from analysis.dashboard.view import FIRST_SEED, View
from analysis.dashboard.widgets import Chart, Toolbar
from analysis.errors import RequestError
from analysis.ranges import Sweep, parse_sweep
from analysis.surface import leaders
from model.loading import ScenarioError, load_scenario
from model.record import OUTCOMES

SEEDS = tuple(range(FIRST_SEED, FIRST_SEED + 6))
"""With fewer, next to no lead can be told from chance in 25 cells at a time."""
COUNT = 5
RUNS_PER_SECOND = 22.0
"""About what two cores make of 200 firms and 80 steps; only to say beforehand how long it takes."""

AXES = tuple(name for name in NAMED if name != HORIZON)


@dataclass(frozen=True, eq=False)
class Surface:
    """How far a surface has come, and what is known of it."""

    wanted: tuple[Any, ...]
    done: int
    all: int
    points: tuple[tuple[float, ...], ...]
    outcomes: pd.DataFrame
    error: str = ""


@solara.component
def Tipping(session: Session, picture: Picture, look: Look) -> None:
    """Show the page on which two conditions are varied."""
    texts, view = look.texts, picture.view
    surface, set_surface = solara.use_state(None)
    outcome = view.outcome if view.outcome in OUTCOMES else OUTCOMES[0]
    wanted = wanted_of(view)
    runs = COUNT * COUNT * len(SEEDS) * len(view.regimes)

    def act(told: dict[str, Any]) -> None:
        name, value = told["name"], told["value"]
        if name == "compute":
            set_surface(None)
            begin_surface(session, picture, set_surface)
        elif name in {"x", "y", "outcome"}:
            session.change(**{name: value})

    with Part():
        Toolbar(
            items=_items(picture, look, runs, surface, wanted), label=texts("tipping.label"), event_set=act
        )
        text(texts("tipping.about", seeds=len(SEEDS)), "kf-note", tag="p")
        if surface is not None and surface.error:
            text(surface.error, "kf-problem")
        if surface is not None and len(surface.outcomes):
            axes = surface.wanted[-2:]
            option = leader_map(
                leaders(surface.outcomes, axes, outcome), axes, [axis_label(name, texts) for name in axes],
                surface.points, [present(picture, name) for name in axes], view.regimes, look,
            )  # fmt: skip
            Chart(
                option=option, name="surface", caption=outcome_label(outcome, texts), words=chart_words(look),
                height=620 if look.large else 480, file=f"surface-{view.slug}",
                event_click=lambda told: choose(session, surface, told), event_take=lambda _: None,
            )  # fmt: skip
    with Part(texts("tipping.chosen")):
        MainChart(picture, look, lambda _: None)


def wanted_of(view: View) -> tuple[Any, ...]:
    """Tell surfaces apart: all that one depends on, the axes last; their own values do not count."""
    moved = {view.x, view.y}
    fixed = tuple(change for change in view.changes if change[0] not in moved)
    return view.story, view.own, view.region, fixed, view.regimes, view.x, view.y


def present(picture: Picture, name: str) -> float:
    """Give the present value of an axis."""
    value = dict(picture.view.changes).get(name)
    if isinstance(value, int | float):
        return float(value)
    if NAMED[name].relative:
        return 1.0
    return float(value_of(picture.setting.base, NAMED[name].keys[0]))


def _items(
    picture: Picture, look: Look, runs: int, surface: Surface | None, wanted: tuple[Any, ...]
) -> list[dict[str, Any]]:
    texts, view = look.texts, picture.view
    there = [each.name for each in axis_controls(AXES, picture.setting.base)]
    options = [
        [name, texts.known(f"axes.{name}.label", NAMED[name].label)]
        for name in dict.fromkeys((*there, view.x, view.y))
    ]
    outcomes = [[name, outcome_label(name, texts)] for name in OUTCOMES]
    items: list[dict[str, Any]] = [
        {"kind": "select", "name": "x", "label": texts("tipping.x"), "value": view.x, "options": options},
        {"kind": "select", "name": "y", "label": texts("tipping.y"), "value": view.y, "options": options},
        {"kind": "select", "name": "outcome", "label": texts("tipping.outcome"), "options": outcomes,
         "value": view.outcome if view.outcome in OUTCOMES else OUTCOMES[0]},
        {"kind": "button", "name": "compute", "disabled": view.x == view.y or len(view.regimes) < 2,
         "label": texts("tipping.compute", runs=runs, seconds=round(runs / RUNS_PER_SECOND))},
    ]  # fmt: skip
    note = texts("tipping.same") if view.x == view.y else ""
    if surface is not None:
        if surface.done < surface.all:
            note = texts("tipping.progress", done=surface.done, all=surface.all)
        elif surface.wanted != wanted:
            note = texts("tipping.stale")
    return [*items, {"kind": "note", "name": "surface", "label": note, "live": True}]


def sweeps_of(picture: Picture) -> tuple[Sweep, Sweep]:
    """Give both axes and their values, in the scenario of the story with all other changes."""
    x, y = (
        parse_sweep(f"--{side}", getattr(picture.view, side), picture.setting.base, COUNT) for side in "xy"
    )
    return x, y


def begin_surface(session: Session, picture: Picture, report: Any) -> None:
    """Ask for all runs of a surface, seeds outermost; `report` is told how far they have come."""
    view = picture.view
    wanted, tell = wanted_of(view), partial(session.send, report)
    nothing = pd.DataFrame()
    try:
        x, y = sweeps_of(picture)
        cells = [
            ((one, other), load_scenario(picture.setting.scenario, x.settings(one) | y.settings(other)))
            for one in x.points
            for other in y.points
        ]
    except (RequestError, ScenarioError) as error:
        tell(Surface(wanted, 0, 0, (), nothing, str(error)))
        return
    asked = [
        (place, scenario, regime, seed)
        for seed in SEEDS
        for place, scenario in cells
        for regime in view.regimes
    ]
    jobs = [Job("ending", scenario.with_regime(regime), seed) for _, scenario, regime, seed in asked]
    rows: list[dict[str, Any]] = []
    finished: set[int] = set()

    def deliver(at: int, content: Any, done: bool, _error: str | None) -> None:  # noqa: FBT001
        place, _, regime, seed = asked[at]
        if content is not None:
            named = dict(zip(OUTCOMES, content, strict=True))
            rows.append({view.x: place[0], view.y: place[1], "regime": regime, "seed": seed, **named})
        if done:
            finished.add(at)
            if len(finished) % 12 == 0 or len(finished) == len(jobs):
                tell(Surface(wanted, len(finished), len(jobs), (x.points, y.points), _in_order(rows, view)))

    tell(Surface(wanted, 0, len(jobs), (x.points, y.points), nothing))
    session.ask("surface", jobs, deliver)


def _in_order(rows: list[dict[str, Any]], view: View) -> pd.DataFrame:
    """Lay finished runs out: regimes in their own order, and only cells in which all regimes were run."""
    table = pd.DataFrame(rows)
    count = table.groupby([view.x, view.y, "seed"])["regime"].transform("nunique")
    table = table[count == len(view.regimes)]
    order = {regime: place for place, regime in enumerate(view.regimes)}
    return table.sort_values("regime", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def choose(session: Session, surface: Surface, told: dict[str, Any]) -> None:
    """Set both conditions to those of a cell."""
    value = told.get("value")
    if not str(told.get("series") or "").startswith("leader:") or not isinstance(value, list):
        return
    view = session.picture.view
    for name, points, place in zip(surface.wanted[-2:], surface.points, value[:2], strict=True):
        axis = find_axis(name, session.picture.setting.base)
        chosen = points[int(place)]
        view = view.changed(name, int(chosen) if axis.whole else chosen)
    session.visit(view, "cell")
