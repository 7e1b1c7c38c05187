"""The profile of a region: its strengths, what is near to them, and how complex that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions import measures
from analysis.regions.catalogue import RegionReference, shipped
from analysis.regions.priors import LEAST_REGIONS
from analysis.regions.region_set import RegionSet


@dataclass(frozen=True)
class Profile:
    """What can be said of a region.

    Attributes
    ----------
    region
        The region.
    domains
        One row a published domain: ``code``, ``name``, ``sector_name``, ``amount``, ``share``,
        ``location_quotient``, ``specialised``, ``density``, ``complexity``, ``outlook_gain``, and with amounts
        before ``location_quotient_before``.
    summary
        One row a measure of the whole region: ``measure``, ``value``, and ``rank`` among ``regions`` regions,
        the highest first.
    compared_with
        With whom quotients are computed, in words.
    """

    region: RegionReference
    domains: pd.DataFrame
    summary: pd.DataFrame
    compared_with: str

    @property
    def strengths(self) -> pd.DataFrame:
        """Domains in which the region is specialised, see `strengths`."""
        return strengths(self.domains)

    @property
    def candidates(self) -> pd.DataFrame:
        """Domains in which it is not specialised, see `candidates`."""
        return candidates(self.domains)


def strengths(domains: pd.DataFrame) -> pd.DataFrame:
    """Choose domains in which a region is specialised, the strongest first."""
    return domains[domains["specialised"]].sort_values("location_quotient", ascending=False)


def candidates(domains: pd.DataFrame) -> pd.DataFrame:
    """Choose domains in which a region is not specialised, those that are both near and complex first.

    They are ordered by the sum of their ranks in density and complexity: from the upper right to the lower
    left of the map of Balland et al. (2019).
    """
    others = domains[~domains["specialised"]]
    ranks = others["density"].rank() + others["complexity"].rank()
    return others.loc[ranks.sort_values(ascending=False, kind="stable").index]


def region_profile(region: RegionReference) -> Profile:
    """Measure a region against those of its set or, where these are few, against the European ones.

    Parameters
    ----------
    region
        The region.

    Returns
    -------
    Profile
        What can be said of it.

    Raises
    ------
    RequestError
        If there is nothing to compare with.
    """
    amounts, words = _yardstick(region.members, region.code, region.members.amounts)
    everybody = _measure_all(region.members, amounts)
    place = amounts.index.get_loc(region.code)
    own = region.members.amounts.loc[region.code]
    domains = region.members.domains
    table = pd.DataFrame(
        {
            "code": domains.index,
            "name": domains["name"].to_numpy(),
            "sector_name": domains["sector_name"].to_numpy(),
            "amount": own.to_numpy(),
            "share": own.to_numpy() / own.sum(),
            "location_quotient": everybody.quotients[place],
            "specialised": everybody.special[place],
            "density": everybody.density[place],
            "complexity": domains["complexity"].to_numpy(),
            "outlook_gain": everybody.gain[place],
        }
    )
    before = region.members.before
    if before is not None and region.code in before.index:
        earlier, _ = _yardstick(region.members, region.code, before)
        quotients = measures.location_quotient(earlier.to_numpy(np.float64))
        table["location_quotient_before"] = quotients[earlier.index.get_loc(region.code)]
    published = table[own.notna().to_numpy()].reset_index(drop=True)
    return Profile(region, published, _summary(region, amounts, everybody), words)


@dataclass(frozen=True)
class _Everybody:
    """Measures of all regions, shapes (regions, domains)."""

    quotients: measures.Floats
    special: measures.Booleans
    density: measures.Floats
    gain: measures.Floats


def _yardstick(members: RegionSet, code: str, amounts: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Give the amounts among which a region is looked at, and say whose they are."""
    if len(amounts) >= LEAST_REGIONS:
        return amounts, f"the {len(amounts)} regions of {members.about.title}"
    european = shipped()
    own = amounts.loc[[code]]
    if members.about.measure == "employment" and own.columns.isin(european.amounts.columns).all():
        others = european.amounts.drop(index=code, errors="ignore")[own.columns]
        return pd.concat([own, others]), f"{len(others)} European regions"
    if len(amounts) >= LEAST_TO_COMPARE:
        return amounts, f"the {len(amounts)} regions of {members.about.title} (few: take ranks with care)"
    raise RequestError(
        f"region {code}: with {len(amounts)} regions there is nothing to compare it with; import a table with "
        f"at least {LEAST_TO_COMPARE} regions, or employment by NACE division, which is compared with Europe."
    )


LEAST_TO_COMPARE = 5


def _measure_all(members: RegionSet, amounts: pd.DataFrame) -> _Everybody:
    values = amounts.to_numpy(np.float64)
    phi, pci = members.relatedness.to_numpy(), members.domains["complexity"].to_numpy()
    quotients, observed = measures.location_quotient(values), ~np.isnan(values)
    special = measures.specialised(quotients)
    density = measures.relatedness_density(special, phi, observed)
    gain = measures.complexity_outlook_gain(special, phi, pci, observed)
    return _Everybody(quotients, special, np.where(observed, density, np.nan), gain)


def measures_of_all(members: RegionSet, amounts: pd.DataFrame) -> pd.DataFrame:
    """Measure all regions of a set as wholes.

    Parameters
    ----------
    members
        The set, for what is known of its domains.
    amounts
        Amounts of the regions to be measured, regions x domains.

    Returns
    -------
    pandas.DataFrame
        One row a region, one column a measure.
    """
    return _as_wholes(members, amounts, _measure_all(members, amounts))


def _as_wholes(members: RegionSet, amounts: pd.DataFrame, everybody: _Everybody) -> pd.DataFrame:
    domains = members.domains
    sectors = np.asarray(pd.factorize(domains["sector"])[0], np.int64)
    related, unrelated = measures.related_variety(amounts.to_numpy(np.float64), sectors)
    pci, special = domains["complexity"].to_numpy(), everybody.special
    found = {
        "published domains": amounts.notna().to_numpy().sum(axis=1).astype(np.float64),
        "specialisations": special.sum(axis=1).astype(np.float64),
        # The eigenvector makes a region as complex as what it is specialised in, on average.
        "complexity (mean of specialisations)": _mean(np.where(special, pci, np.nan)),
        "complexity outlook": measures.complexity_outlook(special, everybody.density, pci),
        "mean density of what it is not specialised in": _mean(np.where(special, np.nan, everybody.density)),
        "related variety (bits)": related,
        "unrelated variety (bits)": unrelated,
    }
    return pd.DataFrame(found, index=amounts.index)


def _summary(region: RegionReference, amounts: pd.DataFrame, everybody: _Everybody) -> pd.DataFrame:
    place = amounts.index.get_loc(region.code)
    found = _as_wholes(region.members, amounts, everybody)
    rows = [
        {
            "measure": name,
            "value": float(values[place]),
            "rank": int(1 + (values > values[place]).sum()),
            "regions": int(np.isfinite(values).sum()),
        }
        for name, values in ((str(name), found[name].to_numpy(np.float64)) for name in found)
    ]
    return pd.DataFrame(rows)


def _mean(values: measures.Floats) -> measures.Floats:
    known = np.isfinite(values)
    counted = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.asarray(np.where(counted > 0, total / np.maximum(1, counted), np.nan), np.float64)
