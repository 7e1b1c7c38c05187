"""The report of any findings: what they say of themselves, what failed, what cannot be told, how to repeat it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.studies.publisher import open_results
from analysis.words.document import Report, Section, Words, text_of
from analysis.words.glossary import glossary_of
from analysis.words.limits import failures
from analysis.words.origin import command_of, provenance
from analysis.words.pictures import pictures


def report_of(folder: Path, manifest: Mapping[str, Any], conditions: Sequence[Path] = ()) -> Report:
    """Write the report of findings.

    Parameters
    ----------
    folder
        Where they are kept.
    manifest
        Their manifest.
    conditions
        Surfaces and sweeps that say under which conditions the order of a comparison turns.

    Returns
    -------
    Report
        The report; its numbers are entries of the tables of the folder.
    """
    findings = open_results(folder).under(conditions)
    shown: tuple[Section | None, ...] = (
        *(_illustrated(section, folder) for section in findings.sections()),
        Section("What of this is not to be trusted", lists=findings.warnings())
        if findings.warnings()
        else None,
        failures({"runs_failed": findings.failed}),
        findings.limits(),
    )
    parts = tuple(section for section in shown if section is not None)
    return Report(
        title=findings.title,
        subtitle=findings.subtitle,
        asked=(*findings.asked(), *findings.represents()),
        answer=findings.answer(),
        mind=findings.mind(),
        further=findings.further(),
        sections=parts,
        unused=findings.unused(),
        glossary=tuple(glossary_of(_read(findings.answer(), parts)).items()),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


def _read(answer: Sequence[Words], parts: Sequence[Section]) -> str:
    """Put together what a reader meets."""
    told = [text_of(each) for each in answer]
    for part in parts:
        told += [part.heading, *map(text_of, part.paragraphs)]
        told += [" ".join((table.caption, *table.headings)) for table in part.tables]
    return "\n".join(told)


def _illustrated(section: Section, folder: Path) -> Section:
    """Put in those figures that were drawn."""
    return replace(section, pictures=(*section.pictures, *pictures(folder, section.figures)))
