"""What stands at the end of every page: runs that failed, and what the model cannot tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.words.document import Section, Words, counted, words
from analysis.words.names import readable, regime

ENOUGH = 16
"""Regions from which on a share of them is called a probability."""
FAILURES = 20
"""Runs that failed that are named on a page."""


def failures(manifest: Mapping[str, Any]) -> Section | None:
    """Tell which runs failed, if any did."""
    failed = manifest.get("runs_failed") or []
    if not failed:
        return None
    told = [words(f"{_of_run(run)}, seed {run['seed']}: {run['error']}") for run in failed[:FAILURES]]
    if len(failed) > FAILURES:
        told.append(words(f"and {len(failed) - FAILURES:,} more, named in manifest.json."))
    return Section(
        "Runs that failed",
        paragraphs=(
            words(
                *counted(len(failed), "manifest/runs_failed", "run"),
                " failed. A region in which any policy failed counts for none of them:",
            ),
        ),
        lists=tuple(told),
    )


def _of_run(run: Mapping[str, Any]) -> str:
    name = regime(str(run["regime"])) if "regime" in run else readable(str(run.get("treatment", "")))
    return f"{name}, point {run['point']}" if "point" in run else name


def limits(seeds: int, manifest: Mapping[str, Any]) -> Section:
    """Say what the model cannot tell."""
    scenario = manifest.get("scenario") or {}
    told: list[Words] = []
    if 0 < seeds < ENOUGH:
        few = "region is" if seeds == 1 else "regions are"
        told.append(words(f"{seeds} simulated {few} few: with {ENOUGH} or more, intervals get narrower."))
    if not manifest.get("complete", True):
        told.append(
            words("The runs were stopped before all of them were made; what is shown is what was finished.")
        )
    if scenario.get("knowledge_space", {}).get("seed", -1) >= 0:
        told.append(
            words(
                "All regions share one map of what is related to what; intervals tell of chance on it, not of others."
            )
        )
    return Section("What this cannot tell", lists=(*told, *map(words, LIMITS)))


LIMITS = (
    "This is a model, made to compare policies and not to forecast a region.",
    "Most of its parameters are assumptions, marked as such in docs/parameters.md.",
    "Intervals speak of chance, not of wrong assumptions. Try other conditions before you rely on an order.",
    "The region stands alone: nobody moves in or out, and other regions do not answer.",
    "Instruments were priced such that each yields the same when given to anybody; real prices may differ.",
    "Firms see exactly what those know whom they meet, and nobody protects knowledge.",
    "More in docs/design.md, known limits.",
)
