"""The page as a whole; a session of its own for everybody who opens it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import solara

from analysis.dashboard import downloads, house
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import text
from analysis.dashboard.panels.compare import Compare
from analysis.dashboard.panels.conditions import Conditions
from analysis.dashboard.panels.head import Head
from analysis.dashboard.panels.lesson import Lesson
from analysis.dashboard.panels.tipping import Tipping
from analysis.dashboard.panels.watch import Watch
from analysis.dashboard.postbox import Postbox
from analysis.dashboard.session import Picture, Session
from analysis.dashboard.style import STYLE
from analysis.dashboard.texts import Texts
from analysis.dashboard.view import View, from_search
from analysis.figures.style import THEMES


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
    odd = ""
    if first[1] and picture.version < 3:
        odd = look.texts("bar.odd_link", parts="; ".join(first[1]))

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
