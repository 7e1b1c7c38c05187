"""What each regime loses against the best of each future."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analysis.figures import style


def regret_curves(
    futures: pd.DataFrame, label: str, unit: str, *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw in which share of futures the regret of a regime is at most so large, with mean, 90% and maximum.

    Parameters
    ----------
    futures
        What `analysis.studies.robustness.findings.findings` gives.
    label, unit
        What is judged, and its unit.
    theme
        ``"light"`` or ``"dark"``.
    size
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    colours = style.THEMES[theme]
    shades = style.regime_colours(futures["regime"], colours)
    regimes = list(shades)
    count = len(futures) // len(regimes)
    note = (
        f"Regret: what is lost against the regime that is best in the same of {count} futures. The "
        f"further to the upper left, "
        "the more robust; where a curve begins above zero, the regime is the best of that share of futures. Dot: 90th "
        "percentile; square: maximum."
    )
    figure = style.open_figure(
        f"{label}: regret over the sampled futures", note, colours, size, style.regime_lines(shades)
    )
    (ax,) = style.panels(figure, 1, colours)
    largest = float(futures["regret"].max())
    for regime in regimes:
        lost = np.sort(futures.loc[futures["regime"] == regime, "regret"].to_numpy(float))
        shares = np.arange(1, len(lost) + 1) / len(lost)
        ax.step(
            [0, *lost, largest], [0, *shares, 1], where="post", color=shades[regime], linewidth=2.4,
            linestyle=style.DASHES.get(regime, "-"),
        )  # fmt: skip
        ax.plot([np.quantile(lost, 0.9)], [0.9], "o", color=shades[regime], markersize=8)
        ax.plot([lost[-1]], [1], "s", color=shades[regime], markersize=9)
    ax.set_ylim(0, 1.05)
    ax.set_xlim(left=-0.01 * largest)
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_ylabel("share of futures", fontsize=style.TEXT_SIZE, color=colours.text)
    ax.set_xlabel(f"regret at most ({unit})", fontsize=style.TEXT_SIZE, color=colours.text)
    return figure
