"""The tables of the laboratory: every measure beside its aim, what it took, and what is behind it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.statistics.aims import MET, MISSED, OPEN
from analysis.statistics.factorial import LEVEL
from analysis.studies.laboratory.readings import AVERAGED, PRIMARY
from analysis.words.document import (
    NOTHING,
    Cell,
    Number,
    Table,
    chance,
    count,
    percent,
    rounded,
    share,
    written,
)
from analysis.words.names import readable
from model.record import OBSERVABLES

RANGE = {MET: "inside", MISSED: "outside", OPEN: "open"}
MOST_SEARCHED, NEAREST = 8, 3
"""Rows of the last round of the search, and conditions of each regime, that are shown."""


def measures_table(measures: pd.DataFrame, taken: Mapping[str, Any]) -> Table:
    """Show every measure beside its aim."""
    rows = []
    for row in measures.to_dict("records"):
        ends = (
            (number_of(row, end) for end in ("low", "high"))
            if row["low"] != row["high"]
            else (NOTHING, NOTHING)
        )
        label = row["label"] if row["aim"] else f"- {row['label']}"
        rows.append(
            (label, number_of(row, "estimate"), *ends, row["aim"] or NOTHING, row["verdict"] or NOTHING)
        )
    questions = " ".join(told["question"] for told in taken.values())
    return Table(questions, ("measure", "estimate", "low", "high", "aim", "verdict"), tuple(rows))


def cost_table(taken: Mapping[str, Any]) -> Table:
    """Show what each measure took."""
    rows = tuple(
        (
            name,
            count(told["runs"], f"manifest/{name}/runs"),
            count(round(told["seconds"]), f"manifest/{name}/seconds"),
        )
        for name, told in taken.items()
    )
    caption = "What each took by itself: runs, and seconds of one processor; runs that measures share are made once."
    return Table(caption, ("measure", "runs", "seconds"), rows)


def _search(table: pd.DataFrame) -> Table:
    last = table[table["round"] == table["round"].max()].head(MOST_SEARCHED)
    rows = tuple(
        (str(row["policy"]), count(row["seeds"], f"search/{row['policy']}/seeds"),
         rounded(row["mean"], f"search/{row['policy']}/mean", 4))
        for row in last.to_dict("records")
    )  # fmt: skip
    caption = (
        f"The last of {table['round'].max()} rounds of the search: {_outcome(PRIMARY)} on selection seeds."
    )
    return Table(caption, ("policy", "seeds", "mean"), rows)


def _winners(table: pd.DataFrame) -> Table:
    rows = tuple(
        (f"{row['policy']}, {_outcome(row['outcome'])}", *_ends(row, "lead", f"winners/{row['policy']}"),
         share(row["spent_share"], f"winners/{row['policy']}/spent_share"))
        for row in table.to_dict("records")
    )  # fmt: skip
    caption = (
        "The winners on fresh seeds: lead over the lottery in points, and money spent against the lottery's."
    )
    return Table(caption, ("policy and outcome", "lead", "low", "high", "spent"), rows)


def _spread(table: pd.DataFrame) -> Table:
    rows = tuple(
        (row["cell"], *_ends(row, "spread", f"spread/{row['cell']}"), _p(row, f"spread/{row['cell']}"),
         readable(str(row["best"])), readable(str(row["worst"])))
        for row in table.to_dict("records")
    )  # fmt: skip
    caption = (
        "Best minus worst in points; who counts as best and worst is picked on half of the seeds and measured on the "
        "other half, the names are those over all."
    )
    return Table(caption, ("conditions", "spread", "low", "high", "p", "best", "worst"), rows)


def _mind(table: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in table.to_dict("records"):
        source = f"mind/{row['outcome']}/{row['regime']}/{row['turbulence']}"
        equal = float(row["mind_at_same_spending"])
        rows.append((
            f"{readable(row['regime'])}, {row['turbulence']:g}{_beside(row['outcome'])}",
            Number(float(row["money"]), _plain(float(row["money"]), sign=True), f"{source}/money"),
            *_ends(row, "mind", source), _p(row, source), _of_twin(float(row["spent_share"]), f"{source}/spent_share"),
            Number(equal, _plain(equal, sign=True), f"{source}/mind_at_same_spending"),
        ))  # fmt: skip
    caption = (
        "Money: the lottery twin minus no policy. Mind: the regime minus its twin, in points, with its interval; then "
        "the money spent against the twin's, and mind with gains scaled to equal spending."
    )
    headings = ("regime, turbulence", "money", "mind", "low", "high", "p", "spent", "equal")
    return Table(caption, headings, tuple(rows))


def _map(table: pd.DataFrame) -> Table:
    rows = tuple(
        (f"{readable(row['regime'])}: {row['cell']}", *_ends(row, "lead", f"map/{row['cell']}/{row['regime']}"),
         _p(row, "map"), readable(str(row["rival"])), percent(row["over_twin"], f"map/{row['cell']}/over_twin"))
        for row in table.sort_values("lead", ascending=False, kind="stable").groupby("regime").head(NEAREST)
        .to_dict("records")
    )  # fmt: skip
    caption = (
        "Lead over the strongest rival in points, where each regime comes nearest; to lead, it must be ahead of every "
        "rival, its lottery twin included."
    )
    return Table(caption, ("regime and conditions", "lead", "low", "high", "p", "rival", "over twin"), rows)


def _surface(table: pd.DataFrame) -> Table:
    rows = tuple(
        (f"{readable(row['regime'])}: {row['absorptive_capacity']:g}, {row['recombination']:g}",
         *_ends(row, "lead", f"surface/{row['cell']}/{row['regime']}"), _p(row, "surface"),
         percent(row["output"], f"surface/{row['cell']}/output"))
        for row in table.to_dict("records")
    )  # fmt: skip
    caption = (
        "Lead over the lottery in points, and the same on output; absorptive capacity and recombination in multiples "
        "of the scenario's."
    )
    return Table(caption, ("regime: capacity, recombination", "lead", "low", "high", "p", "output"), rows)


def _luck(table: pd.DataFrame) -> Table:
    rows = tuple(
        (f"{readable(row['one'])} minus {readable(row['other'])}{_beside(row['outcome'])}",
         *_ends(row, "deviation", f"luck/{row['one']}/{row['other']}", sign=False),
         rounded(row["needed"], f"luck/{row['one']}/{row['other']}/needed", 3))
        for row in table.to_dict("records")
    )  # fmt: skip
    caption = "Paired standard deviation of average gains in points, and seeds that tell three points with power .8."
    return Table(caption, ("pair", "deviation", "low", "high", "seeds"), rows)


def _steadiness(table: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for (outcome, years), own in table.groupby(["outcome", "years"], sort=False):
        far = own.reindex(own["change"].abs().sort_values(ascending=False, kind="stable").index).head(3)
        rows += [
            (f"{row['place']}: {outcome} after {years} years", *_ends(row, "change", f"steadiness/{row['place']}"),
             row["verdict"])
            for row in far.to_dict("records")
        ]  # fmt: skip
    caption = "The three places that moved furthest: change since the start in percent, without policy."
    return Table(caption, ("place", "change", "low", "high", "within the aim"), tuple(rows))


def _latent(table: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name in (name for name in table if str(name).startswith("share_")):
        ends = ((what, float(getattr(table[name], what)())) for what in ("mean", "min", "max"))
        numbers = (share(value, f"latent/{name}/{what}") for what, value in ends)
        rows.append((f"after {str(name).removeprefix('share_')} years", *numbers))
    caption = "Share of latent domains that somebody has come to hold."
    return Table(caption, ("", "mean", "least", "most"), tuple(rows))


def _effect(table: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in table.to_dict("records"):
        name = readable(row["regime"])
        cells: list[Cell] = [f"{name}, {100 * row['budget']:g}%"]
        for what in ("long_run", "per_unit"):
            cells += _ends(row, what, f"effect/{row['regime']}", prefix=f"{what}_")
        rows.append((*cells, RANGE[row["verdict"]]))
    caption = (
        "Output after 20 years in percent of no policy, and output gained for each unit spent; published: up to 5% in "
        "the long run for 1% of wages, .5 to 3 per unit (JRC136790), against which the last column holds it."
    )
    headings = ("regime, budget", "20 years", "low", "high", "per unit", "low", "high", "range")
    return Table(caption, headings, tuple(rows))


def _places(table: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in table.to_dict("records"):
        source = f"places/{row['place']}/{row['regime']}"
        money = float(row["money"])
        rows.append((
            f"{readable(row['place'])}: {readable(row['regime'])}",
            Number(money, _plain(money, sign=True), f"{source}/money"),
            *_ends(row, "mind", source), _p(row, source), _of_twin(float(row["spent_share"]), f"{source}/spent_share"),
        ))  # fmt: skip
    caption = (
        "Money: the lottery twin minus no policy, which needs no equal yields of instruments. Mind: the regime minus "
        "its twin, in points, with intervals that hold together over all places; money spent against the twin's."
    )
    return Table(caption, ("place and regime", "money", "mind", "low", "high", "p", "spent"), tuple(rows))


def number_of(row: Mapping[Any, Any], name: str = "estimate") -> Number:
    """Write a number of the table of measures as its unit asks for."""
    value, unit, source = float(row[name]), row["unit"], f"measures/{row['line']}/{name}"
    if not math.isfinite(value):
        return Number(value, NOTHING, source)
    if unit == "share":
        return share(value, source)
    if unit in {"points", "%"}:
        return Number(value, f"{written(value, 1, sign=True)}{'%' if unit == '%' else ''}", source)
    return Number(value, written(value, 2, sign=True), source) if unit == "" else count(round(value), source)


def interval_of(row: Mapping[Any, Any]) -> str:
    """Write the interval of a line of the table of measures; nothing where it has none."""
    if row["low"] == row["high"] or not math.isfinite(row["low"]):
        return ""
    if not math.isfinite(row["high"]):
        return f"{number_of(row, 'low').text} or more"
    return f"{number_of(row, 'low').text} to {number_of(row, 'high').text}"


def _ends(
    row: Mapping[Any, Any], name: str, source: str, *, prefix: str = "", sign: bool = True
) -> tuple[Cell, ...]:
    sure = "adjusted_probability" in row and bool(row["adjusted_probability"] < LEVEL)
    names = (name, f"{prefix}low", f"{prefix}high")
    numbers = [
        Number(float(row[each]), _plain(float(row[each]), sign=sign), f"{source}/{each}") for each in names
    ]
    return (replace(numbers[0], sure=sure), *numbers[1:])


def _plain(value: float, *, sign: bool) -> str:
    return written(value, 1, sign=sign) if math.isfinite(value) else NOTHING


def _of_twin(value: float, source: str) -> Number:
    return Number(value, f"{written(100 * value, 0)}%" if math.isfinite(value) else NOTHING, source)


def _p(row: Mapping[Any, Any], source: str) -> Cell:
    return chance(float(row["adjusted_probability"]), f"{source}/adjusted_probability")


def _outcome(name: str) -> str:
    return OBSERVABLES[name].label.lower()


def _beside(name: str) -> str:
    return "" if name == PRIMARY else f" ({_outcome(name)})" if name in AVERAGED else ""


SHOWN = {
    "latent": ("What is left to discover", _latent),
    "luck": ("What luck does", _luck),
    "effect": ("What money does to output", _effect),
    "mind": ("Money and mind", _mind),
    "places": ("Money and mind in every story and in measured regions", _places),
    "surface": ("Absorptive capacity and recombination", _surface),
    "steadiness": ("Regions without policy", _steadiness),
    "spread": ("What the choice is worth", _spread),
    "map": ("Where a regime leads all others", _map),
    "search": ("The search", _search),
    "winners": ("What the winners are worth", _winners),
}
