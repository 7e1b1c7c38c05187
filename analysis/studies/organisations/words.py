"""Contributions of organisations in words: sentences and tables, for a terminal and a page alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.words.document import (
    Cell,
    Section,
    Table,
    Words,
    chance,
    counted,
    in_series,
    joined,
    percent,
    words,
)
from analysis.words.names import ORGANISATIONS, first_upper, regime
from analysis.words.phrases import ADJUSTED, LOWER, UPPER
from model.meso import ORGANISATION_KINDS
from model.record import OBSERVABLES, OUTCOMES

PRIMARY = OUTCOMES[0]
LEVEL = 0.05
"""Probability, adjusted for the number of tests, below which a contribution is clear."""
SENTENCED = 4
"""Contributions that are named in the first sentence."""
TESTED = (
    "Many differences are tested at once; “more than chance would explain” takes that into account (Holm 1979). "
    "Where the organisation that delivers something is missing, money for it stays unspent."
)


def asked(kinds: Sequence[str], seeds: int) -> Words:
    """Say what was asked."""
    return words(
        f"What would the region lack without {joined([_kind(name) for name in kinds], 'or')}? Every policy was "
        "run with all organisations and without each kind in turn, on the same ",
        *counted(seeds, "contributions/seeds", "simulated region"),
        " with the same luck.",
    )


def answer(table: pd.DataFrame) -> tuple[Words, ...]:
    """Answer in three sentences: which kind is missed most, which more are, and which nowhere.

    Parameters
    ----------
    table
        What `analysis.studies.organisations.findings.contributions` gives.

    Returns
    -------
    tuple
        Sentences.
    """
    primary = table[table["outcome"] == PRIMARY]
    label = f"the {OBSERVABLES[PRIMARY].label.lower()}"
    if int(table["seeds"].max()) < 2:
        only = "Only one region was simulated: whether chance decided cannot be told."
        none = "No simulated region was finished with and without a kind: nothing can be said."
        return (words(only if table["seeds"].max() else none),)
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


def contributions_section(table: pd.DataFrame) -> Section:
    """Show what each kind contributes to the primary outcome under each policy."""
    rows: list[tuple[Cell, ...]] = []
    for row in table[table["outcome"] == PRIMARY].to_dict("records"):
        name, source = _named(row), f"contributions/{row['regime']}/{row['kind']}"
        if pd.isna(row["probability"]) and row["seeds"] != 1:
            rows.append((name, "does nothing" if row["seeds"] else "not finished", "", "", ""))
            continue
        p = chance(float(row["adjusted_probability"]), f"{source}/adjusted_probability")
        rows.append((name, *_ends(row, source), p))
    caption = (
        f"{OBSERVABLES[PRIMARY].label} with a kind less that without it, in percent of that without it, with the ends "
        "of the 95% interval and the probability of chance, adjusted for all tests (Holm)."
    )
    headings = ("kind, policy", "contribution", LOWER, UPPER, ADJUSTED)
    return Section(
        "Contributions",
        tables=(Table(caption, headings, tuple(rows)),),
        figures={"contributions": "Contributions with 95% intervals."},
    )


def other_outcomes(table: pd.DataFrame) -> Section | None:
    """Show contributions to other outcomes that are more than chance would explain, if there are any."""
    told = table[table["distinguishable"] & (table["outcome"] != PRIMARY)]
    if told.empty:
        return None
    rows = tuple(
        (
            f"{OBSERVABLES[row['outcome']].label}: {_named(row, first=False)}",
            *_ends(row, f"contributions/{row['regime']}/{row['kind']}/{row['outcome']}"),
        )
        for row in told.to_dict("records")
    )
    caption = "Contributions to other outcomes that are more than chance would explain, all tests considered."
    return Section(
        "By other yardsticks",
        tables=(Table(caption, ("outcome: kind, policy", "contribution", LOWER, UPPER), rows),),
    )


def _ends(row: Mapping[Any, Any], source: str) -> tuple[Cell, ...]:
    size, low, high = (
        percent(float(row[column]), f"{source}/{column}")
        for column in ("relative", "relative_low", "relative_high")
    )
    return replace(size, sure=bool(row["distinguishable"])), low, high


def _named(row: Mapping[Any, Any], *, first: bool = True) -> str:
    name = f"{_kind(row['kind'])}, {regime(row['regime'])}"
    return first_upper(name) if first else name


def _kind(name: str) -> str:
    return ORGANISATIONS.get(name) or ORGANISATION_KINDS[name].label.lower()
