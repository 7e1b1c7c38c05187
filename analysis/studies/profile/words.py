"""The profile of a region in words: sentences and tables, for a terminal and a page alike."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.regions.profile import candidates, strengths
from analysis.words.document import (
    Cell,
    Number,
    Section,
    Table,
    Words,
    count,
    counted,
    fixed,
    joined,
    percent,
    words,
)

ASKED = "What is the region good at, what is related to that, and how complex is it?"
CAUTION = "The divisions of the strategy were assigned by hand: an illustration, not evidence."
LIMITS = (
    "What is not published is not known, which is not zero.",
    "Location quotients compare the mix of domains, not how much there is of them.",
    "Being near and complex says what others with the same strengths do, not what would succeed here.",
)
SHOWN, NAMED = 8, 3
"""Domains that are listed, and those named in a sentence."""


def answer(domains: pd.DataFrame) -> tuple[Words, ...]:
    """Say what the region is good at, and what is near to that.

    Parameters
    ----------
    domains
        See `analysis.regions.profile.Profile`.

    Returns
    -------
    tuple
        Sentences.
    """
    strong, others = strengths(domains), candidates(domains)
    special = (
        "Of ", *counted(len(domains), "domains/count", "published domain"), ", the region is specialised in ",
        count(len(strong), "domains/specialised"),
    )  # fmt: skip
    first = words(*special, f", most in {_names(strong)}." if len(strong) else ".")
    if others.empty:
        return (first,)
    return first, words(f"Of what it is not specialised in, near and complex above all: {_names(others)}.")


def summary_section(summary: pd.DataFrame) -> Section:
    """Show measures of the whole region, and its rank."""
    rows: list[tuple[Cell, ...]] = []
    for row in summary.to_dict("records"):
        value, source = float(row["value"]), f"summary/{row['measure']}"
        digits = 0 if value.is_integer() else 2
        rank = Number(row["rank"], f"{row['rank']} of {row['regions']}", f"{source}/rank")
        rows.append((str(row["measure"]), fixed(value, f"{source}/value", digits), rank))
    caption = "Measures of the region, and its rank, the highest first."
    return Section(
        "The region as a whole", tables=(Table(caption, ("measure", "value", "rank"), tuple(rows)),)
    )


def domains_section(title: str, domains: pd.DataFrame, figures: Mapping[str, str]) -> Section:
    """Show domains, the first few of them."""
    more = f" (first {SHOWN} of {len(domains)})" if len(domains) > SHOWN else ""
    rows: list[tuple[Cell, ...]] = []
    for row in domains.head(SHOWN).to_dict("records"):
        source = f"domains/{row['code']}"
        columns = ("location_quotient", "density", "complexity")
        rows.append((
            str(row["name"]), percent(100 * float(row["share"]), f"{source}/share", sign=False),
            *(fixed(float(row[name]), f"{source}/{name}", 2) for name in columns),
        ))  # fmt: skip
    headings = ("domain", "share", "quotient", "density", "complexity")
    caption = "Share of the region, location quotient, relatedness density and complexity."
    table = Table(caption, headings, tuple(rows) or (("none", "", "", "", ""),))
    return Section(title + more, tables=(table,), figures=figures)


def priorities_section(title: str, seats: pd.DataFrame) -> Section:
    """Show how the priorities of a strategy sit on the map."""
    rows: list[tuple[Cell, ...]] = []
    for priority, own in seats.groupby("priority", sort=False):
        known = own.dropna(subset=["density"])
        if known.empty:
            rows.append((str(priority), "not measured", "", "", ""))
            continue
        special = int(known["specialised"].astype(bool).sum())
        source = f"priorities/{priority}"
        nearer, complexer = (
            percent(100 * float(np.mean(known[name])), f"{source}/{name}", sign=False, digits=0)
            for name in ("nearer", "more_complex")
        )
        told = Number(special, f"{special} of {len(known)}", f"{source}/specialised")
        rows.append((str(priority), " ".join(known["code"]), told, nearer, complexer))
    headings = ("priority", "domains", "specialised", "nearer than", "complexer than")
    caption = "Shares are of the domains of the region, means over those of a priority."
    return Section(title, tables=(Table(caption, headings, tuple(rows)),))


def _names(domains: pd.DataFrame) -> str:
    return joined([str(name) for name in domains["name"].head(NAMED)])
