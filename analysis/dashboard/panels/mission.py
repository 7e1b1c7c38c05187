"""Two tiles that carry the mission: what absorptive capacity and what networked recombination do here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from analysis.dashboard.captions import outcome_label
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import text
from analysis.dashboard.state.mission import MISSION_CHANNELS, ChannelEffect
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.texts import Texts
from analysis.dashboard.widgets import Tiles
from analysis.dashboard.words import capital
from analysis.statistics.comparison import baseline_of
from model.record import OUTCOMES


@solara.component
def MissionTiles(picture: Picture, look: Look, on_open: Callable[[str], None]) -> None:
    """Show what the two channels do for the outcome and for each lead; a click opens the attribution."""
    texts = look.texts
    with solara.v.Html(tag="div", class_="kf-mission"):
        text(texts("mission.title"), "kf-unseen", tag="h2")
        Tiles(
            tiles=tiles_of(picture, texts), words={"open": texts("mission.open")},
            event_open=lambda channel: on_open(str(channel)),
        )  # fmt: skip


def tiles_of(picture: Picture, texts: Texts) -> list[dict[str, Any]]:
    """Write both tiles."""
    view, mission = picture.view, picture.mission
    outcome = view.outcome if view.outcome in OUTCOMES else OUTCOMES[0]
    baseline = baseline_of(view.regimes)
    sample = picture.sample.of_regimes(view.regimes)
    effects = mission.effects(sample, outcome, baseline)
    label = outcome_label(outcome, texts)
    tiles = []
    for channel in MISSION_CHANNELS:
        found = effects.get(channel)
        if found is not None:
            number, lines = (
                texts.signed_percent(found.level.mean),
                _lines(channel, found, label, baseline, texts),
            )
        else:
            number, lines = "…", [_waiting(picture, channel, texts)]
        tiles.append({
            "name": channel, "title": texts(f"mission.{channel}"), "number": number, "lines": lines,
            "ready": found is not None, "sure": found is not None and found.level.sure,
        })  # fmt: skip
    return tiles


def _waiting(picture: Picture, channel: str, texts: Texts) -> str:
    mission = picture.mission
    if mission.jobs and channel not in mission.channels:
        return texts("mission.held_still")
    if mission.jobs and mission.whole:
        return texts("mission.failed")
    return (
        texts("mission.coming", done=mission.done, all=len(mission.jobs))
        if mission.jobs
        else texts("mission.later")
    )


def _lines(channel: str, found: ChannelEffect, label: str, baseline: str, texts: Texts) -> list[str]:
    level = found.level
    key = "level_unclear" if not level.sure else "level_up" if level.mean > 0 else "level_down"
    lines = [
        texts(f"mission.{key}", label=label, without=texts(f"mission.without_{channel}"),
              regime=texts.regime(baseline), percent=texts.share(abs(level.mean) / 100),
              low=texts.signed_percent(level.low), high=texts.signed_percent(level.high))
    ]  # fmt: skip
    sure = {regime: each for regime, each in found.leads.items() if each.sure}
    if sure:
        ranked = sorted(sure, key=lambda regime: -sure[regime].mean)
        named = [f"{texts.regime(name)} ({texts.signed(round(sure[name].mean, 1))})" for name in ranked]
        key = "leads" if len(sure) < len(found.leads) else "leads_all"
        lines.append(texts(f"mission.{key}", named=", ".join(named)))
    elif found.leads:
        lines.append(texts("mission.no_leads"))
    return [capital(line) for line in lines]
