"""Where circles go that stand for regions: near where the regions are, and none on another (Dorling 1996)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

CENTRE = (52.0, 10.0)
"""Latitude and longitude of the middle of the map, in degrees."""
EDGES = (-26.0, 36.0, 33.0, 72.0)
"""West, east, south and north of what is drawn in place; what lies beyond is put beside it."""
FILLED = 0.36
"""Share of the area that circles take."""
PULL, STEPS, GAP = 0.04, 400, 1.04
LOOKED_FOR, NEAR = 20, 0.06
"""Steps after which it is looked anew which circles may meet, and how far apart these still are."""


def layout(positions: pd.DataFrame, sizes: pd.Series[float]) -> pd.DataFrame:
    """Place circles so that they touch none other and stay near where they belong.

    Parameters
    ----------
    positions
        ``latitude`` and ``longitude`` of each region, in degrees.
    sizes
        What areas are proportional to, above 0.

    Returns
    -------
    pandas.DataFrame
        ``x``, ``y`` and ``radius`` of each region, in the same units, the width of the map being about 1.
    """
    latitude, longitude = (positions[name].to_numpy(np.float64) for name in ("latitude", "longitude"))
    beside = ~_drawn_in_place(latitude, longitude)
    where = _equal_area(latitude, longitude)
    inside = where[~beside] if (~beside).any() else np.zeros((1, 2))
    low, high = inside.min(axis=0), inside.max(axis=0)
    span = float(max(high - low)) or 1.0
    where = (where - (low + high) / 2) / span
    # Overseas regions and far islands stand in a row at the lower left.
    number = int(beside.sum())
    corner = np.column_stack([-0.47 + 0.065 * np.arange(number), np.full(number, -0.5)])
    where[beside] = corner
    values = sizes.to_numpy(np.float64)
    radius = np.sqrt(values / values.sum() * FILLED * _hull(inside, span) / np.pi)
    placed = _push_apart(where, np.maximum(radius, 0.0035))
    return pd.DataFrame(
        {"x": placed[:, 0], "y": placed[:, 1], "radius": np.maximum(radius, 0.0035)}, index=positions.index
    )


def _drawn_in_place(latitude: Floats, longitude: Floats) -> npt.NDArray[np.bool_]:
    west, east, south, north = EDGES
    # Iceland, the Azores, Madeira and the Canaries would make Europe small.
    far = (longitude < -11.0) | (latitude < 34.5)
    return (longitude > west) & (longitude < east) & (latitude > south) & (latitude < north) & ~far


def _equal_area(latitude: Floats, longitude: Floats) -> Floats:
    """Project onto a plane: Lambert's azimuthal projection, which keeps areas."""
    phi, lam = np.radians(latitude), np.radians(longitude - CENTRE[1])
    middle = np.radians(CENTRE[0])
    cosine = np.sin(middle) * np.sin(phi) + np.cos(middle) * np.cos(phi) * np.cos(lam)
    scale = np.sqrt(2 / np.maximum(1e-9, 1 + cosine))
    x = scale * np.cos(phi) * np.sin(lam)
    y = scale * (np.cos(middle) * np.sin(phi) - np.sin(middle) * np.cos(phi) * np.cos(lam))
    return np.column_stack([x, y])


def _hull(points: Floats, span: float) -> float:
    """Area that the points cover, about: most of the box around them is sea."""
    width, height = (points.max(axis=0) - points.min(axis=0)) / span if len(points) > 1 else (1.0, 1.0)
    return float(max(0.05, width * height * 0.6))


def _push_apart(where: Floats, radius: Floats) -> Floats:
    """Move circles apart where they meet, and each back a little to where it belongs."""
    placed = where.copy()
    reach = (radius[:, None] + radius[None, :]) * GAP
    order = np.arange(len(placed))
    # What lies at the very same point is told apart in the same way every time.
    placed += 1e-4 * np.column_stack([np.cos(order * 2.4), np.sin(order * 2.4)])
    one = other = order[:0]
    for step in range(STEPS):
        if step % LOOKED_FOR == 0:
            between = np.hypot(*np.moveaxis(placed[:, None, :] - placed[None, :, :], 2, 0))
            one, other = np.nonzero(np.triu(between < reach + NEAR, 1))
        placed += PULL * (1 - step / STEPS) * (where - placed)
        for _ in range(3):
            apart = placed[one] - placed[other]
            distance = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-9)
            overlap = np.clip(reach[one, other] - distance, 0.0, None)
            move = apart * (0.3 * overlap / distance)[:, None]
            np.add.at(placed, one, move)
            np.subtract.at(placed, other, move)
    return placed
