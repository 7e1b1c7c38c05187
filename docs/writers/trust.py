"""Writes what the page *Why trust it?* of the dashboard tells, from kept tables: ``python -m docs.writers.trust``.

The tables themselves are not installed with the program; this short extract of them is.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import typer

from docs.writers.evidence import texts
from docs.writers.evidence.reading import Evidence, read_evidence

PATH = Path(__file__).resolve().parents[2] / "analysis" / "dashboard" / "trust.json"
OUTDATED = "found with earlier models"
"""What the evidence page says as long as anything that is told here is of an older model."""

EUROPE = {"tells_entries": "auc_within", "enters": "entry_rate", "foretells": "correlation_with_data"}


def extract(evidence: Evidence) -> dict[str, Any]:
    """Take out of the evidence what the page tells.

    Parameters
    ----------
    evidence
        Kept tables.

    Returns
    -------
    dict
        Verdict of each fact; statements of the replicated model that hold, of how many; instruments whose yield lies
        outside the tolerance, of how many; measures of real regions, in data and model; known limits; and
        whether all this is about an older model.
    """
    facts = {row["fact"]: row["verdict"] for row in evidence.facts["claims"] if row["claim"]}
    yields = Counter(evidence.calibration["verdict"])
    found: dict[str, Any] = {
        "outdated": OUTDATED in texts.HEAD,
        "seeds": int(evidence.facts["count"]),
        "facts": facts,
        "calibration": {"outside": yields["outside"], "all": yields["outside"] + yields["within"]},
        "limits": sum(map(len, evidence.limits.values())),
    }
    if "replication" in evidence.tables:
        verdicts = evidence.tables["replication"]["verdict"]
        found["replication"] = {"holds": int((verdicts == "holds").sum()), "all": len(verdicts)}
    if "europe" in evidence.tables:
        europe = evidence.tables["europe"].set_index("measure")
        found["europe"] = {
            name: {side: round(float(europe[side][measure]), 3) for side in ("data", "model")}
            for name, measure in EUROPE.items()
        }
    return found


def written() -> str:
    """Give the file as it has to be."""
    return json.dumps(extract(read_evidence()), indent=1) + "\n"


def main() -> None:
    """Write the file."""
    PATH.write_text(written(), "utf-8", newline="\n")
    typer.echo(f"written: {PATH.name}")


if __name__ == "__main__":
    typer.run(main)
