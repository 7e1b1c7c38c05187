"""An ablation in words: sentences and tables, for a terminal and a page alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.statistics.factorial import LEVEL
from analysis.studies.ablation.treatments import SWITCHES
from analysis.words.document import (
    Cell,
    Number,
    Section,
    Table,
    Words,
    chance,
    count,
    counted,
    in_series,
    joined,
    percent,
    share,
    words,
)
from analysis.words.names import first_upper, readable, regime
from analysis.words.phrases import ADJUSTED, LOWER, UPPER, WITH_BOUNDS
from model.record import OBSERVABLES, OUTCOMES

PRIMARY = OUTCOMES[0]
LABEL = f"the {OBSERVABLES[PRIMARY].label.lower()}"
POSITIONS = {switch.name: switch.labels for switch in SWITCHES}
UNEVEN = 0.95
"""Share of the money of the treatment that spends most, below which a treatment is told to spend less."""
TESTED = (
    "Many differences are tested at once; “more than chance would explain” takes that into account (Holm 1979). "
    "“Likely” gives a 95% confidence interval of a single difference."
)
EFFECTS_DRAWN = "The effect of each switch over all positions of the others, with 95% intervals."
WALKS_DRAWN = "What each policy gains or loses when one of its switches is flipped, with 95% intervals."
CERTAINTY = (LOWER, UPPER, ADJUSTED)


def asked(seeds: int) -> Words:
    """Say what was asked."""
    return words(
        "Policies differ in five switches: whether support is generic or targeted, isolated or networked, "
        "inside a sector or across, whether priorities are fixed or discovered, and whether they come from "
        "above or from below. Which of these does the work? All combinations were run with the same budget on "
        "the same ",
        *counted(seeds, "effects/seeds", "simulated region"),
        ", and each policy with one switch flipped.",
    )


def answer(effects: pd.DataFrame, walks: pd.DataFrame) -> Iterator[Words]:
    """Say which switches do the work, which pair of them, and what each policy owes to one of its own.

    Parameters
    ----------
    effects, walks
        What `analysis.statistics.factorial.factorial_effects` and `walks` return.

    Yields
    ------
    Words
        A sentence on the switches, one on pairs of them, and one on each policy.
    """
    effects, walks = primary(effects), primary(walks)
    if not len(effects) or effects["effect"].isna().all():
        yield words("No simulated region was finished under every combination: nothing can be said.")
        return
    if effects["p"].isna().all():
        yield words("Only one region was simulated: chance decides, and 16 or more would tell.")
        return
    main, pairs = (effects[effects["kind"] == kind] for kind in ("main", "interaction"))
    yield _switches(main)
    yield _pairs(_sure(pairs))
    for origin, rows in walks.groupby("origin", sort=False):
        yield _policy(str(origin), rows)


def _switches(main: pd.DataFrame) -> Words:
    sure = _sure(main)
    if sure.empty:
        return words(f"None of the five switches on its own changes {LABEL} more than chance would explain.")
    told = [
        (f"{_instead(*reversed(POSITIONS[row['term']]))}, ", *_size(row, f"effects/{row['term']}"))
        for row in sure.to_dict("records")
    ]
    unsure = [_or(POSITIONS[name]) for name in main["term"] if name not in set(sure["term"])]
    rest = f"; of {joined(unsure)} nothing can be said beyond chance" if unsure else ""
    return words(
        f"On average over the positions of all others, what changes {LABEL}: ", *in_series(told), f"{rest}."
    )


def _pairs(sure: pd.DataFrame) -> Words:
    if sure.empty:
        return words("No two switches strengthen or weaken each other more than chance would explain.")
    row = sure.to_dict("records")[0]
    verb = "strengthen" if row["effect"] > 0 else "weaken"
    return words(
        f"Of pairs, {_pair(row['term'])} {verb} each other most: ",
        *_size(row, f"effects/{row['term']}"),
        ".",
    )


def _policy(origin: str, rows: pd.DataFrame) -> Words:
    lead = (f"{first_upper(regime(origin))}, ", *_lead(origin, rows), " over no policy, ")
    sure = _sure(rows)
    parts = []
    for verb, own in (("loses", sure[sure["difference"] < 0]), ("gains", sure[sure["difference"] > 0])):
        if len(own):
            row = own.to_dict("records")[0]
            what = f"{verb} most with {_instead(row['after'], row['before'])}, "
            parts.append((what, *_size(row, _source(row))))
    if not parts:
        return words(
            *lead, "neither gains nor loses more than chance would explain when one switch is flipped."
        )
    return words(*lead, *in_series(parts), ".")


def effects_section(effects: pd.DataFrame) -> Section:
    """Show what each switch does, alone and in pairs."""
    main, pairs = (effects[effects["kind"] == kind] for kind in ("main", "interaction"))
    of = f"on {LABEL}, in percent of its mean without policy, {WITH_BOUNDS} and the probability"
    parts = "of chance (Holm). Share: its part of all that differs between combinations."
    return Section(
        "What each switch does",
        tables=(
            Table(
                f"Effect of a switch {of} {parts}",
                ("switch", "effect", *CERTAINTY, "share"),
                tuple(
                    (_instead(*reversed(POSITIONS[row["term"]])), *_effect(row))
                    for row in primary(main).to_dict("records")
                ),
            ),
            Table(
                f"How much more two switches do together than each alone {of} {parts}",
                ("pair", "effect", *CERTAINTY, "share"),
                tuple(
                    (_pair(row["term"]), *_effect(row))
                    for row in primary(pairs)
                    .sort_values("share", ascending=False, kind="stable")
                    .to_dict("records")
                ),
            ),
            _others(main, [_instead(*reversed(POSITIONS[term])) for term in main["term"]], "effects"),
        ),
        figures={"switch_effects": EFFECTS_DRAWN},
    )


def walks_section(walks: pd.DataFrame) -> Section:
    """Show what each policy gains or loses when one switch is flipped."""
    tables = []
    for origin, rows in walks.groupby("origin", sort=False):
        own = primary(rows)
        (lead,) = _lead(str(origin), own)
        caption = (
            f"{first_upper(regime(str(origin)))} ({lead.text} over no policy): change of {LABEL} when one switch is "
            "flipped, in percent of its mean without policy; all else stays as it is."
        )
        cells = tuple(
            (_instead(row["after"], row["before"]), *_numbers(row, _source(row)))
            for row in own.to_dict("records")
        )
        tables.append(Table(caption, ("flip", "change", *CERTAINTY), cells))
        flips = [_instead(row["after"], row["before"]) for row in rows.to_dict("records")]
        tables.append(_others(rows, flips, f"walks/{origin}"))
    return Section(
        "What each policy gains or loses when one switch is flipped",
        tables=tuple(tables),
        figures={"regime_walks": WALKS_DRAWN},
    )


def spending_section(spending: pd.DataFrame) -> Section | None:
    """Tell whether all combinations could spend their money; where they could not, differences are not a switch's."""
    paid = spending[spending["spent"] > 0]
    if paid.empty:
        return None
    lowest = paid.sort_values("share_of_most", kind="stable").iloc[0]
    name = str(lowest["regime"])
    called = regime(name) if "-" not in name else f"“{readable(name.replace('-', ', '))}”"
    return Section(
        "Whether money was spent alike",
        paragraphs=(
            words(
                "All had the same money. Least of it was spent under ",
                called,
                ": ",
                share(float(lowest["share_of_most"]), f"spending/{name}/share_of_most"),
                " of what was spent where most was; ",
                count(int((paid["share_of_most"] < UNEVEN).sum()), "spending/uneven"),
                " of ",
                count(len(paid), "spending/count"),
                f" combinations spent less than {UNEVEN:.0%} of it. Where less is spent, a difference is not that of a "
                "switch alone.",
            ),
        ),
    )


def primary(table: pd.DataFrame) -> pd.DataFrame:
    """Keep what is on the primary outcome."""
    return table[table["outcome"] == PRIMARY].reset_index(drop=True)


def _others(rows: pd.DataFrame, labels: list[str], source: str) -> Table:
    """Show the same on the other outcomes, which always stand beside the primary one."""
    names = [name for name in OUTCOMES[1:] if name in set(rows["outcome"])]
    cells: list[tuple[Cell, ...]] = []
    for label, own in rows.assign(label=labels).groupby("label", sort=False):
        found = own.set_index("outcome").to_dict("index")
        numbers = (_difference(found[name], f"{source}/{name}/{label}", "relative") for name in names)
        cells.append(
            (str(label), *(replace(each, text=f"{each.text}*") if each.sure else each for each in numbers))
        )
    headings = ("in percent", *(OBSERVABLES[name].label.lower() for name in names))
    caption = "The same on the other outcomes; a star: more than chance would explain."
    return Table(caption, headings, tuple(cells))


def _sure(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep what is more than chance by Holm, the largest first."""
    sure = rows[rows["adjusted_probability"] < LEVEL]
    return sure.reindex(sure["relative"].abs().sort_values(ascending=False, kind="stable").index)


def _size(row: Mapping[Any, Any], source: str) -> Words:
    ends = (percent(float(row[name]), f"{source}/{name}") for name in ("relative_low", "relative_high"))
    low, high = ends
    return (percent(float(row["relative"]), f"{source}/relative"), " (likely ", low, " to ", high, ")")


def _lead(origin: str, rows: pd.DataFrame) -> tuple[Number]:
    return (percent(float(rows["relative_lead"].iloc[0]), f"walks/{origin}/relative_lead"),)


def _effect(row: Mapping[Any, Any]) -> tuple[Cell, ...]:
    source = f"effects/{row['term']}"
    return (*_numbers(row, source), share(float(row["share"]), f"{source}/share"))


def _numbers(row: Mapping[Any, Any], source: str) -> tuple[Cell, ...]:
    p = float(row["adjusted_probability"])
    return (
        *(_difference(row, source, name) for name in ("relative", "relative_low", "relative_high")),
        chance(p, f"{source}/adjusted_probability"),
    )


def _difference(row: Mapping[Any, Any], source: str, name: str) -> Number:
    number = percent(float(row[name]), f"{source}/{name}", digits=2)
    return replace(number, sure=name == "relative" and bool(row["adjusted_probability"] < LEVEL))


def _source(row: Mapping[Any, Any]) -> str:
    return f"walks/{row['origin']}/{row['switch']}/{row['after']}"


def _instead(after: str, before: str) -> str:
    return f"{readable(str(after))} instead of {readable(str(before))}"


def _or(positions: tuple[str, str]) -> str:
    return " or ".join(map(readable, positions))


def _pair(term: str) -> str:
    return " and ".join(readable(POSITIONS[name][1]) for name in str(term).split(" x "))
