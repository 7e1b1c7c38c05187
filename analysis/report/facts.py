"""The report of facts: the model held against stylised facts of the literature."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.facts.registry import FACTS
from analysis.report.document import (
    Cell,
    Picture,
    Report,
    Section,
    Table,
    Words,
    count,
    counted,
    plain,
    words,
)
from analysis.report.limits import failures, limits
from analysis.report.names import first_upper, readable
from analysis.report.provenance import command_of, provenance


def report(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """Write the report of an investigation of facts.

    Parameters
    ----------
    folder
        Results of `run.py facts`.
    manifest
        Its manifest.

    Returns
    -------
    Report
        The report.
    """
    table = pd.read_parquet(folder / "data" / "facts.parquet")
    verdicts = table.drop_duplicates("fact").set_index("fact")["verdict"]
    pictures = tuple(
        Picture(path, first_upper(readable(path.stem))) for path in sorted((folder / "figures").glob("*.svg"))
    )
    return Report(
        title="The model against stylised facts",
        subtitle="What emerges in the model, what does not, and what holds by construction",
        asked=(
            words(
                "Does the model show what the literature has found, without being told to? ",
                count(len(verdicts), "facts/count"),
                " facts were fixed beforehand, each as claims with a rule that decides on them, and tested on ",
                count(len(manifest["seeds"]), "manifest/seeds"),
                " regions.",
            ),
        ),
        answer=_answer(verdicts),
        sections=tuple(
            section
            for section in (
                Section("Fact by fact", tables=(_verdicts(verdicts),)),
                Section("Claim by claim", tables=(_claims(table),)),
                Section("Pictures", pictures=pictures) if pictures else None,
                failures(manifest),
                limits(len(manifest["seeds"]), manifest),
            )
            if section is not None
        ),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


def _answer(verdicts: pd.Series) -> tuple[Words, ...]:
    """Answer in three sentences: what holds, what is built in, what does not come out, or in part only."""
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


VERDICTS = ("holds", "by construction", "partly", "does not hold")


def _listed(names: list[str], verdict: str) -> Words:
    number = count(len(names), f"facts/{verdict}") if names else "none"
    return (number, " holds" if len(names) <= 1 else " hold")


def _named(names: list[str]) -> Words:
    return (f": {', '.join(names)}",) if names else ()


def _verdicts(verdicts: pd.Series) -> Table:
    statements = {fact.name: fact.statement for fact in FACTS.values()}
    rows = tuple(
        (statements.get(str(name), str(name)), str(verdict).replace("_", " "))
        for name, verdict in verdicts.items()
    )
    return Table("Verdicts by the rules fixed beforehand.", ("fact", "verdict"), rows)


def _shown_only(claim: Mapping[Any, Any]) -> bool:
    return str(claim["rule"]).startswith("no rule")


def _claims(table: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for claim in table[table["claim"].notna() & (table["claim"] != "")].to_dict("records"):
        source = f"facts/{claim['fact']}/{claim['claim']}"
        rows.append(
            (
                f"{first_upper(readable(str(claim['fact'])))}: {readable(str(claim['claim']))}",
                *(plain(float(claim[column]), f"{source}/{column}") for column in ("effect", "low", "high")),
                "" if _shown_only(claim) else "yes" if claim["claim_holds"] else "no",
            )
        )
    caption = (
        "Effects with the ends of their 95% intervals over regions, in the unit of each claim (docs/facts.md). Where "
        "nothing stands in the last column, a number is shown beside and decides nothing."
    )
    return Table(caption, ("claim", "effect", "at least", "at most", "holds"), tuple(rows))
