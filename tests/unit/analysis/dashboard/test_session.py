"""A session without a page: what it asks for, what it finds again, what it shows."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.dashboard import session as sessions
from analysis.dashboard.charts.curves import Band
from analysis.dashboard.charts.look import Look
from analysis.dashboard.jobs import Chunk
from analysis.dashboard.panels.compare import curves_of
from analysis.dashboard.postbox import Postbox
from analysis.dashboard.session import BAND_SEEDS, Picture, Session
from analysis.dashboard.texts import Texts
from analysis.dashboard.traces import Shelf
from analysis.dashboard.uploads import pack
from analysis.dashboard.view import View
from analysis.figures.style import THEMES
from model.record import ACCOUNT_SOURCES, OBSERVABLES
from model.scenario import REGIME_NAMES


class PretendedDesk:
    """Makes runs up, as soon as it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[Any], Any]] = []
        self.left: list[Any] = []

    def submit(self, owner: Any, lane: str, jobs: list[Any], deliver: Any) -> None:
        self.asked.append((lane, list(jobs), deliver))

    def drop(self, owner: Any, lane: str | None = None) -> None:
        if lane is None:
            self.left.append(owner)

    def answer(self) -> None:
        for _, jobs, deliver in self.asked:
            for place, job in enumerate(jobs):
                rows = job.scenario.steps + 1
                deliver(
                    place,
                    Chunk(0, np.ones((rows, len(OBSERVABLES))), np.zeros((rows, len(ACCOUNT_SOURCES), 2))),
                    False,
                    None,
                )
                deliver(place, None, True, None)
        self.asked.clear()


def begin(view: View | None = None) -> tuple[Session, PretendedDesk, list[Picture]]:
    shown: list[Picture] = []
    desk: Any = PretendedDesk()
    session = Session(
        desk, Shelf(), view or View(), shown.append, lambda receiver, content: receiver(content)
    )
    return session, desk, shown


def test_it_asks_for_every_regime_on_one_seed() -> None:
    _, desk, shown = begin()
    ((lane, jobs, _),) = desk.asked
    assert lane == "look"
    assert [job.scenario.policy.policymakers[0].regime for job in jobs] == list(REGIME_NAMES)
    assert {job.seed for job in jobs} == {10_000}
    assert not shown[-1].finished
    desk.answer()
    assert shown[-1].finished


def test_what_was_run_is_not_run_again() -> None:
    session, desk, shown = begin()
    desk.answer()
    session.set_control("budget", 0.02)
    desk.answer()
    session.undo()
    assert desk.asked == []
    assert shown[-1].finished
    assert shown[-1].view == View()


def test_a_switch_of_one_regime_runs_that_regime_only() -> None:
    session, desk, _ = begin()
    desk.answer()
    session.set_control("regimes.cluster.outward", 0.7)
    ((_, jobs, _),) = desk.asked
    assert [job.scenario.policy.policymakers[0].regime for job in jobs] == ["cluster"]


def test_another_page_or_language_runs_nothing() -> None:
    session, desk, shown = begin()
    desk.answer()
    session.change(page="watch")
    session.change(language="de")
    assert desk.asked == []
    assert shown[-1].finished


def test_the_ghost_is_the_setting_before() -> None:
    session, desk, shown = begin()
    desk.answer()
    first = shown[-1].runs
    session.set_control("budget", 0.02)
    assert shown[-1].before == first


def test_bands_are_asked_for_when_wanted() -> None:
    session, desk, shown = begin()
    desk.answer()
    session.change(bands=True)
    ((lane, jobs, _),) = desk.asked
    # The first of the seeds was run for the curves.
    assert (lane, len(jobs)) == ("bands", (len(BAND_SEEDS) - 1) * len(REGIME_NAMES))
    desk.answer()
    assert all(run.finished for runs in shown[-1].bands.values() for run in runs)


def test_beside_bands_the_ghost_is_a_mean_over_the_same_seeds() -> None:
    session, desk, shown = begin(View(bands=True))
    desk.answer()
    before = shown[-1].bands
    session.set_control("budget", 0.02)
    session.change(seed=10_007)
    session.change(regimes=REGIME_NAMES[:2])
    desk.answer()
    # Neither another seed nor other regimes are other conditions.
    assert shown[-1].bands_before == {name: before[name] for name in REGIME_NAMES[:2]}
    drawn = curves_of(shown[-1], "breadth", Look(THEMES["light"], Texts("en")))
    assert set(drawn.before) == set(drawn.bands) == set(REGIME_NAMES[:2])
    assert np.array_equal(drawn.before["none"], Band.of([run.of("breadth") for run in before["none"]]).mean)


def test_a_ghost_of_bands_that_were_never_run_is_run_after_them() -> None:
    session, desk, _ = begin()
    desk.answer()
    session.set_control("budget", 0.02)
    desk.answer()
    session.change(bands=True)
    ((_, jobs, _),) = desk.asked
    assert [job.scenario.policy.budget for job in jobs] == [0.02] * 60 + [0.01] * 60


def test_what_makes_no_sense_is_told_and_everything_else_stays() -> None:
    session, desk, shown = begin()
    desk.answer()
    session.change(own="garbage")
    assert "damaged" in shown[-1].problem
    assert shown[-1].finished
    session.change(own=pack({"steps": 10}))
    assert shown[-1].problem == ""
    assert shown[-1].setting.scenario.steps == 10


def test_replay_shows_the_last_change_once_more(monkeypatch: Any) -> None:
    monkeypatch.setattr(sessions, "REPLAY_PAUSE", 0.0)
    session, desk, shown = begin()
    session.set_control("budget", 0.02)
    desk.answer()
    shown.clear()
    session.replay()
    for _ in range(500):
        if len(shown) > 1:
            break
        sessions.time.sleep(0.01)
    assert [picture.view.changes for picture in shown] == [(), (("budget", 0.02),)]


def test_who_leaves_wants_nothing_more() -> None:
    session, desk, _ = begin()
    session.close()
    assert desk.left == [session]


def test_a_slow_page_is_shown_the_latest_only() -> None:
    postbox = Postbox()
    taken: list[int] = []

    def receive(content: int) -> None:
        taken.append(content)
        if content == 9:
            postbox.close()

    for number in range(10):
        postbox.send(receive, number)
    postbox.deliver()
    assert taken == [9]
