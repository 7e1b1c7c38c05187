"""The report of what kinds of meso-organisations contribute, each taken away in turn."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.removal import LEVEL
from analysis.report.document import (
    Cell,
    Report,
    Section,
    Table,
    Words,
    counted,
    in_series,
    joined,
    percent,
    plain,
    words,
)
from analysis.report.limits import failures, limits
from analysis.report.names import first_upper, readable, regime
from analysis.report.parts import pictures
from analysis.report.provenance import command_of, provenance
from model.meso import ORGANISATION_KINDS
from model.record import OBSERVABLES, OUTCOMES

PRIMARY = OUTCOMES[0]
TESTED = (
    "Many differences are tested at once; “more than chance would explain” takes that into account (Holm 1979). "
    "Where the organisation that delivers something is missing, money for it stays unspent."
)


def report(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """Write the report of what kinds of organisations contribute.

    Parameters
    ----------
    folder
        Results of `run.py organisations`.
    manifest
        Its manifest.

    Returns
    -------
    Report
        The report; its numbers are entries of the table ``contributions``.
    """
    table = pd.read_parquet(folder / "data" / "contributions.parquet")
    seeds = int(table["seeds"].max())
    kinds = list(dict.fromkeys(table["kind"]))
    return Report(
        title=str(manifest.get("title") or readable(str(manifest["story"]))),
        subtitle="What each kind of organisation contributes",
        asked=(
            words(
                f"What would the region lack without {joined([_kind(name) for name in kinds], 'or')}? Every policy was "
                "run with all organisations and without each kind in turn, on the same ",
                *counted(seeds, "contributions/seeds", "simulated region"),
                " with the same luck.",
            ),
        ),
        answer=answer(table),
        mind=(words(TESTED),),
        sections=tuple(
            section
            for section in (
                Section(
                    "Contributions",
                    tables=(_contributions(table),),
                    pictures=pictures(folder, {"contributions": "Contributions with 95% intervals."}),
                ),
                _other_outcomes(table),
                failures(manifest),
                limits(seeds, manifest),
            )
            if section is not None
        ),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


def answer(table: pd.DataFrame) -> tuple[Words, ...]:
    """Answer in three sentences: which kind is missed most, which more are, and which nowhere.

    Parameters
    ----------
    table
        What `analysis.removal.contributions` gives.

    Returns
    -------
    tuple
        Sentences.
    """
    primary = table[table["outcome"] == PRIMARY]
    label = f"the {OBSERVABLES[PRIMARY].label.lower()}"
    if int(table["seeds"].max()) < 2:
        return (words("Only one region was simulated: whether chance decided cannot be told."),)
    sure = primary[primary["distinguishable"]]
    sure = sure.reindex(sure["relative"].abs().sort_values(ascending=False, kind="stable").index)
    if sure.empty:
        head = words(
            f"No kind of organisation changes {label} more than chance would explain, under any policy, "
            "when it is taken away."
        )
    else:
        told = [
            (
                f"{_kind(row['kind'])} under {regime(row['regime'])} ",
                percent(float(row["relative"]), f"contributions/{row['regime']}/{row['kind']}/relative"),
            )
            for row in sure.head(SENTENCED).to_dict("records")
        ]
        more = f", and {len(sure) - SENTENCED} more" if len(sure) > SENTENCED else ""
        head = words(
            f"Contributions to {label} that are more than chance would explain: ",
            *in_series(told),
            f"{more}.",
        )
    others = table[table["distinguishable"] & (table["outcome"] != PRIMARY)]
    elsewhere = list(dict.fromkeys(others["kind"]))
    middle = words(
        f"By other yardsticks, {joined([_kind(name) for name in elsewhere])} "
        "make a difference under some policy."
        if elsewhere
        else "By no other yardstick does any kind make a difference that is more than chance."
    )
    seen = set(table[table["distinguishable"]]["kind"])
    nothing = [name for name in dict.fromkeys(table["kind"]) if name not in seen]
    last = words(
        f"What {joined([_kind(name) for name in nothing])} contribute cannot be told from chance; that does not say "
        "that they would not be missed."
        if nothing
        else "Every kind makes a difference somewhere."
    )
    return head, middle, last


SENTENCED = 4


def _kind(name: str) -> str:
    plural = {
        "university": "universities",
        "technology_transfer": "technology transfer centres",
        "training": "training providers",
        "business_support": "business support agencies",
        "cluster_organisation": "cluster organisations",
        "discovery_platform": "discovery platforms",
    }
    return plural.get(name) or ORGANISATION_KINDS[name].label.lower()


def _contributions(table: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in table[table["outcome"] == PRIMARY].to_dict("records"):
        source = f"contributions/{row['regime']}/{row['kind']}"
        name = f"{first_upper(_kind(row['kind']))}, {regime(row['regime'])}"
        if pd.isna(row["probability"]) and row["seeds"] > 1:
            rows.append((name, "does nothing", "", "", ""))
            continue
        rows.append(
            (
                name,
                *(percent(float(row[column]), f"{source}/{column}")
                  for column in ("relative", "relative_low", "relative_high")),
                plain(float(row["adjusted_probability"]), f"{source}/adjusted_probability", largest=10),
            )
        )  # fmt: skip
    caption = (
        f"{OBSERVABLES[PRIMARY].label} with a kind less that without it, in percent of that without it, with the ends "
        "of the 95% interval and the probability of chance, adjusted for all tests (Holm)."
    )
    return Table(caption, ("kind, policy", "contribution", "at least", "at most", "p (Holm)"), tuple(rows))


def _other_outcomes(table: pd.DataFrame) -> Section | None:
    told = table[(table["adjusted_probability"] < LEVEL) & (table["outcome"] != PRIMARY)]
    if told.empty:
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            f"{OBSERVABLES[row['outcome']].label}: {_kind(row['kind'])}, {regime(row['regime'])}",
            *(
                percent(
                    float(row[column]),
                    f"contributions/{row['regime']}/{row['kind']}/{row['outcome']}/{column}",
                )
                for column in ("relative", "relative_low", "relative_high")
            ),
        )
        for row in told.to_dict("records")
    )
    caption = "Contributions to other outcomes that are more than chance would explain, all tests considered."
    return Section(
        "By other yardsticks",
        tables=(Table(caption, ("outcome: kind, policy", "contribution", "at least", "at most"), rows),),
    )
