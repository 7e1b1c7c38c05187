"""Parts of the page that are written in the browser's own language, a file each in ``vue/``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

Told = Callable[[Any], None]


@solara.component_vue("vue/bar.vue")
def Bar(
    view: dict[str, Any],
    address: str,
    pages: list[list[str]],
    stories: list[list[str]],
    regions: list[list[Any]],
    measures: list[list[str]],
    languages: list[list[str]],
    appearances: list[list[str]],
    words: dict[str, str],
    can: dict[str, bool],
    screen: dict[str, bool],
    status: str,
    problem: str,
    notice: list[str],
    doubted: bool,  # noqa: FBT001 - properties of the page's part have names there
    download: dict[str, Any],
    most_bytes: dict[str, int],
    event_set: Told,
    event_act: Told,
    event_visit: Told,
    event_scheme: Told,
    event_upload: Told,
    event_accept: Told,
) -> None:
    """Head of the page: pages, story, undo and redo, and the menu of all that is rarely wanted."""


@solara.component_vue("vue/controls.vue")
def Controls(groups: list[dict[str, Any]], words: dict[str, str], event_set: Told) -> None:
    """Sliders, choices and switches with unit, bounds and help."""


@solara.component_vue("vue/toolbar.vue")
def Toolbar(items: list[dict[str, Any]], label: str, event_set: Told) -> None:
    """A row of selects, switches, buttons and notes."""


@solara.component_vue("vue/search.vue")
def Search(name: str, groups: list[list[Any]], words: dict[str, str], event_take: Told) -> None:
    """A box in which one types, and what is called so."""


@solara.component_vue("vue/tiles.vue")
def Tiles(tiles: list[dict[str, Any]], words: dict[str, str], event_open: Told) -> None:
    """Tiles with a number and a few sentences; a click opens what is behind them."""


@solara.component_vue("vue/chart.vue")
def Chart(
    option: dict[str, Any],
    name: str,
    caption: str,
    words: dict[str, str],
    height: int = 360,
    tools: bool = True,  # noqa: FBT001, FBT002 - properties of the page's part have names there
    csv: bool = False,  # noqa: FBT001, FBT002 - as above
    file: str = "",
    stamp: int = 0,
    about: dict[str, Any] | None = None,
    event_click: Told | None = None,
    event_take: Told | None = None,
) -> None:
    """An ECharts chart that can be saved as PNG and SVG."""


@solara.component_vue("vue/fountains.vue")
def Fountains(
    drawing: str,
    film: str,
    sides: list[dict[str, Any]],
    chronicles: list[list[list[Any]]],
    words: dict[str, str],
    colours: dict[str, Any],
    progress: str,
    large: bool,  # noqa: FBT001 - properties of the page's part have names there
    quarter: int,
    chosen: str,
    poster: dict[str, str],
    event_stand: Told,
) -> None:
    """Two runs that play side by side in the browser, as fountains."""
