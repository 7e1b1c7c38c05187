"""What kind of region one is: what is known before anything is run."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from analysis.regions.priors import firm_settings
from analysis.regions.profile import measures_of_all
from analysis.regions.region_set import RegionSet
from analysis.regions.representation import units_of
from model.spec.firms import FirmsSpec

TRAITS = MappingProxyType(
    {
        "people at work": "people",
        "R&D intensity": "% of revenue",
        "skill": "0 to 1",
        "income per head": "EUR, GDP",
        "specialisations": "domains",
        "related variety": "bits",
        "unrelated variety": "bits",
        "relatedness": "mean density of what it is not specialised in",
        "complexity": "mean of specialisations",
    }
)
"""Names and units of traits: capacity, size, income, variety, relatedness, complexity."""


def traits_of(members: RegionSet) -> pd.DataFrame:
    """Measure what kind of regions those of a set are.

    Parameters
    ----------
    members
        The set.

    Returns
    -------
    pandas.DataFrame
        One row a region, a column for each of `TRAITS`; NaN where not known.
    """
    wholes, regions = measures_of_all(members, members.amounts), members.regions
    usual = FirmsSpec()
    firms = pd.DataFrame(
        [firm_settings(row, regions, regions) for _, row in regions.iterrows()], index=regions.index
    )
    firms = firms.reindex(columns=["firms.rd_intensity", "firms.skill_mean"])
    nothing = pd.Series(index=regions.index, dtype=float)
    return pd.DataFrame({
        "people at work": people_in(members),
        "R&D intensity": 100 * firms["firms.rd_intensity"].fillna(usual.rd_intensity),
        "skill": firms["firms.skill_mean"].fillna(usual.skill_mean),
        "income per head": regions.get("gdp_per_head", nothing),
        "specialisations": wholes["specialisations"],
        "related variety": wholes["related variety (bits)"],
        "unrelated variety": wholes["unrelated variety (bits)"],
        "relatedness": wholes["mean density of what it is not specialised in"],
        "complexity": wholes["complexity (mean of specialisations)"],
    })  # fmt: skip


def people_in(members: RegionSet) -> pd.Series:
    """Count the people at work in every region; where firms were counted, as many as these usually have."""
    if members.about.measure != "firms":
        return members.amounts.sum(axis=1)
    return (members.amounts * members.domains["unit_size"]).sum(axis=1)


def units_in(members: RegionSet) -> pd.Series:
    """Count the firms of every region, from people at work and the mean size of a unit."""
    sizes = members.domains["unit_size"].clip(lower=1.0)
    return pd.Series(
        {
            code: units_of(list(own.dropna()), list(sizes[own.dropna().index]))
            for code, own in members.amounts.iterrows()
        }
    )
