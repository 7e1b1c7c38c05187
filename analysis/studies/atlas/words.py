"""Europe at a glance in words: sentences and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.regions.traits import TRAITS
from analysis.words.document import (
    Cell,
    Number,
    Section,
    Table,
    Words,
    count,
    counted,
    in_series,
    percent,
    rounded,
    share,
    words,
)
from analysis.words.names import first_upper, regime, subject
from model.record import OBSERVABLES, OUTCOMES
from model.scenario import BY_LOT

YARDSTICK = OBSERVABLES[OUTCOMES[0]].label.lower()
MIND = (
    words(
        "A policy is said to lead in a region where it is ahead of every other one by more than chance explains; of "
        "all leads that are named, no more than one in twenty is to be expected to be false. Where nobody leads, "
        "policies may still differ by less than so few simulated regions can show."
    ),
    words(
        "All regions have the same budget as a share of their wages, and differ in what was measured: what they do, "
        "how related that is, how many people they have, and priors for research and skill. Other differences, such as "
        "the quality of government, are not in here."
    ),
)
SHOWN = 12
"""Regions and countries that a table on a screen has."""


def represents(manifest: Mapping[str, Any]) -> Words:
    """Say what all runs of a seed stand for."""
    people, units, firms = (float(manifest[name]) for name in ("people", "units", "firms"))
    return words(
        "Together they represent ", rounded(people / 1e6, "manifest/people", 3), " million people at work in about ",
        rounded(units / 1e6, "manifest/units", 3), " million firms by ", count(round(firms), "manifest/firms"),
        " firms, which have the sizes of those of their regions.",
    )  # fmt: skip


def asked(regions: pd.DataFrame, regimes: Sequence[str], seeds: int) -> tuple[Words, ...]:
    """Say what was asked."""
    named = ", ".join(regime(name) for name in regimes)
    return (
        words(
            "Which innovation policy leads in which region of Europe, and what kind of region is that? ",
            *counted(len(regions), "regions/count", "measured region"), f" were run under {named}, each ",
            *counted(seeds, "manifest/seeds", "time"), f" with the same luck. Yardstick: {YARDSTICK}, on average over "
            "the years.",
        ),
    )  # fmt: skip


def answer(tables: Mapping[str, pd.DataFrame], regimes: Sequence[str], baseline: str) -> tuple[Words, ...]:
    """Answer in about four sentences."""
    regions = tables["regions"]
    found = [_who_leads(regions, regimes), best_on_average(regions), _on_average(tables["gains"], baseline)]
    mind = _mind(tables["gains"])
    return tuple(part for part in (*found, mind, _kind(tables)) if part is not None)


def _who_leads(regions: pd.DataFrame, regimes: Sequence[str]) -> Words:
    won, total = regions["leader"].value_counts(), len(regions)
    told = [
        (f"{subject(name)} leads for sure in ", count(int(won[name]), f"regions/leader/{name}"))
        for name in sorted(regimes, key=lambda name: -won.get(name, 0))
        if won.get(name, 0)
    ]
    if not told:
        return words(
            "In none of ", *counted(total, "regions/count", "region"), " does one policy lead for sure."
        )
    told[0] = (first_upper(str(told[0][0])), *told[0][1:])
    nobody = int(regions["leader"].isna().sum())
    rest: Words = (
        (" In ", count(nobody, "regions/leader/nobody"), " nobody leads for sure.") if nobody else ()
    )
    return words(*in_series(told), " of ", *counted(total, "regions/count", "region"), ".", *rest)


def best_on_average(regions: pd.DataFrame) -> Words:
    """Say in how many regions each policy has the highest average."""
    best = regions["best"].value_counts()
    told = [
        (f"{subject(str(name))} in ", count(int(number), f"regions/best/{name}"))
        for name, number in best.items()
    ]
    return words("Best on average, sure or not, is ", *in_series(told), ".")


def averages(gains: pd.DataFrame) -> pd.DataFrame:
    """Average gains over regions, each counting alike: ``gain``, and how many are above and below zero for sure."""
    groups = gains.groupby(["regime", "against"], sort=False)
    return pd.DataFrame(
        {
            "gain": groups["gain"].mean(),
            "lowest": groups["gain"].quantile(0.1),
            "highest": groups["gain"].quantile(0.9),
            "above": groups["low"].agg(lambda low: float((low > 0).mean())),
            "below": groups["high"].agg(lambda high: float((high < 0).mean())),
        }
    ).reset_index()


def _on_average(gains: pd.DataFrame, baseline: str) -> Words | None:
    table = averages(gains)
    table = table[table["against"] == baseline].sort_values("gain", ascending=False)
    if table.empty:
        return None
    told = [
        (
            percent(float(row["gain"]), f"gains/{row['regime']}/{baseline}"),
            f" under {regime(str(row['regime']))}",
        )
        for row in table.to_dict("records")
    ]
    return words(f"Compared with {regime(baseline)}, the average region gains ", *in_series(told), ".")


def _mind(gains: pd.DataFrame) -> Words | None:
    table = averages(gains)
    table = table[table["against"].str.endswith(BY_LOT)].sort_values("gain", ascending=False)
    if table.empty:
        return None
    told = [
        (
            percent(float(row["gain"]), f"gains/{row['regime']}/{row['against']}"),
            f" under {regime(str(row['regime']))}",
        )
        for row in table.to_dict("records")
    ]
    return words(
        "Of that, the choice of priorities adds to what the money would do by lot ", *in_series(told), "."
    )


def _kind(tables: Mapping[str, pd.DataFrame]) -> Words | None:
    if tables["held_out"].empty:
        return None
    by = tables["held_out"].set_index("who")
    tree, one = ({"right": float(by.loc[who, "right"])} for who in ("tree", "one policy for all"))  # type: ignore[arg-type]
    right: Words = (
        share(float(tree["right"]), "held_out/tree/right"), " of regions in countries that it has not seen, against ",
        share(float(one["right"]), "held_out/one/right"), " for naming the same policy everywhere",
    )  # fmt: skip
    if tree["right"] <= one["right"]:
        return words("What is known of regions beforehand does not tell which policy is best: a small tree is right "
        "in ",
                     *right, ".")  # fmt: skip
    return words("What is known of regions beforehand tells something: a small tree names the best policy in ", *right,
                 ".")  # fmt: skip


def map_section() -> Section:
    """Show the map."""
    caption = (
        "A circle is a region, its area the people at work; it lies about where the region lies. Its colour is that of "
        "the policy with the highest average: full where that policy leads for sure, the paler the less certain it is."
    )
    return Section("The map", figures={"map": caption})


def gains_section(gains: pd.DataFrame, baseline: str) -> Section:
    """Show what policies add, over regions."""
    rows: list[tuple[Cell, ...]] = []
    for row in averages(gains).to_dict("records"):
        source = f"gains/{row['regime']}/{row['against']}"
        rows.append((
            regime(str(row["regime"])), regime(str(row["against"])),
            *(percent(float(row[name]), f"{source}/{name}") for name in ("gain", "lowest", "highest")),
            *(share(float(row[name]), f"{source}/{name}") for name in ("above", "below")),
        ))  # fmt: skip
    caption = (
        f"Average gain in {YARDSTICK} over the years, in percent of {regime(baseline)}: mean over regions, between "
        "which values eight in ten regions lie, and in how many it is clearly above or below zero (95% interval of "
        "each)."
    )
    headings = (
        "policy",
        "compared with",
        "mean",
        "a tenth below",
        "a tenth above",
        "clearly gain",
        "clearly lose",
    )
    return Section(
        "What policies add",
        tables=(Table(caption, headings, tuple(rows)),),
        figures={"gains": "What each policy adds, region by region: a dot is a region."},
    )


def tree_section(tables: Mapping[str, pd.DataFrame]) -> Section | None:
    """Show what kind of region has which best policy, and what that is worth."""
    rules, held = tables["tree"], tables["held_out"]
    if rules.empty or held.empty:
        return None
    rows = tuple(
        (
            first_upper(str(row["rule"])), regime(str(row["best"])), count(int(row["places"]), f"tree/{place}/places"),
            share(float(row["share"]), f"tree/{place}/share"),
        )
        for place, row in enumerate(rules.to_dict("records"))
    )  # fmt: skip
    worth = tuple(
        (str(row["who"]), share(float(row["right"]), f"held_out/{row['who']}/right"),
         percent(float(row["gain"]), f"held_out/{row['who']}/gain"))
        for row in held.to_dict("records")
    )  # fmt: skip
    units = "; ".join(f"{name} ({unit})" for name, unit in TRAITS.items())
    return Section(
        "What kind of region",
        paragraphs=(words(f"Traits: {units}. R&D intensity and skill are priors from patents, income and "
        "unemployment."),),
        tables=(
            Table("A small tree, grown on all regions: share of regions of a kind in which the policy is best.",
                  ("kind of region", "best policy", "regions", "share"), rows),
            Table("Tried on countries that it has not seen, a fifth of the regions at a time: how often the best "
                  "policy is named, and the mean gain over no policy of whoever follows.",
                  ("who", "right", "gain"), worth),
        ),
    )  # fmt: skip


def countries_section(regions: pd.DataFrame, regimes: Sequence[str]) -> Section:
    """Count by country in how many regions each policy has the highest average, and in how many it leads for sure."""
    rows: list[tuple[Cell, ...]] = []
    for country, own in regions.groupby("country", sort=True):
        best, sure = own["best"].value_counts(), own["leader"].value_counts()
        cells = [
            Number(
                float(best.get(name, 0)),
                _of(int(best.get(name, 0)), int(sure.get(name, 0))),
                f"regions/{country}/{name}",
            )
            for name in regimes
        ]
        rows.append((str(country), count(len(own), f"regions/{country}/count"), *cells))
    caption = (
        "Regions in which each policy has the highest average; in brackets those in which it leads for sure."
    )
    headings = ("country", "regions", *(regime(name) for name in regimes))
    return Section("Country by country", tables=(Table(caption, headings, tuple(rows)),), aside=True)


def _of(best: int, sure: int) -> str:
    return "" if not best else f"{best} ({sure})" if sure else str(best)


def regions_section(regions: pd.DataFrame) -> Section:
    """Show the regions with the clearest leaders."""
    chosen = regions.sort_values(["q", "lead"], ascending=[True, False]).head(SHOWN)
    caption = (
        f"The {len(chosen)} regions with the clearest leaders; lead over the next policy in percent, with its 95% "
        "interval, and how certain it is that the policy is best. All are in data/regions."
    )
    headings = ("region", "country", "best policy", "next", "lead", "from", "to", "certainty")
    return Section(
        "Clear cases", tables=(Table(caption, headings, tuple(map(_region_row, chosen.to_dict("records")))),)
    )


def _region_row(row: Mapping[Any, Any]) -> tuple[Cell, ...]:
    source = f"regions/{row['region']}"
    return (
        f"{row['region']} {name_of(row)}", str(row["country"]), regime(str(row["best"])), regime(str(row["rival"])),
        *(percent(float(row[name]), f"{source}/{name}") for name in ("lead", "lead_low", "lead_high")),
        share(float(row["certainty"]), f"{source}/certainty"),
    )  # fmt: skip


def name_of(row: Mapping[Any, Any]) -> str:
    """Name a region in English where there is such a name."""
    english = row.get("name_english")
    return str(row["name"]) if not isinstance(english, str) or not english else english


def of_a_region(tables: Mapping[str, pd.DataFrame], code: str, baseline: str) -> tuple[Section, ...]:
    """Show who leads in a region, and in regions like it."""
    regions = tables["regions"].set_index("region", drop=False)
    if code not in regions.index:
        return ()
    row = dict(regions.loc[code])
    name = f"{code} {name_of(row)}"
    gains = tables["gains"]
    own = gains[(gains["region"] == code) & (gains["against"] == baseline)].sort_values(
        "gain", ascending=False
    )
    told = [
        (
            percent(float(each["gain"]), f"gains/{code}/{each['regime']}"),
            f" under {regime(str(each['regime']))}",
        )
        for each in own.to_dict("records")
    ]
    sure = isinstance(row["leader"], str)
    first = words(
        f"In {name}, {regime(str(row['best']))} {'leads for sure' if sure else 'has the highest average'} (certainty ",
        share(float(row["certainty"]), f"regions/{code}/certainty"), f"); compared with {regime(baseline)}, the region "
        "gains ",
        *in_series(told), ".",
    )  # fmt: skip
    near = tables["peers"]
    alike = near[near["region"] == code].sort_values("rank")
    known = [dict(regions.loc[peer]) for peer in alike["peer"] if peer in regions.index]
    caption = (
        "The regions most like it in size, income, research, skill, variety, relatedness and complexity."
    )
    headings = ("region", "country", "best policy", "next", "lead", "from", "to", "certainty")
    table = Table(caption, headings, tuple(map(_region_row, known)))
    return (Section(f"Regions like {name}", paragraphs=(first,), tables=(table,) if known else ()),)
