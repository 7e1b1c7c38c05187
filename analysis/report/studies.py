"""Reports of the four studies of a sweep, on their own or on the page of their sweep."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from analysis import store
from analysis.report import study_discovery, study_replicates, study_robustness, study_sensitivity
from analysis.report.document import Report, Section, Words, counted, words
from analysis.report.limits import limits
from analysis.report.names import REGIMES, first_upper, regime
from analysis.report.provenance import command_of, provenance
from model.record import OBSERVABLES

MOST_FOLDERS = 200
"""Folders beside a sweep in which its studies are looked for."""


class Writer(Protocol):
    """What a module about a kind of study has."""

    TITLE: str

    def answer(self, folder: Path, manifest: Mapping[str, Any], /) -> tuple[Words, ...]:
        """Say in sentences what was found."""

    def section(self, folder: Path, manifest: Mapping[str, Any], /) -> Section:
        """Show the tables and figures behind it."""


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "sensitivity": study_sensitivity,
        "discovery": study_discovery,
        "robustness": study_robustness,
        "replicates": study_replicates,
    }
)


def report(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """Write the report of a study.

    Parameters
    ----------
    folder
        Results of `run.py sensitivity`, `discover`, `robustness` or `replicates`.
    manifest
        Its manifest.

    Returns
    -------
    Report
        The report.
    """
    writer = WRITERS[str(manifest["kind"])]
    samples = manifest["samples"]
    seeds = min(len(sample["seeds"]) for sample in samples)
    points = sum(int(sample["points"]) for sample in samples)
    label = OBSERVABLES[str(manifest["outcome"])].label.lower()
    what = (
        label
        if manifest["of"] == "level"
        else f"the lead over {regime(str(manifest['baseline']))} in {label}"
    )
    return Report(
        title=str(manifest["sweep"].get("title") or folder.name),
        subtitle=writer.TITLE,
        asked=(
            words(
                f"{writer.TITLE}? Looked at is {what}, in ",
                *counted(points, "samples/points", "combination of conditions", "combinations of conditions"),
                ", each with the same ",
                *counted(seeds, "samples/seeds", "simulated region"),
                ".",
            ),
        ),
        answer=writer.answer(folder, manifest),
        sections=(*of_study(folder, manifest), limits(seeds, manifest)),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )  # fmt: skip


def of_study(folder: Path, manifest: Mapping[str, Any]) -> tuple[Section, ...]:
    """Show what is behind the answer of a study, and what of it is not to be trusted."""
    shown = WRITERS[str(manifest["kind"])].section(folder, manifest)
    warnings = tuple(map(_warned, manifest["warnings"]))
    return (shown, Section("What of this is not to be trusted", lists=warnings)) if warnings else (shown,)


def _warned(warning: str) -> Words:
    """Write a warning for a page: what it says, not what to type."""
    text = _COMMANDS.sub(".", warning)
    return words(first_upper(re.sub(_BUILT_IN, lambda found: regime(found[0]), text)))


_COMMANDS = re.compile(r"[:;] (?:write|give) .*$|; run\.py .*$", re.DOTALL)
_BUILT_IN = re.compile(rf"\b(?:{'|'.join(REGIMES)})\b")


def on_the_page_of(sweep: Path, manifest: Mapping[str, Any]) -> list[Section]:
    """Find the studies of a sweep beside it, and show each in a section.

    Parameters
    ----------
    sweep
        Folder of the sweep.
    manifest
        Its manifest.

    Returns
    -------
    list of Section
        One for each study, in the order of `WRITERS`, each with its sentences and warnings.
    """
    sections = []
    for folder, told in beside(sweep, manifest):
        writer = WRITERS[str(told["kind"])]
        shown = writer.section(folder, told)
        warnings = tuple(("Mind: ", *_warned(each)) for each in told["warnings"])
        sections.append(
            Section(
                writer.TITLE,
                (*writer.answer(folder, told), *shown.paragraphs, *warnings),
                shown.tables,
                shown.pictures,
            )
        )
    return sections


def beside(sweep: Path, manifest: Mapping[str, Any]) -> list[tuple[Path, Mapping[str, Any]]]:
    """List the studies of a sweep that lie beside it."""
    folders = sorted(each for each in sweep.resolve().parent.iterdir() if each.is_dir())[:MOST_FOLDERS]
    told = [(folder, store.read_manifest(folder) or {}) for folder in folders]
    found = [
        (folder, each)
        for folder, each in told
        if each.get("kind") in WRITERS and each.get("sweep", {}).get("identity") == manifest.get("identity")
    ]
    order = list(WRITERS)
    return sorted(found, key=lambda entry: order.index(str(entry[1]["kind"])))
