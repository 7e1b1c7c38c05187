"""A report as one HTML page that needs nothing else: style and figures are in it."""

from __future__ import annotations

import base64
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.report.document import Number, Picture, Report

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
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.tests["number"] = lambda part: isinstance(part, Number)
    environment.filters["embedded"] = _embedded
    return environment.get_template(TEMPLATE).render(reports=reports)


def _embedded(picture: Picture) -> str:
    """Give a figure as an address that holds it; as a picture nothing in it can run."""
    content = base64.b64encode(picture.path.read_bytes()).decode("ascii")
    return f"data:image/svg+xml;base64,{content}"
