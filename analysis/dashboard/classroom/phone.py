"""What a phone shows: made here in words, so that its page has nothing to do but show it."""

from __future__ import annotations

from typing import Any

from analysis.dashboard.captions import outcome_label, value_words
from analysis.dashboard.classroom.course import (
    DEBRIEF,
    GUESS,
    LOBBY,
    LUCK,
    OPEN,
    REVEALED,
    ROLES,
    SETTINGS,
    WAITING,
)
from analysis.dashboard.classroom.levers import Lever, Role
from analysis.dashboard.classroom.regions import COMMON_SEEDS
from analysis.dashboard.classroom.results import Result
from analysis.dashboard.classroom.room import Room
from analysis.dashboard.classroom.seat import MOST_DRAWS, Seat
from analysis.dashboard.texts import Texts
from analysis.runs.axes import NAMED
from model.record import OBSERVABLES

Screen = dict[str, Any]


def phone_screen(room: Room, seat: Seat, texts: Texts) -> Screen:
    """Lay out what a phone shows at this moment.

    Parameters
    ----------
    room
        The room.
    seat
        The phone.
    texts
        Messages in its language.

    Returns
    -------
    dict
        Texts, choices, a lever, a button and bars; plain values that nothing is read from as markup.
    """
    if room.ended:
        return {"ended": True, "lines": [texts("classroom.ended")]}
    course = room.course
    screen: Screen = {
        "step": course.step, "stage": course.stage, "language": texts.language,
        "number": texts("classroom.phone.number", number=seat.number), "title": "", "lines": [], "said": "",
    }  # fmt: skip
    _PARTS.get(course.step, _look)(screen, room, seat, texts)
    if course.step in {GUESS, LUCK, SETTINGS, ROLES} and course.stage != OPEN:
        # A position stays, so that who waits sees what is coming; it cannot be moved.
        for part in ("choices", "button"):
            screen.pop(part, None)
        key = "wait" if course.stage == WAITING else "look" if course.stage == REVEALED else "shut"
        screen["lines"].append(texts(f"classroom.phone.{key}"))
    return screen


def _look(screen: Screen, room: Room, _seat: Seat, texts: Texts) -> None:
    step = room.course.step
    screen["title"] = texts(f"classroom.{step}.title")
    key = f"classroom.{step}.phone" if step in {LOBBY, DEBRIEF} else "classroom.phone.look"
    screen["lines"] = [texts(key)]
    if step == DEBRIEF:
        screen["lines"] += list(questions(room, texts))


def _guess(screen: Screen, room: Room, seat: Seat, texts: Texts) -> None:
    scenario = room.picture.setting.scenario
    screen["title"] = texts("classroom.guess.phone", years=scenario.steps // 4)
    screen["lines"] = [outcome_label(room.usual.outcome, texts)]
    screen["choices"] = [
        {
            "value": name, "label": texts.regime(name), "help": texts.known(f"explained.{name}", ""),
            "chosen": name == seat.guess,
        }
        for name in room.usual.regimes
    ]  # fmt: skip
    if seat.guess:
        key = "thanks" if room.course.open else "guessed"
        screen["said"] = texts(f"classroom.phone.{key}", regime=texts.regime(seat.guess))
    elif not room.course.open and room.course.stage != WAITING:
        screen["said"] = texts("classroom.phone.no_guess")


def _luck(screen: Screen, room: Room, seat: Seat, texts: Texts) -> None:
    screen["title"] = texts("classroom.luck.title")
    screen["lines"] = [texts("classroom.luck.phone", number=seat.number)]
    if not seat.ran:
        screen["button"] = {"do": "run", "label": texts("classroom.phone.run")}
    else:
        _leads(screen, room, seat, texts, "luck")


def _settings(screen: Screen, room: Room, seat: Seat, texts: Texts) -> None:
    label, _ = lever_words(seat.lever, texts)
    leader = room.leader_on(COMMON_SEEDS)
    key = "phone" if leader else "phone_first"
    screen["title"] = texts(f"classroom.settings.{key}", lever=label, regime=texts.regime(leader))
    place = seat.setting if seat.setting is not None else seat.lever.start(room.base)
    screen["lever"] = lever_screen(room, seat.lever, place, texts)
    if seat.setting is not None:
        _leads(screen, room, seat, texts, "settings")


def questions(room: Room, texts: Texts) -> list[str]:
    """List the questions of the debrief; the one about roles only where somebody played one."""
    told = list(texts.several("classroom.debrief.questions"))
    if any(ROLES in seat.results for seat in room.seats.values()):
        told.insert(len(told) - 1, texts("classroom.debrief.role_question"))
    return told


def _roles(screen: Screen, room: Room, seat: Seat, texts: Texts) -> None:
    role = seat.role
    screen["title"] = texts(f"classroom.cards.{role.name}.name")
    screen["role"] = role.name
    screen["lines"] = [texts(f"classroom.cards.{role.name}.who")]
    screen["aim"] = [texts("classroom.roles.aim"), aim_words(role, texts)]
    if role.lever is None:
        left = MOST_DRAWS - seat.draws
        screen["lines"].append(texts("classroom.phone.draws", left=left))
        if left:
            screen["button"] = {"do": "draw", "label": texts("classroom.phone.draw")}
        if seat.draws:
            _leads(screen, room, seat, texts, "luck")
        return
    screen["lines"].append(texts("classroom.roles.under", regime=texts.regime(role.regime)))
    place = seat.pulled if seat.pulled is not None else role.lever.start(room.base)
    screen["lever"] = lever_screen(room, role.lever, place, texts)
    if seat.pulled is not None:
        _aim(screen, room, seat, texts)


def _aim(screen: Screen, room: Room, seat: Seat, texts: Texts) -> None:
    result: Result | None = room.result(seat)
    lever = seat.role.lever
    if lever is not None and seat.pulled == lever.start(room.base):
        screen["said"] = texts("classroom.roles.as_usual")
    elif result is None:
        _coming(screen, room, seat, texts)
    else:
        change = texts.signed_percent(result.change)
        screen["said"] = texts("classroom.roles.yours", aim=aim_words(seat.role, texts), change=change)
        screen["bars"] = [{"label": aim_words(seat.role, texts), "value": result.change, "shown": change}]


def _leads(screen: Screen, room: Room, seat: Seat, texts: Texts, step: str) -> None:
    result: Result | None = room.result(seat)
    if result is None:
        _coming(screen, room, seat, texts)
        return
    leader = room.leader_on(result.seeds) if step == "settings" else room.leader
    if leader:
        key = "yours_same" if result.first == leader else "yours_other"
        screen["said"] = texts(
            f"classroom.{step}.{key}",
            regime=texts.regime(result.first),
            seeds=result.seeds,
            all=COMMON_SEEDS,
        )
    screen["bars"] = [
        {
            "label": texts.regime(name), "regime": name, "value": round(result.lead(name), 2),
            "shown": texts.signed_percent(result.lead(name)), "first": name == result.first,
        }
        for name in result.ends
    ]  # fmt: skip


def _coming(screen: Screen, room: Room, seat: Seat, texts: Texts) -> None:
    screen["said"] = texts("classroom.failed" if room.failed(seat) else "classroom.phone.computing")


_PARTS = {GUESS: _guess, LUCK: _luck, SETTINGS: _settings, ROLES: _roles}


def lever_words(lever: Lever, texts: Texts) -> tuple[str, str]:
    """Give the name of a lever and what it means."""
    name = lever.name.rpartition(".")[2]
    return texts(f"classroom.levers.{name}.label"), texts(f"classroom.levers.{name}.help")


def position_words(lever: Lever, value: Any, texts: Texts) -> str:
    """Write the position of a lever."""
    if lever.name in NAMED and NAMED[lever.name].relative:
        return f"× {texts.number(float(value))}"
    shares = {"budget", "firms.rd_intensity", "regimes.cluster.outward"}
    if lever.name in shares:
        return texts.percent(100 * float(value))
    return value_words(value, texts)


def aim_words(role: Role, texts: Texts) -> str:
    """Name what a role wants."""
    if role.aim in OBSERVABLES:
        return outcome_label(role.aim, texts)
    return texts(f"classroom.cards.{role.name}.aim")


def lever_screen(room: Room, lever: Lever, place: int, texts: Texts) -> Screen:
    """Lay out a lever."""
    positions = lever.positions(room.base)
    label, help_ = lever_words(lever, texts)
    return {
        "label": label, "help": help_, "place": place, "usual": lever.start(room.base), "open": room.course.open,
        "positions": [position_words(lever, each, texts) for each in positions],
    }  # fmt: skip
