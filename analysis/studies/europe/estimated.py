"""Parameters that were estimated on half of Europe: a scenario that differs from the default story in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analysis.errors import RequestError
from analysis.regions.catalogue import SHIPPED
from model.loading import ScenarioError
from model.loading.reading import read_table, shown

ESTIMATED = SHIPPED / "estimated.toml"
DIGITS = 4


def read_estimated(path: Path = ESTIMATED) -> dict[str, float]:
    """Read estimated parameters.

    Parameters
    ----------
    path
        What `estimate europe` wrote.

    Returns
    -------
    dict
        Values by dotted key.

    Raises
    ------
    RequestError
        If they cannot be read.
    """
    try:
        table = read_table(path)
    except ScenarioError as error:
        raise RequestError(str(error)) from None
    table.pop("extends", None)
    found: dict[str, float] = {}
    for section, entries in table.items():
        if not isinstance(entries, Mapping):
            raise RequestError(f"{shown(path)}: {section!r} is no table; run `estimate europe` again.")
        found |= {f"{section}.{name}": float(value) for name, value in entries.items()}
    return found


def estimated_text(values: Mapping[str, float], story: str, remarks: Mapping[str, str], heading: str) -> str:
    """Write estimated parameters as a scenario.

    Parameters
    ----------
    values
        Values by dotted key.
    story
        Story that they change.
    remarks
        What stands behind a value, by key.
    heading
        Sentences about how they came about; may have several lines.

    Returns
    -------
    str
        TOML.
    """
    lines = ["#:schema ../../schema.json", *(f"# {line}" for line in heading.splitlines())]
    lines += [f'extends = "{story}"']
    sections: dict[str, list[str]] = {}
    for key, value in values.items():
        section, name = key.split(".")
        line = f"{name} = {float(f'{value:.{DIGITS}g}')!r}"
        sections.setdefault(section, []).append(f"{line}  # {remarks[key]}" if key in remarks else line)
    for section, entries in sections.items():
        lines += ["", f"[{section}]", *entries]
    return "\n".join(lines) + "\n"
