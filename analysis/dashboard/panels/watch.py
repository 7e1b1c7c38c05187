"""Watch: two regimes play side by side, firms and ties above, the knowledge space below."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import Any

import solara

from analysis.dashboard.charts.look import Look
from analysis.dashboard.film import Frame
from analysis.dashboard.jobs import Job
from analysis.dashboard.page import Part
from analysis.dashboard.panels.space_layout import links, positions
from analysis.dashboard.session import Picture, Session
from analysis.dashboard.widgets import Film, Toolbar
from model.meso import ORGANISATION_KINDS
from model.space import build_space
from model.streams import Streams

SIDES = ("left", "right")
WORDS = (
    "play", "pause", "back", "forward", "speed", "time", "network", "space", "hint", "sample", "firm", "firm_now",
    "firm_since", "firm_cluster", "firm_gone", "organisation", "organisation_now", "domain", "domain_now",
    "domain_latent", "domain_found", "firms", "legend_organisation", "legend_size",
)  # fmt: skip


@solara.component
def Watch(session: Session, picture: Picture, look: Look) -> None:
    """Show the page on which runs are watched."""
    texts, view = look.texts, picture.view
    reel, set_reel = solara.use_state(Reel())
    wanted = (*view.setting, view.left, view.right)
    solara.use_effect(lambda: begin(session, picture, set_reel), [wanted])
    names = [[name, texts.regime(name)] for name in picture.setting.scenario.regimes]

    def act(told: dict[str, Any]) -> None:
        session.change(**{str(told["name"]): str(told["value"])})

    with Part():
        Toolbar(
            items=[
                {"kind": "select", "name": side, "label": texts(f"watch.{side}"), "value": getattr(view, side),
                 "options": names}
                for side in SIDES
            ],
            label=texts("watch.label"), event_set=act,
        )  # fmt: skip
        Film(
            films=reel.film(picture, look), words=film_words(look), steps=picture.setting.scenario.steps,
            colours={
                "ink": look.theme.text, "ground": look.theme.background, "quiet": look.theme.quiet,
                "accent": look.theme.regimes["sector"], "sectors": list(sector_colours(look)),
            },
            progress=texts("watch.loading", done=reel.done, all=2 * (picture.setting.scenario.steps + 1)),
        )  # fmt: skip


def sector_colours(look: Look) -> tuple[str, ...]:
    """Give colours of sectors, none of which is that of a regime."""
    more = ("#44aa99", "#997700", "#aa4499", "#88aaee", "#bb5566")
    return (*look.theme.others, *more)


def film_words(look: Look) -> dict[str, str]:
    """Give all that the film says in the browser."""
    texts = look.texts
    words = {name: texts(f"watch.{name}") for name in WORDS}
    words |= {
        f"kind_{kind}": texts.known(f"kinds.{kind}", kind.replace("_", " ")) for kind in ORGANISATION_KINDS
    }
    return words | {"language": texts.language}


class Reel:
    """Pictures of two runs, as they come.

    Parameters
    ----------
    sides
        Pictures of the left and of the right run.
    finished
        Whether no more will come.
    """

    def __init__(self, sides: tuple[list[Frame], ...] = ([], []), *, finished: bool = False) -> None:
        self.sides = sides
        self.finished = finished
        self.done = sum(map(len, sides))
        self._film: dict[tuple[str, ...], str] = {}

    def film(self, picture: Picture, look: Look) -> str:
        """Write both runs for the browser, once they are whole; empty before."""
        if not self.finished or not all(self.sides):
            return ""
        key = (look.theme.background, look.texts.language, picture.view.left, picture.view.right)
        if key not in self._film:
            self._film[key] = json.dumps(
                [
                    _side(getattr(picture.view, side), frames, picture, look)
                    for side, frames in zip(SIDES, self.sides, strict=True)
                ],
                separators=(",", ":"),
            )
        return self._film[key]


def _side(regime: str, frames: list[Frame], picture: Picture, look: Look) -> dict[str, Any]:
    scenario = picture.setting.scenario
    space = build_space(scenario.knowledge_space, Streams(picture.view.seed))
    return {
        "regime": regime, "label": look.texts.regime(regime),
        "colour": look.colour(regime, tuple(scenario.regimes)), "sectors": list(space.sector_names),
        "places": scenario.firms.places, "domains": list(space.domain_names),
        "layout": positions(space.relatedness), "related": links(space.relatedness),
        "frames": [asdict(frame) for frame in frames],
    }  # fmt: skip


def begin(session: Session, picture: Picture, report: Any) -> Any:
    """Ask for the films of both sides; `report` is told how far they have come."""
    setting, view = picture.setting, picture.view
    sides: tuple[list[Frame], list[Frame]] = ([], [])
    tell = partial(session.send, report)
    finished: set[int] = set()
    jobs = [Job("film", setting.of(getattr(view, side)), view.seed) for side in SIDES]

    def deliver(place: int, content: Any, done: bool, _error: str | None) -> None:  # noqa: FBT001
        if content is not None:
            sides[place].extend(content)
        if done:
            finished.add(place)
        tell(Reel(sides, finished=len(finished) == len(jobs)))

    tell(Reel())
    session.ask("film", jobs, deliver)
    return lambda: session.drop("film")
