"""What is assumed of firms in a region of which only patents, income and unemployment are known.

These are priors, not measurements: monotone in what is known, the model's own default in the median region, and
bounded. Whoever knows better sets ``firms.rd_intensity`` and ``firms.skill_mean``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from model.spec.firms import FirmsSpec

PATENT_ELASTICITY = 0.8
"""Patents of a region rise by 80 to 90% when its R&D doubles: Bottazzi & Peri (2003), European regions."""

SHRINKAGE = 0.5
"""How much of a difference in patents is taken for one in R&D of all firms: an assumption; services patent little."""

RD_BOUNDS = (0.01, 0.12)
SKILL_BOUNDS = (0.35, 0.75)
LEAST_REGIONS = 30
"""Fewer regions than this are compared with those that ship."""

INCOME_WEIGHT = 0.06
"""Skill per standard deviation of log household income: an assumption. Human capital is what regional income
goes with most (Gennaioli, La Porta, Lopez-de-Silanes & Shleifer 2013)."""

UNEMPLOYMENT_WEIGHT = 0.03
"""Skill lost per standard deviation of log unemployment: an assumption; skills decay unused."""


def rd_intensity(patents: float, reference: pd.Series[Any]) -> float | None:
    """Share of revenue spent on R&D, from patents per million inhabitants.

    ``default (patents / median) ^ (shrinkage / elasticity)``, within bounds.

    Parameters
    ----------
    patents
        Patents per million inhabitants of the region.
    reference
        The same of all regions.

    Returns
    -------
    float or None
        R&D intensity, None where patents are not known.
    """
    known = reference[reference > 0].dropna()
    if not np.isfinite(patents) or known.empty:
        return None
    relative = max(patents, float(known.min())) / float(known.median())
    value = FirmsSpec().rd_intensity * relative ** (SHRINKAGE / PATENT_ELASTICITY)
    return round(float(np.clip(value, *RD_BOUNDS)), 4)


def skill_mean(income: float, unemployment: float, regions: pd.DataFrame) -> float | None:
    """Mean skill, from household income and unemployment.

    ``default + .06 z(log income) - .03 z(log unemployment)``, within bounds, z over all regions.

    Parameters
    ----------
    income, unemployment
        Disposable household income per head and unemployment in percent, NaN where unknown.
    regions
        Table of all regions.

    Returns
    -------
    float or None
        Mean skill, None where neither is known.
    """
    shifts = [
        (INCOME_WEIGHT, _position(income, regions.get("household_income"))),
        (-UNEMPLOYMENT_WEIGHT, _position(unemployment, regions.get("unemployment"))),
    ]
    known = [weight * position for weight, position in shifts if position is not None]
    if not known:
        return None
    return round(float(np.clip(FirmsSpec().skill_mean + sum(known), *SKILL_BOUNDS)), 4)


def _position(value: float, reference: pd.Series[Any] | None) -> float | None:
    """Standard deviations from the median of logs, None where that cannot be said."""
    if reference is None or not np.isfinite(value) or value <= 0:
        return None
    logs = np.log(reference[reference > 0].dropna())
    spread = float(logs.std()) if len(logs) > 2 else 0.0
    return (float(np.log(value)) - float(logs.median())) / spread if spread > 0 else None


def firm_settings(row: pd.Series[Any], regions: pd.DataFrame, yardstick: pd.DataFrame) -> dict[str, float]:
    """Settings of firms that follow from what is known of a region.

    Parameters
    ----------
    row
        Row of the region in its table.
    regions
        That table.
    yardstick
        Table to compare with when there are too few regions in it: the European one.

    Returns
    -------
    dict
        Values by dotted key; only what can be said.
    """
    reference = regions if len(regions) >= LEAST_REGIONS else yardstick
    nothing = pd.Series(dtype=float)
    found = {
        "firms.rd_intensity": rd_intensity(
            float(row.get("patents", np.nan)), reference.get("patents", nothing)
        ),
        "firms.skill_mean": skill_mean(
            float(row.get("household_income", np.nan)), float(row.get("unemployment", np.nan)), reference
        ),
    }
    return {key: value for key, value in found.items() if value is not None}
