"""The region of each phone, step by step: its luck, its setting, its role; and what came out in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.dashboard.classroom.course import LUCK, ROLES, SETTINGS
from analysis.dashboard.classroom.results import Result, aim_result, region_result
from analysis.dashboard.classroom.runs import Runs, Wanted
from analysis.dashboard.classroom.seat import MOST_DRAWS, Seat
from analysis.dashboard.state.seeds import SEEDS, first_of, seeds_of
from analysis.dashboard.state.view import View
from model.scenario import Scenario

COMMON_SEEDS = 4
"""Draws of luck on which every setting is run."""

SCEPTICS_LUCK = 1_000
"""Seeds beyond the first at which draws of sceptics begin."""


def wanted(step: str, seat: Seat, view: View, base: Scenario) -> list[Wanted]:
    """List the runs that a phone's region needs as it stands, or none if it did nothing in this step.

    Parameters
    ----------
    step
        Step of the course.
    seat
        The phone.
    view
        What is shown in front.
    base
        Scenario of that view without changes.
    """
    if step == LUCK and seat.ran:
        return [own_luck(seat, view)]
    if step == SETTINGS and seat.setting is not None:
        return [setting_at(seat, seat.setting, view, base)]
    if step == ROLES and seat.role.lever is None and seat.draws:
        return [other_luck(seat, seat.draws, view)]
    if step == ROLES and seat.role.lever is not None and seat.pulled is not None:
        return [
            role_at(seat, seat.role.lever.start(base), view, base),
            role_at(seat, seat.pulled, view, base),
        ]
    return []


def own_luck(seat: Seat, view: View) -> Wanted:
    """Give the region in front with luck of its own."""
    return Wanted(view, view.regimes, (first_of(view) + SEEDS - 1 + seat.number,))


def setting_at(seat: Seat, place: int, view: View, base: Scenario) -> Wanted:
    """Give the region in front under another setting, with the luck that is there."""
    return Wanted(seat.lever.moved(view, place, base), view.regimes, seeds_of(view, base, COMMON_SEEDS))


def role_at(seat: Seat, place: int, view: View, base: Scenario) -> Wanted:
    """Give a phone's own region with the lever of its role at a position."""
    lever, regime = seat.role.lever, seat.role.regime
    moved = view if lever is None else lever.moved(view, place, base)
    return Wanted(moved, (regime,), own_luck(seat, view).seeds)


def other_luck(seat: Seat, draw: int, view: View) -> Wanted:
    """Give the region in front with the luck that a sceptic drew."""
    return Wanted(view, view.regimes, (first_of(view) + SCEPTICS_LUCK + MOST_DRAWS * seat.number + draw,))


def ahead(step: str, seat: Seat, view: View, base: Scenario) -> Iterator[Wanted]:
    """List what a phone may want in a step, so that it can be run before it asks."""
    if step == LUCK:
        yield own_luck(seat, view)
    elif step == SETTINGS:
        for place in range(len(seat.lever.positions(base))):
            yield setting_at(seat, place, view, base)
    elif step == ROLES and seat.role.lever is None:
        for draw in range(1, 4):
            yield other_luck(seat, draw, view)
    elif step == ROLES and seat.role.lever is not None:
        for place in range(len(seat.role.lever.positions(base))):
            yield role_at(seat, place, view, base)


def result_of(step: str, seat: Seat, view: View, base: Scenario, runs: Runs) -> Result | None:
    """Give what came out in a phone's region as far as its runs have ended; None while none have."""
    needed = wanted(step, seat, view, base)
    if not needed:
        return None
    if step == ROLES and seat.role.lever is not None and seat.pulled is not None:
        before, now = (runs.found(each)[seat.role.regime][0] for each in needed)
        return aim_result(before, now, seat.role.aim, seat.pulled)
    at = {LUCK: 0, SETTINGS: seat.setting or 0, ROLES: seat.draws}[step]
    return region_result(runs.found(needed[0]), view.outcome, at)


def complete(step: str, result: Result | None) -> bool:
    """Whether no more is to come."""
    return result is not None and result.seeds >= (COMMON_SEEDS if step == SETTINGS else 1)


def prepared(view: View) -> View:
    """Give what is shown in front: leads on the page of the lesson, whatever else the link said."""
    return replace(view, page="lesson", chart="lead", tour=0, guess="")
