"""A report as one HTML page that needs nothing else: style and figures are in it."""

from __future__ import annotations

import base64
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.words.document import Number, Picture, Report

FOLDER = Path(__file__).resolve().parent
TEMPLATE = "page.html.jinja"


def render(reports: tuple[Report, ...]) -> str:
    """Write reports as one page.

    Parameters
    ----------
    reports
        One or several, in order.

    Returns
    -------
    str
        HTML. All text is escaped: nothing that a scenario says can become markup.
    """
    return environment().get_template(TEMPLATE).render(reports=reports)


def environment() -> Environment:
    """Return what templates of pages are read with: all text is escaped, and nothing may be missing."""
    made = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.tests["number"] = lambda part: isinstance(part, Number)
    made.filters["embedded"] = _embedded
    return made


def _embedded(picture: Picture) -> str:
    """Give a figure as an address that holds it; as a picture nothing in it can run."""
    content = base64.b64encode(picture.path.read_bytes()).decode("ascii")
    return f"data:image/svg+xml;base64,{content}"
