"""A session without a page: what it asks for, what it finds again, what it shows."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.dashboard.scheduling.jobs import Chunk
from analysis.dashboard.scheduling.mailbox import Mailbox
from analysis.dashboard.scheduling.run_cache import RunCache
from analysis.dashboard.state import session as sessions
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.reading import read
from analysis.dashboard.state.seeds import SEEDS
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.uploaded_scenario import pack
from analysis.dashboard.state.view import View
from model.loading import load_scenario
from model.record import ACCOUNT_SOURCES, OBSERVABLES, OUTCOMES
from model.scenario import REGIME_NAMES, twin_of


class PretendedScheduler:
    """Makes runs up, as soon as it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[Any], Any]] = []
        self.left: list[Any] = []

    def submit(self, owner: Any, lane: str, jobs: list[Any], deliver: Any) -> None:
        self.drop(owner, lane)
        self.asked.append((lane, list(jobs), deliver))

    def drop(self, owner: Any, lane: str | None = None) -> None:
        self.asked = [each for each in self.asked if lane is not None and each[0] != lane]
        if lane is None:
            self.left.append(owner)

    def answer(self, *lanes: str, jobs: int = 10**6) -> None:
        """Make up what was asked for in some lanes, in all by default; of each request some jobs only."""
        for each in [each for each in self.asked if not lanes or each[0] in lanes]:
            if each in self.asked:
                self.asked.remove(each)
            _, asked, deliver = each
            for place, job in enumerate(asked[:jobs]):
                rows = job.scenario.steps + 1
                made = {
                    "curves": Chunk(
                        0, np.ones((rows, len(OBSERVABLES))), np.zeros((rows, len(ACCOUNT_SOURCES), 2))
                    ),
                    "whole": None,
                    "ending": np.ones(len(OUTCOMES)),
                }
                deliver(place, made[job.kind], False, None)
                deliver(place, None, True, None)

    def lanes(self) -> dict[str, list[Any]]:
        return {lane: jobs for lane, jobs, _ in self.asked}


def begin(view: View | None = None) -> tuple[Session, PretendedScheduler, list[Picture]]:
    shown: list[Picture] = []
    scheduler: Any = PretendedScheduler()
    session = Session(
        scheduler, RunCache(), view or View(), shown.append, lambda receiver, content: receiver(content)
    )
    return session, scheduler, shown


ALL = SEEDS * len(REGIME_NAMES)


def test_it_asks_for_every_regime_on_one_seed_and_then_for_the_bands() -> None:
    _, scheduler, shown = begin()
    (first, first_jobs, _), (second, more_jobs, _) = scheduler.asked
    assert (first, second) == ("look", "bands")
    assert [job.scenario.policy.policymakers[0].regime for job in first_jobs] == list(REGIME_NAMES)
    # The typical seed comes first; all together are those of `run.py compare`.
    (typical,) = {job.seed for job in first_jobs}
    assert typical == load_scenario(View.story).story.typical_seed
    usual = range(10_000, 10_000 + SEEDS)
    assert [job.seed for job in more_jobs] == [
        seed for seed in usual if seed != typical for _ in REGIME_NAMES
    ]
    assert shown[-1].sample.shown == 0
    scheduler.answer("look")
    assert shown[-1].sample.shown == 1
    assert not shown[-1].finished
    scheduler.answer("bands")
    assert shown[-1].finished


def test_bands_tighten_stage_by_stage() -> None:
    _, scheduler, shown = begin()
    scheduler.answer()
    stages = [picture.sample.shown for picture in shown]
    assert list(dict.fromkeys(stages)) == [0, 1, 2, 4, 8, 16]
    # Not drawn for every run that comes: half of a seed changes nothing that is seen.
    assert len(shown) < 30


def test_what_was_run_is_not_run_again() -> None:
    session, scheduler, shown = begin()
    scheduler.answer()
    session.set_control("budget", 0.02)
    scheduler.answer()
    session.undo()
    assert "look" not in scheduler.lanes()
    assert "bands" not in scheduler.lanes()
    assert shown[-1].finished
    assert shown[-1].view == View()


def test_a_switch_of_one_regime_runs_that_regime_only() -> None:
    session, scheduler, _ = begin()
    scheduler.answer()
    session.set_control("regimes.cluster.outward", 0.7)
    for lane in ("look", "bands"):
        jobs = scheduler.lanes()[lane]
        assert {job.scenario.policy.policymakers[0].regime for job in jobs} == {"cluster"}


def test_another_language_runs_nothing() -> None:
    session, scheduler, shown = begin()
    scheduler.answer()
    scheduler.answer()
    session.change(language="de")
    session.change(quarter=3)
    assert scheduler.asked == []
    assert shown[-1].finished


def test_the_ghost_is_the_setting_before_on_the_same_seeds() -> None:
    session, scheduler, shown = begin()
    scheduler.answer()
    first = shown[-1].sample
    session.set_control("budget", 0.02)
    assert shown[-1].before.runs == first.runs
    session.change(seed=10_007)
    # Another seed is no other setting: what is pale is still the other budget, on these seeds.
    before = [job for job in scheduler.lanes()["bands"] if job.scenario.policy.budget == 0.03]
    assert {job.seed for job in before} == set(range(10_016, 10_023))


def test_no_ghost_is_drawn_on_the_scale_of_another_story_or_region() -> None:
    session, scheduler, shown = begin()
    scheduler.answer()
    for change in ({"story": "thin_rural_region"}, {"region": "ITH5"}, {"own": pack({"steps": 10})}):
        session.change(**change)
        scheduler.answer()
        assert shown[-1].before.runs == {}, change
        session.set_control("budget", 0.02)
        assert shown[-1].before.runs != {}
        session.undo()


def test_one_seed_needs_no_others() -> None:
    _, scheduler, shown = begin(View(chart="seed"))
    assert set(scheduler.lanes()) == {"look"}
    scheduler.answer()
    assert shown[-1].finished


def test_what_the_mission_asks_is_computed_quietly_and_remembered() -> None:
    session, scheduler, shown = begin()
    assert "mission" not in scheduler.lanes()
    scheduler.answer("look", "bands")
    jobs = scheduler.lanes()["mission"]
    assert {job.kind for job in jobs} == {"ending"}
    assert len(jobs) == 2 * 8 * len(REGIME_NAMES)
    scheduler.answer()
    assert shown[-1].mission.whole
    session.set_control("budget", 0.02)
    assert not shown[-1].mission.jobs
    session.undo()
    assert shown[-1].mission.whole
    assert "mission" not in scheduler.lanes()


def test_money_and_mind_are_offered_where_there_are_lottery_twins() -> None:
    own = pack({"extends": "thin_rural_region", "steps": 8})
    _, scheduler, shown = begin(View(own=own, chart="mind", regimes=("none", "cluster", "sector")))
    assert shown[-1].twins == {"cluster": twin_of("cluster"), "sector": twin_of("sector")}
    assert shown[-1].chart == "mind"
    scheduler.answer()
    reading = read(shown[-1], "breadth")
    assert set(reading.lines) == {"cluster", "sector"}
    assert reading.seeds == SEEDS
    assert {line.end for line in reading.lines.values()} == {0}
    # What chooses nothing has no twin, so that a link that asks for it shows the leads.
    assert begin(View(chart="mind", regimes=("none", "lottery")))[2][-1].chart == "lead"


def test_a_seed_on_which_a_run_failed_counts_for_nobody() -> None:
    _, scheduler, shown = begin()
    (_, jobs, deliver), _ = scheduler.asked
    for place in range(len(jobs)):
        deliver(place, None, True, "FloatingPointError: made up" if place == 2 else None)
    scheduler.asked.pop(0)
    scheduler.answer()
    assert shown[-1].sample.whole
    assert shown[-1].sample.kept() == tuple(range(1, SEEDS))
    assert "made up" in shown[-1].sample.error


def test_what_makes_no_sense_is_told_and_everything_else_stays() -> None:
    session, scheduler, shown = begin()
    scheduler.answer()
    session.change(own="garbage")
    assert "damaged" in shown[-1].problem
    assert shown[-1].finished
    session.change(own=pack({"steps": 10}))
    assert shown[-1].problem == ""
    assert shown[-1].setting.scenario.steps == 10


def test_replay_shows_the_last_change_once_more(monkeypatch: Any) -> None:
    monkeypatch.setattr(sessions, "REPLAY_PAUSE", 0.0)
    session, scheduler, shown = begin()
    session.set_control("budget", 0.02)
    scheduler.answer()
    shown.clear()
    session.replay()
    for _ in range(500):
        if len(shown) > 1:
            break
        sessions.time.sleep(0.01)
    assert [picture.view.changes for picture in shown] == [(), (("budget", 0.02),)]


def test_who_leaves_wants_nothing_more() -> None:
    session, scheduler, _ = begin()
    session.close()
    assert scheduler.left == [session]


def test_a_slow_page_is_shown_the_latest_only() -> None:
    mailbox = Mailbox()
    taken: list[int] = []

    def receive(content: int) -> None:
        taken.append(content)
        if content == 9:
            mailbox.close()

    for number in range(10):
        mailbox.send(receive, number)
    mailbox.deliver()
    assert taken == [9]
