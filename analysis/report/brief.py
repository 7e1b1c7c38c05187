"""One sheet: the answer, one figure, what it costs, what it depends on, three caveats, how to make it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis.report.page import environment
from analysis.studies.publisher import open_results
from analysis.studies.study import Findings
from analysis.words.document import Picture, Table, Words
from analysis.words.glossary import SEED
from analysis.words.origin import command_of

TEMPLATE = "brief.html.jinja"
SENTENCES = CAVEATS = 3
DEPENDS = 5
"""Most sentences on what the answer depends on, so that a sheet remains a sheet."""


@dataclass(frozen=True)
class Brief:
    """What stands on the sheet.

    Attributes
    ----------
    title, subtitle
        Headings.
    unused
        What of the scenario was not used.
    answer
        The answer, three sentences at most.
    costs
        What it costs, if that is known.
    depends, caveats
        What it depends on, and what it cannot tell.
    command
        What makes the results again.
    represents
        What a run stands for.
    made
        Version, seeds and identity, in a line.
    """

    title: str
    subtitle: str
    unused: tuple[Words, ...]
    answer: tuple[Words, ...]
    costs: Table | None
    depends: tuple[Words, ...]
    caveats: tuple[Words, ...]
    command: str
    represents: tuple[Words, ...]
    made: str


def brief_of(findings: Findings, manifest: Mapping[str, Any]) -> Brief:
    """Put on a sheet what findings say of themselves."""
    seeds = f"{findings.seeds} simulated {'region' if findings.seeds == 1 else 'regions'}"
    version, identity = manifest.get("version", "unknown"), str(manifest.get("identity", ""))[:12]
    return Brief(
        title=findings.title,
        subtitle=findings.subtitle,
        unused=findings.unused(),
        answer=findings.answer()[:SENTENCES],
        costs=findings.costs(),
        depends=findings.depends()[:DEPENDS],
        caveats=findings.limits().lists[:CAVEATS],
        command=command_of(manifest),
        represents=findings.represents(),
        made=f"{seeds}. {SEED} Version {version}, experiment {identity}.",
    )


def render_brief(
    folder: Path, manifest: Mapping[str, Any], conditions: Sequence[Path] = ()
) -> tuple[Brief, str]:
    """Write the sheet of a results folder as a page that needs nothing else.

    Parameters
    ----------
    folder
        Where the findings are kept.
    manifest
        Their manifest.
    conditions
        Surfaces and sweeps that say under which conditions the answer changes.

    Returns
    -------
    tuple of Brief and str
        What stands on it, and HTML.
    """
    # Matplotlib takes a second to import, which nobody waits for who reads the long page.
    from analysis.figures import style  # noqa: PLC0415

    findings = open_results(folder).under(conditions)
    brief = brief_of(findings, manifest)
    draw = findings.picture()
    with TemporaryDirectory() as place:
        picture = None
        if draw is not None:
            picture = Picture(Path(place) / "figure.svg", findings.subtitle)
            style.save(draw(), picture.path)
        return brief, environment().get_template(TEMPLATE).render(brief=brief, picture=picture)
