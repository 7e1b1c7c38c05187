"""The page as a whole; a session of its own for everybody who opens it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pandas as pd
import solara

from analysis.dashboard import downloads, server
from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import text
from analysis.dashboard.panels.compare import Compare
from analysis.dashboard.panels.conditions import Conditions
from analysis.dashboard.panels.desk import Desk
from analysis.dashboard.panels.europe import Europe
from analysis.dashboard.panels.head import Head
from analysis.dashboard.panels.lesson import Guessed, Landing, Lesson
from analysis.dashboard.panels.tipping import Tipping
from analysis.dashboard.panels.trust import Trust
from analysis.dashboard.panels.watch import Watch
from analysis.dashboard.scheduling.mailbox import Mailbox
from analysis.dashboard.state.own_policy import at_desk
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.session import Session
from analysis.dashboard.state.view import OWN_POLICY, View, from_search
from analysis.dashboard.style import STYLE
from analysis.dashboard.texts import Texts
from analysis.figures.style import THEMES

HandOver = Callable[[str, pd.DataFrame | None], None]


@solara.component
def Layout(children: list[Any]) -> Any:
    """Leave the page without the frame of the library."""
    return solara.v.Html(tag="div", children=children)


@solara.component
def Page() -> None:
    """Open the dashboard, or say that it is full."""
    server_ = server.server()
    search = solara.use_router().search or ""
    admitted = solara.use_memo(server_.admit, [])
    solara.use_effect(lambda: lambda: server_.leave(admitted), [])
    solara.Style(STYLE)
    if admitted is None:
        texts = Texts(from_search(search)[0].language)
        with solara.v.Html(tag="main", class_="kf kf-light kf-full"):
            text(texts("full.title"), tag="h1")
            text(texts("full.text", most=server_.most_sessions), tag="p")
        return
    Visit(server_, search)


@solara.component
def Visit(server_: server.Server, search: str) -> None:
    """Follow one person around."""
    first = solara.use_memo(lambda: opened(search), [])
    picture, set_picture = solara.use_state(None)
    screen, set_screen = solara.use_state({"dark": False, "narrow": False})
    download, set_download = solara.use_state({})
    session = use_session(server_, first[0], set_picture)
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
    if first[1] and len(picture.history.views) == 1:
        odd = look.texts("bar.odd_link", parts="; ".join(first[1]))

    def hand_over(kind: str, table: pd.DataFrame | None = None) -> None:
        made = downloads.make(kind, session.picture, table)
        set_download(made | {"number": download.get("number", 0) + 1})

    def note_screen(told: dict[str, bool]) -> None:
        # By the page's own thread: told by another one while a picture is drawn, it would at times be lost.
        session.send(set_screen, told)

    with solara.v.Html(tag="div", class_=" ".join(classes)):
        Head(session, picture, look, screen, note_screen, download, hand_over, odd)
        with solara.v.Html(tag="div", class_=f"kf-body kf-on-{view.page}"):
            with solara.v.Html(tag="main", class_="kf-main"):
                _page(session, picture, look, hand_over, landed=server_.asks_first and first[0].bare)
            # What speaks for the model and against it hangs on no control.
            if view.page != "trust":
                with solara.v.Html(tag="aside", class_="kf-side"):
                    Conditions(picture, look, session.set_control)


def opened(search: str) -> tuple[View, tuple[str, ...]]:
    """Read the view of an address; on the desk one's own policy is always there."""
    view, odd = from_search(search)
    return (at_desk(view) if view.page == "desk" and OWN_POLICY not in view.regimes else view), odd


def _page(session: Session, picture: Picture, look: Look, hand_over: HandOver, *, landed: bool) -> None:
    """Show the page that was chosen; who has just come in is asked before being told."""
    page = picture.view.page
    if page == "compare" and landed and not picture.view.guess:
        Landing(session, picture, look)
    elif page == "watch":
        Watch(session, picture, look)
    elif page == "tipping":
        Tipping(session, picture, look, hand_over)
    elif page == "desk":
        Desk(session, picture, look, hand_over)
    elif page == "europe":
        Europe(session, picture, look, hand_over)
    elif page == "lesson":
        Lesson(session, picture, look, hand_over)
    elif page == "trust":
        Trust(look)
    else:
        if landed and picture.view.guess:
            Guessed(session, picture, look).key("guessed")
        Compare(session, picture, look, hand_over).key("compare")


def use_session(server_: server.Server, view: View, show: Callable[[Picture], None]) -> Session:
    """Keep a session as long as the page is open; pictures are shown as fast as the page takes them."""
    mailbox: Mailbox = solara.use_memo(Mailbox, [])
    session: Session = solara.use_memo(
        lambda: Session(server_.scheduler, server_.cache, view, show, mailbox.send), []
    )

    def follow() -> Callable[[], None]:
        # Made here, a thread belongs to this page and to no other.
        threading.Thread(target=mailbox.deliver, name="mailbox", daemon=True).start()

        def leave() -> None:
            mailbox.close()
            session.close()

        return leave

    solara.use_effect(follow, [])
    return session
