"""The laboratory in words: which aims are met, and the tables behind each measure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.statistics.aims import MET, MISSED, OPEN
from analysis.studies.laboratory.tables import SHOWN, cost_table, interval_of, measures_table, number_of
from analysis.words.document import Section, Words, count, counted, in_series, joined, words
from analysis.words.names import first_upper

INTERVALS = (
    "Points are percent of the mean without policy on the same seeds; outcomes are averaged over the horizon. "
    "Intervals are 95%; those of maps hold together over the whole map (Bonferroni), and their p is adjusted by Holm. "
    "An aim is met if its interval says so and missed if the whole interval lies outside; counts have no interval."
)
ELSEWHERE = (
    "Not measured here: facts that hold (run.py facts), and the misfit to Europe (run.py validate europe)."
)
DRAWN = {
    "measures": "Every measure with an aim: its 95% interval, and in grey where it is to lie.",
    "mind": "What each regime adds to its lottery twin, with intervals that hold together.",
    "surface": "Leads over the lottery by absorptive capacity and recombination; bold: a clear effect.",
    "steadiness": "Change without policy of every place, in order, with the range aimed at.",
}


def asked(seeds: int) -> Words:
    """Say what was asked."""
    return words(
        "Is there anything to decide in this region, can it be told from luck, and does the region behave? Each "
        "measure has an aim that was set before it was taken, and is taken on up to ",
        count(seeds, "manifest/seeds"),
        " simulated regions that no search has seen.",
    )


def answer(measures: pd.DataFrame) -> Iterator[Words]:
    """Say how many aims are met, and which are not.

    Parameters
    ----------
    measures
        See `analysis.studies.laboratory.design.tables_of`.

    Yields
    ------
    Words
        A sentence on all aims, and one on each that is missed or cannot be told.
    """
    aimed = measures[measures["aim"] != ""]
    if aimed.empty:
        yield words("No measure with an aim was taken to its end.")
        return
    counts: list[Words] = [
        (count(int((aimed["verdict"] == each).sum()), f"measures/{each}"), f" {_told(each)}")
        for each in (MET, MISSED, OPEN)
    ]
    yield words("Of ", *counted(len(aimed), "measures/aims", "aim"), ": ", *in_series(counts), ".")
    for verdict in (MET, MISSED, OPEN):
        rows = aimed[aimed["verdict"] == verdict]
        if len(rows):
            parts = [
                (
                    f"{_lower(str(row['label']))} (",
                    number_of(row, "estimate"),
                    *_likely(row),
                    f"; aim: {row['aim']})",
                )
                for row in rows.to_dict("records")
            ]
            yield words(f"{first_upper(verdict)}: ", *in_series(parts), ".")


def warnings(manifest: Mapping[str, Any]) -> Iterator[Words]:
    """Say which measures were not taken to the end, and which lack runs."""
    left = [name for name in manifest["asked"] if name not in manifest["measures"]]
    if left:
        yield words(f"not taken: {joined(left)}; the same command goes on from there.")
    for name, told in manifest["measures"].items():
        if told["failed"]:
            yield words(
                f"{name}: ", count(told["failed"], f"manifest/{name}"), " runs failed and do not count."
            )


def sections(tables: Mapping[str, pd.DataFrame], taken: Mapping[str, Any]) -> Iterator[Section]:
    """Show the table of measures, then what is behind each."""
    if taken:
        shown = (measures_table(tables["measures"], taken), cost_table(taken))
        yield Section("Measures", tables=shown, figures=_drawn("measures", tables))
    for name, (heading, show) in SHOWN.items():
        if name in tables and len(tables[name]):
            yield Section(heading, tables=(show(tables[name]),), figures=_drawn(name, tables))


def _drawn(name: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    return {name: DRAWN[name]} if name in DRAWN and name in tables else {}


def _likely(row: Mapping[Any, Any]) -> Words:
    if not interval_of(row):
        return ()
    upper = (" to ", number_of(row, "high")) if math.isfinite(row["high"]) else (" or more",)
    return (", likely ", number_of(row, "low"), *upper)


def _told(verdict: str) -> str:
    return f"that {verdict}" if verdict == OPEN else verdict


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
