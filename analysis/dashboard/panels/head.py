"""The head of the page: pages, story and region, undo and redo, and the menu of all that is rarely wanted."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import Any

import solara

from analysis.dashboard import problems
from analysis.dashboard.charts.look import Look
from analysis.dashboard.state.own_policy import at_desk, brought_policies
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.uploaded_regions import MOST_TABLE_BYTES, DoubtfulError
from analysis.dashboard.state.uploaded_scenario import MAXIMUM_BYTES, read_upload
from analysis.dashboard.state.view import APPEARANCES, PAGES, View, from_search, to_search
from analysis.dashboard.texts import Texts, languages
from analysis.dashboard.widgets import Bar
from analysis.errors import RequestError
from analysis.regions.catalogue import RegionReference, folded, shipped
from analysis.regions.region_set import MEASURES
from model.loading import library, load_scenario

WORDS = (
    "title", "pages", "undo", "redo", "replay", "replay_short", "more", "story", "own", "link", "copied", "toml",
    "data", "upload", "reset_all", "language_name", "appearance", "large", "region", "made_up", "upload_regions",
    "measure", "link_without", "only_here", "close", "lost", "accept",
)  # fmt: skip


@solara.component
def Head(
    session: Session,
    picture: Picture,
    look: Look,
    screen: dict[str, bool],
    on_screen: Callable[[dict[str, bool]], None],
    download: dict[str, Any],
    on_download: Callable[[str], None],
    odd: str,
) -> None:
    """Show the head of the page."""
    texts, view = look.texts, picture.view
    problem, set_problem = solara.use_state("")
    notice, set_notice = solara.use_state(())
    doubted, set_doubted = solara.use_state(None)

    def act(name: str) -> None:
        set_problem("")
        set_doubted(None)
        if name in {"undo", "redo", "replay"}:
            getattr(session, name)()
        elif name == "notice":
            set_notice(())
        elif name == "reset":
            session.visit(View(language=view.language, appearance=view.appearance, large=view.large), "reset")
        else:
            on_download(name)

    def choose(told: dict[str, Any]) -> None:
        set_problem("")
        set_doubted(None)
        name, value = told["name"], told["value"]
        if name == "story" and value:
            session.change(story=value, own="", changes=(), regimes=View.regimes)
        elif name == "page" and value == "desk":
            session.visit(at_desk(session.picture.view), "page")
        elif name in {"page", "language", "appearance", "large", "region"}:
            session.change(**{name: value})

    def bring(told: dict[str, Any]) -> None:
        told_problem, told_notice, doubt = take_in(session, told, texts)
        set_problem(told_problem)
        set_notice(told_notice)
        set_doubted(told | {"accept": [*told.get("accept", ()), doubt]} if doubt else None)

    Bar(
        view=asdict(view), address=to_search(view), pages=[[name, texts(f"pages.{name}")] for name in PAGES],
        stories=[[name, story_title(name, texts)] for name in library()],
        regions=[*uploaded_regions(session), *measured_regions(texts.language)],
        measures=[[name, texts(f"measures.{name}")] for name in MEASURES],
        languages=[[name, texts(f"languages.{name}")] for name in languages()],
        appearances=[[name, texts(f"appearances.{name}")] for name in APPEARANCES],
        words={name: texts(f"bar.{name}") for name in WORDS},
        screen=screen, can={"undo": picture.history.can_undo, "redo": picture.history.can_redo},
        status=status_of(picture, texts),
        problem=problems.told(problem or picture.problem or odd, texts.language),
        notice=list(notice), doubted=doubted is not None, download=download,
        most_bytes={"scenario": MAXIMUM_BYTES, "regions": MOST_TABLE_BYTES},
        event_set=choose, event_act=act, event_scheme=on_screen, event_upload=bring,
        event_accept=lambda _: bring(doubted or {}),
        event_visit=lambda search: session.visit(from_search(str(search))[0]),
    )  # fmt: skip


def status_of(picture: Picture, texts: Texts) -> str:
    """Say what is being computed, or that everything is there."""
    sample, mission = picture.sample, picture.mission
    if not sample.shown:
        return texts("bar.first")
    if not sample.whole:
        return texts("bar.bands", done=sample.shown, all=len(sample.seeds))
    if not picture.before.whole:
        return texts("bar.ghost", done=picture.before.shown, all=len(picture.before.seeds))
    if mission.jobs and not mission.whole:
        return texts("bar.mission", done=mission.done, all=len(mission.jobs))
    return texts("bar.ready")


def take_in(session: Session, told: dict[str, Any], texts: Texts) -> tuple[str, tuple[str, ...], str]:
    """Show a scenario or regions that a user brings.

    Parameters
    ----------
    session
        Whose page it is.
    told
        What the page sends: files, what they are, and doubts that the user has looked at.
    texts
        Messages.

    Returns
    -------
    tuple
        What is wrong, what was read, and the doubt for which it was not; empty where there is none.
    """
    try:
        files = [(str(each["name"]), base64.b64decode(each["text"])) for each in told["files"]]
        if told["kind"] == "regions":
            accept = tuple(map(str, told.get("accept", ())))
            table = session.bring(files, int(told["size"]), str(told["measure"]), accept)
            return "", (texts("bar.uploaded", name=table.name), *table.notes), ""
        # What is too large was not sent: its size is enough to refuse it.
        name, content = files[0]
        scenario, packed = read_upload(name, content or b" " * min(int(told["size"]), 2 * MAXIMUM_BYTES))
    except DoubtfulError as error:
        return str(error), (), error.kind
    except RequestError as error:
        return str(error), (), ""
    except (ValueError, TypeError, LookupError):
        # Not what the page sends.
        return texts("bar.odd_upload"), (), ""
    session.change(own=packed, changes=(), regimes=brought_policies(scenario), moved="upload")
    return "", (), ""


def uploaded_regions(session: Session) -> list[list[Any]]:
    """List the regions that were uploaded, by table."""
    return [[table.name, table.choices] for table in session.uploads.tables]


@cache
def measured_regions(language: str) -> list[list[Any]]:
    """List the regions that ship, by country in the language of the page."""
    texts, table = Texts(language), shipped()
    countries: dict[str, list[list[str]]] = {}
    for code, country in table.regions["country"].items():
        name = f"{RegionReference(table, str(code)).name} ({code})"
        countries.setdefault(texts.known(f"countries.{country}", str(country)), []).append([str(code), name])
    return [[country, countries[country]] for country in sorted(countries, key=folded)]


def story_title(name: str, texts: Texts) -> str:
    """Give the title of a story in the language of the page."""
    return texts.known(f"stories.{name}.title", load_scenario(name).story.title)
