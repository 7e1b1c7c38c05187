"""Writes the parts of docs/ that follow from the code: ``python -m docs.writers.documentation``."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.words.glossary import GLOSSARY
from analysis.words.phrases import ADJUSTED
from docs.writers import sizes
from model.meso import ORGANISATION_KINDS
from model.observables import OBSERVABLES
from model.policy.instruments import INSTRUMENTS
from model.policy.observation import Observation
from model.policy.regimes import REGIMES
from model.record import ACCOUNT_SOURCES, MEMO_ITEMS, OUTCOMES
from model.scenario import Scenario
from model.schedule import SCHEDULE, Agents
from model.spec import phrases
from model.spec.declarations import declarations
from model.state import COLUMNS, Carriers

DOCS = Path(__file__).resolve().parents[1]
CONTRIBUTIONS = DOCS / "organisations.csv"
_PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end of generated -->)", re.DOTALL)
_SHAPES = {
    "number": "(carriers)",
    "integer": "(carriers)",
    "knowledge": "(carriers, domains)",
    "density": "(carriers, domains)",
    "tie_integer": "(carriers, slots)",
    "tie_number": "(carriers, slots)",
}


def parts() -> dict[str, str]:
    """Write every generated part.

    Returns
    -------
    dict
        Name of the part, as in its marker, and its Markdown.
    """
    return {
        "sizes": _table(("room", "files", "lines", "median", "longest"), sizes.rows()),
        "columns": _columns(),
        "schedule": _schedule(),
        "sections": _sections(),
        "instruments": _instruments(),
        "organisations": _organisations(),
        "contributions": _contributions(),
        "observation": _observation(),
        "regimes": _regimes(),
        "delivery": _delivery(),
        "outcomes": _observables(outcomes=True),
        "observables": _observables(outcomes=False),
        "sources": _names(ACCOUNT_SOURCES),
        "memo_items": _names(MEMO_ITEMS),
        "glossary": _table(("term", "meaning"), GLOSSARY.items()),
    }


def refresh(text: str) -> str:
    """Bring the generated parts of a page up to date.

    Parameters
    ----------
    text
        Markdown in which ``<!-- generated: NAME -->`` and ``<!-- end of generated -->`` enclose each part.

    Returns
    -------
    str
        The same page with every part as it follows from the code.

    Raises
    ------
    KeyError
        If a marker names a part that does not exist.
    """
    written = parts()
    return _PART.sub(lambda found: f"{found[1]}{written[found[2]]}{found[3]}", text)


def contents() -> dict[Path, str]:
    """Give all pages that have generated parts, brought up to date.

    Returns
    -------
    dict
        File and text.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md"))}
    return {path: refresh(text) for path, text in pages.items() if _PART.search(text)}


def main() -> None:
    """Write all pages."""
    for path, text in contents().items():
        path.write_text(text, encoding="utf-8", newline="\n")


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(headings)]
    lines += [["---"] * len(lines[0])]
    lines += [[cell.replace("|", "\\|") or " " for cell in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _names(names: Iterable[str]) -> str:
    return "".join(f"- `{name}`\n" for name in names)


def _first_line(documented: Any) -> str:
    return (inspect.getdoc(documented) or "").partition("\n")[0]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _columns() -> str:
    blocks = Carriers(domains=1, slots=1, capacity=1).blocks
    writers = {
        column.name: [
            entry.name for entry in SCHEDULE if not isinstance(entry, Agents) and column.name in entry.writes
        ]
        for column in COLUMNS
    }
    # Entry and exit move whole rows and so write every column: that tells nothing.
    everywhere = set.intersection(*map(set, writers.values()))
    return _table(
        ("column", "shape", "type", "unit", "meaning", "owner", "processes that write it"),
        (
            (
                f"`{column.name}`",
                _SHAPES[column.block],
                str(blocks[column.block].dtype),
                column.unit,
                column.description,
                column.owner,
                _code(name for name in writers[column.name] if name not in everywhere),
            )
            for column in COLUMNS
        ),
    )


def _schedule() -> str:
    rows = []
    for number, entry in enumerate(SCHEDULE, start=1):
        if isinstance(entry, Agents):
            rows.append((str(number), f"`{entry.name}`", entry.summary, f"each of the {entry.who}, in turn"))
        else:
            rows.append((str(number), f"`{entry.name}`", entry.summary, _code(entry.parameters)))
    return _table(("", "process", "what it does", "governed by"), rows)


def _sections() -> str:
    declared = declarations(Scenario)
    rows = []
    for name, field in Scenario.model_fields.items():
        inside = [d for d in declared if d.key.partition(".")[0] == name]
        about = field.description or _first_line(field.annotation)
        rows.append((f"`{name}`", about, str(len(inside))))
    return _table(("section", "what it says", "parameters"), rows)


def _instruments() -> str:
    return _table(
        ("instrument", "what it does", "unit", "delivered by", "parameters"),
        (
            (
                f"`{name}`",
                _first_line(instrument),
                instrument.unit,
                f"`{instrument.delivered_by}`" if instrument.delivered_by else "the policymaker",
                _code(instrument.spec.model_fields),
            )
            for name, instrument in INSTRUMENTS.items()
        ),
    )


def _organisations() -> str:
    rows = []
    for name, kind in ORGANISATION_KINDS.items():
        own = kind.own_order(0, 0, 0)
        served = [i for i, instrument in INSTRUMENTS.items() if instrument.delivered_by == name]
        rows.append(
            (
                f"`{name}`",
                _capitalised(_first_line(kind).partition(": ")[2] or kind.label),
                _code(served),
                f"`{own.instrument}`" if own else "nothing",
                str(kind.spec().number),
            )
        )
    return _table(("kind", "what it is for", "delivers", "does with its own money", "at the start"), rows)


def _contributions() -> str:
    """What each kind of organisation contributes, from the table that the command `organisations` gave."""
    if not CONTRIBUTIONS.exists():
        # A copy of the code alone, without the pages that show its results.
        return ""
    table = pd.read_csv(CONTRIBUTIONS)
    first = table[table["outcome"] == OUTCOMES[0]]
    rows = []
    for row in first.dropna(subset=["probability"]).to_dict("records"):
        same = (table["regime"] == row["regime"]) & (table["kind"] == row["kind"])
        told = table[same & table["distinguishable"]]["outcome"]
        rows.append(
            (
                f"`{row['kind']}`",
                f"`{row['regime']}`",
                f"{row['seeds']:.0f}",
                f"{row['relative']:+.1f}",
                f"{row['relative_low']:+.1f} to {row['relative_high']:+.1f}",
                f"{row['adjusted_probability']:.3f}",
                _code(told) or "none",
            )
        )
    rows.sort(key=lambda cells: list(ORGANISATION_KINDS).index(cells[0].strip("`")))
    headings = (
        "kind",
        "under",
        "seeds",
        f"{OUTCOMES[0].replace('_', ' ')}, %",
        "95% interval",
        ADJUSTED,
        "clear",
    )
    return _table(headings, rows)


def _observation() -> str:
    rows = []
    # What a regime sees follows from its switches: here, as they are by default.
    seen_by = [regime(regime.spec_type()).sees for regime in REGIMES.values()]
    for names, meaning in _attributes(Observation):
        if names == ("step",):
            continue
        for seen, together in groupby(names, key=lambda name: [name in sees for sees in seen_by]):
            rows.append((_code(together), meaning, *("yes" if yes else "" for yes in seen)))
    return _table(("what is observed", "meaning", *(f"`{name}`" for name in REGIMES)), rows)


def _attributes(documented: type) -> list[tuple[tuple[str, ...], str]]:
    """Read the attributes of a NumPy docstring, without shapes; several on one line share their text."""
    text = (inspect.getdoc(documented) or "").partition("Attributes\n----------\n")[2]
    found = re.findall(r"^(\w[\w, ]*)\n((?:    .*\n?)+)", text, re.MULTILINE)
    return [
        (tuple(names.split(", ")), re.sub(r", shape \(.*?\)", "", " ".join(words.split())))
        for names, words in found
    ]


def _regimes() -> str:
    """Parameters of every regime but its delivery, with their defaults."""
    own = [
        d
        for d in declarations(Scenario)
        if d.key.startswith("regimes.") and d.name not in {"kind", "delivery"}
    ]
    return _table(
        ("parameter", "meaning", "default", "allowed"),
        ((f"`{d.key}`", d.description, f"`{phrases.value(d.default)}`", phrases.allowed(d)) for d in own),
    )


def _delivery() -> str:
    shares = {name: getattr(regime.spec_type(), "delivery", {}) for name, regime in REGIMES.items()}
    spending = {name: parts for name, parts in shares.items() if parts}
    return _table(
        ("instrument", *(f"`{name}`" for name in spending)),
        (
            (
                f"`{name}`",
                *(phrases.number(parts[name]) if name in parts else "" for parts in spending.values()),
            )
            for name in INSTRUMENTS
        ),
    )


def _observables(*, outcomes: bool) -> str:
    return _table(
        ("name", "label", "unit", "meaning"),
        (
            (f"`{o.name}`", o.label, o.unit, o.description)
            for o in OBSERVABLES.values()
            if o.outcome or not outcomes
        ),
    )


if __name__ == "__main__":
    main()
