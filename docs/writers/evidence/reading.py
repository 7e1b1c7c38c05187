"""What the evidence page is written from: tables that are kept, and what they were made with."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from docs.writers.calibration import TABLE as CALIBRATION
from docs.writers.evidence.keeping import DOCS, KEPT, read_sources, table_of
from docs.writers.facts import RESULT as FACTS_KEPT

LIMIT = re.compile(r"^- \*\*(.+?)\*\*", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Evidence:
    """Everything that the page is written from.

    Attributes
    ----------
    facts
        Content of docs/facts.json.
    calibration
        Table of docs/calibration.csv.
    tables
        Tables kept in docs/evidence/ and docs/organisations.csv, by name; those that are missing are left out.
    sources
        What each was made with.
    figures
        Names of figures that are kept.
    limits
        Names of known limits, by group, as docs/design.md lists them.
    """

    facts: Mapping[str, Any]
    calibration: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    sources: Mapping[str, Any]
    figures: tuple[str, ...] = ()
    limits: Mapping[str, list[str]] = field(default_factory=dict)


def read_evidence() -> Evidence:
    """Read all that is kept."""
    names = ("replication", "europe", "europe_estimated", "sensitivity", "organisations")
    return Evidence(
        json.loads(FACTS_KEPT.read_text("utf-8")),
        pd.read_csv(CALIBRATION),
        {name: pd.read_csv(table_of(name)) for name in names if table_of(name).is_file()},
        read_sources(),
        tuple(sorted(path.stem for path in KEPT.glob("*.svg"))),
        known_limits((DOCS / "design.md").read_text("utf-8")),
    )


def known_limits(design: str) -> dict[str, list[str]]:
    """Read the names of known limits, by group, out of docs/design.md."""
    part = design.partition("## Known limits\n")[2]
    groups = re.split(r"^### (.+)$", part, flags=re.MULTILINE)[1:]
    return {
        name: [
            " ".join(each.split()).rstrip(".")
            for each in re.findall(r"^- \*\*(.+?)\*\*", text, re.MULTILINE | re.DOTALL)
        ]
        for name, text in zip(groups[::2], groups[1::2], strict=True)
    }
