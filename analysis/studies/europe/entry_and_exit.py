"""Entry into domains and exit from them: the one operator that scores data and simulation alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from analysis.regions import measures
from analysis.regions.measures import Booleans, Floats

LEAST_DOMAINS, LEAST_SHARE = 40, 0.5
"""Regions with so many domains seen in both periods, and domains seen in so many of these regions, are used."""

QUINTILES = 5


@dataclass(frozen=True)
class Panel:
    """Two periods of the same regions and domains; NaN where either was not published.

    Attributes
    ----------
    regions, domains
        Codes.
    before, after
        Location quotients, shape (regions, domains).
    """

    regions: tuple[str, ...]
    domains: tuple[str, ...]
    before: Floats
    after: Floats

    @property
    def observed(self) -> Booleans:
        """Where both periods are published."""
        return ~np.isnan(self.before)


def panel_of(before: pd.DataFrame, after: pd.DataFrame) -> Panel:
    """Keep what is seen in both periods, in regions and domains of which enough is.

    Parameters
    ----------
    before, after
        Amounts, regions x domains.

    Returns
    -------
    Panel
        Location quotients of both periods, among what is kept.
    """
    regions = before.index.intersection(after.index)
    domains = before.columns.intersection(after.columns)
    one, other = before.loc[regions, domains], after.loc[regions, domains]
    both = (one.notna() & other.notna()).to_numpy()
    rows = both.sum(axis=1) >= LEAST_DOMAINS
    columns = both[rows].mean(axis=0) >= LEAST_SHARE
    seen = both[np.ix_(rows, columns)]
    return Panel(
        tuple(map(str, regions[rows])),
        tuple(map(str, domains[columns])),
        *(
            measures.location_quotient(
                np.where(seen, table.to_numpy(np.float64)[np.ix_(rows, columns)], np.nan)
            )
            for table in (one, other)
        ),
    )


@dataclass(frozen=True)
class Score:
    """How entry and exit go with relatedness density.

    Attributes
    ----------
    pairs, entries, specialisations, exits
        Numbers of pairs at risk of entry, of entries, of pairs at risk of exit, and of exits.
    auc, auc_within
        Area under the curve of density for entry: the probability that an entry has a higher density than a
        pair without, over all pairs, and over pairs of the same region.
    exit_auc_within
        The same within regions, of low density for exit.
    entry_by_quintile
        Entry rate by fifth of density, least related first.
    """

    pairs: int
    entries: int
    specialisations: int
    exits: int
    auc: float
    auc_within: float
    exit_auc_within: float
    entry_by_quintile: tuple[float, ...]

    @property
    def entry_rate(self) -> float:
        """Share of pairs at risk that are entered."""
        return self.entries / self.pairs if self.pairs else float("nan")

    @property
    def exit_rate(self) -> float:
        """Share of specialisations that end."""
        return self.exits / self.specialisations if self.specialisations else float("nan")


def score(panel: Panel, relatedness: Floats | None = None) -> Score:
    """Score a panel: at risk of entry is what has a quotient below 1 before, of exit what has at least 1.

    Parameters
    ----------
    panel
        Two periods.
    relatedness
        Relatedness of domains; proximity before by default.

    Returns
    -------
    Score
        Rates and areas under the curve.
    """
    special, later = measures.specialised(panel.before), measures.specialised(panel.after)
    phi = measures.proximity(special) if relatedness is None else relatedness
    density = measures.relatedness_density(special, phi, panel.observed)
    region = np.broadcast_to(np.arange(len(panel.regions))[:, None], special.shape)
    known = panel.observed & np.isfinite(density) & np.isfinite(panel.after)
    risk, held = known & ~special, known & special
    near, entered = density[risk], later[risk]
    ends = np.linspace(0, 1, QUINTILES + 1)[1:-1]
    edges = np.quantile(near, ends) if len(near) else np.zeros(len(ends))
    fifth = np.searchsorted(edges, near, side="right")
    return Score(
        pairs=int(risk.sum()),
        entries=int(entered.sum()),
        specialisations=int(held.sum()),
        exits=int((~later[held]).sum()),
        auc=area(near, entered),
        auc_within=area_within(near, entered, region[risk]),
        exit_auc_within=area_within(-density[held], ~later[held], region[held]),
        entry_by_quintile=tuple(mean(entered[fifth == each]) for each in range(QUINTILES)),
    )


def mean(values: NDArray[Any]) -> float:
    """Mean; of nothing, as of few regions, not a number."""
    return float(values.mean()) if len(values) else float("nan")


def area(values: Floats, happened: Booleans) -> float:
    """Area under the receiver operating curve: how often what happened has the higher value (Mann-Whitney)."""
    yes, no = int(happened.sum()), int((~happened).sum())
    if yes == 0 or no == 0:
        return float("nan")
    ranks = rankdata(values)
    return float((ranks[happened].sum() - yes * (yes + 1) / 2) / (yes * no))


def area_within(values: Floats, happened: Booleans, group: NDArray[np.int64]) -> float:
    """The same over pairs of one group, each pair counting once."""
    _, place = np.unique(group, return_inverse=True)
    # One call ranks within all groups; one call for each would take a hundred times as long.
    ranks = pd.Series(values).groupby(place).rank().to_numpy()
    yes, no = np.bincount(place, happened), np.bincount(place, ~happened)
    pairs = yes * no
    some = pairs > 0
    above = np.bincount(place, np.where(happened, ranks, 0.0)) - yes * (yes + 1) / 2
    won = sum((pairs[some] * (above[some] / pairs[some])).tolist())
    compared = pairs.sum()
    return float(won / compared) if compared else float("nan")
