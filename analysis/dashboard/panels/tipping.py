"""Tipping point: which regime leads where, over two conditions; a cell becomes the setting of all curves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import solara

from analysis.dashboard.captions import about_chart, axis_label, axis_name, chart_words, outcome_label
from analysis.dashboard.charts.leader_map import leader_map
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import Part, text
from analysis.dashboard.panels.compare import Answer, MainChart
from analysis.dashboard.state.controls import axis_controls, value_of
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.surface import LOOKS, Surface
from analysis.dashboard.state.view import View
from analysis.dashboard.widgets import Chart, Toolbar
from analysis.errors import RequestError
from analysis.runs.axes import HORIZON, NAMED, find_axis
from model.loading import ScenarioError
from model.record import OUTCOMES

AXES = tuple(name for name in NAMED if name != HORIZON)

TOLD_EVERY = 10
"""Runs after which the map is drawn anew."""

LARGE = 40_000
"""Firms times quarters of a run from which a map is not begun unasked."""

KEPT = 4
"""Maps that a session remembers."""

OnCsv = Callable[[str, pd.DataFrame | None], None]


@dataclass(frozen=True, eq=False)
class State:
    """A surface as far as it has come.

    Attributes
    ----------
    wanted
        What it is of; see `wanted_of`.
    surface
        Its runs.
    left
        Runs that are still wanted for the outcome that is shown.
    seconds
        How long these take, if that is known.
    error
        Why there is none.
    """

    wanted: tuple[Any, ...]
    surface: Surface | None = None
    left: int = 0
    seconds: float | None = None
    error: str = ""


@solara.component
def Tipping(session: Session, picture: Picture, look: Look, on_csv: OnCsv) -> None:
    """Show the page on which two conditions are varied."""
    texts, view = look.texts, picture.view
    state, set_state = solara.use_state(None)
    outcome = outcome_of(view)
    wanted = wanted_of(view)
    possible = view.x != view.y and len(view.regimes) > 1

    def begin(*, asked: bool = False) -> Callable[[], None]:
        if possible and (asked or not _is_large(picture)):
            begin_surface(session, picture, outcome, set_state)
        return lambda: session.drop("surface")

    solara.use_effect(begin, [wanted, outcome])

    def act(told: dict[str, Any]) -> None:
        name, value = told["name"], told["value"]
        if name == "compute":
            begin(asked=True)
        elif name in {"x", "y", "outcome"}:
            session.change(**{name: value})

    shown = state if state is not None and state.wanted == wanted else None
    with Part():
        Toolbar(items=_items(picture, look, shown), label=texts("tipping.label"), event_set=act)
        if shown is not None and shown.error:
            text(shown.error, "kf-problem")
        if shown is not None and shown.surface is not None:
            MapPart(session, picture, look, shown, on_csv)
        text(texts("tipping.about", first=LOOKS[0], last=LOOKS[-1]), "kf-note", tag="p")
    with Part(texts("tipping.chosen")):
        Answer(picture, look)
        MainChart(picture, look, on_csv)


@solara.component
def MapPart(session: Session, picture: Picture, look: Look, state: State, on_csv: OnCsv) -> None:
    """Draw the map, and say what it shows."""
    texts, view, surface = look.texts, picture.view, state.surface
    if surface is None:
        return
    outcome = outcome_of(view)
    cells = surface.cells(outcome)
    said = summary(cells, outcome, look, len(surface.scenarios))
    with solara.v.Html(tag="div", class_="kf-headline", attributes={"role": "status", "aria-live": "polite"}):
        text(said, "kf-lead", tag="p")
    other, better = clearest(surface, outcome)
    if other:
        label = texts("tipping.clearer", outcome=outcome_label(other, texts), cells=better)
        Toolbar(
            items=[{"kind": "button", "name": "clearer", "label": label, "quiet": True}], label=label,
            event_set=lambda _: session.change(outcome=other),
        )  # fmt: skip
    name_of = axis_name if look.narrow else axis_label
    option = leader_map(
        cells, surface.axes, [name_of(name, texts) for name in surface.axes], surface.points,
        [present(picture, name) for name in surface.axes], view.regimes, look,
    )  # fmt: skip
    option["aria"]["label"]["description"] += f" {said} {texts('tipping.keys')}"
    caption = outcome_label(outcome, texts)
    Chart(
        option=option, name="surface", caption=caption, words=chart_words(look), csv=True,
        height=620 if look.large else 400 if look.narrow else 480, file=f"surface-{view.slug}",
        about=about_chart(picture, look, caption, said=said),
        event_click=lambda told: choose(session, surface, told),
        event_take=lambda _: on_csv("surface", surface.table()),
    )  # fmt: skip


def outcome_of(view: View) -> str:
    """Give the outcome that a map is of: maps are of outcomes only."""
    return view.outcome if view.outcome in OUTCOMES else OUTCOMES[0]


def wanted_of(view: View) -> tuple[Any, ...]:
    """Tell surfaces apart: all that one depends on, the axes last; their own values do not count."""
    moved = {view.x, view.y}
    fixed = tuple(change for change in view.changes if change[0] not in moved)
    return *view.place, fixed, view.regimes, view.seed, view.x, view.y


def _is_large(picture: Picture) -> bool:
    scenario = picture.setting.scenario
    return scenario.firms.number * scenario.steps > LARGE


def summary(cells: pd.DataFrame, outcome: str, look: Look, all_cells: int) -> str:
    """Say who leads in how many cells, how many are undecided, and how many are still to come."""
    texts = look.texts
    if not len(cells):
        return texts("tipping.coming", all=all_cells)
    said = _summary(cells, outcome, look)
    return (
        said if len(cells) == all_cells else texts("tipping.so_far", said=said, left=all_cells - len(cells))
    )


def _summary(cells: pd.DataFrame, outcome: str, look: Look) -> str:
    texts = look.texts
    count = cells["leader"].value_counts()
    named = [
        texts("tipping.leads_in", regime=texts.regime(str(regime)), cells=int(number), all=len(cells))
        for regime, number in count.items()
    ]
    undecided = int(cells["leader"].isna().sum())
    if not named:
        return texts("tipping.none_leads", outcome=outcome_label(outcome, texts), all=len(cells))
    said = f"{outcome_label(outcome, texts)}: {', '.join(named)}"
    return f"{said}; {texts('tipping.open_cells', cells=undecided)}" if undecided else f"{said}."


def clearest(surface: Surface, outcome: str) -> tuple[str, int]:
    """Find another outcome that tells more cells apart; empty if none does."""
    count = surface.told_apart()
    best = max(count, key=lambda name: count[name])
    return (best, count[best]) if count[best] > count[outcome] else ("", 0)


def present(picture: Picture, name: str) -> float:
    """Give the present value of an axis."""
    value = dict(picture.view.changes).get(name)
    if isinstance(value, int | float):
        return float(value)
    if NAMED[name].relative:
        return 1.0
    return float(value_of(picture.setting.base, NAMED[name].keys[0]))


def _items(picture: Picture, look: Look, state: State | None) -> list[dict[str, Any]]:
    texts, view = look.texts, picture.view
    there = [each.name for each in axis_controls(AXES, picture.setting.base)]
    options = [
        [name, texts.known(f"axes.{name}.label", NAMED[name].label)]
        for name in dict.fromkeys((*there, view.x, view.y))
        if name in NAMED
    ]
    outcomes = [[name, outcome_label(name, texts)] for name in OUTCOMES]
    items: list[dict[str, Any]] = [
        {"kind": "select", "name": "x", "label": texts("tipping.x"), "value": view.x, "options": options},
        {"kind": "select", "name": "y", "label": texts("tipping.y"), "value": view.y, "options": options},
        {"kind": "select", "name": "outcome", "label": texts("tipping.outcome"), "options": outcomes,
         "value": outcome_of(view)},
    ]  # fmt: skip
    if _is_large(picture) and state is None:
        runs = len(view.regimes) * LOOKS[0] * 25
        items.append({"kind": "button", "name": "compute", "label": texts("tipping.compute", runs=runs)})
    return [*items, {"kind": "note", "name": "surface", "label": _progress(view, look, state), "live": True}]


def _progress(view: View, look: Look, state: State | None) -> str:
    texts = look.texts
    if view.x == view.y:
        return texts("tipping.same")
    if len(view.regimes) < 2:
        return texts("tipping.one_regime")
    if state is None or state.surface is None:
        return ""
    if not state.left:
        return texts("tipping.ready", runs=state.surface.done)
    if state.seconds is None:
        return texts("tipping.progress", left=state.left)
    return texts("tipping.progress_seconds", left=state.left, seconds=max(1, round(state.seconds)))


def begin_surface(session: Session, picture: Picture, outcome: str, report: Callable[[State], None]) -> None:
    """Ask for the runs of a surface, look by look; `report` is told how far they have come."""
    wanted, tell = wanted_of(picture.view), partial(session.send, report)
    surface = session.surfaces.get(wanted)
    if surface is None:
        try:
            surface = Surface.of(picture)
        except (RequestError, ScenarioError) as error:
            tell(State(wanted, error=str(error)))
            return
        session.surfaces[wanted] = surface
        while len(session.surfaces) > KEPT:
            session.surfaces.pop(next(iter(session.surfaces)))
    _next_look(session, surface, outcome, wanted, tell)


def _next_look(
    session: Session, surface: Surface, outcome: str, wanted: tuple[Any, ...], tell: Callable[[State], None]
) -> None:
    keys = surface.missing(outcome)
    tell(State(wanted, surface, len(keys), surface.seconds_left(len(keys))))
    if not keys:
        return
    content: dict[int, Any] = {}
    finished: set[int] = set()

    def deliver(at: int, piece: Any, done: bool, _error: str | None) -> None:  # noqa: FBT001
        if piece is not None:
            content[at] = piece
        if not done:
            return
        surface.take(keys[at], content.pop(at, None))
        finished.add(at)
        left = len(keys) - len(finished)
        if not left:
            _next_look(session, surface, outcome, wanted, tell)
        elif len(finished) % TOLD_EVERY == 0:
            tell(State(wanted, surface, left, surface.seconds_left(left)))

    session.ask("surface", [surface.job(key) for key in keys], deliver)


def choose(session: Session, surface: Surface, told: dict[str, Any]) -> None:
    """Set both conditions to those of a cell."""
    value = told.get("value")
    where = str(told.get("series") or "")
    if not where.startswith(("leader:", "undecided", "cell")) or not isinstance(value, list):
        return
    view = session.picture.view
    for name, points, place in zip(surface.axes, surface.points, value[:2], strict=True):
        axis = find_axis(name, session.picture.setting.base)
        chosen = points[int(place)]
        view = view.changed(name, int(chosen) if axis.whole else chosen)
    session.visit(view, "cell")
