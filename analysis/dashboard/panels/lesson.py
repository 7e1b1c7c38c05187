"""Lesson: a story with questions for class, a guess before the reveal, and a tour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import solara

from analysis.dashboard.captions import outcome_label
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import Part, text
from analysis.dashboard.panels.compare import (
    AccountPart,
    AllOutcomes,
    Answer,
    Detail,
    MainChart,
    told_change,
)
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.reading import Reading, change, read
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.tour import STOPS, at_stop, is_moved, with_lever
from analysis.dashboard.state.view import SKIPPED
from analysis.dashboard.texts import Texts
from analysis.dashboard.widgets import Toolbar
from analysis.dashboard.words import most_moved
from analysis.errors import RequestError
from analysis.regions.catalogue import RegionReference
from analysis.regions.profile import Profile, region_profile
from model.spec.story import Story

OnCsv = Callable[[str, pd.DataFrame | None], None]

SHOWN = 5
"""Strengths and candidates that are listed."""


@solara.component
def Lesson(session: Session, picture: Picture, look: Look, on_csv: OnCsv) -> None:
    """Show the page of the lesson."""
    texts, view = look.texts, picture.view
    if view.tour:
        TourPart(session, picture, look)
    else:
        StoryPart(session, picture, look)
    guessed = bool(view.guess) or bool(view.tour)
    with Part(texts("lesson.test")):
        if guessed:
            Answer(picture, look)
            MainChart(picture, look, on_csv)
        else:
            text(texts("lesson.wait"), "kf-note")
    if view.tour:
        Spoken(picture, look, on_csv, STOPS[view.tour - 1].shows)
    if guessed and picture.sample.shown:
        Debrief(picture, look)


@solara.component
def Spoken(picture: Picture, look: Look, on_csv: OnCsv, shows: tuple[str, ...]) -> None:
    """Show what a step of the tour speaks of, beside the large chart."""
    if "outcomes" in shows:
        with Part(look.texts("compare.all_outcomes")):
            AllOutcomes(picture, look, on_csv)
    if "account" in shows:
        AccountPart(picture, look, on_csv)


@solara.component
def Landing(session: Session, picture: Picture, look: Look) -> None:
    """Ask whoever comes in for a guess before the answer is shown; who does not want to guess need not."""
    texts, view = look.texts, picture.view
    story = picture.setting.base.story
    title, paragraph, _ = told_story(view.story if not view.own else "", story, texts)
    with Part(extra="kf-answer kf-landing"):
        label = outcome_label(view.outcome, texts)
        years = picture.setting.scenario.steps // 4
        text(texts("lesson.guess", years=years, label=label), "kf-lead", tag="h2")
        Toolbar(
            items=guesses(picture, look),
            label=texts("lesson.predict"),
            event_set=lambda told: _guess(session, told),
        )
        text(title, tag="h3")
        text(paragraph, tag="p")


@solara.component
def Guessed(session: Session, picture: Picture, look: Look) -> None:
    """Say at the head of the answer how the guess of whoever came in stands."""
    texts, view = look.texts, picture.view
    judged = judged_guess(read(picture, view.outcome), view.guess, texts)
    if judged:
        with Part(extra="kf-guessed"):
            text(judged, "kf-sentence", tag="p")
            Toolbar(
                items=[{"kind": "button", "name": "guess", "value": "", "label": texts("lesson.again"), "quiet": True}],
                label=texts("lesson.predict"), event_set=lambda told: _guess(session, told),
            )  # fmt: skip


@solara.component
def StoryPart(session: Session, picture: Picture, look: Look) -> None:
    """Tell the story, ask its questions, and take a guess."""
    texts, view = look.texts, picture.view
    region = session.uploads.find(view.region) if view.region else None
    if region is not None:
        title, paragraph, questions = told_region(region, texts)
    else:
        story = picture.setting.base.story
        title, paragraph, questions = told_story(view.story if not view.own else "", story, texts)
    with Part(title, extra="kf-story"):
        text(paragraph, tag="p")
        if region is not None:
            Strengths(region, texts).key(view.region)
        named = {"aria-label": texts("lesson.questions")}
        with solara.v.Html(tag="details", class_="kf-group", attributes=named):
            text(texts("lesson.questions"), tag="summary")
            with solara.v.Html(tag="ol"):
                for question in questions:
                    text(question, tag="li")
        Toolbar(
            items=[{"kind": "button", "name": "tour", "label": texts("lesson.start_tour"), "quiet": True}],
            label=texts("lesson.tour"), event_set=lambda _: session.visit(at_stop(session.picture.view, 1), "tour"),
        )  # fmt: skip
    with Part(texts("lesson.predict")):
        label = outcome_label(view.outcome, texts)
        years = picture.setting.scenario.steps // 4
        text(texts("lesson.guess", years=years, label=label), tag="p")
        Toolbar(
            items=guesses(picture, look),
            label=texts("lesson.predict"),
            event_set=lambda told: _guess(session, told),
        )


def told_story(name: str, story: Story, texts: Texts) -> tuple[str, str, tuple[str, ...]]:
    """Give title, text and questions of a story in the language of the page, or as the scenario has them."""
    title = texts.known(f"stories.{name}.title", story.title)
    paragraph = texts.known(f"stories.{name}.text", story.text.strip())
    return title, paragraph, texts.several(f"stories.{name}.questions") or story.questions


def told_region(region: RegionReference, texts: Texts) -> tuple[str, str, tuple[str, ...]]:
    """Give name, text and questions of a measured region in the language of the page."""
    about, published = region.members.about, region.members.amounts.loc[region.code].notna().sum()
    period = texts("region.period", period=about.period) if about.period else ""
    measure = texts(f"measures.{about.measure}")
    measured = " ".join(filter(None, (measure, period)))
    paragraph = texts("region.text", name=region.name, measured=measured, domains=published)
    return region.name, paragraph, texts.several("region.questions")


@solara.component
def Strengths(region: RegionReference, texts: Texts) -> None:
    """List what a region is strong in, and what it is not specialised in that is near and complex."""
    profile = solara.use_memo(lambda: profile_of(region), [])
    if profile is None:
        return
    shares = [
        texts("region.strength", name=texts.name(name), times=texts.number(quotient, 2))
        for name, quotient in profile.strengths[["name", "location_quotient"]].head(SHOWN).to_numpy()
    ]
    candidates = map(texts.name, profile.candidates["name"].head(SHOWN))
    lists = (("region.strengths", shares), ("region.candidates", candidates))
    with solara.v.Html(tag="div", class_="kf-columns"):
        for key, lines in lists:
            with solara.v.Html(tag="div"):
                text(texts(key), tag="h3")
                with solara.v.Html(tag="ul"):
                    for line in lines:
                        text(line, tag="li")


def profile_of(region: RegionReference) -> Profile | None:
    """Measure a region, if there is anything to compare it with."""
    try:
        return region_profile(region)
    except RequestError:
        return None


def guesses(picture: Picture, look: Look) -> list[dict[str, Any]]:
    """Offer every regime as a guess; once one was chosen, it is said and can be taken back."""
    texts, view = look.texts, picture.view
    if view.guess:
        return [
            {
                "kind": "note",
                "name": "guessed",
                "label": texts("lesson.no_guess")
                if view.guess == SKIPPED
                else texts("lesson.your_guess", regime=texts.regime(view.guess)),
            },
            {"kind": "button", "name": "guess", "value": "", "label": texts("lesson.again"), "quiet": True},
        ]
    return [
        {
            "kind": "button", "name": "guess", "value": regime, "label": texts.regime(regime), "quiet": True,
            "colour": look.colour(regime, view.regimes),
        }
        for regime in view.regimes
    ] + [
        {"kind": "button", "name": "guess", "value": SKIPPED, "label": texts("lesson.skip")},
    ]  # fmt: skip


def _guess(session: Session, told: dict[str, Any]) -> None:
    session.change(guess=str(told["value"]))


@solara.component
def TourPart(session: Session, picture: Picture, look: Look) -> None:
    """Show one step of the tour, with its lever."""
    texts, view = look.texts, picture.view
    step = view.tour
    items: list[dict[str, Any]] = []
    if STOPS[step - 1].lever:
        lever = texts(f"tour.{step}.lever")
        label = texts("lesson.undo") if is_moved(view) else f"{texts('lesson.do')}: {lever}"
        items.append({"kind": "button", "name": "lever", "label": label})
    if step > 1:
        items.append({"kind": "button", "name": "previous", "label": texts("lesson.previous"), "quiet": True})
    if step < len(STOPS):
        items.append({"kind": "button", "name": "next", "label": texts("lesson.next"), "quiet": True})
    items.append({"kind": "button", "name": "end", "label": texts("lesson.end_tour"), "quiet": True})

    def act(told: dict[str, Any]) -> None:
        now = session.picture.view
        if told["name"] == "lever":
            session.visit(with_lever(now, session.picture.setting.base), "lever")
        else:
            to = {"next": now.tour + 1, "previous": now.tour - 1}.get(told["name"], 0)
            session.visit(at_stop(now, min(to, len(STOPS))), "tour")

    with Part(f"{texts('lesson.step', step=step)}: {texts(f'tour.{step}.title')}", extra="kf-tour"):
        text(texts(f"tour.{step}.text"), tag="p")
        Toolbar(items=items, label=texts("lesson.tour"), event_set=act)


@solara.component
def Debrief(picture: Picture, look: Look) -> None:
    """Say how the guess stands as far as the runs say, and what else they show."""
    texts, view = look.texts, picture.view
    with Part(texts("lesson.debrief")):
        if view.guess and not view.tour:
            judged = judged_guess(read(picture, view.outcome), view.guess, texts)
            if judged:
                text(judged, "kf-sentence", tag="p")
        if view.tour and STOPS[view.tour - 1].lever and not is_moved(view):
            text(texts("lesson.not_moved"), "kf-sentence", tag="p")
        for sentence in lever_sentences(picture, look):
            text(sentence, "kf-sentence", tag="p")
        Detail(picture, look)
        text(texts("lesson.why_not"), "kf-note", tag="p")


def lever_sentences(picture: Picture, look: Look) -> list[str]:
    """Say what the last change did to every policy and to the lead, and which policy it moved most."""
    found = change(picture, picture.view.outcome)
    told = told_change(picture, look)
    if found is None or not told or (picture.view.tour and not is_moved(picture.view)):
        return []
    return [told, most_moved(found, look.texts)]


def judged_guess(reading: Reading, guess: str, texts: Texts) -> str:
    """Judge a guess: it is right or wrong only where somebody leads beyond chance.

    Parameters
    ----------
    reading
        What is drawn.
    guess
        Regime that was guessed.
    texts
        Messages.

    Returns
    -------
    str
        A sentence; empty while there is nothing to judge it by.
    """
    order = reading.order
    if not reading.seeds or len(order) < 2 or guess not in reading.ends:
        return ""
    first = texts.regime(order[0])
    values = {"guess": texts.regime(guess), "regime": first}
    if reading.chart == "seed" or reading.seeds < 2:
        return texts("lesson.first_seed", **values)
    if reading.sure:
        return texts("lesson.right" if guess == order[0] else "lesson.wrong", **values)
    if guess == order[0]:
        return texts("lesson.highest", **values)
    return texts("lesson.open" if guess in reading.tied else "lesson.behind", **values)
