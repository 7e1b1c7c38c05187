"""Compare: the curves of all regimes, what came out, and where it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from analysis.dashboard.captions import chart_words, marks_of, outcome_label, unit_label
from analysis.dashboard.charts.bars import account_bars
from analysis.dashboard.charts.curves import Band, Curves, curves, small_multiples
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import Part, text
from analysis.dashboard.panels.attribution import AttributionPart
from analysis.dashboard.session import BAND_SEEDS, Picture, Session
from analysis.dashboard.traces import Trace
from analysis.dashboard.view import LAST_SEED
from analysis.dashboard.widgets import Chart, Toolbar
from analysis.dashboard.words import account_of, explanation
from model.record import OBSERVABLES, OUTCOMES

Told = Callable[[Any], None]


@solara.component
def Compare(session: Session, picture: Picture, look: Look, on_csv: Told) -> None:
    """Show the page on which regimes are compared."""
    texts, view = look.texts, picture.view
    with Part():
        Toolbar(
            items=_choices(picture, look),
            label=texts("compare.label"),
            event_set=lambda told: _act(session, told),
        )
        MainChart(picture, look, on_csv)
        Ends(picture, look)
    if picture.runs:
        with Part(texts("compare.account")):
            account = {regime: account_of(run) for regime, run in picture.runs.items()}
            option = account_bars(account, look)
            Chart(
                option=option, name="account", caption=texts("charts.account_unit"), words=chart_words(look), csv=True,
                file=f"account-{view.slug}", height=80 + (70 if look.large else 52) * len(account),
                event_click=_nothing, event_take=on_csv,
            )  # fmt: skip
    AttributionPart(session, picture, look).key("attribution")


@solara.component
def MainChart(picture: Picture, look: Look, on_csv: Told) -> None:
    """Draw the observable that was chosen, with ghost, bands and events."""
    texts, view = look.texts, picture.view
    label = outcome_label(view.outcome, texts)
    unit = unit_label(OBSERVABLES[view.outcome].unit, texts)
    shown = curves_of(picture, view.outcome, look)
    if view.bands and shown.bands:
        note = texts("compare.many_seeds", seeds=min(len(_whole(runs)) for runs in picture.bands.values()))
    else:
        note = texts("compare.one_seed")
    Chart(
        option=curves(shown, label, look), name="curves",
        caption=f"{label} ({unit})" if unit not in {"", "1"} else label, words=chart_words(look),
        height=560 if look.large else 380, csv=True, file=f"{view.outcome}-{view.slug}", stamp=picture.version,
        event_click=_nothing, event_take=on_csv,
    )  # fmt: skip
    text(note, "kf-note")


def curves_of(picture: Picture, observable: str, look: Look) -> Curves:
    """Gather what is drawn of an observable: beside bands the ghost is a mean over the same seeds, too."""
    bands = _bands(picture.bands, observable)
    shown = bands if len(bands) == len(picture.runs) else {}
    if shown:
        earlier = _bands(picture.bands_before, observable, whole=True)
        before = {regime: band.mean for regime, band in earlier.items()}
    else:
        before = {regime: run.of(observable) for regime, run in picture.before.items()}
    steps = picture.setting.scenario.steps
    return Curves(
        steps=steps,
        now={regime: run.of(observable) for regime, run in picture.runs.items()},
        before={regime: each[: steps + 1] for regime, each in before.items() if regime in picture.runs},
        bands=shown,
        marks=marks_of(picture.setting.scenario, look.texts),
    )


def _bands(runs: dict[str, list[Trace]], observable: str, *, whole: bool = False) -> dict[str, Band]:
    """Make a band of the finished runs of each regime; of all of them or of none, if it is to be whole."""
    found = {}
    for regime, each in runs.items():
        finished = _whole(each)
        if len(finished) > 1 and (not whole or len(finished) == len(each)):
            found[regime] = Band.of([run.of(observable) for run in finished])
    return found


def _whole(runs: list[Trace]) -> list[Trace]:
    return [run for run in runs if run.finished and run.error is None]


@solara.component
def Ends(picture: Picture, look: Look) -> None:
    """Say what came out, and draw all outcomes: no ranking is shown on one of them alone."""
    texts, view = look.texts, picture.view
    failed = next((run.error for run in picture.runs.values() if run.error), None)
    if failed:
        text(texts("compare.failed", error=failed), "kf-problem")
    whole = picture.finished
    sentences = (
        explanation(picture.runs, view.outcome, outcome_label(view.outcome, texts), texts) if whole else []
    )
    with Part(texts("compare.ends", seed=view.seed), inside=True, extra="kf-words"):
        for sentence in sentences:
            text(sentence, "kf-sentence", tag="p")
    labels = {name: outcome_label(name, texts) for name in OUTCOMES}
    measures = {name: {regime: run.of(name) for regime, run in picture.runs.items()} for name in OUTCOMES}
    option = small_multiples(measures, labels, picture.setting.scenario.steps, look)
    Chart(
        option=option, name="outcomes", caption=texts("compare.all_outcomes"), words=chart_words(look),
        height=1000 if look.narrow else 560 if look.large else 420, file=f"outcomes-{view.slug}", event_click=_nothing,
        event_take=_nothing,
    )  # fmt: skip


def _choices(picture: Picture, look: Look) -> list[dict[str, Any]]:
    texts, view = look.texts, picture.view
    items: list[dict[str, Any]] = [
        {
            "kind": "select", "name": "outcome", "label": texts("compare.outcome"), "value": view.outcome,
            "options": [[name, outcome_label(name, texts)] for name in OBSERVABLES],
        },
        {"kind": "switch", "name": "bands", "label": texts("compare.bands"), "value": view.bands},
        {
            "kind": "number", "name": "seed", "label": texts("compare.seed"), "value": view.seed,
            "low": 0, "high": LAST_SEED,
        },
        {"kind": "button", "name": "another", "label": texts("compare.another"), "quiet": True},
    ]  # fmt: skip
    items += [
        {
            "kind": "button", "name": "regime", "value": regime, "label": texts.regime(regime),
            "pressed": regime in view.regimes, "quiet": True,
            "colour": look.colour(regime, tuple(picture.setting.scenario.regimes)),
        }
        for regime in shown_regimes(picture)
    ]  # fmt: skip
    if view.bands:
        runs = [run for each in picture.bands.values() for run in each]
        done = sum(run.finished for run in runs)
        if done < len(runs):
            items.append({
                "kind": "note", "name": "progress", "live": True,
                "label": texts("compare.band_progress", done=done, all=len(BAND_SEEDS) * len(view.regimes)),
            })  # fmt: skip
    return items


def shown_regimes(picture: Picture) -> tuple[str, ...]:
    """List regimes that can be compared: those on view, the usual ones and the user's own."""
    usual = type(picture.view)().regimes
    own = [
        name
        for name, spec in picture.setting.scenario.regimes.items()
        if spec.kind == "composed" and name != "composed"
    ]
    return tuple(dict.fromkeys((*usual, *own, *picture.view.regimes)))


def _act(session: Session, told: dict[str, Any]) -> None:
    name, value = told["name"], told["value"]
    view = session.picture.view
    if name == "another":
        session.change(seed=(view.seed + 1) % LAST_SEED)
    elif name == "regime":
        everything = shown_regimes(session.picture)
        chosen = {*view.regimes} ^ {value}
        regimes = tuple(regime for regime in everything if regime in chosen)
        if regimes:
            session.change(regimes=regimes)
    elif name in {"outcome", "bands", "seed"}:
        session.change(**{name: value})


def _nothing(_told: Any) -> None:
    """Do nothing: a click on these charts has no meaning."""
