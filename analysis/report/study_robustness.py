"""What a page says of robustness: which regime does well whatever future comes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.report.document import Cell, Section, Table, Words, joined, plain, share, words
from analysis.report.names import first_upper, regime
from analysis.report.parts import pictures
from analysis.studies.robustness import WORDS

TITLE = "Which policy does well whatever comes"
ROWS = {
    "mean": "mean (Laplace)",
    "worst": "worst case (Wald)",
    "hurwicz": "mix of best and worst case (Hurwicz)",
    "regret_mean": "regret, mean",
    "regret_percentile_90": "regret, 90th percentile",
    "regret_maximum": "regret, largest (Savage)",
    "satisficing": "share that is good enough (Starr)",
    "satisficing_for_sure": "share that is good enough for sure",
    "best": "share in which it is best",
}
SHARES = ("satisficing", "satisficing_for_sure", "best")
FIGURES = {
    "regret": "What is lost against the best policy of each future.",
    "satisficing": "Share of futures in which a policy brings more than so much.",
}


def answer(folder: Path, manifest: Mapping[str, Any]) -> tuple[Words, ...]:
    """Say which regime which criterion chooses, and what the choice may cost."""
    criteria, choices = (
        pd.read_parquet(folder / "data" / f"{name}.parquet") for name in ("criteria", "choices")
    )
    told = []
    for names, rows in choices.groupby("choice", sort=False):
        chosen = str(names).split(", ")
        what = joined([WORDS[name] for name in rows["criterion"]])
        who = first_upper(joined([regime(name) for name in chosen]))
        told.append(words(f"{who} {'has' if len(chosen) == 1 else 'have'} {what}."))
    agree = len(set(choices["choice"])) == 1
    least = choices.set_index("criterion").loc["regret_maximum"]
    name = str(least["choice"]).split(", ", maxsplit=1)[0]
    unit = "percentage points" if manifest["of"] == "lead" else "units"
    known: dict[Any, dict[Any, float]] = criteria.set_index("regime").to_dict("index")
    regret: Words = ()
    if name in known:
        regret = (
            f"Whoever chooses {regime(name)} loses at most ",
            plain(float(known[name]["regret_maximum"]), f"criteria/{name}/regret_maximum", largest=100),
            f" {unit} against the best policy of each future, and ",
            plain(float(known[name]["regret_mean"]), f"criteria/{name}/regret_mean", largest=100),
            " on average.",
        )
    told.append(words(*regret) if regret else words("The largest regret is that of a policy not shown here."))
    told.append(
        words(
            "All criteria agree."
            if agree
            else "Criteria disagree: what to choose depends on how much one fears the worst."
        )
    )
    return tuple(told)


def section(folder: Path, manifest: Mapping[str, Any]) -> Section:
    """Show every criterion for every regime."""
    criteria = pd.read_parquet(folder / "data" / "criteria.parquet").set_index("regime")
    rows: list[tuple[Cell, ...]] = []
    for name, label in ROWS.items():
        if name not in criteria:
            continue
        values = {str(each): float(value) for each, value in criteria[name].items()}
        finite = [abs(value) for value in values.values() if math.isfinite(value)]
        rows.append(
            (
                label,
                *(
                    share(value, f"criteria/{each}/{name}_share")
                    if name in SHARES
                    else plain(
                        value, f"criteria/{each}/{name}", largest=max(100.0, *finite) if finite else None
                    )
                    for each, value in values.items()
                ),
            )
        )
    unit = (
        f"percent of the mean under {regime(str(manifest['baseline']))}"
        if manifest["of"] == "lead"
        else "the unit of the outcome"
    )
    threshold = manifest.get("threshold")
    enough = f" Good enough is more than {threshold:g}." if threshold is not None else ""
    caption = f"In {unit}; every combination of conditions is a future and counts the same.{enough}"
    headings = ("criterion", *(regime(str(name)) for name in criteria.index))
    return Section(TITLE, (), (Table(caption, headings, tuple(rows)),), pictures(folder, FIGURES))
