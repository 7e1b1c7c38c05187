"""Realised learning against cognitive distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.statistics.estimators.regression import Floats, peak, quadratic, slopes_at_ends
from analysis.studies.facts.fact import Claim, Fact, Runs
from analysis.studies.facts.treatments import RANDOM_PARTNERS
from analysis.studies.facts.watchers.watcher import Table

_EQUATION = "f = g r^2 / (r^2 + g^2) with r = r_max A (eps + omega), in model/kernels/learning.py"
_MEAN = "mean learning"


def _estimate(runs: Runs) -> Mapping[str, float]:
    lessons = _relative(runs[RANDOM_PARTNERS.name].tables["lessons"])
    capacity, openness = lessons["absorptive_capacity"], lessons["openness"]
    linear, square = _curve(lessons, "absorbed", np.ones(len(capacity), np.bool_))
    rise, fall = slopes_at_ends(linear, square, lessons["distance"])
    low, high = (_curve(lessons, "absorbed", chosen) for chosen in _thirds(capacity))
    closed, opened = (_curve(lessons, "learned", chosen) for chosen in _thirds(openness))
    return {
        "rises_when_near": rise,
        "falls_when_far": fall,
        "peak_moves_with_capacity": peak(*high) - peak(*low),
        "higher_for_exploration": _height(lessons, "learned", openness, opened, closed),
    }


def _relative(lessons: Table) -> Table:
    """Learning as a share of its mean, so that effects of different runs can be averaged."""
    known = np.isfinite(lessons["distance"])
    kept = {name: column[known] for name, column in lessons.items()}
    for name in ("absorbed", "learned"):
        kept[name] = kept[name] / max(1e-300, float(kept[name].mean()))
    return kept


def _thirds(values: Floats) -> tuple[Floats, Floats]:
    """Who is in the lowest and who in the highest third."""
    low, high = np.quantile(values, (1 / 3, 2 / 3))
    return values <= low, values >= high


def _curve(lessons: Table, outcome: str, chosen: Floats) -> tuple[float, float]:
    """Parabola of learning over distance, with fixed effects of the number of ties and of the quarter.

    Attention is shared over ties, so learners with different numbers of them are not compared.
    """
    groups = (lessons["degree"][chosen], lessons["step"][chosen])
    return quadratic(lessons[outcome][chosen], lessons["distance"][chosen], groups)


def _height(
    lessons: Table, outcome: str, openness: Floats, opened: tuple[float, float], closed: tuple[float, float]
) -> float:
    """Learning at the peak of the open third minus that at the peak of the closed third."""
    heights = []
    for chosen, (linear, square) in zip(_thirds(openness), (closed, opened), strict=True):
        distance = lessons["distance"][chosen]
        top = float(np.clip(peak(linear, square), distance.min(), distance.max()))
        level = lessons[outcome][chosen] - linear * distance - square * distance**2
        heights.append(float(level.mean()) + linear * top + square * top**2)
    return heights[1] - heights[0]


BINS = np.linspace(0.0, 1.0, 21)
LEAST_IN_BIN = 30


def picture(seeds: Sequence[Runs]) -> pd.DataFrame:
    """Mean learning by distance, for the thirds of absorptive capacity.

    Parameters
    ----------
    seeds
        Runs of each seed.

    Returns
    -------
    pandas.DataFrame
        ``third``, ``distance``, ``absorbed`` (in units of its mean), ``observations``.
    """
    rows = []
    tables = [_relative(runs[RANDOM_PARTNERS.name].tables["lessons"]) for runs in seeds]
    pooled = {name: np.concatenate([each[name] for each in tables]) for name in tables[0]}
    thirds = np.digitize(
        pooled["absorptive_capacity"], np.quantile(pooled["absorptive_capacity"], (1 / 3, 2 / 3))
    )
    place = np.clip(np.digitize(pooled["distance"], BINS) - 1, 0, len(BINS) - 2)
    for third, name in enumerate(("lowest third", "middle third", "highest third")):
        for bin_ in range(len(BINS) - 1):
            inside = (thirds == third) & (place == bin_)
            if inside.sum() >= LEAST_IN_BIN:
                mean = float(pooled["absorbed"][inside].mean())
                rows.append((name, (BINS[bin_] + BINS[bin_ + 1]) / 2, mean, int(inside.sum())))
    return pd.DataFrame(rows, columns=["third", "distance", "absorbed", "observations"])


FACT = Fact(
    number=1,
    name="inverted_u",
    statement=(
        "Realised learning is an inverted U in cognitive distance; its peak moves right with absorptive "
        "capacity and is higher for exploration."
    ),
    source="Nooteboom et al. 2007; test for a U: Lind & Mehlum 2010",
    claims=(
        Claim(
            "rises_when_near",
            "Slope, at the 5th percentile of distance, of the parabola of absorption on a tie over one minus the "
            "cosine of both firms' knowledge; random fixed ties",
            _MEAN,
            construction=_EQUATION,
        ),
        Claim(
            "falls_when_far",
            "The same at the 95th percentile",
            _MEAN,
            side="below",
            construction=_EQUATION,
        ),
        Claim(
            "peak_moves_with_capacity",
            "Distance at the peak: highest third of absorptive capacity minus lowest",
            "cosine distance",
            construction=_EQUATION,
        ),
        Claim(
            "higher_for_exploration",
            "All learning on a tie at the peak: highest third of openness minus lowest",
            _MEAN,
        ),
    ),
    treatments=(RANDOM_PARTNERS,),
    estimate=_estimate,
    picture=picture,
)
