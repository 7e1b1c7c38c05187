"""What a figure is about, said on it: a picture travels alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from matplotlib.figure import Figure

from analysis.figures import style


def name_subject(figure: Figure, subject: str, theme: style.Theme, setting: str = "") -> None:
    """Say in the corner opposite the title which region it is about, for a picture that travels alone.

    Where there is no room for it and the setting in two lines, the note below the panels begins with what is left out.
    """
    width, height = figure.get_size_inches()
    *above, last = figure.texts[0].get_text().split("\n")
    room = width - len(last) * style.TITLE_SIZE * 1.12 * style.CHARACTER - 3 * style.MARGIN
    whole = f"{subject}; {setting}" if setting else subject
    for text, left in dict.fromkeys(((whole, ""), (subject, setting))):
        wrapped = style.wrap(text, room, style.TEXT_SIZE)
        if room > 0 and style.lines(wrapped) <= 2:
            down = 0.16 + len(above) * style.LINE * style.TITLE_SIZE
            figure.text(
                1 - style.MARGIN / width, 1 - down / height, wrapped, ha="right", va="top",
                fontsize=style.TEXT_SIZE, color=theme.quiet,
            )  # fmt: skip
            _begin_note(figure, left)
            return
    _begin_note(figure, whole)


def with_subject(
    draws: Mapping[str, Callable[[], Figure]], subject: str, theme: str, setting: str
) -> dict[str, Callable[[], Figure]]:
    """Let every figure name its region and setting; see `name_subject`."""

    def named(draw: Callable[[], Figure]) -> Figure:
        figure = draw()
        name_subject(figure, subject, style.THEMES[theme], setting)
        return figure

    return {name: partial(named, draw) for name, draw in draws.items()}


def _begin_note(figure: Figure, told: str) -> None:
    """Put something in front of the note below the panels, and make room for it."""
    if not told:
        return
    width, height = figure.get_size_inches()
    note = figure.texts[1]
    before = note.get_text()
    # A line may have been broken after a hyphen, where no space was.
    unbroken = re.sub(r"(?<!-)\n", " ", before).replace("\n", "")
    after = style.wrap(f"{told}. {unbroken}", width, style.TEXT_SIZE - 1)
    note.set_text(after)
    more = (style.lines(after) - style.lines(before)) * style.LINE * style.TEXT_SIZE / height
    layout: Any = figure.get_layout_engine()
    left, bottom, across, up = layout.get()["rect"]
    layout.set(rect=(left, bottom + more, across, up - more))
