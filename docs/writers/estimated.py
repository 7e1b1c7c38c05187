"""Keeps what `run.py estimate europe --write` found as the estimated parameters that ship."""

from __future__ import annotations

from analysis.studies.europe.estimated import ESTIMATED
from analysis.studies.study import Findings


def write_estimated(findings: Findings) -> None:
    """Write the scenario that `validate europe --estimated` takes its parameters from."""
    ESTIMATED.write_text(findings.texts[ESTIMATED.name], encoding="utf-8", newline="\n")
