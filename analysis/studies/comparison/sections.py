"""Parts of a comparison: tables and figures behind the answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.statistics.comparison import interval
from analysis.statistics.gains import AVERAGE, BOTH, MIND, MONEY
from analysis.studies.comparison.compared import PRIMARY, QUARTERS, Compared
from analysis.studies.comparison.money import unit_of
from analysis.studies.comparison.price import price_of
from analysis.words.document import (
    Cell,
    Number,
    Section,
    Table,
    chance,
    joined,
    percent,
    plain,
    rounded,
    share,
    words,
)
from analysis.words.names import first_upper, readable, regime
from analysis.words.names import source as source_name
from analysis.words.phrases import ADJUSTED, EXPLAINED_UNIT, LOWER, ON_AVERAGE, UPPER, WITH_BOUNDS
from model.policy.instruments import INSTRUMENTS
from model.record import OBSERVABLES, OUTCOMES

DIGITS = 3
"""Significant digits of the largest number of a column: more than three are noise."""
CURVES = "Outcomes over time, means over regions with 95% intervals."
WEIGHTED = "employment_weighted_knowledge"


def outcomes(found: Compared) -> Section:
    """Show every outcome of every regime on average over time, with intervals, in the order of the ranking."""
    against = regime(found.baseline)
    headings = ("regime", ON_AVERAGE, f"over {against}", LOWER, UPPER, ADJUSTED, "comes first")
    tables = []
    for outcome in OUTCOMES:
        means = [found.entry(outcome, name, "mean") for name in found.ranking]
        rows: list[tuple[Cell, ...]] = []
        for name, mean in zip(found.ranking, means, strict=True):
            source = f"comparison/{outcome}/{name}"
            rows.append((
                regime(name),
                plain(mean, f"{source}/mean", largest=max(means), digits=DIGITS),
                *_percents(found, outcome, name),
                chance(found.entry(outcome, name, "adjusted"), f"{source}/adjusted"),
                share(found.entry(outcome, name, "probability_best"), f"{source}/probability_best"),
            ))  # fmt: skip
        tables.append(Table(named(outcome), headings, tuple(rows)))
    ranked = joined([regime(name) for name in found.ranking], "and last")
    how = (
        f"Regimes are ranked by {OBSERVABLES[PRIMARY].label.lower()}, on average over {found.duration}: {ranked}. All "
        "tables are of such averages. Gains are paired, region by region; bounds are those of the 95% interval of the "
        f"mean. {first_upper(ADJUSTED)}: the probability of such a difference by chance, for all tests of the first "
        "table together, and for all tests of the others. The last column is the share of regions in which a regime "
        "comes first."
    )
    return Section(
        "Outcomes",
        paragraphs=(words(how), words(EXPLAINED_UNIT)),
        tables=tuple(tables),
        figures={
            "outcomes": CURVES,
            "differences": f"Paired differences from {against}, averages over the whole time, with 95% intervals.",
        },
    )


def named(outcome: str) -> str:
    """Name an outcome with its unit."""
    return f"{OBSERVABLES[outcome].label} ({OBSERVABLES[outcome].unit})"


def _percents(found: Compared, outcome: str, name: str) -> tuple[Number, ...]:
    """Write a relative difference and the bounds of its interval."""
    source = f"comparison/{outcome}/{name}"
    relative, low, high = (
        percent(found.entry(outcome, name, column), f"{source}/{column}")
        for column in ("relative", "relative_low", "relative_high")
    )
    return replace(relative, sure=low.value > 0 or high.value < 0), low, high


def alone(found: Compared) -> Section:
    """Show what became of every outcome under one regime, from the start to the end."""
    series = found.table("series")
    first, last = (
        series[series["step"] == step].set_index("seed")
        for step in (series["step"].min(), series["step"].max())
    )
    rows: list[tuple[Cell, ...]] = []
    for outcome in OUTCOMES:
        source = f"series/{outcome}"
        start = float(first[outcome].mean())
        end, low, high = interval(last[outcome].to_numpy())
        scale = max(abs(start), abs(end))
        rows.append((
            named(outcome),
            *(
                plain(value, f"{source}/{which}", largest=scale, digits=DIGITS)
                for value, which in ((start, "start"), (end, "end"), (low, "low"), (high, "high"))
            ),
            percent(100 * (end / start - 1) if start else math.nan, f"{source}/change"),
        ))  # fmt: skip
    caption = "Means over regions; the bounds are those of the 95% interval at the end."
    headings = ("outcome", "at the start", "at the end", LOWER, UPPER, "change")
    return Section("Outcomes", tables=(Table(caption, headings, tuple(rows)),), figures={"outcomes": CURVES})


def money_and_mind(found: Compared) -> Section | None:
    """Show what of each gain money does, and what the choice of priorities adds; None without lottery twins."""
    if "money_and_mind" not in found.tables:
        return None
    table = found.tables["money_and_mind"]
    table = table[(table["outcome"] == PRIMARY) & (table["after"] == AVERAGE)].set_index(["regime", "part"])
    rows: list[tuple[Cell, ...]] = []
    for name in dict.fromkeys(table.index.get_level_values("regime")):
        parts = [
            bounded(table, (name, part), f"money_and_mind/{PRIMARY}/{name}/{part}") for part in (MONEY, MIND)
        ]
        both = float(table["relative"][name, BOTH])
        rows.append((
            regime(str(name)), *parts[0], *parts[1],
            percent(both, f"money_and_mind/{PRIMARY}/{name}/{BOTH}/relative"),
        ))  # fmt: skip
    caption = (
        f"Average gain in {OBSERVABLES[PRIMARY].label.lower()} over the whole time, in percent of "
        f"{regime(found.baseline)}, {WITH_BOUNDS}. Money: what a regime's lottery twin gains, "
        "which has the same money and instruments and draws its priorities by lot. Mind: what choosing adds to that."
    )
    headings = ("regime", "money", LOWER, UPPER, "mind", LOWER, UPPER, "both")
    return Section(
        "Money and mind",
        tables=(Table(caption, headings, tuple(rows)),),
        figures={"money_and_mind": "What money does, and what mind adds, with 95% intervals."},
    )


def bounded(table: pd.DataFrame, row: tuple[Any, ...], source: str) -> tuple[Number, ...]:
    """Write a relative difference of a table and its bounds."""
    relative, low, high = (
        percent(float(table[column][row]), f"{source}/{column}")
        for column in ("relative", "relative_low", "relative_high")
    )
    return replace(relative, sure=low.value > 0 or high.value < 0), low, high


def largest(values: Sequence[float]) -> float:
    """Return the largest absolute value among those that are numbers."""
    return max(map(abs, filter(math.isfinite, values)), default=0.0)


def cost(found: Compared) -> Section | None:
    """Say what was spent, and what a unit of money brought."""
    paid = [name for name in found.others if name in found.spent]
    if not paid:
        return None
    wide, (unit, size) = found.by_regime(PRIMARY), unit_of(found)
    rows: list[tuple[Cell, ...]] = []
    for name in paid:
        spent = found.spent[name]
        gain = interval((wide[name] - wide[found.baseline]).to_numpy())
        ratios = [value / spent for value in gain]
        source = f"cost/{name}"
        scale = largest(ratios) or 1.0
        rows.append(
            (
                regime(name),
                plain(size * spent / QUARTERS, f"{source}/spent", digits=DIGITS),
                *(
                    rounded(size * each, f"price/{name}{end}")
                    for each, end in zip(price_of(found, name), ("", "/low", "/high"), strict=True)
                ),
                *(
                    plain(ratio, f"{source}/{end}", largest=scale, sign=True, digits=DIGITS)
                    for ratio, end in zip(ratios, ("gain", "low", "high"), strict=True)
                ),
            )
        )
    against = regime(found.baseline)
    caption = (
        f"Money is counted in {unit}. Price: money for each 1% of "
        f"{OBSERVABLES[PRIMARY].label.lower()} gained over {against}; none is given where the gain may be chance. "
        f"Gain: {OBSERVABLES[PRIMARY].unit} gained for each quarterly salary spent. Each with the bounds that follow "
        f"from the 95% interval of the gain; how spending varies between regions is left out."
    )
    headings = (
        "regime",
        "spent per region",
        "price of 1%",
        LOWER,
        UPPER,
        "gain",
        LOWER,
        UPPER,
    )
    return Section("What it cost", tables=(Table(caption, headings, tuple(rows)),), aside=True)


def costs_in_short(found: Compared) -> Table:
    """Show what each policy gains and spends a year, and what a percent costs or how much more that is."""
    unit, size = unit_of(found)
    paid, most = (
        size * each / QUARTERS / found.years
        for each in (found.spent.get(found.baseline, 0.0), max(found.spent.values(), default=0.0))
    )
    rows: list[tuple[Cell, ...]] = []
    for name in found.ranking:
        source = f"comparison/{PRIMARY}/{name}"
        spent = size * found.spent.get(name, 0.0) / QUARTERS / found.years
        gain = percent(found.entry(PRIMARY, name, "relative"), f"{source}/relative")
        bounds = [
            percent(found.entry(PRIMARY, name, f"relative_{end}"), f"{source}/relative_{end}")
            for end in ("low", "high")
        ]
        last = rounded(size * price_of(found, name)[0], f"price/{name}")
        if paid:
            last = plain(spent - paid, f"cost/{name}/more", largest=most, sign=True, digits=DIGITS)
        rows.append(
            (
                regime(name),
                gain,
                *bounds,
                plain(spent, f"cost/{name}/yearly", largest=most, digits=DIGITS),
                last,
            )
        )
    caption = (
        f"Gain: {OBSERVABLES[PRIMARY].label.lower()} over {regime(found.baseline)}, average over {found.duration}. "
        f"Money in {unit}{'' if paid else '; no price is given where the gain may be chance'}."
    )
    heading = f"more than {regime(found.baseline)}" if paid else "price of 1%"
    return Table(caption, ("policy", "gain", LOWER, UPPER, "spent a year", heading), tuple(rows))


def account(found: Compared) -> Section:
    """Show where knowledge came from."""
    means = _mean_totals(found.table("account"), "source", WEIGHTED)[found.regimes]
    scale = float(means.abs().to_numpy().max())
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            source_name(str(source)),
            *(
                plain(
                    float(means.loc[source, name]),
                    f"account/{source}/{name}",
                    largest=scale,
                    sign=True,
                    digits=DIGITS,
                )
                for name in found.regimes
            ),
        )
        for source in means.index
    )
    totals = tuple(
        plain(float(means[name].sum()), f"account/total/{name}", largest=scale, sign=True, digits=DIGITS)
        for name in found.regimes
    )
    caption = (
        f"What each source added to {OBSERVABLES[PRIMARY].label.lower()} over the whole run "
        f"({OBSERVABLES[PRIMARY].unit}), means over regions. The sources sum to the change."
    )
    headings = ("source", *(regime(name) for name in found.regimes))
    return Section(
        "Where knowledge came from",
        tables=(Table(caption, headings, (*rows, ("Sum", *totals))),),
        figures={"growth_account": "The growth account, source by source."},
        aside=True,
    )


def _mean_totals(table: pd.DataFrame, what: str, value: str) -> pd.DataFrame:
    """Sum over steps, then take the mean over seeds: a row for each entry of a column, a column for each regime."""
    totals = table.groupby([what, "regime", "seed"], sort=False)[value].sum().reset_index()
    return totals.pivot_table(index=what, columns="regime", values=value, aggfunc="mean", sort=False)


def ledger(found: Compared) -> Section | None:
    """Show what money was spent on, instrument by instrument."""
    means = _mean_totals(found.table("ledger"), "instrument", "spent")
    paying = [name for name in found.regimes if name in means and means[name].sum() > 0]
    if not paying:
        return None
    unit, size = unit_of(found)
    used = means[means[paying].sum(axis=1) > 0] * size / QUARTERS
    scale = float(used[paying].to_numpy().max())
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _instrument(str(instrument)),
            *(
                plain(
                    float(used.loc[instrument, name]),
                    f"ledger/{instrument}/{name}",
                    largest=scale,
                    digits=DIGITS,
                )
                for name in paying
            ),
        )
        for instrument in used.index
    )
    caption = f"Spent over the whole run, in {unit}, means over simulated regions."
    return Section(
        "What money was spent on",
        tables=(Table(caption, ("instrument", *(regime(name) for name in paying)), rows),),
        figures={"spending": "Spending by instrument."},
        aside=True,
    )


def _instrument(name: str) -> str:
    return INSTRUMENTS[name].label if name in INSTRUMENTS else first_upper(readable(name))
