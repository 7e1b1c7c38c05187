"""Average pay by country, where it is published: what a wage of the simulation is in euros."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.regions.catalogue import COUNTRY_CODE, SHIPPED, RegionReference, shipped

PAY = "pay.csv"
YEAR = 2023
SOURCE = (
    f"average full-time adjusted salary per employee of the country in {YEAR} (Eurostat nama_10_fte), without "
    "employers' social contributions"
)


@cache
def _by_country() -> dict[str, float]:
    table = pd.read_csv(SHIPPED / PAY, encoding="utf-8")
    return dict(zip(table["country"], table["euros"].astype(float), strict=True))


def average_pay(region: RegionReference) -> float | None:
    """Give what an employee of the country of a region earns on average.

    Parameters
    ----------
    region
        The region.

    Returns
    -------
    float or None
        Euros a year; None for a region that does not ship, and where nothing is published: the Netherlands, the United
        Kingdom, Norway and Iceland.
    """
    if region.members is not shipped():
        return None
    return _by_country().get(region.code[:COUNTRY_CODE])
