"""Sections of what optimisation found: policies, distances, the front, levers, futures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.studies.optimisation.described import lever
from analysis.studies.optimisation.objectives import NONE, OBJECTIVES
from analysis.studies.optimisation.words import (
    Manifest,
    Tables,
    asked_for,
    first_of,
    interval_of,
    minister,
    name_in_words,
    places_of,
    policy_in_words,
    signpost,
)
from analysis.words.document import Cell, Number, Section, Table, fixed, share, text_of, words
from analysis.words.names import first_upper, subject
from model.scenario import BY_LOT

INTERVAL = "95% interval"
DESCRIBED = 4
"""Finalists that are described, and written as scenarios of their own."""


def sections(tables: Tables, manifest: Manifest) -> Iterator[Section]:
    """Show the policies, distances, the front, levers and futures."""
    places = places_of(tables)
    if places:
        others = [
            words(f"{first_upper(name_in_words(name, places))}: {policy_in_words(tables, manifest, name)}")
            for name in list(places)[1:DESCRIBED]
        ]
        yield Section(
            "What to do", (minister(tables, manifest),), (_policies(tables, manifest),), lists=tuple(others)
        )
        caption = "Gain over no policy on fresh seeds, with 95% intervals, the largest on top."
        far = (_distances(tables, manifest), _elsewhere(tables))
        yield Section("How far regimes are from it", tables=far, figures={"distances": caption})
        if len(asked_for(manifest)) > 1:
            caption = (
                "Policies and regimes on the objectives asked for; on the line, nobody is better in both."
            )
            yield Section("The front", tables=(_front(tables, manifest),), figures={"front": caption})
        if len(tables["constraints"]):
            yield Section("What must be kept", tables=(_constraints(tables),))
    if "importance" in tables:
        caption = "Variance of gains that a lever explains on policies not seen; the line: what luck seems to explain."
        figures = {"importance": caption}
        yield Section("Which lever does the work", tables=(_importance(tables),), figures=figures)
    if "robustness" in tables:
        caption = "Gain in each future, the worst on the left."
        yield Section(
            "Whatever comes",
            tuple(signpost(tables)),
            tuple(_robustness(tables)),
            figures={"futures": caption},
        )


def _estimate(row: Any, name: str, source: str, *, sure: bool = False) -> tuple[Cell, Cell]:
    """Write a number and its interval as two cells."""
    low, high = (
        ("low", "high") if name in {"gain", "importance", "level"} else (f"{name}_low", f"{name}_high")
    )
    number = fixed(float(row[name]), f"{source}/{name}", 1)
    ends = text_of(interval_of(row, low, high, source)).strip(" ()")
    return Number(number.value, number.text, number.source, sure), ends


def _named(name: str, places: dict[str, int]) -> str:
    return name_in_words(name, places) if name != NONE else subject(NONE)


def _policies(tables: Tables, manifest: Manifest) -> Table:
    objective, places = first_of(manifest), places_of(tables)
    rows = []
    for row in tables["found"].query("objective == @objective.name").to_dict("records"):
        source = f"found/{objective.name}/{row['place']}"
        behind = _estimate(row, "behind", source) if row["place"] else ("", "")
        gain = _estimate(row, "gain", source, sure=row["low"] * row["high"] > 0)
        rows.append((name_in_words(row["policy"], places), *gain, *behind))
    caption = f"{first_upper(objective.label)}: gain over no policy on fresh seeds, in percent; points behind the best."
    return Table(caption, ("policy", "gain", INTERVAL, "behind", INTERVAL), tuple(rows))


def _distances(tables: Tables, manifest: Manifest) -> Table:
    objective, places, far = first_of(manifest), places_of(tables), tables["distances"]
    rows = []
    for row in far[far["objective"] == objective.name].sort_values("behind").to_dict("records"):
        source = f"distances/{objective.name}/{row['name']}"
        apart = bool(row["told_apart"])
        rows.append((
            _named(row["name"], places), *_estimate(row, "gain", source), *_estimate(row, "behind", source, sure=apart),
            "yes" if apart else "no",
        ))  # fmt: skip
    caption = "Gain over no policy in percent; points behind the best, told apart after Holm."
    return Table(caption, ("policy", "gain", INTERVAL, "behind", INTERVAL, "told apart"), tuple(rows))


def _elsewhere(tables: Tables) -> Table:
    """Show what the best policy and regimes do to everything else."""
    places = places_of(tables)
    both = pd.concat([tables["found"].rename(columns={"policy": "name"}), tables["distances"]])
    wide = both.pivot_table(index="name", columns="objective", values="gain", sort=False)
    names = [
        name for name in wide.index if places.get(name, 0) == 0 and not name.endswith(BY_LOT) and name != NONE
    ]
    shown = [each for each in OBJECTIVES if each in wide]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name_in_words(name, places),
         *(fixed(float(wide.loc[name, each]), f"elsewhere/{name}/{each}", 1) for each in shown))
        for name in names
    )  # fmt: skip
    return Table(
        "Mean gains over no policy in percent; cost in percent of the budget.", ("policy", *shown), rows
    )


def _front(tables: Tables, manifest: Manifest) -> Table:
    places, asked = places_of(tables), [each.name for each in asked_for(manifest)]
    rows = []
    for row in tables["front"].sort_values(f"{asked[0]}_gain", ascending=False).to_dict("records"):
        cells: list[Cell] = [_named(row["name"], places)]
        for name in asked:
            own = {"gain": row[f"{name}_gain"], "low": row[f"{name}_low"], "high": row[f"{name}_high"]}
            cells += _estimate(own, "gain", f"front/{row['name']}/{name}")
        rows.append((*cells, "yes" if row["on_front"] else "no"))
    headings = ("policy", *(heading for name in asked for heading in (name, INTERVAL)), "front")
    return Table(
        "By means on fresh seeds; on the front is whom nobody beats in one and equals in all.",
        headings,
        tuple(rows),
    )


def _constraints(tables: Tables) -> Table:
    places = places_of(tables)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (row["constraint"], _named(row["name"], places), *_estimate(row, "level", f"constraints/{row['constraint']}"),
         row["verdict"])
        for row in tables["constraints"].to_dict("records") if not row["name"].endswith(BY_LOT)
    )  # fmt: skip
    headings = ("constraint", "policy", "level", INTERVAL, "verdict")
    return Table("In percent of what it is without policy, on fresh seeds.", headings, rows)


def _importance(tables: Tables) -> Table:
    rows = tuple(
        (lever(row["lever"]), *_estimate(row, "importance", f"importance/{row['lever']}", sure=bool(row["told_apart"])),
         "yes" if row["told_apart"] else "no")
        for row in tables["importance"].to_dict("records")
    )  # fmt: skip
    how = tables["emulator"].iloc[0]
    caption = (
        f"Percent of the variance between policies; of it {100 * how['luck']:.0f}% is luck of few seeds, "
        f"{100 * max(0.0, how['explained']):.0f}% is explained on policies held out, {100 * how['covered']:.0f}% of "
        "which lie in their 95% intervals."
    )
    return Table(caption, ("lever", "variance", "range", "told from luck"), rows)


def _robustness(tables: Tables) -> Iterator[Table]:
    places = places_of(tables)

    def table(caption: str, columns: Sequence[str], headings: Sequence[str], last: str = "") -> Table:
        rows: list[tuple[Cell, ...]] = []
        for row in tables["robustness"].to_dict("records"):
            source = f"robustness/{row['name']}"
            cells = [cell for name in columns for cell in _estimate(row, f"{name}_held_out", source)]
            more = (share(row[last], f"{source}/{last}"),) if last else ()
            rows.append((name_in_words(row["name"], places), *cells, *more))
        return Table(caption, ("policy", *headings), tuple(rows))

    told = "in percent of no policy there, extremes on seeds that did not choose them"
    yield table(f"Gain over futures, {told}.", ("mean", "worst"), ("mean", INTERVAL, "worst", INTERVAL, "gains in"),
                "satisficing")  # fmt: skip
    yield table(f"Regret, what it is behind the best of each future, {told}.", ("regret_mean", "regret_maximum"),
                ("mean regret", INTERVAL, "largest", INTERVAL))  # fmt: skip
