"""The check report of an import: what was read, how much of it, what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.regions.importing.assembly import Assembly
from analysis.regions.importing.flags import EUROSTAT, SDMX
from analysis.regions.importing.reading import Reading
from analysis.regions.importing.sizes import sizes_in_words

REPORT = "check_report.md"
_MOST = 40
_LAYOUTS = {
    "wide": "wide: a row for each region, a column for each domain",
    "long": "long: a row for each region and domain",
    "bulk": "periods in columns, as in bulk files of Eurostat",
    "firms": "list of firms",
}


def check_report(source: str, reading: Reading, assembly: Assembly) -> str:
    """Write the report.

    Parameters
    ----------
    source
        Name of the file.
    reading
        What it said.
    assembly
        What became of it.

    Returns
    -------
    str
        Markdown.
    """
    members = assembly.members
    told = members.amounts.notna().to_numpy()
    zero = (members.amounts.to_numpy() == 0).sum()
    flags = ", ".join(f"{flag} {count}{_meaning(flag)}" for flag, count in sorted(reading.flags.items()))
    lines = [
        f"# Check of {source}",
        "",
        "## What was read",
        f"- Layout: {_LAYOUTS[reading.layout]}",
        f"- Measure: {members.about.measure}",
        *([f"- Period: {reading.period}"] if reading.period else []),
        f"- {told.shape[0]} regions, {told.shape[1]} domains in {members.domains['sector'].nunique()} sectors",
        f"- Cells: {int(told.sum())} published, of these {int(zero)} zero; {int((~told).sum())} blank: not zero",
        *_sums(reading, float(members.amounts.to_numpy()[told].sum())),
        *([f"- Flags on numbers, not looked at further: {flags}"] if flags else []),
        "",
        "## Size, and what stands for it",
        *_listed(sizes_in_words(members), "Too little is published of every region."),
        "",
        "## Coverage",
        *_coverage(assembly),
        "",
        "## Left out, and why",
        *_listed(assembly.dropped, "Nothing."),
        "",
        "## Computed, borrowed, assumed",
        *_listed(assembly.notes, "Nothing."),
        "",
    ]
    return "\n".join(lines)


def _meaning(flag: str) -> str:
    told = [{**EUROSTAT, **SDMX}.get(letter, "") for letter in ([flag] if flag in SDMX else flag)]
    return f" ({', '.join(filter(None, told))})" if any(told) else ""


def _sums(reading: Reading, kept: float) -> list[str]:
    """Say what the amounts sum to, and how much of what was read that is."""
    lines = [f"- Sum of all amounts in the folder: {kept:,.12g}"]
    left = reading.read - kept
    if abs(left) > 1e-9 * max(reading.read, 1.0):
        lines.append(
            f"- Of {reading.read:,.12g} that were read, {left:,.12g} were left out, for the reasons below"
        )
    return lines


def _coverage(assembly: Assembly) -> list[str]:
    amounts = assembly.members.amounts
    by_region = amounts.notna().to_numpy().mean(axis=1)
    by_domain = amounts.notna().to_numpy().mean(axis=0)
    lines = [
        f"- Published domains of a region: {by_region.min():.0%} at least, {np.median(by_region):.0%} at the median",
        f"- Regions that publish a domain: {by_domain.min():.0%} at least, {np.median(by_domain):.0%} at the median",
    ]
    thin = [f"{amounts.index[i]} ({by_region[i]:.0%})" for i in np.argsort(by_region) if by_region[i] < 0.5]
    rare = [f"{amounts.columns[i]} ({by_domain[i]:.0%})" for i in np.argsort(by_domain) if by_domain[i] < 0.5]
    if thin:
        lines.append(
            f"- Less than half is published of: {', '.join(thin[:_MOST])}{' ...' if len(thin) > _MOST else ''}"
        )
    if rare:
        lines.append(
            f"- Less than half publish: {', '.join(rare[:_MOST])}{' ...' if len(rare) > _MOST else ''}"
        )
    return lines


def _listed(entries: Sequence[str], nothing: str) -> list[str]:
    if not entries:
        return [nothing]
    more = [f"- and {len(entries) - _MOST} more"] if len(entries) > _MOST else []
    return [*(f"- {entry}" for entry in entries[:_MOST]), *more]
