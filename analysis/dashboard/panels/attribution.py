"""What channels contribute to each lead: computed when asked for, as it takes eight times the runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import solara

from analysis.dashboard.captions import about_chart, chart_words, outcome_label
from analysis.dashboard.charts.bars import contribution_bars
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import Part, text
from analysis.dashboard.scheduling.jobs import Job
from analysis.dashboard.state.mission import MISSION_SEEDS
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.seeds import seeds_of
from analysis.dashboard.state.session import Session
from analysis.dashboard.widgets import Chart, Toolbar
from analysis.dashboard.words import verdict
from analysis.errors import RequestError
from analysis.runs.experiment import Experiment
from analysis.statistics.comparison import baseline_of
from analysis.statistics.shapley import CHANNELS, attribute
from analysis.studies.attribution.design import Counterfactual, counterfactuals
from model.record import OUTCOMES
from model.scenario import REGIME_NAMES


@dataclass(frozen=True, eq=False)
class Progress:
    """How far an attribution has come, and what followed from it."""

    setting: tuple[Any, ...]
    done: int
    all: int
    contributions: pd.DataFrame | None = None
    error: str = ""


@solara.component
def AttributionPart(
    session: Session, picture: Picture, look: Look, progress: Progress | None, report: Callable[[Progress], None],
    on_csv: Callable[[str, pd.DataFrame | None], None],
) -> None:  # fmt: skip
    """Show what channels contribute, or offer to compute it."""
    texts, view = look.texts, picture.view
    with Part(texts("compare.attribution"), extra="kf-attribution"):
        text(texts("compare.attribute_about", seeds=MISSION_SEEDS), "kf-note", tag="p")
        experiment = experiment_of(picture)
        if experiment is None:
            text(texts("compare.attribute_none"), "kf-note")
            return
        Toolbar(
            items=_items(progress, experiment, view.setting, look), label=texts("compare.attribution"),
            event_set=lambda _: begin_attribution(session, experiment, view.setting, report),
        )  # fmt: skip
        if progress is not None and progress.contributions is not None and len(progress.contributions):
            Contributions(picture, look, progress.contributions, on_csv)


def _items(
    progress: Progress | None, experiment: Experiment, setting: tuple[Any, ...], look: Look
) -> list[dict[str, Any]]:
    runs = 2 ** len(CHANNELS) * MISSION_SEEDS * len(experiment.regimes)
    wanted = "compare.attribute" if progress is None else "compare.attribute_again"
    items: list[dict[str, Any]] = [
        {"kind": "button", "name": "attribute", "label": look.texts(wanted, runs=runs)}
    ]
    if progress is not None:
        label = _state(progress, setting, look)
        items.append({"kind": "note", "name": "attributed", "live": True, "label": label})
    return items


@solara.component
def Contributions(
    picture: Picture, look: Look, contributions: pd.DataFrame,
    on_csv: Callable[[str, pd.DataFrame | None], None],
) -> None:  # fmt: skip
    """Draw what was found, and judge it in words."""
    texts, view = look.texts, picture.view
    outcome = view.outcome if view.outcome in OUTCOMES else OUTCOMES[0]
    if view.outcome not in OUTCOMES:
        text(texts("compare.attribute_other", outcome=outcome_label(outcome, texts)), "kf-note", tag="p")
    with solara.v.Html(tag="div", class_="kf-verdict", attributes={"role": "status"}):
        for sentence in verdict(contributions, outcome, texts):
            text(sentence, "kf-sentence", tag="p")
    caption = f"{outcome_label(outcome, texts)}, {texts('charts.percent_of_none')}"
    rows = contributions["regime"].nunique()
    Chart(
        option=contribution_bars(contributions, outcome, look), name="contributions", caption=caption,
        words=chart_words(look), file=f"contributions-{view.slug}", csv=True,
        height=140 + (74 if look.large else 56) * rows, about=about_chart(picture, look, caption),
        event_click=lambda _: None, event_take=lambda _: on_csv("contributions", contributions),
    )  # fmt: skip


def experiment_of(picture: Picture) -> Experiment | None:
    """Give the experiment behind an attribution, if one makes sense here."""
    view = picture.view
    if len(view.regimes) < 2 or REGIME_NAMES[0] not in view.regimes:
        return None
    seeds = seeds_of(view, picture.setting.base, MISSION_SEEDS)
    try:
        return Experiment("dashboard", picture.setting.scenario, view.regimes, seeds, attribute=True)
    except RequestError:
        # The scenario itself holds a channel still.
        return None


def _state(progress: Progress, setting: tuple[Any, ...], look: Look) -> str:
    if progress.error:
        return look.texts("compare.failed", error=progress.error)
    if progress.done < progress.all:
        return look.texts("compare.attribute_progress", done=progress.done, all=progress.all)
    return "" if progress.setting == setting else look.texts("compare.attribute_stale")


def begin_attribution(
    session: Session, experiment: Experiment, setting: tuple[Any, ...], report: Any
) -> None:
    """Ask for all runs of an attribution; `report` is told how far they have come."""
    everything = [Counterfactual(regime, ()) for regime in experiment.regimes] + list(
        counterfactuals(experiment)
    )
    scenarios = experiment.scenarios()
    asked = [(each, seed) for seed in experiment.seeds for each in everything]
    jobs = [Job("ending", each.applied_to(scenarios[each.regime]), seed) for each, seed in asked]
    tell = partial(session.send, report)
    rows: dict[int, dict[str, Any]] = {}
    problems: list[str] = []
    finished: set[int] = set()

    def deliver(place: int, content: Any, done: bool, error: str | None) -> None:  # noqa: FBT001
        held, seed = asked[place]
        if content is not None:
            live = {channel: channel not in held.frozen for channel in CHANNELS}
            rows[place] = {
                "regime": held.regime,
                "seed": seed,
                **live,
                **dict(zip(OUTCOMES, content, strict=True)),
            }
        if done:
            finished.add(place)
            if error is not None:
                problems.append(error)
            table = None
            if len(finished) == len(jobs) and rows:
                frame = pd.DataFrame([rows[at] for at in sorted(rows)])
                table = attribute(frame, OUTCOMES, baseline_of(experiment.regimes))
            if table is not None or len(finished) % 4 == 0:
                tell(Progress(setting, len(finished), len(jobs), table, problems[0] if problems else ""))

    tell(Progress(setting, 0, len(jobs)))
    session.ask("attribution", jobs, deliver)
