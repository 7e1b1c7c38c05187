"""Policy desk: a policy of one's own beside the regimes and the lottery; what was chosen, and who wins."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
import solara

from analysis.dashboard import words
from analysis.dashboard.captions import about_chart, chart_words
from analysis.dashboard.charts.chosen import gains_of_groups, longest_funded, timeline
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import Part, text
from analysis.dashboard.panels.compare import Answer, Detail, MainChart, Told, act, choices
from analysis.dashboard.state.own_policy import (
    TEMPLATES,
    bare,
    begun_from,
    themes_of,
    with_theme,
)
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.session import Session
from analysis.dashboard.texts import Texts
from analysis.dashboard.widgets import Chart, Search, Toolbar
from analysis.regions.catalogue import RegionReference, places, shipped
from analysis.statistics.comparison import baseline_of
from analysis.statistics.winners import MEASURES, PLACE, SECTOR, SUPPORT, who_wins
from model.space import build_space
from model.streams import Streams

LEVEL = 0.05


@solara.component
def Desk(session: Session, picture: Picture, look: Look, on_csv: Told) -> None:
    """Show the page on which a policy of one's own is put together."""
    texts = look.texts

    def act_(told: dict[str, Any]) -> None:
        name, view = told["name"], session.picture.view
        if name == "begin":
            session.visit(begun_from(view, session.picture.setting.base, str(told["value"])), "begin")
        elif name == "empty":
            session.visit(bare(view), "begin")
        elif name == "theme":
            session.visit(with_theme(view, int(told["value"])), "theme")
        elif name == "policy-toml":
            on_csv("policy", None)
        else:
            act(session, told)

    with Part(extra="kf-answer"):
        Answer(picture, look)
        MainChart(picture, look, on_csv)
        Toolbar(items=choices(picture, look), label=texts("compare.regimes"), event_set=act_)
        Detail(picture, look)
    with Part(texts("desk.own"), extra="kf-own"):
        text(texts("desk.about"), "kf-note", tag="p")
        Toolbar(items=_beginnings(texts), label=texts("desk.begin"), event_set=act_)
        Themes(session, picture, look, act_)
    with Part(texts("desk.what_happened")):
        Toolbar(
            items=[{
                "kind": "select", "name": "policy", "label": texts("desk.policy"), "value": told_policy(picture),
                "options": [[name, texts.regime(name)] for name in picture.view.regimes],
            }], label=texts("desk.policy"),
            event_set=lambda told: session.change(policy=str(told["value"])),
        )  # fmt: skip
        Timeline(picture, look, on_csv).key("timeline")
        Winners(picture, look, on_csv).key("winners")


def told_policy(picture: Picture) -> str:
    """Give the policy whose priorities and winners are shown."""
    regimes = picture.view.regimes
    return picture.view.policy if picture.view.policy in regimes else regimes[-1]


def _beginnings(texts: Texts) -> list[dict[str, Any]]:
    starts = [
        {"kind": "button", "name": "begin", "value": name, "label": texts.regime(name), "quiet": True}
        for name in TEMPLATES
    ]
    return [
        {"kind": "note", "name": "begin-label", "label": texts("desk.begin")}, *starts,
        {"kind": "button", "name": "empty", "label": texts("desk.empty"), "quiet": True},
        {"kind": "button", "name": "policy-toml", "label": texts("desk.toml")},
    ]  # fmt: skip


@solara.component
def Themes(session: Session, picture: Picture, look: Look, on_act: Any) -> None:
    """Search for regions and domains: a region takes the place of the present one, a domain becomes a theme."""
    texts, view = look.texts, picture.view
    names = solara.use_memo(lambda: domains_of(picture), [view.conditions])
    chosen = [
        {"kind": "button", "name": "theme", "value": number, "label": f"{texts.name(names[number - 1])} ×",
         "title": texts("desk.remove"), "quiet": True}
        for number in themes_of(view)
        if number <= len(names)
    ]  # fmt: skip

    def take(told: dict[str, Any]) -> None:
        if told["kind"] == "region":
            session.change(region=str(told["value"]))
        else:
            on_act({"name": "theme", "value": told["value"]})

    free = [
        [number, texts.name(name)] for number, name in enumerate(names, 1) if number not in themes_of(view)
    ]
    Search(
        name="search",
        groups=[["domain", texts("desk.domains"), free], ["region", texts("bar.region"), region_choices(texts)]],
        words=search_words(texts, "desk.search"), event_take=take,
    )  # fmt: skip
    note = {"kind": "note", "name": "themes", "label": texts("desk.themes" if chosen else "desk.no_themes")}
    Toolbar(items=[note, *chosen], label=texts("desk.themes"), event_set=on_act)


def domains_of(picture: Picture) -> tuple[str, ...]:
    """List the names of the domains of a picture."""
    scenario = picture.setting.scenario
    return tuple(build_space(scenario.knowledge_space, Streams(picture.sample.seeds[0])).domain_names)


def search_words(texts: Texts, label: str) -> dict[str, str]:
    """Give what a search box says."""
    return {"label": texts(label)} | {name: texts(f"search.{name}") for name in ("hint", "found", "nothing")}


@cache
def _regions() -> tuple[tuple[str, str, str], ...]:
    members, cities = shipped(), places()
    return tuple(
        (
            str(code),
            f"{RegionReference(members, str(code)).name} ({code})",
            f"{cities.get(str(code), '')} {country}",
        )
        for code, country in members.regions["country"].items()
    )


def region_choices(texts: Texts) -> list[list[str]]:
    """List regions that ship, with what else they are found by: cities and country."""
    return [
        [code, name, f"{more} {texts.known(f'countries.{more.rsplit(None, 1)[-1]}', '')}"]
        for code, name, more in _regions()
    ]


@solara.component
def Timeline(picture: Picture, look: Look, on_csv: Told) -> None:
    """Draw the log of priorities of a policy on the first seed."""
    texts, view, policy = look.texts, picture.view, told_policy(picture)
    log = log_of(picture, policy, texts)
    with Part(texts("desk.chosen"), inside=True):
        if log is None:
            text(texts("compare.coming"), "kf-note")
            return
        end = picture.setting.scenario.steps
        names = longest_funded(log, end)
        if not names:
            text(words.capital(texts("desk.nothing_chosen", policy=texts.regime(policy))), "kf-note", tag="p")
            return
        caption = words.capital(
            texts("desk.timeline", policy=texts.regime(policy), seed=picture.sample.seeds[0])
        )
        Chart(
            option=timeline(log, names, look.colour(policy, view.regimes), end, look), name="timeline",
            caption=caption, words=chart_words(look), csv=True, file=f"priorities-{policy}-{view.slug}",
            height=110 + (44 if look.large else 34) * len(names), about=about_chart(picture, look, caption),
            event_click=_nothing, event_take=lambda _: on_csv("priorities", log),
        )  # fmt: skip
        text(texts("desk.timeline_note"), "kf-note", tag="p")


def log_of(picture: Picture, policy: str, texts: Texts) -> pd.DataFrame | None:
    """Give the log of a policy on the first seed, priorities by name as they are read; None while it is not there."""
    runs = picture.sample.runs.get(policy)
    if not runs or runs[0].after is None:
        return None
    log = runs[0].after.priorities.assign(regime=policy, seed=picture.sample.seeds[0])
    # Two groups of firms of a sector are told apart by their place.
    return log.assign(name=[_named(str(name), texts) for name in log["name"]])


def _named(name: str, texts: Texts) -> str:
    sector, separator, place = name.rpartition(", place ")
    return f"{texts.name(sector)}, {texts('desk.place', number=place)}" if separator else texts.name(name)


@solara.component
def Winners(picture: Picture, look: Look, on_csv: Told) -> None:
    """Draw what groups of firms gain under a policy."""
    texts, view, policy = look.texts, picture.view, told_policy(picture)
    measure, set_measure = solara.use_state(MEASURES[1])
    baseline = baseline_of(view.regimes)
    key = (*view.setting, policy, picture.sample.shown if picture.sample.whole else 0)
    table = solara.use_memo(lambda: winners_of(picture, policy, baseline), [key])
    with Part(texts("desk.winners"), inside=True):
        if policy == baseline:
            text(words.capital(texts("desk.no_winners", policy=texts.regime(policy))), "kf-note", tag="p")
            return
        if table is None:
            text(
                texts("desk.winners_coming", done=picture.sample.shown, all=len(picture.sample.seeds)),
                "kf-note",
            )
            return
        options = [[name, texts(f"desk.measure_{name}")] for name in MEASURES]
        Toolbar(
            items=[{"kind": "select", "name": "measure", "label": texts("desk.measure"), "value": measure,
                    "options": options}],
            label=texts("desk.measure"), event_set=lambda told: set_measure(str(told["value"])),
        )  # fmt: skip
        rows = table[(table["measure"] == measure) & table["relative"].notna()]
        rows = rows.assign(sure=rows["adjusted"] < LEVEL)
        said = winners_sentence(rows, policy, baseline, measure, texts)
        text(said, "kf-sentence", tag="p")
        caption = texts("desk.winners_caption", policy=texts.regime(policy), reference=texts.regime(baseline),
                        measure=texts(f"desk.measure_{measure}"))  # fmt: skip
        labels = [group_label(str(by), str(group), texts) for by, group in rows[["by", "group"]].to_numpy()]
        Chart(
            option=gains_of_groups(rows, labels, look.colour(policy, view.regimes), look), name="winners",
            caption=caption, words=chart_words(look), csv=True, file=f"winners-{policy}-{view.slug}",
            height=90 + (40 if look.large else 30) * len(rows), about=about_chart(picture, look, caption, said=said),
            event_click=_nothing, event_take=lambda _: on_csv("winners", table),
        )  # fmt: skip
        text(texts("desk.winners_note", seeds=len(picture.sample.kept())), "kf-note", tag="p")


def winners_of(picture: Picture, policy: str, baseline: str) -> pd.DataFrame | None:
    """Compute who wins under a policy, once all its seeds are there."""
    sample = picture.sample
    if not sample.whole or policy == baseline:
        return None
    frames = []
    for regime in (baseline, policy):
        for place in sample.kept():
            after = sample.runs[regime][place].after
            if after is None:
                return None
            frames.append(after.firms.assign(regime=regime, seed=sample.seeds[place]))
    return who_wins(pd.concat(frames, ignore_index=True), baseline) if frames else None


def winners_sentence(rows: pd.DataFrame, policy: str, baseline: str, measure: str, texts: Texts) -> str:
    """Say which group gains most and which loses most, as far as chance does not explain it."""
    values = {"policy": texts.regime(policy), "reference": texts.regime(baseline),
              "measure": texts(f"desk.measure_{measure}")}  # fmt: skip
    sure = rows[rows["sure"] & (rows["by"] != SUPPORT)].sort_values("relative")
    if sure.empty:
        return texts("desk.nobody_wins", **values)
    told = []
    for row, key, there in (
        (sure.iloc[-1], "wins", sure["relative"].iloc[-1] > 0), (sure.iloc[0], "loses", sure["relative"].iloc[0] < 0),
    ):  # fmt: skip
        if there:
            name = group_label(str(row["by"]), str(row["group"]), texts)
            told.append(
                texts(f"desk.{key}", group=name, gain=texts.signed_percent(float(row["relative"])), **values)
            )
    return " ".join(told)


def group_label(by: str, group: str, texts: Texts) -> str:
    """Name a group of firms."""
    if by == SECTOR:
        return texts.name(group)
    if by == PLACE:
        return texts("desk.place", number=group.rpartition(" ")[2])
    return texts.known(f"groups.{group}", group)


def _nothing(_told: Any) -> None:
    """Do nothing: a click on these charts has no meaning."""
