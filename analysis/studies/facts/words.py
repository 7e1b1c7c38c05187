"""Facts in words: sentences and tables, for a terminal and a page alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.studies.facts.registry import FACTS
from analysis.words.document import (
    Cell,
    Section,
    Table,
    Words,
    chance,
    count,
    counted,
    fixed,
    words,
)
from analysis.words.names import first_upper, readable
from analysis.words.numbers import decimals
from analysis.words.phrases import ADJUSTED, LOWER, UPPER

VERDICTS = ("holds", "by construction", "partly", "does not hold")
JUDGED = (
    "Yes: the whole interval keeps the rule; with a star, an equation of the model contains it. p is adjusted for the "
    "number of claims (Holm 1979). docs/facts.md explains each fact."
)
DIGITS = 3


def asked(facts: int, seeds: int) -> Words:
    """Say what was asked."""
    return words(
        "Does the model show what the literature has found, without being told to? ",
        *counted(facts, "facts/count", "fact"), " ", "was" if facts == 1 else "were",
        " fixed beforehand, each as claims with a rule that decides on them, and tested on ",
        *counted(seeds, "manifest/seeds", "region"), ".",
    )  # fmt: skip


def answer(table: pd.DataFrame) -> tuple[Words, ...]:
    """Answer in three sentences: what holds, what is built in, what does not come out, or in part only.

    Parameters
    ----------
    table
        What `analysis.studies.facts.estimates.tables_of` gives as ``facts``.

    Returns
    -------
    tuple
        Sentences.
    """
    verdicts = _verdicts(table)["verdict"]
    tested = verdicts[verdicts.isin(VERDICTS)]
    groups = {
        verdict: [readable(str(name)) for name in tested.index[tested == verdict]] for verdict in VERDICTS
    }
    total = counted(len(tested), "facts/tested", "fact")
    holds, built_in, partly = (_listed(groups[verdict], verdict) for verdict in VERDICTS[:3])
    failing = groups[VERDICTS[3]]
    fails: Words = ("none fails altogether",)
    if failing:
        number = count(len(failing), f"facts/{VERDICTS[3]}")
        fails = (number, f" {'does' if len(failing) == 1 else 'do'} not hold at all: {', '.join(failing)}")
    return (
        words("Of ", *total, " tested, ", *holds, " in full", *_named(groups[VERDICTS[0]]), "."),
        words(
            "By construction, which checks the program and is no evidence, ",
            *built_in,
            *_named(groups[VERDICTS[1]]),
            ".",
        ),
        words("Of the others, ", *partly, " in part", *_named(groups[VERDICTS[2]]), "; ", *fails, "."),
    )


def _listed(names: list[str], verdict: str) -> Words:
    number = count(len(names), f"facts/{verdict}") if names else "none"
    return (number, " holds" if len(names) <= 1 else " hold")


def _named(names: list[str]) -> Words:
    return (f": {', '.join(names)}",) if names else ()


def verdicts_section(table: pd.DataFrame) -> Section:
    """Show the verdict on each fact."""
    rows = tuple(
        (f"{number} {readable(str(name))}", readable(str(verdict)))
        for name, number, verdict in _verdicts(table).reset_index().itertuples(index=False)
    )
    return Section(
        "Fact by fact",
        tables=(Table("Verdicts by the rules fixed beforehand.", ("fact", "verdict"), rows),),
        figures={"facts": "How far each claim lies from its bound, and the verdicts."},
    )


def claims_section(table: pd.DataFrame, drawn: Sequence[str]) -> Section:
    """Show the claims of each fact."""
    statements = {fact.name: fact.statement for fact in FACTS.values()}
    tables = []
    for name, rows in table.dropna(subset=["claim"]).groupby("fact", sort=False):
        caption = (
            f"{rows['number'].iloc[0]} {first_upper(readable(str(name)))}. {statements.get(str(name), '')}"
        )
        headings = ("claim", "effect", LOWER, UPPER, "rule", ADJUSTED, "holds")
        tables.append(Table(caption, headings, tuple(map(_claim, rows.to_dict("records")))))
    return Section(
        "Claim by claim",
        paragraphs=(
            ("Effects with the bounds of their 95% intervals over regions, in the unit of each claim.",),
        ),
        tables=tuple(tables),
        figures={name: f"{first_upper(readable(name))}." for name in drawn},
    )


def _verdicts(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop_duplicates("fact").set_index("fact")[["number", "verdict"]]


def _claim(row: Mapping[Any, Any]) -> tuple[Cell, ...]:
    source = f"facts/{row['fact']}/{row['claim']}"
    digits = decimals(max(abs(row["effect"]), abs(row["high"] - row["low"])), DIGITS)
    ends = ("low", "high") if row["seeds"] > 1 else ()
    numbers: list[Cell] = [fixed(float(row[name]), f"{source}/{name}", digits) for name in ("effect", *ends)]
    p = chance(float(row["adjusted_probability"]), f"{source}/adjusted_probability")
    told: list[Cell] = [readable(str(row["claim"])), *numbers, *[""] * (2 - len(ends))]
    if str(row["rule"]).startswith("no rule"):
        return (*told, "", "", "")
    star = "*" if row["claim_holds"] and row["by_construction"] else ""
    return (*told, _rule(str(row["rule"])), p, f"{'yes' if row['claim_holds'] else 'no'}{star}")


def _rule(rule: str) -> str:
    """Write where an estimate must lie with few characters."""
    side, _, bounds = rule.partition(" ")
    if side == "between":
        low, high = (float(bound) for bound in bounds.split(" and "))
        return f"{low:.1f} to {high:.1f}" if low > 0 else "= 0" if high < 1e-6 else f"± {high:g}"
    return f"{'>' if side == 'above' else '<'} {bounds}"
