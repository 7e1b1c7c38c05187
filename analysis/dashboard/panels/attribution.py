"""What channels contribute to each lead: computed when asked for, as it takes eight times the runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import solara

from analysis.attribution import CHANNELS, attribute
from analysis.comparison import baseline_of
from analysis.counterfactuals import Counterfactual, counterfactuals
from analysis.dashboard.captions import chart_words, outcome_label
from analysis.dashboard.charts.bars import contribution_bars
from analysis.dashboard.charts.look import Look
from analysis.dashboard.jobs import Job
from analysis.dashboard.page import Part, text
from analysis.dashboard.session import Picture, Session
from analysis.dashboard.view import FIRST_SEED
from analysis.dashboard.widgets import Chart, Toolbar
from analysis.errors import RequestError
from analysis.experiment import Experiment
from model.record import OUTCOMES
from model.scenario import REGIME_NAMES

SEEDS = tuple(range(FIRST_SEED, FIRST_SEED + 4))


@dataclass(frozen=True, eq=False)
class Progress:
    """How far an attribution has come, and what followed from it."""

    setting: tuple[Any, ...]
    done: int
    all: int
    contributions: pd.DataFrame | None = None
    error: str = ""


@solara.component
def AttributionPart(session: Session, picture: Picture, look: Look) -> None:
    """Show what channels contribute, or offer to compute it."""
    texts, view = look.texts, picture.view
    progress, set_progress = solara.use_state(None)
    with Part(texts("compare.attribution")):
        text(texts("compare.attribute_about"), "kf-note", tag="p")
        experiment = _experiment(picture)
        if experiment is None:
            text(texts("compare.attribute_none"), "kf-note")
            return
        runs = 2 ** len(CHANNELS) * len(SEEDS) * len(experiment.regimes)
        wanted = "compare.attribute" if progress is None else "compare.attribute_again"
        items: list[dict[str, Any]] = [
            {"kind": "button", "name": "attribute", "label": texts(wanted, runs=runs)}
        ]
        if progress is not None:
            items.append(
                {
                    "kind": "note",
                    "name": "attributed",
                    "live": True,
                    "label": _state(progress, view.setting, look),
                }
            )
        Toolbar(
            items=items,
            label=texts("compare.attribution"),
            event_set=lambda _: begin_attribution(session, experiment, view.setting, set_progress),
        )
        if progress is not None and progress.contributions is not None and len(progress.contributions):
            outcome = view.outcome if view.outcome in OUTCOMES else OUTCOMES[0]
            caption = f"{outcome_label(outcome, texts)}, {texts('charts.percent_of_none')}"
            Chart(
                option=contribution_bars(progress.contributions, outcome, look), name="contributions", caption=caption,
                words=chart_words(look), file=f"contributions-{view.slug}",
                height=140 + (74 if look.large else 56) * (len(experiment.regimes) - 1),
                event_click=lambda _: None, event_take=lambda _: None,
            )  # fmt: skip


def _experiment(picture: Picture) -> Experiment | None:
    regimes = picture.view.regimes
    if len(regimes) < 2 or REGIME_NAMES[0] not in regimes:
        return None
    try:
        return Experiment("dashboard", picture.setting.scenario, regimes, SEEDS, attribute=True)
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
