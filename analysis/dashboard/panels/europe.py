"""Europe: who leads in which region and how surely; a click puts the region in the place of the story's own."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import solara

from analysis.dashboard.captions import chart_words
from analysis.dashboard.charts.europe_map import europe_map
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import Part, text
from analysis.dashboard.panels.compare import Answer, MainChart, Told
from analysis.dashboard.panels.desk import region_choices, search_words
from analysis.dashboard.server import server
from analysis.dashboard.state.europe import kept_answer, on_the_map
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.session import Session
from analysis.dashboard.texts import Texts
from analysis.dashboard.widgets import Chart, Search
from analysis.regions.catalogue import RegionReference, shipped
from model.scenario import REGIME_NAMES


@solara.component
def Europe(session: Session, picture: Picture, look: Look, on_csv: Told) -> None:
    """Show the map of Europe, and the curves of the region that is chosen."""
    texts, view = look.texts, picture.view
    answer = kept_answer(server().europe)
    regions = solara.use_memo(lambda: on_the_map(answer), [])
    names = solara.use_memo(lambda: told_names(regions, texts), [texts.language])

    def choose(code: str) -> None:
        if code in shipped().regions.index:
            session.change(region=code)

    with Part(texts("europe.title"), extra="kf-europe"):
        said = said_of_all(answer, texts)
        about = " ".join(
            filter(None, (texts("europe.pale") if answer is not None else "", texts("europe.about")))
        )
        text(said, "kf-lead" if answer is not None else "kf-problem", tag="p")
        Search(
            name="search-region", groups=[["region", texts("bar.region"), region_choices(texts)]],
            words=search_words(texts, "europe.search"), event_take=lambda told: choose(str(told["value"])),
        )  # fmt: skip
        caption = texts("europe.caption" if answer is not None else "europe.caption_unknown")
        Chart(
            option=europe_map(regions, regimes_of(answer), view.region, names, look),
            name="europe", caption=caption, words=chart_words(look), csv=True, file="europe",
            height=760 if look.large else 390 if look.narrow else 620,
            about={"title": caption, "said": said, "source": texts("about.source"), "lines": [about]},
            event_click=lambda told: choose(str(told.get("name", ""))),
            event_take=lambda _: on_csv("europe", regions.rename_axis("region").reset_index()),
        )  # fmt: skip
        text(about, "kf-note", tag="p")
    with Part(chosen_title(view.region, texts)):
        if view.region:
            kept = told_of(regions, view.region, texts)
            text(texts("europe.kept", told=kept) if answer is not None else kept, "kf-note", tag="p")
            Answer(picture, look)
            MainChart(picture, look, on_csv)
        else:
            text(texts("europe.choose"), "kf-note", tag="p")


def regimes_of(answer: pd.DataFrame | None) -> tuple[str, ...]:
    """List the policies that are best somewhere, or the usual ones."""
    found = set() if answer is None else set(answer["best"].dropna())
    return tuple(dict.fromkeys((*REGIME_NAMES, *sorted(found))))


def said_of_all(answer: pd.DataFrame | None, texts: Texts) -> str:
    """Say in a sentence who leads in how many regions for sure, or that nobody has run that."""
    if answer is None:
        return texts("europe.none")
    sure = answer["leader"].value_counts()
    if sure.empty:
        return texts("europe.nobody", all=len(answer))
    named = ", ".join(
        texts("europe.leads_in", regime=texts.regime(str(name)), count=int(count))
        for name, count in sure.items()
    )
    return texts("europe.leads", named=named, all=len(answer), open=int(answer["leader"].isna().sum()))


def told_names(regions: pd.DataFrame, texts: Texts) -> dict[str, str]:
    """Say of each region what is known of it."""
    return {str(code): told_of(regions, str(code), texts) for code in regions.index}


def told_of(regions: pd.DataFrame, code: str, texts: Texts) -> str:
    """Say what is known of a region."""
    if code not in regions.index:
        return ""
    name, row = f"{RegionReference(shipped(), code).name} ({code})", regions.loc[code]
    if not isinstance(row["best"], str):
        return texts("europe.spot_unknown", name=name)
    values: dict[str, Any] = {"name": name, "best": texts.regime(row["best"])}
    if isinstance(row["leader"], str):
        return texts("europe.spot_sure", **values)
    certainty = float(str(row["certainty"]))
    if math.isnan(certainty):
        return texts("europe.spot_best", **values)
    return texts("europe.spot_open", **values, certainty=texts.share(certainty))


def chosen_title(region: str, texts: Texts) -> str:
    """Name the region that is chosen."""
    if region in shipped().regions.index:
        return f"{RegionReference(shipped(), region).name} ({region})"
    return texts("europe.chosen")
