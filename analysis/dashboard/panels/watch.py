"""Watch: two regimes play side by side, firms and ties above, the knowledge space below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import solara

from analysis.dashboard.charts.look import Look
from analysis.dashboard.film import COLUMNS
from analysis.dashboard.jobs import Job
from analysis.dashboard.page import Part, text
from analysis.dashboard.panels.space_layout import links, positions
from analysis.dashboard.session import Picture, Session
from analysis.dashboard.widgets import Film, Toolbar
from model.meso import ORGANISATION_KINDS
from model.space import build_space
from model.streams import Streams

MORE_COLOURS = (
    "#44aa99", "#997700", "#aa4499", "#88aaee", "#bb5566", "#a3b53a", "#6f63c9", "#e08e79", "#7d8a5c", "#3fb5c6",
)  # fmt: skip
"""Beside those of the figures; nobody tells more than eight colours apart: names and places help."""

Layout = dict[str, Any]

SIDES = ("left", "right")
WORDS = (
    "play", "pause", "back", "forward", "speed", "time", "network", "space", "hint", "sample", "firm", "firm_now",
    "firm_since", "firm_cluster", "firm_gone", "organisation", "organisation_now", "domain", "domain_now",
    "domain_latent", "domain_found", "firms", "legend_organisation", "legend_size",
    "left_in", "not_yet", "never", "organisation_since", "subject", "network_told",
    "space_told",
)  # fmt: skip


@solara.component
def Watch(session: Session, picture: Picture, look: Look) -> None:
    """Show the page on which runs are watched."""
    texts, view = look.texts, picture.view
    reel, set_reel = solara.use_state(Reel())
    wanted = (*view.setting, view.left, view.right)
    solara.use_effect(lambda: begin(session, picture, set_reel), [wanted])
    layout = solara.use_memo(lambda: layout_of(picture), [view.conditions, view.seed])
    names = [[name, texts.regime(name)] for name in picture.setting.scenario.regimes]

    def act(told: dict[str, Any]) -> None:
        session.change(**{str(told["name"]): str(told["value"])})

    with Part():
        if reel.error:
            text(texts("compare.failed", error=reel.error), "kf-problem")
        Toolbar(
            items=[
                {"kind": "select", "name": side, "label": texts(f"watch.{side}"), "value": getattr(view, side),
                 "options": names}
                for side in SIDES
            ],
            label=texts("watch.label"), event_set=act,
        )  # fmt: skip
        Film(
            films=reel.film, sides=sides_of(picture, look, layout), words=film_words(look), large=look.large,
            columns=COLUMNS,
            colours={
                "ink": look.theme.text, "ground": look.theme.background, "quiet": look.theme.quiet,
                "accent": look.theme.regimes["sector"], "sectors": list(sector_colours(look)),
            },
            progress=texts("watch.loading", done=reel.done, all=2 * (picture.setting.scenario.steps + 1)),
        )  # fmt: skip


def sector_colours(look: Look) -> tuple[str, ...]:
    """Give colours of sectors, none of which is that of a regime."""
    return (*look.theme.others, *MORE_COLOURS)


def film_words(look: Look) -> dict[str, str]:
    """Give all that the film says in the browser."""
    texts = look.texts
    words = {name: texts(f"watch.{name}") for name in WORDS}
    words |= {
        f"kind_{kind}": texts.known(f"kinds.{kind}", kind.replace("_", " ")) for kind in ORGANISATION_KINDS
    }
    words |= {
        f"letter_{kind}": texts.known(f"letters.{kind}", kind[0].upper()) for kind in ORGANISATION_KINDS
    }
    return words | {"language": texts.language}


@dataclass(frozen=True, eq=False)
class Reel:
    """Pictures of two runs, as they come.

    Attributes
    ----------
    done
        Pictures that have come.
    film
        Both runs as the browser reads them; empty until they are whole.
    error
        Why a run failed, if one did.
    """

    done: int = 0
    film: str = ""
    error: str = ""


def sides_of(picture: Picture, look: Look, layout: Layout) -> list[dict[str, Any]]:
    """Give what both sides are called and where everything in them lies: what does not change over time."""
    scenario, view = picture.setting.scenario, picture.view
    names = {key: [look.texts.name(each) for each in layout[key]] for key in ("domains", "sectors")}
    return [
        {
            "regime": regime, "label": look.texts.regime(regime), "places": scenario.firms.places,
            "colour": look.colour(regime, tuple(scenario.regimes)), **layout, **names,
        }
        for regime in (view.left, view.right)
    ]  # fmt: skip


def layout_of(picture: Picture) -> Layout:
    """Give names of domains and sectors, where domains lie, and which of them are linked."""
    built = build_space(picture.setting.scenario.knowledge_space, Streams(picture.view.seed))
    return {
        "domains": list(built.domain_names), "sectors": list(built.sector_names),
        "layout": positions(built.relatedness), "related": links(built.relatedness),
    }  # fmt: skip


def begin(session: Session, picture: Picture, report: Any) -> Any:
    """Ask for the films of both sides; `report` is told how far they have come."""
    setting, view = picture.setting, picture.view
    parts: tuple[list[str], list[str]] = ([], [])
    tell = partial(session.send, report)
    finished: set[int] = set()
    problems: list[str] = []
    jobs = [Job("film", setting.of(getattr(view, side)), view.seed) for side in SIDES]

    def deliver(place: int, content: Any, done: bool, error: str | None) -> None:  # noqa: FBT001
        if content is not None:
            parts[place].extend(content)
        if done:
            finished.add(place)
            problems.extend([error] if error is not None else [])
        count, film = sum(map(len, parts)), ""
        if problems:
            tell(Reel(count, error=problems[0]))
            return
        if len(finished) == len(jobs):
            film = "[" + ",".join(f"[{','.join(side)}]" for side in parts) + "]"
            for side in parts:
                side.clear()
        tell(Reel(count, film))

    tell(Reel())
    session.ask("film", jobs, deliver)
    return lambda: session.drop("film")
