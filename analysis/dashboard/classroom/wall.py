"""What the wall shows: the step, the votes, the dots, the curves, and what the trainer may do next."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from statistics import median
from typing import Any

import numpy as np

from analysis.dashboard.captions import outcome_label
from analysis.dashboard.classroom.course import (
    DEBRIEF,
    GUESS,
    LOBBY,
    LUCK,
    REVEALED,
    ROLES,
    SETTINGS,
    TOGETHER,
)
from analysis.dashboard.classroom.levers import ROLES as ROLE_CARDS
from analysis.dashboard.classroom.levers import Role
from analysis.dashboard.classroom.phone import Screen, aim_words, lever_words, position_words, questions
from analysis.dashboard.classroom.regions import COMMON_SEEDS
from analysis.dashboard.classroom.results import Dot, Result, dots, otherwise
from analysis.dashboard.classroom.room import Room
from analysis.dashboard.state.reading import Line, change, read
from analysis.dashboard.texts import Texts
from analysis.dashboard.words import change_sentence, headline, standings
from analysis.statistics.comparison import baseline_of
from model.loading import library, load_scenario


def wall_screen(room: Room, texts: Texts) -> Screen:
    """Lay out what the wall shows at this moment.

    Parameters
    ----------
    room
        The room.
    texts
        Messages in the language of the wall.

    Returns
    -------
    dict
        Texts, votes, dots, curves and buttons; plain values that nothing is read from as markup.
    """
    if room.ended:
        return {"ended": True, "said": [texts("classroom.ended")]}
    course, here = room.course, sum(seat.connections > 0 for seat in room.seats.values())
    values = {
        "years": room.picture.setting.scenario.steps // 4, "label": outcome_label(room.usual.outcome, texts),
    }  # fmt: skip
    screen: Screen = {
        "step": course.step, "stage": course.stage, "language": texts.language, "code": room.code,
        "title": texts(f"classroom.{course.step}.title"), "said": [],
        "text": texts.known(f"classroom.{course.step}.text", "").format(**values),
        "here": texts("classroom.here_one") if here == 1 else texts("classroom.here", count=here), "count": here,
        "told": texts(f"classroom.stages.{course.stage}"), "status": _status(room, texts),
        "moves": [{"do": each, "label": texts(f"classroom.moves.{each}")} for each in course.moves],
    }  # fmt: skip
    _PARTS[course.step](screen, room, texts)
    return screen


def _status(room: Room, texts: Texts) -> str:
    sample = room.picture.sample
    if not sample.settled().whole:
        return texts("classroom.computing_answer", done=sample.done, all=len(sample.seeds))
    return texts("classroom.preparing", left=room.runs.left) if room.runs.left else ""


def _lobby(screen: Screen, room: Room, texts: Texts) -> None:
    screen["stories"] = _stories(texts.language)
    screen["story"] = room.usual.story


@cache
def _stories(language: str) -> list[list[str]]:
    """List the stories with their titles; read once, as the wall is laid out many times."""
    texts = Texts(language)
    titles = ((name, load_scenario(name).story.title) for name in library())
    return [[name, texts.known(f"stories.{name}.title", title)] for name, title in titles]


def _guess(screen: Screen, room: Room, texts: Texts) -> None:
    guesses = [seat.guess for seat in room.seats.values() if seat.guess]
    revealed = room.course.stage == REVEALED
    screen["votes"] = [
        {"label": texts.regime(name), "regime": name, "count": guesses.count(name)}
        for name in room.usual.regimes
    ]
    screen["gathered"] = texts("classroom.guess.votes", count=len(guesses), all=len(room.present))
    if not revealed:
        screen["hidden"] = texts("classroom.guess.hidden")
        return
    screen["curves"] = curves(room, texts)
    screen["said"] = [_answer(room, texts)]
    if guesses and room.leader:
        count = guesses.count(room.leader)
        values = {"count": count, "all": len(guesses), "regime": texts.regime(room.leader)}
        screen["said"].append(texts(f"classroom.guess.{'hit' if count else 'hit_none'}", **values))


def _answer(room: Room, texts: Texts) -> str:
    return headline(room.reading, outcome_label(room.usual.outcome, texts), texts)


def _results(room: Room, step: str) -> list[tuple[int, Result]]:
    return [(seat.number, seat.results[step]) for seat in room.seats.values() if step in seat.results]


def _luck(screen: Screen, room: Room, texts: Texts) -> None:
    found = _regions(screen, room, texts, LUCK, lambda _: "")
    if not found or room.course.stage != REVEALED:
        return
    leader, line = room.leader, room.reading.lines[room.leader]
    names = {"regime": texts.regime(leader), "all": len(found)}
    screen["said"] = [texts("classroom.luck.said", count=otherwise(found, leader), **names)]
    below = sum(dot.value < 0 for dot in found)
    if below and leader != room.reading.baseline:
        screen["said"].append(texts("classroom.luck.below", count=below, **names))
    if room.reading.relative and leader != room.reading.baseline:
        screen["dots"]["mark"] = round(line.end, 2)
        lead = texts.signed_percent(line.end).lstrip("+")
        screen["said"].append(
            texts("classroom.luck.in_front", seeds=room.reading.seeds, lead=lead, regime=texts.regime(leader))
        )


def _settings(screen: Screen, room: Room, texts: Texts) -> None:
    found = _regions(
        screen, room, texts, SETTINGS, lambda number: lever_words(room.seats[number].lever, texts)[0]
    )
    if not found or room.course.stage != REVEALED:
        return
    # Few draws often have a leader of their own: only what differs from that was the lever.
    usual = room.leader_on(COMMON_SEEDS)
    count = otherwise(found, usual)
    screen["said"] = [
        texts(
            "classroom.settings.said",
            count=count,
            all=len(found),
            regime=texts.regime(usual),
            seeds=COMMON_SEEDS,
        ),
        texts("classroom.settings.mind", seeds=COMMON_SEEDS),
    ]
    if usual != room.leader:
        front = {"front": texts.regime(room.leader), "draws": room.reading.seeds}
        screen["said"].insert(
            1, texts("classroom.settings.luck", regime=texts.regime(usual), seeds=COMMON_SEEDS, **front)
        )


def _regions(screen: Screen, room: Room, texts: Texts, step: str, row: Any) -> list[Dot]:
    """Lay out the dots of a step, in rows; give them all."""
    results, leader = _results(room, step), room.leader
    screen["gathered"] = texts(f"classroom.{step}.gathered", count=len(results), all=len(room.present))
    if not leader:
        return []
    found = dots(results, leader)
    rows: dict[str, list[Dot]] = {}
    for dot in found:
        rows.setdefault(row(dot.number), []).append(dot)
    baseline = baseline_of(room.usual.regimes)
    measured = leader if leader != baseline else next(each for each in room.usual.regimes if each != baseline)
    if measured != leader:
        # Where no policy leads, its own lead over itself would say nothing: the dots show how far another one is.
        found = dots(results, measured)
        rows = {name: [dot for dot in found if row(dot.number) == name] for name in rows}
    names = {"label": texts.regime(measured), "reference": texts.regime(baseline)}
    screen["dots"] = {
        "axis": f"{texts('compare.lead_caption', **names)} (%)",
        "rows": [{"label": name, "dots": [_dot(each, texts) for each in rows[name]]} for name in sorted(rows)],
        "legend": [
            {"regime": name, "label": texts.regime(name), "count": sum(dot.regime == name for dot in found)}
            for name in room.usual.regimes
        ],
        "leaders": texts("classroom.leaders"),
    }  # fmt: skip
    return found


def _dot(dot: Dot, texts: Texts) -> Screen:
    shown = f"{dot.number}: {texts.signed_percent(dot.value)}, {texts.regime(dot.regime)}"
    return {"value": round(dot.value, 2), "regime": dot.regime, "number": dot.number, "title": shown}


def _roles(screen: Screen, room: Room, texts: Texts) -> None:
    players = [seat for seat in room.seats.values() if ROLES in seat.results]
    screen["gathered"] = texts("classroom.roles.gathered", count=len(players), all=len(room.present))
    screen["cards"] = [
        {"name": texts(f"classroom.cards.{role.name}.name"), "aim": aim_words(role, texts),
         "lever": _lever_of(role, texts), "count": sum(seat.role is role for seat in room.present)}
        for role in ROLE_CARDS
    ]  # fmt: skip
    rows, middles = [], {}
    for role in ROLE_CARDS:
        mine = [(seat.number, seat.results[ROLES]) for seat in players if seat.role is role]
        if role.lever is None or not mine:
            continue
        name = texts(f"classroom.cards.{role.name}.name")
        middles[name] = median(result.change for _, result in mine)
        rows.append(
            {
                "label": texts("classroom.roles.row", role=name, aim=aim_words(role, texts)),
                "dots": [
                    {"value": round(result.change, 2), "regime": "", "number": number,
                     "title": f"{number}: {texts.signed_percent(result.change)}"}
                    for number, result in mine
                ],
            }
        )  # fmt: skip
    if rows:
        screen["dots"] = {"axis": f"{texts('classroom.roles.aim')} (%)", "rows": rows, "legend": []}
    if room.course.stage == REVEALED:
        screen["said"] = [*_furthest(middles, texts), *_sceptics(room, texts)]


def _furthest(middles: dict[str, float], texts: Texts) -> list[str]:
    if not middles:
        return []
    first = max(middles, key=lambda name: middles[name])
    return [texts("classroom.roles.said", role=first, change=texts.signed_percent(middles[first]))]


def _sceptics(room: Room, texts: Texts) -> list[str]:
    mine = [
        (seat.number, seat.results[ROLES])
        for seat in room.seats.values()
        if seat.role.lever is None and ROLES in seat.results
    ]
    if not mine or not room.leader:
        return []
    draws = sum(seat.draws for seat in room.seats.values())
    count = otherwise(dots(mine, room.leader), room.leader)
    return [texts("classroom.roles.sceptics", draws=draws, count=count, all=len(mine))]


def _lever_of(role: Role, texts: Texts) -> str:
    return lever_words(role.lever, texts)[0] if role.lever else texts("classroom.levers.luck.label")


def _together(screen: Screen, room: Room, texts: Texts) -> None:
    places = room.levers()
    screen["table"] = [
        [texts(f"classroom.cards.{role.name}.name"), lever_words(role.lever, texts)[0],
         position_words(role.lever, role.lever.positions(room.base)[places[role.name]], texts)]
        for role in ROLE_CARDS
        if role.lever is not None
    ]  # fmt: skip
    screen["heads"] = [texts("classroom.together.alone"), texts("classroom.together.lever")]
    screen["curves"] = curves(room, texts)
    screen["said"] = [_answer(room, texts)]
    found = change(room.picture, room.usual.outcome)
    if found is not None:
        screen["said"].append(change_sentence(found, texts("classroom.together.title"), texts))


def _debrief(screen: Screen, room: Room, texts: Texts) -> None:
    leader = room.leader
    guesses = [seat.guess for seat in room.seats.values() if seat.guess]
    told = []
    if guesses and leader:
        told.append(texts("classroom.debrief.guesses", count=guesses.count(leader), all=len(guesses)))
    for step in (LUCK, SETTINGS):
        usual = room.leader_on(COMMON_SEEDS) if step == SETTINGS else leader
        found = dots(_results(room, step), usual)
        if found:
            told.append(texts(f"classroom.debrief.{step}", count=otherwise(found, usual), all=len(found)))
    screen["said"] = [*told, *standings(room.reading, texts)]
    screen["questions"] = questions(room, texts)


_PARTS = {
    LOBBY: _lobby, GUESS: _guess, LUCK: _luck, SETTINGS: _settings, ROLES: _roles, TOGETHER: _together,
    DEBRIEF: _debrief,
}  # fmt: skip


def curves(room: Room, texts: Texts) -> Screen:
    """Lay out the leads over time with their bands, and pale the setting before; few digits, as many go there."""
    reading = room.reading
    picture = room.picture
    earlier = read(picture, reading.observable, before=True) if picture.before.runs else None
    label = outcome_label(reading.observable, texts)
    if reading.chart == "lead":
        label = texts("compare.lead_caption", label=label, reference=texts.regime(reading.baseline))
    ghosts = (
        earlier.lines
        if earlier is not None and earlier.seeds and earlier.relative == reading.relative
        else {}
    )
    return {
        "stamp": picture.version, "label": f"{label} (%)" if reading.relative else label,
        "quarter": texts("charts.quarter"), "steps": picture.setting.scenario.steps,
        "lines": [
            {
                "regime": name, "label": texts.regime(name),
                "end": (texts.signed_percent if reading.relative else texts.signed)(line.end),
                **_points(line), "ghost": _numbers(ghosts[name].mean) if name in ghosts else [],
            }
            for name, line in reading.drawn.items()
        ],
    }  # fmt: skip


def _points(line: Line) -> Screen:
    low, high = (line.low, line.high) if line.low is not None and line.high is not None else ((), ())
    return {"mean": _numbers(line.mean), "low": _numbers(low), "high": _numbers(high)}


def _numbers(values: Iterable[float]) -> list[float | None]:
    return [float(f"{each:.4g}") if np.isfinite(each) else None for each in values]
