"""Compare: who leads, by how much and how surely; what a change did; what it hangs on; where knowledge came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import solara

from analysis.dashboard.captions import (
    about_chart,
    changes_between,
    chart_words,
    marks_of,
    outcome_label,
    seeds_words,
    unit_label,
)
from analysis.dashboard.charts.bars import account_bars
from analysis.dashboard.charts.curves import Curves, curves, small_multiples, told_ends
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import Part, text
from analysis.dashboard.panels.attribution import AttributionPart, begin_attribution, experiment_of
from analysis.dashboard.panels.mission import MissionTiles
from analysis.dashboard.state.own_policy import LOTTERY
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.reading import FEWEST_FOR_BAND, Reading, change, read, turns
from analysis.dashboard.state.seeds import following, seeds_of
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.view import LAST_SEED, View
from analysis.dashboard.widgets import Chart, Toolbar
from analysis.dashboard.words import (
    account_differences,
    account_means,
    change_sentence,
    headline,
    label_of,
    standings,
    turn_sentences,
    why,
)
from model.record import OBSERVABLES, OUTCOMES

Told = Callable[[str, pd.DataFrame | None], None]

SUM_OF_ACCOUNT = "knowledge_per_region"
"""Observable whose change the growth account adds up to."""


@solara.component
def Compare(session: Session, picture: Picture, look: Look, on_csv: Told) -> None:
    """Show the page on which regimes are compared."""
    texts, view = look.texts, picture.view
    progress, set_progress = solara.use_state(None)
    with Part(extra="kf-answer"):
        Toolbar(
            items=_charts(picture, look), label=texts("compare.label"), event_set=lambda told: act(session, told),
        )  # fmt: skip
        Answer(picture, look)
        MainChart(picture, look, on_csv)
        if view.chart != "seed" and len(view.regimes) > 1:
            experiment = experiment_of(picture)

            def open_attribution(_channel: str) -> None:
                if experiment is not None:
                    begin_attribution(session, experiment, view.setting, set_progress)

            MissionTiles(picture, look, open_attribution).key("mission")
        Toolbar(
            items=choices(picture, look), label=texts("compare.regimes"), event_set=lambda told: act(session, told),
        )  # fmt: skip
        Detail(picture, look)
    with Part(texts("compare.all_outcomes")):
        AllOutcomes(picture, look, on_csv)
    AccountPart(picture, look, on_csv)
    AttributionPart(session, picture, look, progress, set_progress, on_csv).key("attribution")


@solara.component
def Answer(picture: Picture, look: Look) -> None:
    """Say who leads, and what the last change did."""
    texts, view = look.texts, picture.view
    if picture.sample.error:
        text(texts("compare.failed", error=picture.sample.error), "kf-problem")
    with solara.v.Html(tag="div", class_="kf-headline", attributes={"role": "status", "aria-live": "polite"}):
        said = headline(read(picture, view.outcome), outcome_label(view.outcome, texts), texts)
        # The verdict is read in two seconds, what it rests on in ten.
        first, stop, rest = (said or texts("compare.coming")).partition(". ")
        with solara.v.Html(tag="p", class_="kf-lead"):
            text(f"{first}{stop.rstrip()}", "kf-verdict-first", tag="b")
            if rest:
                text(f" {rest}", "kf-verdict-rest", tag="span")
        done = told_change(picture, look)
        if done:
            text(done, "kf-change", tag="p")


def told_change(picture: Picture, look: Look) -> str:
    """Say what the last change of the setting did; empty where there was none."""
    before = picture.history.before
    found = change(picture, picture.view.outcome)
    if before is None or found is None:
        return ""
    moved = changes_between(before, picture.view, picture.setting, look.texts)
    return change_sentence(found, moved, look.texts) if moved else ""


@solara.component
def MainChart(picture: Picture, look: Look, on_csv: Told) -> None:
    """Draw the observable that was chosen, with ghost, bands, events and a label at the end of each line."""
    view = picture.view
    reading = read(picture, view.outcome)
    caption = caption_of(reading, look)
    Chart(
        option=main_option(picture, reading, look), name="curves", caption=caption, words=chart_words(look),
        height=600 if look.large else 340 if look.narrow else 420, csv=True, file=f"{view.outcome}-{view.slug}",
        stamp=picture.version, about=about_chart(picture, look, caption, said=_said(picture, reading, look)),
        event_click=_nothing, event_take=lambda _: on_csv("curves", None),
    )  # fmt: skip
    text(_note(picture, reading, look), "kf-note")


def main_option(picture: Picture, reading: Reading, look: Look) -> dict[str, Any]:
    """Lay out the large chart of a reading."""
    texts = look.texts
    earlier = read(picture, reading.observable, before=True) if picture.before.runs else None
    ghost = {}
    if earlier is not None and (earlier.baseline, earlier.relative) == (reading.baseline, reading.relative):
        steps = picture.setting.scenario.steps
        ghost = {regime: line.mean[: steps + 1] for regime, line in earlier.lines.items() if earlier.seeds}
    description = " ".join(
        filter(
            None,
            (
                texts("charts.curves", label=caption_of(reading, look), steps=picture.setting.scenario.steps,
                      regimes=", ".join(map(texts.regime, reading.lines))),
                told_ends(reading.lines, look),
                _said(picture, reading, look),
            ),
        )
    )  # fmt: skip
    shown = Curves(
        steps=picture.setting.scenario.steps, now=reading.drawn, before=ghost, percent=reading.relative,
        labels={regime: label_of(reading, regime, texts) for regime in reading.order},
        marks=marks_of(picture.setting.scenario, texts),
    )  # fmt: skip
    return curves(shown, description, look, picture.view.regimes)


def _said(picture: Picture, reading: Reading, look: Look) -> str:
    return headline(reading, outcome_label(picture.view.outcome, look.texts), look.texts)


def caption_of(reading: Reading, look: Look) -> str:
    """Name what is drawn, with its unit."""
    texts = look.texts
    label = outcome_label(reading.observable, texts)
    if reading.chart == "mind":
        label = texts("compare.mind_caption", label=label)
    elif reading.chart == "lead":
        label = texts("compare.lead_caption", label=label, reference=texts.regime(reading.baseline))
    unit = unit_label(OBSERVABLES[reading.observable].unit, texts)
    if reading.relative:
        unit = "%"
    return f"{label} ({unit})" if unit not in {"", "1"} else label


def _note(picture: Picture, reading: Reading, look: Look) -> str:
    texts, seeds = look.texts, picture.sample.seeds
    key = "first"
    if reading.chart == "seed" or reading.seeds >= FEWEST_FOR_BAND:
        key = reading.chart
    elif reading.seeds > 1:
        key = "few"
    note = texts(
        f"compare.note_{key}", seeds=reading.seeds, first=seeds[0], reference=texts.regime(reading.baseline),
        which=seeds_words(seeds[: max(1, picture.sample.shown)], texts),
    )  # fmt: skip
    return f"{note} {texts('compare.note_ghost')}" if picture.before.shown else note


@solara.component
def Detail(picture: Picture, look: Look) -> None:
    """Say what else the chart shows: who lies above no policy, who turned, and through which sources."""
    texts = look.texts
    reading = read(picture, picture.view.outcome)
    sentences = [*standings(reading, texts), *turn_sentences(turns(picture, reading), texts)]
    if reading.observable == SUM_OF_ACCOUNT and reading.chart in {"lead", "levels"}:
        sample = picture.sample.of_regimes(picture.view.regimes)
        sentences.append(why(reading, account_differences(sample, reading.baseline), texts))
    with solara.v.Html(tag="div", class_="kf-words"):
        for sentence in filter(None, sentences):
            text(sentence, "kf-sentence", tag="p")


@solara.component
def AllOutcomes(picture: Picture, look: Look, on_csv: Told) -> None:
    """Draw all outcomes as the large chart draws one: no ranking is shown on one of them alone."""
    texts, view = look.texts, picture.view
    readings = {name: read(picture, name) for name in OUTCOMES}
    labels = {name: outcome_label(name, texts) for name in OUTCOMES}
    caption = texts(f"compare.small_{picture.chart}", reference=texts.regime(readings[OUTCOMES[0]].baseline))
    option = small_multiples(
        {name: reading.drawn for name, reading in readings.items()}, labels, picture.setting.scenario.steps, look,
        {name: reading.relative for name, reading in readings.items()},
    )  # fmt: skip
    Chart(
        option=option, name="outcomes", caption=caption, words=chart_words(look), csv=True,
        height=1000 if look.narrow else 560 if look.large else 420, file=f"outcomes-{view.slug}",
        about=about_chart(picture, look, caption), event_click=_nothing, event_take=lambda _: on_csv("curves", None),
    )  # fmt: skip


@solara.component
def AccountPart(picture: Picture, look: Look, on_csv: Told) -> None:
    """Draw where knowledge came from: what each policy adds to no policy, or the account of each regime itself."""
    texts, view = look.texts, picture.view
    sample = picture.sample.of_regimes(view.regimes)
    reading = read(picture, SUM_OF_ACCOUNT)
    differences = account_differences(sample, reading.baseline) if picture.chart in {"lead", "mind"} else {}
    if differences:
        account = {
            name: {source: each[0] for source, each in parts.items()} for name, parts in differences.items()
        }
        sure = {
            name: {source: each[1] or reading.seeds < 2 for source, each in parts.items()}
            for name, parts in differences.items()
        }
        caption = texts("compare.account_lead", reference=texts.regime(reading.baseline))
        option = account_bars(account, look, sure)
    else:
        account = account_means(sample, view.regimes, 1 if picture.chart == "seed" else None)
        caption = texts("charts.account_unit")
        option = account_bars(account, look)
    if not account:
        return
    with Part(texts("compare.account")):
        if view.outcome != SUM_OF_ACCOUNT:
            other = outcome_label(view.outcome, texts)
            text(texts("compare.account_other", outcome=other), "kf-note", tag="p")
        Chart(
            option=option, name="account", caption=caption, words=chart_words(look), csv=True,
            file=f"account-{view.slug}", height=110 + (74 if look.large else 54) * len(account),
            about=about_chart(picture, look, caption), event_click=_nothing,
            event_take=lambda _: on_csv("account", None),
        )  # fmt: skip


def _charts(picture: Picture, look: Look) -> list[dict[str, Any]]:
    texts, view = look.texts, picture.view
    offered = ["lead", *(["mind"] if picture.twins else []), "levels", "seed"]
    if len(view.regimes) < 2:
        offered.remove("lead")
    tabs: list[dict[str, Any]] = [
        {"kind": "button", "name": "chart", "value": name, "label": texts(f"compare.chart_{name}"), "tab": True,
         "pressed": picture.chart == name}
        for name in offered
    ]  # fmt: skip
    return [
        *tabs,
        {
            "kind": "select", "name": "outcome", "label": texts("compare.outcome"), "value": view.outcome,
            "options": [[name, outcome_label(name, texts)] for name in OBSERVABLES],
        },
    ]  # fmt: skip


def choices(picture: Picture, look: Look) -> list[dict[str, Any]]:
    """Offer policies to compare, and other seeds."""
    texts, view = look.texts, picture.view
    items: list[dict[str, Any]] = [
        {
            "kind": "button", "name": "regime", "value": regime, "label": texts.regime(regime),
            "title": texts.known(f"explained.{regime}", ""), "pressed": regime in view.regimes, "quiet": True,
            "colour": look.colour(regime, view.regimes),
        }
        for regime in shown_regimes(picture)
    ]  # fmt: skip
    another = "compare.another_seed" if picture.chart == "seed" else "compare.another"
    return [
        *items,
        {"kind": "button", "name": "another", "label": texts(another, seeds=len(picture.sample.seeds)), "quiet": True},
        {
            "kind": "number", "name": "seed", "label": texts("compare.seed"),
            "value": seeds_of(view, picture.setting.base)[0], "low": 0, "high": LAST_SEED,
        },
    ]  # fmt: skip


def shown_regimes(picture: Picture) -> tuple[str, ...]:
    """List regimes that can be compared: those on view, the usual ones and the user's own."""
    usual = (*View.regimes, LOTTERY)
    own = [
        name
        for name, spec in picture.setting.scenario.regimes.items()
        if spec.kind == "composed" and name != "composed"
    ]
    return tuple(dict.fromkeys((*usual, *own, *picture.view.regimes)))


def act(session: Session, told: dict[str, Any]) -> None:
    """Do what was chosen above or below the chart."""
    name, value = told["name"], told["value"]
    picture = session.picture
    view = picture.view
    if name == "another":
        session.change(seed=following(picture.sample.seeds))
    elif name == "regime":
        everything = shown_regimes(picture)
        chosen = {*view.regimes} ^ {value}
        regimes = tuple(regime for regime in everything if regime in chosen)
        if regimes:
            session.change(regimes=regimes)
    elif name in {"outcome", "chart", "seed"}:
        session.change(**{name: value})


def _nothing(_told: Any) -> None:
    """Do nothing: a click on these charts has no meaning."""
