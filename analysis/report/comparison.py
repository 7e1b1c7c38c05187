"""The report of a comparison of regimes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.report import parts
from analysis.report.compared import PRIMARY, ComparedFolder
from analysis.report.document import Number, Report, Section, Words, count, joined, percent, share, words
from analysis.report.names import first_upper, regime
from analysis.report.provenance import command_of, provenance
from model.record import OBSERVABLES, OUTCOMES

QUARTERS = 4


def report(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """Write the report of a comparison.

    Parameters
    ----------
    folder
        Results of `run.py compare` or `run.py run`.
    manifest
        Its manifest.

    Returns
    -------
    Report
        The report; every number in it is an entry of a table in the folder, or computed from it as said there.
    """
    found = ComparedFolder(folder, manifest)
    return Report(
        title=str(manifest["title"]),
        subtitle=f"{first_upper(joined([regime(name) for name in found.regimes]))} compared",
        asked=asked(found),
        answer=answer(found) if len(found.regimes) > 1 else alone(found),
        sections=tuple(part for part in sections(found) if part is not None),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


def asked(found: ComparedFolder) -> tuple[Words, ...]:
    """Say what was asked."""
    scenario = found.manifest["scenario"]
    years = scenario["steps"] / QUARTERS
    question = (
        f"Does the knowledge of this region grow more under {joined([regime(name) for name in found.others])} than "
        f"under {regime(found.baseline)}?"
        if found.others
        else f"How does the knowledge of this region grow under {regime(found.baseline)}?"
    )
    text = str(scenario["story"]["text"]).strip()
    setting = words(
        f"{question} Every regime had the same budget, the same instruments at the same prices, and met the same ",
        count(found.seeds, "comparison/seeds"),
        f" regions with the same luck, for {years:g} years.",
    )
    return (setting, words(text)) if text else (setting,)


def answer(found: ComparedFolder) -> tuple[Words, ...]:
    """Answer in three sentences: who leads, how sure that is, and what another yardstick says."""
    return _who_leads(found), _how_sure(found), _other_outcomes(found)


def alone(found: ComparedFolder) -> tuple[Words, ...]:
    """Say what became of one regime, compared with nothing."""
    value = found.entry(PRIMARY, found.baseline, "mean")
    text = Number(value, f"{value:,.0f}", f"comparison/{PRIMARY}/{found.baseline}/mean")
    return (
        words(f"{OBSERVABLES[PRIMARY].label} ends at ", text, f" {OBSERVABLES[PRIMARY].unit} on average."),
        words("One regime was run, so this says nothing about whether another would do better."),
    )


def _relative(found: ComparedFolder, outcome: str, name: str) -> Words:
    source = f"comparison/{outcome}/{name}/relative"
    return (
        percent(found.entry(outcome, name, "relative"), source),
        " (95% interval ",
        percent(found.entry(outcome, name, "relative_low"), f"{source}_low"),
        " to ",
        percent(found.entry(outcome, name, "relative_high"), f"{source}_high"),
        ")",
    )


def _ranked(found: ComparedFolder, outcome: str) -> list[str]:
    return sorted(found.regimes, key=lambda name: -found.entry(outcome, name, "mean"))


def _who_leads(found: ComparedFolder) -> Words:
    best = _ranked(found, PRIMARY)[0]
    sure = [name for name in found.others if found.entry(PRIMARY, name, "difference_low") > 0]
    if best == found.baseline:
        return words(
            f"No policy tried here leaves the region with more knowledge on average than {regime(best)} does."
            if best == "none"
            else f"None of the others leaves the region with more knowledge on average than {regime(best)} does."
        )
    start = words(
        f"On average, {regime(best)} leaves the region with the most knowledge: ",
        *_relative(found, PRIMARY, best),
        f" against {regime(found.baseline)}",
    )
    if not sure:
        return (*start, ", which chance alone could explain.")
    if sure == [best]:
        return (
            *start,
            "; it is the only one whose gain is surely more than chance." if len(found.others) > 1 else ".",
        )
    rest = [regime(name) for name in sure if name != best]
    if best in sure:
        return (*start, f"; {joined(rest)} gain{'s' if len(rest) == 1 else ''} more than by chance, too.")
    return (*start, f"; surely more than by chance gain{'s' if len(rest) == 1 else ''} only {joined(rest)}.")


def _how_sure(found: ComparedFolder) -> Words:
    best, second = _ranked(found, PRIMARY)[:2]
    if found.seeds < 2:
        return words("With one region run, nothing can be said about chance.")
    mean, low, high = found.lead(PRIMARY, best, second)
    source = f"outcomes/{PRIMARY}/{best}-{second}"
    told = "surely more than chance" if low > 0 else "not more than chance could explain"
    return words(
        f"Its lead over {regime(second)}, which comes second, is ",
        percent(mean, source),
        " (",
        percent(low, f"{source}/low"),
        " to ",
        percent(high, f"{source}/high"),
        f"), {told}; in a single region it comes first with a probability of ",
        share(
            found.entry(PRIMARY, best, "probability_best"), f"comparison/{PRIMARY}/{best}/probability_best"
        ),
        ".",
    )


def _other_outcomes(found: ComparedFolder) -> Words:
    best = _ranked(found, PRIMARY)[0]
    elsewhere = {outcome: _ranked(found, outcome)[0] for outcome in OUTCOMES[1:]}
    others: dict[str, list[str]] = {}
    for outcome, first in elsewhere.items():
        others.setdefault(first, []).append(outcome)
    others.pop(best, None)
    if not others:
        return words(f"By all other yardsticks, too, {regime(best)} comes first on average.")
    told = "; ".join(
        f"{regime(name)} by {joined([OBSERVABLES[outcome].label.lower() for outcome in outcomes])}"
        for name, outcomes in others.items()
    )
    return words(f"Another yardstick gives another order: first on average is {told}.")


def sections(found: ComparedFolder) -> list[Section | None]:
    """List what supports the answer, part by part; None for what there is nothing to show of."""
    return [
        parts.outcomes(found),
        parts.turning(found),
        parts.cost(found),
        parts.account(found),
        parts.attribution(found),
        parts.ledger(found),
        parts.failures(found.manifest),
        parts.limits(found.seeds, found.manifest),
    ]
