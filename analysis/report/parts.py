"""Parts of the report of a comparison: tables and figures behind the answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.attribution import CONTRIBUTION, LEAD, REMAINDER
from analysis.comparison import interval
from analysis.console.attribution import sentences
from analysis.report.compared import PRIMARY, QUARTERS, ComparedFolder
from analysis.report.document import (
    Cell,
    Picture,
    Section,
    Table,
    percent,
    plain,
    rounded,
    share,
    words,
)
from analysis.report.names import first_upper, readable, regime
from analysis.report.names import source as source_name
from analysis.report.price import price_of
from model.policy.instruments import INSTRUMENTS
from model.record import OBSERVABLES, OUTCOMES

WEIGHTED = "employment_weighted_knowledge"


def picture(found: ComparedFolder, name: str, caption: str) -> tuple[Picture, ...]:
    """Take a figure of the folder, if it was drawn."""
    return pictures(found.folder, {name: caption})


def pictures(folder: Path, captions: Mapping[str, str]) -> tuple[Picture, ...]:
    """Take those figures of a folder that were drawn, in order; a name may end in anything behind a hyphen."""
    found = []
    for name, caption in captions.items():
        drawn = sorted((folder / "figures").glob(f"{name}-*.svg"))
        if (path := folder / "figures" / f"{name}.svg").is_file():
            drawn.insert(0, path)
        found += [
            Picture(
                path, caption if path.stem == name else f"{caption} ({readable(path.stem.partition('-')[2])})"
            )
            for path in drawn
        ]
    return tuple(found)


def outcomes(found: ComparedFolder) -> Section:
    """Show every outcome of every regime, with intervals."""
    rows: list[tuple[Cell, ...]] = []
    for outcome in OUTCOMES:
        largest = max(found.entry(outcome, name, "mean") for name in found.regimes)
        for name in found.regimes:
            source = f"comparison/{outcome}/{name}"
            cells: list[Cell] = [
                f"{OBSERVABLES[outcome].label}: {regime(name)}",
                plain(found.entry(outcome, name, "mean"), f"{source}/mean", largest=largest),
            ]
            if found.others:
                cells += [
                    percent(found.entry(outcome, name, column), f"{source}/{column}")
                    for column in ("relative", "relative_low", "relative_high")
                ]
                cells.append(
                    share(found.entry(outcome, name, "probability_best"), f"{source}/probability_best")
                )
            rows.append(tuple(cells))
    against = regime(found.baseline)
    headings = ["outcome and regime", "mean at the end"]
    if found.others:
        headings += [f"over {against}", "at least", "at most", "comes first"]
    caption = (
        "Means over regions. Differences are paired, region by region, in percent; at least and at most are the ends "
        "of the 95% interval. The last column is the share of regions in which a regime comes first."
    )
    return Section(
        "Outcomes",
        tables=(Table(caption, tuple(headings), tuple(rows)),),
        pictures=(
            *picture(found, "outcomes", "Outcomes over time, means over regions with 95% intervals."),
            *picture(
                found, "differences", f"Paired differences from {against} at the end, with 95% intervals."
            ),
        ),
    )


def cost(found: ComparedFolder) -> Section | None:
    """Say what was spent, and what a unit of money brought."""
    paid = [name for name in found.others if name in found.spent]
    if not paid:
        return None
    wide = found.by_regime(PRIMARY)
    rows: list[tuple[Cell, ...]] = []
    for name in paid:
        spent = found.spent[name]
        gain = interval((wide[name] - wide[found.baseline]).to_numpy())
        ratios = [value / spent for value in gain]
        source = f"cost/{name}"
        largest = max(map(abs, (ratio for ratio in ratios if math.isfinite(ratio))), default=1.0)
        rows.append(
            (
                regime(name),
                plain(spent / QUARTERS, f"{source}/spent"),
                *(
                    rounded(each, f"price/{name}{end}")
                    for each, end in zip(price_of(found, name), ("", "/low", "/high"), strict=True)
                ),
                *(
                    plain(ratio, f"{source}/{end}", largest=largest, sign=True)
                    for ratio, end in zip(ratios, ("gain", "low", "high"), strict=True)
                ),
            )
        )
    against = regime(found.baseline)
    caption = (
        f"Money is counted in average yearly salaries at the start. Price: money for each 1% of "
        f"{OBSERVABLES[PRIMARY].label.lower()} gained over {against}; none is given where the gain may be chance. "
        f"Gain: {OBSERVABLES[PRIMARY].unit} gained for each quarterly salary spent. Each with the ends that follow "
        f"from the 95% interval of the gain; how spending varies between regions is left out."
    )
    headings = (
        "regime",
        "spent per region",
        "price of 1%",
        "at least",
        "at most",
        "gain",
        "at least",
        "at most",
    )
    return Section("What it cost", tables=(Table(caption, headings, tuple(rows)),))


def account(found: ComparedFolder) -> Section:
    """Show where knowledge came from."""
    means = _mean_totals(found.table("account"), "source", WEIGHTED)[found.regimes]
    largest = float(means.abs().to_numpy().max())
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            source_name(str(source)),
            *(
                plain(float(means.loc[source, name]), f"account/{source}/{name}", largest=largest, sign=True)
                for name in found.regimes
            ),
        )
        for source in means.index
    )
    totals = tuple(
        plain(float(means[name].sum()), f"account/total/{name}", largest=largest, sign=True)
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
        pictures=picture(found, "growth_account", "The growth account, source by source."),
    )


def _mean_totals(table: pd.DataFrame, what: str, value: str) -> pd.DataFrame:
    """Sum over steps, then take the mean over seeds: a row for each entry of a column, a column for each regime."""
    totals = table.groupby([what, "regime", "seed"], sort=False)[value].sum().reset_index()
    return totals.pivot_table(index=what, columns="regime", values=value, aggfunc="mean", sort=False)


def attribution(found: ComparedFolder) -> Section | None:
    """Show what channels contribute to the leads, if that was asked for."""
    if not found.manifest.get("attribution"):
        return None
    table = found.table("attribution")
    rows: list[tuple[Cell, ...]] = []
    kept = table[(table["outcome"] == PRIMARY) & table["quantity"].isin([LEAD, CONTRIBUTION, REMAINDER])]
    for entry in kept.to_dict("records"):
        part = (
            readable(str(entry["channels"]))
            if entry["quantity"] == CONTRIBUTION
            else _ATTRIBUTED[entry["quantity"]]
        )
        source = f"attribution/{entry['regime']}/{entry['quantity']}/{entry['channels']}"
        rows.append(
            (
                f"{first_upper(regime(str(entry['regime'])))}: {part}",
                *(percent(float(entry[column]), f"{source}/{column}")
                  for column in ("relative", "relative_low", "relative_high")),
            )
        )  # fmt: skip
    caption = (
        "Each regime was run again with absorptive capacity held at its start, networked recombination off and ties "
        "frozen, in every combination. Contributions are Shapley values, in percent of the mean of "
        f"{regime(found.baseline)}; with what is left when all are held still they sum to the lead."
    )
    return Section(
        "Through which channels",
        paragraphs=tuple(words(first_upper(text)) for text in sentences(table, PRIMARY, regime)),
        tables=(Table(caption, ("part of the lead", "points", "at least", "at most"), tuple(rows)),),
        pictures=picture(found, "attribution", "Contributions of channels to each lead, with 95% intervals."),
    )


_ATTRIBUTED = {LEAD: "lead", REMAINDER: "all channels held still"}


def ledger(found: ComparedFolder) -> Section | None:
    """Show what money was spent on, instrument by instrument."""
    means = _mean_totals(found.table("ledger"), "instrument", "spent")
    paying = [name for name in found.regimes if name in means and means[name].sum() > 0]
    if not paying:
        return None
    used = means[means[paying].sum(axis=1) > 0]
    largest = float(used[paying].to_numpy().max())
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            _instrument(str(instrument)),
            *(
                plain(float(used.loc[instrument, name]), f"ledger/{instrument}/{name}", largest=largest)
                for name in paying
            ),
        )
        for instrument in used.index
    )
    caption = "Spent per region over the whole run, in quarterly wages at the start, means over regions."
    return Section(
        "What money was spent on",
        tables=(Table(caption, ("instrument", *(regime(name) for name in paying)), rows),),
        pictures=picture(found, "spending", "Spending by instrument."),
    )


def _instrument(name: str) -> str:
    return INSTRUMENTS[name].label if name in INSTRUMENTS else first_upper(readable(name))
