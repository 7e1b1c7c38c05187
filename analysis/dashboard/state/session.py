"""One person at the dashboard: what they look at, and the runs that come in for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from analysis.dashboard.scheduling.jobs import Job
from analysis.dashboard.scheduling.needed_runs import NeededRun, by_regime, needed_runs
from analysis.dashboard.scheduling.queue import Deliver
from analysis.dashboard.scheduling.run_cache import OWN_ROOM, RunCache
from analysis.dashboard.scheduling.sample import NOTHING, Sample
from analysis.dashboard.scheduling.scheduler import Scheduler
from analysis.dashboard.state.history import History
from analysis.dashboard.state.mission import UNKNOWN, Mission
from analysis.dashboard.state.picture import Picture, fitting
from analysis.dashboard.state.seeds import SEEDS, seeds_of
from analysis.dashboard.state.settings import EVERYBODYS, Setting, Settings, is_private
from analysis.dashboard.state.uploaded_regions import Table, Uploads
from analysis.dashboard.state.view import View
from analysis.errors import RequestError
from model.loading import ScenarioError

MISSIONS = 16
"""Settings of which a session remembers what the channels of the mission do."""

OWN_SETTINGS = 32
"""Settings of what a user uploaded that a session remembers."""

REPLAY_PAUSE = 1.5
"""Seconds for which the setting before is shown when the last change is replayed."""


class Session:
    """What one person looks at, and the runs for it.

    Parameters
    ----------
    scheduler
        Where runs are asked for.
    cache
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
        self, scheduler: Scheduler, cache: RunCache, view: View, show: Callable[[Picture], None],
        send: Callable[[Callable[[Any], None], Any], None], clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._scheduler, self._cache, self._show, self._send, self._clock = (
            scheduler,
            cache,
            show,
            send,
            clock,
        )
        self._lock = threading.RLock()
        self._version = 0
        # What a user brings, and what is run of it, goes with the session.
        self.uploads = Uploads()
        self._own_settings, self._own_cache = Settings(self.uploads, OWN_SETTINGS), RunCache(OWN_ROOM)
        self._asked: tuple[Any, ...] | None = None
        self._missions: dict[tuple[Any, ...], Mission] = {}
        self._mission_asked: tuple[Any, ...] | None = None
        self.surfaces: dict[tuple[Any, ...], Any] = {}
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

    def note(self, **changes: Any) -> None:
        """Keep something with the present view that is no step of its own, and needs no runs."""
        with self._lock:
            history = self.picture.history
            views = list(history.views)
            views[history.place] = replace(history.view, **changes)
            self.picture = replace(self.picture, history=replace(history, views=tuple(views)))
            self._draw()

    def set_control(self, name: str, value: Any) -> None:
        """Set a control; None sets it back."""
        self.visit(self.picture.view.changed(name, value), name)

    def visit(self, view: View, moved: str = "address") -> None:
        """Look at something else."""
        with self._lock:
            self._replaying += 1
            self._go(self.picture.history.show(view, moved, self._clock()))

    def bring(
        self, files: Sequence[tuple[str, bytes]], size: int, measure: str, accept: Collection[str] = ()
    ) -> Table:
        """Take a table of regions in, and show its first region; see `Uploads.take`.

        Raises
        ------
        RequestError
            If it cannot be read, or its first region cannot be run.
        """
        table = self.uploads.take(files, size, measure, accept)
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
            self._scheduler.drop(self)
            self._own_cache.clear()
            self._missions.clear()
            self.surfaces.clear()

    def ask(self, lane: str, jobs: list[Job], deliver: Callable[[int, Any, bool, str | None], None]) -> None:
        """Ask for other runs than those of the curves; see `Scheduler.submit`."""
        self._scheduler.submit(self, lane, jobs, deliver)

    def send(self, receiver: Callable[[Any], None], content: Any) -> None:
        """Bring something to a part of the page, from whatever thread."""
        self._send(receiver, content)

    def drop(self, lane: str) -> None:
        """Want what was asked for in a lane no more."""
        self._scheduler.drop(self, lane)

    def _setting_for(self, view: View) -> Setting:
        return (self._own_settings if is_private(view) else EVERYBODYS).setting_for(view)

    def _cache_for(self, view: View) -> RunCache:
        return self._own_cache if is_private(view) else self._cache

    def _first(self, view: View) -> Picture:
        try:
            setting, problem = self._setting_for(view), ""
        except (RequestError, ScenarioError) as error:
            view, problem = replace(view, own="", story=View.story, region="", changes=()), str(error)
            setting = self._setting_for(view)
        view, odd = fitting(view, setting)
        return Picture(History((view,)), setting, problem=problem or odd)

    def _go(self, history: History) -> None:
        """Show a place in the history; what cannot be is told, and everything else stays."""
        if history is self.picture.history:
            return
        try:
            setting = self._setting_for(history.view)
        except (RequestError, ScenarioError) as error:
            self._draw(problem=str(error))
            return
        view, odd = fitting(history.view, setting)
        if view != history.view:
            history = replace(history, views=(*history.views[: history.place], view), place=history.place)
        self.picture = replace(self.picture, history=history, setting=setting, problem=odd)
        self._look()

    def _look(self) -> None:
        """Ask for the runs of the view, or find them; draw what is there."""
        picture = self.picture
        view = picture.view
        # A single seed, and pages without curves, need no others; who wins is told on the desk only.
        whole = view.page == "desk"
        many = (picture.chart != "seed" or whole) and view.page not in {"watch", "trust"}
        asked = (*view.setting, many, picture.chart == "mind", whole)
        if asked != self._asked:
            self._asked = asked
            seeds = seeds_of(view, picture.setting.base, SEEDS if many else 1)
            twins = picture.twins.values() if picture.chart == "mind" else ()
            regimes = tuple(dict.fromkeys((*view.regimes, *twins)))
            now = needed_runs(picture.setting, regimes, seeds, self._cache_for(view), whole=whole)
            ghost = self._earlier(regimes, seeds)
            self.picture = replace(
                picture, sample=Sample(seeds, by_regime(now)), before=_sample(seeds, ghost), mission=UNKNOWN
            )
            first = len(regimes)
            self._request("look", now[:first])
            # One seed would be no ghost of a mean: the setting before is run over the same seeds, but later.
            self._request("bands", [*now[first:], *ghost] if many else [])
        self._ask_for_mission()
        self._draw()

    def _earlier(self, regimes: Sequence[str], seeds: Sequence[int]) -> list[NeededRun]:
        """List the runs of the setting before, for the regimes that are shown now."""
        before = self.picture.history.before
        if before is None:
            return []
        try:
            setting = self._setting_for(before)
        except (RequestError, ScenarioError):
            return []
        known = [name for name in regimes if name in setting.known]
        return needed_runs(setting, known, seeds, self._cache_for(before))

    def _request(self, lane: str, asked_for: list[NeededRun]) -> None:
        missing = [each for each in asked_for if not each.run.finished]
        drawn = [self._stages()]

        def deliver(place: int, content: Any, finished: bool, error: str | None) -> None:  # noqa: FBT001
            if content is not None:
                missing[place].run.take(content)
            if finished:
                missing[place].finish(error)
            stages = self._stages()
            if lane == "look" or stages != drawn[0]:
                drawn[0] = stages
                self._ask_for_mission()
                self._draw()

        if missing:
            self._scheduler.submit(self, lane, [each.job for each in missing], deliver)
        else:
            self._scheduler.drop(self, lane)

    def _stages(self) -> tuple[int, int]:
        picture = self.picture
        return picture.sample.settled().shown, picture.before.settled().shown

    def _ask_for_mission(self) -> None:
        """Once the bands are there, look quietly at what the two channels of the mission do here."""
        with self._lock:
            picture = self.picture
            view = picture.view
            if (
                view.page != "compare"
                or not picture.sample.settled().whole
                or len(picture.sample.seeds) < SEEDS
            ):
                self._scheduler.drop(self, "mission")
                self._mission_asked = None
                return
            if self._mission_asked == view.setting:
                return
            self._mission_asked = view.setting
            known = self._missions.get(view.setting)
            if known is not None:
                self.picture = replace(picture, mission=known)
                return
            mission = Mission.of(picture.setting, view.regimes, picture.sample.seeds)
            self.picture = replace(picture, mission=mission)
            if mission.jobs:
                self._scheduler.submit(
                    self, "mission", mission.jobs, self._take_mission(mission, view.setting)
                )
            else:
                self._scheduler.drop(self, "mission")

    def _take_mission(self, mission: Mission, setting: tuple[Any, ...]) -> Deliver:
        def deliver(place: int, content: Any, finished: bool, error: str | None) -> None:  # noqa: FBT001
            mission.take(place, content, finished=finished, error=error)
            if finished and mission.told_anew():
                with self._lock:
                    if mission.whole:
                        self._missions[setting] = mission
                        while len(self._missions) > MISSIONS:
                            self._missions.pop(next(iter(self._missions)))
                    if self._mission_asked == setting:
                        self._draw()

        return deliver

    def _draw(self, problem: str | None = None) -> None:
        with self._lock:
            self._version += 1
            told = self.picture.problem if problem is None else problem
            sample, before = self.picture.sample.settled(), self.picture.before.settled()
            self.picture = replace(
                self.picture, version=self._version, problem=told, sample=sample, before=before
            )
            picture = self.picture
        self._send(self._show, picture)


def _sample(seeds: tuple[int, ...], needed: list[NeededRun]) -> Sample:
    return Sample(seeds, by_regime(needed)) if needed else NOTHING
