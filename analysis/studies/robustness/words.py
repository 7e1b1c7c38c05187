"""Robustness in words: which criterion chooses which regime, and what a choice may cost."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.words.document import (
    Cell,
    Number,
    Table,
    Words,
    counted,
    joined,
    plain,
    share,
    words,
)
from analysis.words.names import first_upper, regime
from analysis.words.phrases import LOWER, UPPER

CRITERIA: Mapping[str, str] = {
    "mean": "the highest mean",
    "worst": "the best worst case",
    "hurwicz": "the best mix of best and worst case",
    "regret_mean": "the least mean regret",
    "regret_percentile_90": "the least 90th percentile of regret",
    "regret_maximum": "the least maximum regret",
    "satisficing": "the largest share of futures that are good enough",
    "best": "the largest share of futures in which it is best",
}
ROWS = {
    "mean": "mean (Laplace)",
    "worst": "worst case (Wald)",
    "hurwicz": "best and worst (Hurwicz)",
    "regret_mean": "regret, mean",
    "regret_percentile_90": "regret, 90th percentile",
    "regret_maximum": "regret, largest (Savage)",
    "satisficing": "share good enough (Starr)",
    "satisficing_for_sure": "share good enough for sure",
    "best": "share in which it is best",
}
SHARES = ("satisficing", "satisficing_for_sure", "best")
DRAWN = {
    "regret": "What is lost against the best policy of each future.",
    "satisficing": "Share of futures in which a policy brings more than so much.",
}


def chosen(choices: pd.DataFrame, seeds: int) -> Iterator[Words]:
    """Say which regime which criterion chooses, and where that may be luck."""
    sure = choices["choice"].map(_names) == choices["contenders"].map(_names)
    for names, rows in choices[sure].groupby("choice", sort=False):
        who = list(_names(str(names)))
        yield words(f"{_listed(who)} {_has(who)} {_what(rows)}.")
    for names, rows in choices[~sure].groupby("choice", sort=False):
        who = list(_names(str(names)))
        yield words(
            f"{_listed(who)} {_has(who)} {_what(rows)}, but not by more than luck of ",
            *counted(seeds, "samples/seeds", "seed"),
            " would explain.",
        )


def cost(criteria: pd.DataFrame, choices: pd.DataFrame, futures: int, unit: str) -> Iterator[Words]:
    """Say what whoever chooses the regime with the least maximum regret may lose, and how far luck made it large."""
    least: dict[Any, Any] = choices.set_index("criterion").loc["regret_maximum"].to_dict()
    name = _names(str(least["choice"]))[0]
    known: dict[Any, dict[Any, float]] = criteria.set_index("regime").to_dict("index")
    if name not in known:
        yield words("The largest regret is that of a policy not shown here.")
        return
    row, source = known[name], f"criteria/{name}"

    def lost(column: str) -> Number:
        return plain(float(row[column]), f"{source}/{column}", largest=100)

    following: Words = ()
    if isinstance(least["next"], str):
        worse = plain(float(least["next_value"]), "choices/regret_maximum/next_value", largest=100)
        following = (f"; next is {regime(least['next'])} with at most ", worse)
    yield words(
        f"Whoever chooses {regime(name)} loses at most ",
        lost("regret_maximum"),
        f" {unit} against the best policy of each of ",
        *counted(futures, "samples/points", "future"),
        ", and ",
        lost("regret_mean"),
        " on average",
        *following,
        ".",
    )
    if not _moved(row, ("regret_maximum", "regret_mean")):
        return
    yield words(
        "Regrets are estimated too large, as the best of several means over seeds tends to be a lucky one: where one "
        "seed measures what the others chose, that policy loses ",
        lost("regret_maximum_held_out"),
        " in the future that is worst for it, likely ",
        lost("regret_maximum_held_out_low"),
        " to ",
        lost("regret_maximum_held_out_high"),
        ", and ",
        lost("regret_mean_held_out"),
        " on average. The truth lies between.",
    )


def agreement(choices: pd.DataFrame) -> Words:
    """Say whether criteria agree; where luck may have put one regime before another, they do not disagree."""
    near = [_names(names) for names in choices["contenders"]]
    everywhere = [name for name in near[0] if all(name in names for names in near)]
    if all(len(names) == 1 for names in near) and everywhere:
        return words("All criteria agree.")
    if everywhere:
        every = joined([regime(name) for name in everywhere], "or")
        return words(f"No criterion prefers another policy to {every} by more than luck would explain.")
    return words("Criteria disagree: what to choose depends on how much one fears the worst.")


def criteria_table(criteria: pd.DataFrame, unit: str, threshold: float | None) -> Table:
    """Show every criterion for every regime."""
    table = criteria.set_index("regime")
    rows = tuple((label, *_cells(table[name], name, SHARES)) for name, label in ROWS.items() if name in table)
    enough = f" Good enough is more than {threshold:g}." if threshold is not None else ""
    caption = f"In {unit}; every combination of conditions is a future and counts the same.{enough}"
    return Table(caption, ("criterion", *(regime(str(name)) for name in table.index)), rows)


def held_out_table(criteria: pd.DataFrame) -> Table:
    """Show every criterion as measured on seeds that did not choose what it looks at."""
    table = criteria.set_index("regime")
    shown = {f"{name}_held_out": label for name, label in ROWS.items() if f"{name}_held_out" in table}
    shares = tuple(f"{name}_held_out" for name in SHARES)
    rows = tuple((label, *_cells(table[name], name, shares)) for name, label in shown.items())
    caption = (
        "The same held out: each seed measures the futures and policies that the others chose. Worst cases above are "
        "too bad and regrets too large, these err to the other side; shares are corrected for their bias (jackknife)."
    )
    return Table(caption, ("criterion", *(regime(str(name)) for name in table.index)), rows)


def choices_table(criteria: pd.DataFrame, choices: pd.DataFrame) -> Table:
    """Show which regime each criterion chooses, how sure its value is, and from which others luck cannot tell it."""
    known: dict[Any, dict[Any, float]] = criteria.set_index("regime").to_dict("index")
    rows: list[tuple[Cell, ...]] = []
    for row in choices.to_dict("records"):
        name, names = str(row["criterion"]), _names(row["choice"])
        values = known.get(names[0], {})
        columns = [f"{name}_held_out{end}" for end in ("_low", "_high")]
        ends = [
            _number(float(values[column]), f"criteria/{names[0]}/{column}", as_share=name in SHARES)
            if column in values
            else ""
            for column in columns
        ]
        others = [regime(each) for each in _names(row["contenders"]) if each not in names]
        rows.append((ROWS[name], ", ".join(map(regime, names)), *ends, ", ".join(others) or "all told apart"))
    caption = (
        "What each criterion chooses, the 95% interval of its held-out value over seeds, and other policies that may "
        "be as good by it (differences on the same seeds, 95% for all criteria at once, Bonferroni)."
    )
    return Table(caption, ("criterion", "chooses", LOWER, UPPER, "as good, perhaps"), tuple(rows))


def _cells(column: pd.Series, name: str, shares: tuple[str, ...]) -> Iterator[Cell]:
    values = {str(each): float(value) for each, value in column.items()}
    finite = [abs(value) for value in values.values() if math.isfinite(value)]
    largest = max(100.0, *finite) if finite else None
    for each, value in values.items():
        yield _number(value, f"criteria/{each}/{name}", as_share=name in shares, largest=largest)


def _number(value: float, source: str, *, as_share: bool, largest: float | None = 100.0) -> Number:
    if not as_share:
        return plain(value, source, largest=largest)
    return share(value, f"{source}_share")


def _moved(row: Mapping[Any, float], names: tuple[str, ...]) -> bool:
    """Whether values held out are there, and others than those that were found."""
    return any(abs(row.get(f"{name}_held_out", row[name]) - row[name]) > 1e-9 for name in names)


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


def _listed(names: list[str]) -> str:
    return first_upper(joined([regime(name) for name in names]))


def _has(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _what(rows: pd.DataFrame) -> str:
    return joined([CRITERIA[name] for name in rows["criterion"]])
