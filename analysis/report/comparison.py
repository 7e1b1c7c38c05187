"""The report of a comparison of regimes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.report import parts
from analysis.report.answer import answer, mind
from analysis.report.compared import ComparedFolder
from analysis.report.document import Report, Section, Words, counted, joined, words
from analysis.report.limits import failures, limits
from analysis.report.names import first_upper, regime
from analysis.report.provenance import command_of, provenance
from analysis.report.turning import further, turning


def report(folder: Path, manifest: Mapping[str, Any], conditions: Sequence[Path] = ()) -> Report:
    """Write the report of a comparison.

    Parameters
    ----------
    folder
        Results of `run.py compare` or `run.py run`.
    manifest
        Its manifest.
    conditions
        Results of `run.py surface` or `run.py sweep` that say under which conditions the order turns.

    Returns
    -------
    Report
        The report; every number in it is an entry of a table in the folder, or computed from it as said there.

    Raises
    ------
    RequestError
        If a folder of conditions holds neither a surface nor a sweep.
    """
    found = ComparedFolder(folder, manifest)
    named = joined([regime(name) for name in found.regimes])
    return Report(
        title=found.title,
        subtitle=first_upper(f"{named} compared" if found.others else f"{named}, looked at alone"),
        asked=asked(found),
        answer=answer(found),
        mind=mind(found),
        further=further(found, conditions),
        sections=tuple(part for part in sections(found, conditions) if part is not None),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


def asked(found: ComparedFolder) -> tuple[Words, ...]:
    """Say what was asked."""
    regions = counted(found.seeds, "comparison/seeds", "simulated region")
    if found.others:
        setting = words(
            f"Does the knowledge of this region grow more under {joined([regime(n) for n in found.others], 'or')} than "
            f"under {regime(found.baseline)}? Every policy had the same budget and the same instruments at the same "
            f"prices, and was tried for {found.duration} on the same ",
            *regions,
            ", with the same luck.",
        )
    else:
        setting = words(
            f"How does the knowledge of this region grow under {regime(found.baseline)}? The policy was tried for "
            f"{found.duration} on ",
            *regions,
            ".",
        )
    text = str(found.manifest["scenario"]["story"]["text"]).strip()
    return (setting, words(text)) if text else (setting,)


def sections(found: ComparedFolder, conditions: Sequence[Path]) -> list[Section | None]:
    """List what supports the answer, part by part; None for what there is nothing to show of."""
    rest = [failures(found.manifest), limits(found.seeds, found.manifest)]
    if not found.seeds:
        return rest
    return [
        parts.outcomes(found),
        turning(found, conditions),
        parts.cost(found),
        parts.account(found),
        parts.attribution(found),
        parts.ledger(found),
        *rest,
    ]
