"""One person at the dashboard: what they look at, and the runs that come in for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.dashboard.brought import Brought, Table
from analysis.dashboard.desk import Desk
from analysis.dashboard.history import History
from analysis.dashboard.jobs import Job
from analysis.dashboard.orders import Order, by_regime, orders
from analysis.dashboard.settings import EVERYBODYS, Setting, Settings, is_private
from analysis.dashboard.traces import OWN_ROOM, Shelf, Trace
from analysis.dashboard.view import FIRST_SEED, View
from analysis.errors import RequestError
from model.loading import ScenarioError

BAND_SEEDS = tuple(range(FIRST_SEED, FIRST_SEED + 16))
"""Seeds of uncertainty bands: those of `run.py compare`."""

OWN_SETTINGS = 32
"""Settings of what a user brought that a session remembers."""

REPLAY_PAUSE = 1.5
"""Seconds for which the setting before is shown when the last change is replayed."""


@dataclass(frozen=True)
class Picture:
    """What there is to draw at a moment.

    Attributes
    ----------
    history
        The view, and those before.
    setting
        Scenario that is shown.
    runs
        Runs of the present setting by regime, as far as they have come.
    before
        Finished runs of the setting before.
    bands, bands_before
        Runs over many seeds by regime, of the present setting and of the one before.
    problem
        Why there is nothing to show, or nothing new.
    version
        Counts pictures.
    """

    history: History
    setting: Setting
    runs: dict[str, Trace]
    before: dict[str, Trace]
    bands: dict[str, list[Trace]]
    bands_before: dict[str, list[Trace]]
    problem: str = ""
    version: int = 0

    @property
    def view(self) -> View:
        """What is looked at."""
        return self.history.view

    @property
    def finished(self) -> bool:
        """Whether all runs of the present setting are there."""
        return all(run.finished for run in self.runs.values())


class Session:
    """What one person looks at, and the runs for it.

    Parameters
    ----------
    desk
        Where runs are asked for.
    shelf
        Finished runs, shared by all sessions.
    view
        What is looked at first.
    show
        Is to get a picture whenever there is something new to see.
    send
        Brings something to a receiver, such as `show`, in the page's own thread; it has to be quick.
    clock
        Gives the time in seconds.
    """

    def __init__(
        self, desk: Desk, shelf: Shelf, view: View, show: Callable[[Picture], None],
        send: Callable[[Callable[[Any], None], Any], None], clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._desk, self._shelf, self._show, self._send, self._clock = desk, shelf, show, send, clock
        self._lock = threading.RLock()
        self._version = 0
        # What a user brings, and what is run of it, goes with the session.
        self.brought = Brought()
        self._own_settings, self._own_shelf = Settings(self.brought, OWN_SETTINGS), Shelf(OWN_ROOM)
        self._asked: tuple[Any, ...] | None = None
        self._replaying = 0
        self.picture = self._first(view)
        self._look()

    def change(self, moved: str = "", **changes: Any) -> None:
        """Change attributes of the view.

        Parameters
        ----------
        moved
            What was moved, so that one drag of a slider is one step of the history.
        **changes
            Attributes of `View` and their values.
        """
        self.visit(replace(self.picture.view, **changes), moved or ",".join(changes))

    def set_control(self, name: str, value: Any) -> None:
        """Set a control; None sets it back."""
        self.visit(self.picture.view.changed(name, value), name)

    def visit(self, view: View, moved: str = "address") -> None:
        """Look at something else."""
        with self._lock:
            self._replaying += 1
            self._go(self.picture.history.show(view, moved, self._clock()))

    def bring(self, files: Sequence[tuple[str, bytes]], size: int, measure: str) -> Table:
        """Take a table of regions in, and show its first region; see `Brought.take`.

        Raises
        ------
        RequestError
            If it cannot be read, or its first region cannot be run.
        """
        table = self.brought.take(files, size, measure)
        self.change(region=table.choices[0][0], moved="region")
        return table

    def undo(self) -> None:
        """Go back by one view."""
        with self._lock:
            self._replaying += 1
            self._go(self.picture.history.undo())

    def redo(self) -> None:
        """Go forward again."""
        with self._lock:
            self._replaying += 1
            self._go(self.picture.history.redo())

    def replay(self) -> None:
        """Show the setting before once more, and after a pause the present one."""
        with self._lock:
            history = self.picture.history
            if not history.can_undo:
                return
            self._replaying += 1
            mine = self._replaying
            self._go(history.undo())
        threading.Timer(REPLAY_PAUSE, self._end_replay, (mine,)).start()

    def _end_replay(self, mine: int) -> None:
        with self._lock:
            # Whoever did something in the meantime wants that, and not the end of the replay.
            if mine == self._replaying:
                self._go(self.picture.history.redo())

    def close(self) -> None:
        """Leave: nothing is wanted any more."""
        with self._lock:
            self._replaying += 1
            self._desk.drop(self)
            self._own_shelf.clear()

    def ask(self, lane: str, jobs: list[Job], deliver: Callable[[int, Any, bool, str | None], None]) -> None:
        """Ask for other runs than those of the curves; see `Desk.submit`."""
        self._desk.submit(self, lane, jobs, deliver)

    def send(self, receiver: Callable[[Any], None], content: Any) -> None:
        """Bring something to a part of the page, from whatever thread."""
        self._send(receiver, content)

    def drop(self, lane: str) -> None:
        """Want what was asked for in a lane no more."""
        self._desk.drop(self, lane)

    def _setting_for(self, view: View) -> Setting:
        return (self._own_settings if is_private(view) else EVERYBODYS).setting_for(view)

    def _shelf_for(self, view: View) -> Shelf:
        return self._own_shelf if is_private(view) else self._shelf

    def _first(self, view: View) -> Picture:
        try:
            setting, problem = self._setting_for(view), ""
        except (RequestError, ScenarioError) as error:
            view, problem = replace(view, own="", story=View.story, region="", changes=()), str(error)
            setting = self._setting_for(view)
        view, odd = _fitting(view, setting)
        return Picture(History((view,)), setting, {}, {}, {}, {}, problem or odd)

    def _go(self, history: History) -> None:
        """Show a place in the history; what cannot be is told, and everything else stays."""
        if history is self.picture.history:
            return
        try:
            setting = self._setting_for(history.view)
        except (RequestError, ScenarioError) as error:
            self._draw(problem=str(error))
            return
        view, odd = _fitting(history.view, setting)
        if view != history.view:
            history = replace(history, views=(*history.views[: history.place], view), place=history.place)
        self.picture = replace(self.picture, history=history, setting=setting, problem=odd)
        self._look()

    def _look(self) -> None:
        """Ask for the runs of the view, or find them; draw what is there."""
        picture = self.picture
        view = picture.view
        asked = (*view.setting, view.bands)
        if asked == self._asked:
            self._draw()
            return
        self._asked = asked
        asked_for = orders(picture.setting, view.regimes, (view.seed,), self._shelf_for(view))
        runs = {each.regime: each.run for each in asked_for}
        self.picture = replace(picture, runs=runs, before=self._ghost(), bands={}, bands_before={})
        self._request("look", asked_for)
        self._ask_for_bands()
        self._draw()

    def _ghost(self) -> dict[str, Trace]:
        before = self.picture.history.before
        found = [] if before is None else self._earlier(before, (before.seed,))
        return {each.regime: each.run for each in found if each.run.finished}

    def _earlier(self, before: View, seeds: Iterable[int]) -> list[Order]:
        """List the runs of an earlier view, for the regimes that are shown now."""
        try:
            setting = self._setting_for(before)
        except (RequestError, ScenarioError):
            return []
        regimes = [name for name in self.picture.view.regimes if name in setting.scenario.regimes]
        return orders(setting, regimes, seeds, self._shelf_for(before))

    def _ask_for_bands(self) -> None:
        picture = self.picture
        if not picture.view.bands:
            self._desk.drop(self, "bands")
            return
        now = orders(picture.setting, picture.view.regimes, BAND_SEEDS, self._shelf_for(picture.view))
        before = picture.history.conditions_before
        # One seed would be no ghost of a mean: the setting before is run over the same seeds, but later.
        ghost = [] if before is None else self._earlier(before, BAND_SEEDS)
        self.picture = replace(picture, bands=by_regime(now), bands_before=by_regime(ghost))
        self._request("bands", [*now, *ghost])

    def _request(self, lane: str, asked_for: list[Order]) -> None:
        missing = [each for each in asked_for if not each.run.finished]

        def deliver(place: int, content: Any, finished: bool, error: str | None) -> None:  # noqa: FBT001
            if content is not None:
                missing[place].run.take(content)
            if finished:
                missing[place].finish(error)
            if lane == "look" or finished:
                self._draw()

        if missing:
            self._desk.submit(self, lane, [each.job for each in missing], deliver)
        else:
            self._desk.drop(self, lane)

    def _draw(self, problem: str | None = None) -> None:
        with self._lock:
            self._version += 1
            told = self.picture.problem if problem is None else problem
            self.picture = replace(self.picture, version=self._version, problem=told)
            picture = self.picture
        self._send(self._show, picture)


def _fitting(view: View, setting: Setting) -> tuple[View, str]:
    """Leave out of a view what its scenario does not have, and say what that was."""
    regimes = setting.scenario.regimes
    chosen = tuple(regime for regime in view.regimes if regime in regimes) or View.regimes
    odd = [f"regimes: {name}" for name in view.regimes if name not in regimes]
    kept = {name for name, _ in view.changes}
    odd += setting.left_out
    left_out = {each.partition(":")[0] for each in setting.left_out}
    changes = tuple(change for change in view.changes if change[0] in kept - left_out)
    fitted = replace(view, regimes=chosen, changes=changes)
    for side in ("left", "right"):
        if getattr(view, side) not in regimes:
            fitted = replace(fitted, **{side: getattr(View, side)})
    if setting.without:
        odd.append(f"left out, as it makes no sense here: {', '.join(setting.without)}")
    return fitted, "; ".join(odd)
