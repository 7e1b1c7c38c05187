"""The page as a whole; a session of its own for everybody who opens it."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import solara

from analysis.dashboard import downloads, house
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import text
from analysis.dashboard.panels.compare import Compare
from analysis.dashboard.panels.conditions import Conditions
from analysis.dashboard.panels.lesson import Lesson
from analysis.dashboard.panels.tipping import Tipping
from analysis.dashboard.panels.watch import Watch
from analysis.dashboard.postbox import Postbox
from analysis.dashboard.session import Picture, Session
from analysis.dashboard.style import STYLE
from analysis.dashboard.texts import Texts, languages
from analysis.dashboard.uploads import MAXIMUM_BYTES, read_upload
from analysis.dashboard.view import APPEARANCES, PAGES, View, from_search, to_search
from analysis.dashboard.widgets import Bar
from analysis.errors import RequestError
from analysis.figures.style import THEMES
from model.loading import library, load_scenario


@solara.component
def Layout(children: list[Any]) -> Any:
    """Leave the page without the frame of the library."""
    return solara.v.Html(tag="div", children=children)


@solara.component
def Page() -> None:
    """Open the dashboard, or say that it is full."""
    house_ = house.house()
    search = solara.use_router().search or ""
    admitted = solara.use_memo(house_.admit, [])
    solara.use_effect(lambda: lambda: house_.leave(admitted), [])
    solara.Style(STYLE)
    if admitted is None:
        texts = Texts(from_search(search)[0].language)
        with solara.v.Html(tag="main", class_="kf kf-light kf-full"):
            text(texts("full.title"), tag="h1")
            text(texts("full.text", most=house_.most_sessions), tag="p")
        return
    Visit(house_, search)


@solara.component
def Visit(house_: house.House, search: str) -> None:
    """Follow one person around."""
    first = solara.use_memo(lambda: from_search(search), [])
    picture, set_picture = solara.use_state(None)
    screen, set_screen = solara.use_state({"dark": False, "narrow": False})
    download, set_download = solara.use_state({})
    session = use_session(house_, first[0], set_picture)
    if picture is None:
        text("…", "kf")
        return
    view = picture.view
    theme = THEMES[
        "dark" if view.appearance == "dark" or (view.appearance == "auto" and screen["dark"]) else "light"
    ]
    look = Look(theme, Texts(view.language), view.large, narrow=bool(screen["narrow"]))
    classes = [
        "kf",
        "kf-dark" if theme is THEMES["dark"] else "kf-light",
        "kf-large" if view.large else "kf-normal",
    ]
    odd = "; ".join(first[1]) if picture.version < 3 else ""

    def hand_over(kind: str) -> None:
        set_download(downloads.make(kind, session.picture) | {"number": download.get("number", 0) + 1})

    with solara.v.Html(tag="div", class_=" ".join(classes)):
        Head(session, picture, look, set_screen, download, hand_over, odd)
        with solara.v.Html(tag="div", class_="kf-body"):
            with solara.v.Html(tag="main", class_="kf-main"):
                _page(session, picture, look, hand_over)
            with solara.v.Html(tag="aside", class_="kf-side"):
                Conditions(picture, look, session.set_control)


def _page(session: Session, picture: Picture, look: Look, hand_over: Callable[[str], None]) -> None:
    """Show the page that was chosen."""
    page = picture.view.page
    if page == "watch":
        Watch(session, picture, look)
    elif page == "tipping":
        Tipping(session, picture, look)
    elif page == "lesson":
        Lesson(session, picture, look)
    else:
        Compare(session, picture, look, hand_over)


def use_session(house_: house.House, view: View, show: Callable[[Picture], None]) -> Session:
    """Keep a session as long as the page is open; pictures are shown as fast as the page takes them."""
    postbox: Postbox = solara.use_memo(Postbox, [])
    session: Session = solara.use_memo(
        lambda: Session(house_.desk, house_.shelf, view, show, postbox.send), []
    )

    def follow() -> Callable[[], None]:
        # Made here, a thread belongs to this page and to no other.
        threading.Thread(target=postbox.deliver, name="postbox", daemon=True).start()

        def leave() -> None:
            postbox.close()
            session.close()

        return leave

    solara.use_effect(follow, [])
    return session


@solara.component
def Head(
    session: Session,
    picture: Picture,
    look: Look,
    on_screen: Callable[[dict[str, bool]], None],
    download: dict[str, Any],
    on_download: Callable[[str], None],
    odd: str,
) -> None:
    """Show the head of the page."""
    texts, view = look.texts, picture.view
    problem, set_problem = solara.use_state("")
    names = (
        "title", "pages", "undo", "redo", "replay", "replay_short", "more", "story", "own", "link", "copied", "toml",
        "data", "upload", "reset_all", "language_name", "appearance", "large",
    )  # fmt: skip

    def act(name: str) -> None:
        set_problem("")
        if name in {"undo", "redo", "replay"}:
            getattr(session, name)()
        elif name == "reset":
            session.visit(View(language=view.language, appearance=view.appearance, large=view.large), "reset")
        else:
            on_download(name)

    def choose(told: dict[str, Any]) -> None:
        set_problem("")
        name, value = told["name"], told["value"]
        if name == "story" and value:
            session.change(story=value, own="", changes=(), regimes=View.regimes)
        elif name in {"page", "language", "appearance", "large"}:
            session.change(**{name: value})

    def bring(told: dict[str, Any]) -> None:
        set_problem(take_in(session, told))

    Bar(
        view=asdict(view), address=to_search(view), pages=[[name, texts(f"pages.{name}")] for name in PAGES],
        stories=[[name, story_title(name, texts)] for name in library()],
        languages=[[name, texts(f"languages.{name}")] for name in languages()],
        appearances=[[name, texts(f"appearances.{name}")] for name in APPEARANCES],
        words={name: texts(f"bar.{name}") for name in names},
        can={"undo": picture.history.can_undo, "redo": picture.history.can_redo},
        status=texts("bar.ready" if picture.finished else "bar.running"),
        problem=problem or picture.problem or odd, download=download, most_bytes=MAXIMUM_BYTES,
        event_set=choose, event_act=act, event_scheme=on_screen, event_upload=bring,
        event_visit=lambda search: session.visit(from_search(str(search))[0]),
    )  # fmt: skip


def take_in(session: Session, told: dict[str, Any]) -> str:
    """Show a scenario that a user brings; gives what is wrong with it, if anything is."""
    try:
        content = base64.b64decode(told.get("text", "")) or b" " * int(told.get("size", 0))
        scenario, packed = read_upload(str(told.get("name", "")), content)
    except (RequestError, ValueError) as error:
        return str(error)
    regimes = tuple(name for name in View.regimes if name in scenario.regimes)
    session.change(own=packed, changes=(), regimes=regimes, moved="upload")
    return ""


def story_title(name: str, texts: Texts) -> str:
    """Give the title of a story in the language of the page."""
    return texts.known(f"stories.{name}.title", load_scenario(name).story.title)
