"""Watch: two runs play side by side as fountains, with their account, their curve, their chronicle and stories."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import solara

from analysis.dashboard.captions import place_words
from analysis.dashboard.charts.look import Look, dashes
from analysis.dashboard.fountains.chronicle import Event
from analysis.dashboard.fountains.filmed_region import SOURCES
from analysis.dashboard.fountains.layout import Layout, layout_of
from analysis.dashboard.fountains.script import SECTOR_COLOURS, script
from analysis.dashboard.fountains.sentences import chronicle
from analysis.dashboard.page import Part, text
from analysis.dashboard.scheduling.jobs import Footage, Job
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.seeds import seeds_of
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.view import SPLITS
from analysis.dashboard.widgets import Fountains, Toolbar
from analysis.figures.style import THEMES
from model.loading import load_scenario
from model.meso import ORGANISATION_KINDS
from model.scenario import Scenario
from model.space import build_space
from model.streams import Streams

SIDES = ("left", "right")
RECOMBINATION = "channels.networked_recombination"
WORDS = (
    "play", "pause", "back", "forward", "speed", "time", "keys", "film", "filming", "film_left", "sample", "firms",
    "curve", "curve_told", "chronicle", "nothing_yet", "picture", "in_words", "legend", "legend_jets", "legend_drops",
    "legend_money", "legend_level", "legend_pools", "legend_offices", "spent", "unit", "subject", "hint", "told",
    "told_domains", "told_money", "told_no_money", "aim_sector", "aim_cell", "aim_domain", "aim_pilot", "aim_anybody",
    *SOURCES,
)  # fmt: skip
TALES = (
    "firm_name", "firm", "firm_first", "firm_entered", "firm_rise", "firm_fall", "firm_bond", "firm_alone",
    "firm_cluster", "firm_money", "firm_found", "firm_found_with", "gone", "not_yet", "never", "organisation_name",
    "organisation", "organisation_idle", "organisation_high", "organisation_middle", "organisation_low",
    "organisation_rise", "organisation_fall", "organisation_peak", "organisation_money", "domain_name", "domain",
    "domain_first", "domain_found", "domain_gain", "domain_dry", "domain_latent", "domain_lost",
)  # fmt: skip


@solara.component
def Watch(session: Session, picture: Picture, look: Look) -> None:
    """Show the page on which runs are watched."""
    texts, view = look.texts, picture.view
    recording, set_recording = solara.use_state(Recording())
    wanted = (*view.conditions, view.seed, view.split, view.left, view.right)
    solara.use_effect(lambda: begin(session, picture, set_recording), [wanted])
    layout = solara.use_memo(lambda: scene_of(picture), [view.conditions, view.seed])
    sides = sides_of(picture, look, layout)

    def act(told: dict[str, Any]) -> None:
        session.change(**{str(told["name"]): str(told["value"])})

    with Part():
        if recording.error:
            text(texts("compare.failed", error=recording.error), "kf-problem")
        Toolbar(items=_choices(picture, look), label=texts("watch.label"), event_set=act)
        Fountains(
            drawing=script(), film=recording.film, sides=sides, words=words_of(look), large=look.large,
            chronicles=[
                chronicle(events, side, texts) for events, side in zip(recording.events, sides, strict=False)
            ],
            colours={
                "ink": look.theme.text, "ground": look.theme.background, "quiet": look.theme.quiet,
                "line": look.theme.grid, "sectors": list(SECTOR_COLOURS), "dark": look.theme is THEMES["dark"],
            },
            quarter=view.quarter, chosen=view.subject, event_stand=lambda told: note_place(session, told),
            progress=texts("watch.loading", done=recording.done, all=2 * (picture.setting.scenario.steps + 1)),
            poster={
                "title": texts("watch.film_title", place=place_words(picture, texts), left=sides[0]["label"],
                               right=sides[1]["label"]),
                "source": texts("watch.film_source", seed=seed_of(picture)), "quarter": texts("watch.time"),
                "file": f"{view.slug}-fountains.gif",
            },
        )  # fmt: skip


def _choices(picture: Picture, look: Look) -> list[dict[str, Any]]:
    texts, view = look.texts, picture.view
    names = [[name, texts.regime(name)] for name in picture.setting.scenario.regimes]
    splits = [[name, texts(f"watch.split_{name}")] for name in SPLITS]
    shown = SIDES if view.split == "policies" else SIDES[:1]
    return [
        {"kind": "select", "name": "split", "label": texts("watch.split"), "value": view.split, "options": splits},
        *(
            {"kind": "select", "name": side, "label": texts(f"watch.{side}"), "value": getattr(view, side),
             "options": names}
            for side in shown
        ),
    ]  # fmt: skip


def note_place(session: Session, told: dict[str, Any]) -> None:
    """Keep where the film stands and whose story is told, so that a link restores both."""
    try:
        quarter, subject = int(told["quarter"]), str(told["subject"])
    except (KeyError, TypeError, ValueError):
        return
    session.note(quarter=max(0, quarter), subject=subject)


def words_of(look: Look) -> dict[str, str]:
    """Give all that the film says in the browser."""
    texts = look.texts
    words = {name: texts(f"watch.{name}") for name in WORDS}
    words |= {f"tale_{name}": texts(f"tales.{name}") for name in TALES}
    for kind in ORGANISATION_KINDS:
        words[f"kind_{kind}"] = texts.known(f"kinds.{kind}", kind.replace("_", " "))
        words[f"letter_{kind}"] = texts.known(f"letters.{kind}", kind[0].upper())
    return words | {"language": texts.language}


@dataclass(frozen=True, eq=False)
class Recording:
    """Films of two runs, as they come.

    Attributes
    ----------
    done
        Quarters that have come.
    film
        Both runs as the browser reads them; empty until they are whole.
    events
        What happened in each quarter of each run.
    error
        Why a run failed, if one did.
    """

    done: int = 0
    film: str = ""
    events: tuple[tuple[list[Event], ...], ...] = field(default=())
    error: str = ""


def sides_of(picture: Picture, look: Look, layout: Layout) -> list[dict[str, Any]]:
    """Give what both sides are called and where everything in them lies: what does not change over time."""
    scenario, view, texts = picture.setting.scenario, picture.view, look.texts
    names = {key: [texts.name(each) for each in layout[key]] for key in ("domains", "sectors")}
    found = []
    for side in SIDES:
        regime = _regime(view, side)
        label = texts.regime(regime)
        if view.split == "recombination":
            label = texts("watch.on" if side == "left" else "watch.off", regime=label)
        dashed = dashes(regime)
        found.append(
            layout | names | {
                "side": side, "label": label, "places": scenario.firms.places,
                "colour": look.colour(regime, tuple(scenario.regimes)),
                "dashes": [3, 3] if view.split == "recombination" and side == "right"
                else [] if isinstance(dashed, str) else dashed,
            }
        )  # fmt: skip
    return found


def _regime(view: Any, side: str) -> str:
    return str(view.left if view.split == "recombination" else getattr(view, side))


def scenario_of(picture: Picture, side: str) -> Scenario:
    """Give what runs on a side of the split screen."""
    scenario = picture.setting.of(_regime(picture.view, side))
    if picture.view.split == "recombination" and side == "right":
        return load_scenario(scenario, {RECOMBINATION: False})
    return scenario


def seed_of(picture: Picture) -> int:
    """Give the seed of the runs that are watched."""
    return seeds_of(picture.view, picture.setting.base)[0]


def scene_of(picture: Picture) -> Layout:
    """Lay out the basin of a picture."""
    return layout_of(build_space(picture.setting.scenario.knowledge_space, Streams(seed_of(picture))))


def begin(session: Session, picture: Picture, report: Any) -> Any:
    """Ask for the films of both sides; `report` is told how far they have come."""
    frames: tuple[list[str], ...] = ([], [])
    events: tuple[list[list[Event]], ...] = ([], [])
    tell = partial(session.send, report)
    finished: set[int] = set()
    problems: list[str] = []
    jobs = [Job("animation", scenario_of(picture, side), seed_of(picture)) for side in SIDES]

    def deliver(place: int, content: Footage | None, done: bool, error: str | None) -> None:  # noqa: FBT001
        if content is not None:
            frames[place].extend(content.frames)
            events[place].extend(content.events)
        if done:
            finished.add(place)
            problems.extend([error] if error is not None else [])
        count = sum(map(len, frames))
        if problems:
            tell(Recording(count, error=problems[0]))
        elif len(finished) == len(jobs):
            film = "[" + ",".join(f"[{','.join(side)}]" for side in frames) + "]"
            tell(Recording(count, film, tuple(map(tuple, events))))
            for side in frames:
                side.clear()
        else:
            tell(Recording(count))

    tell(Recording())
    session.ask("animation", jobs, deliver)
    return lambda: session.drop("animation")
