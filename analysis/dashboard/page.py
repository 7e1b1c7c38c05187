"""Building blocks of the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import solara


@contextmanager
def Part(title: str = "", *, inside: bool = False, extra: str = "") -> Iterator[None]:
    """Open a part of the page: a card with a title, or a part inside of one."""
    classes = " ".join(filter(None, ("kf-inside" if inside else "kf-part", extra)))
    with solara.v.Html(tag="section", class_=classes):
        if title:
            solara.v.Html(tag="h2" if not inside else "h3", children=[title])
        yield


def text(content: str, style: str = "", tag: str = "div") -> None:
    """Write a plain text; nothing in it is read as markup."""
    solara.v.Html(tag=tag, class_=style, children=[content])
