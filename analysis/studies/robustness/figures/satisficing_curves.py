"""In which share of futures each regime is good enough, whatever one takes for good enough."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from analysis.figures import style


def satisficing_curves(
    futures: pd.DataFrame,
    label: str,
    unit: str,
    threshold: float | None,
    baseline: str,
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw the share of futures in which a regime exceeds a threshold, over all thresholds.

    Parameters
    ----------
    futures
        What `analysis.studies.robustness.findings.findings` gives.
    label, unit
        What is judged, and its unit.
    threshold
        What was asked for; marked.
    baseline
        Regime that leads are over; left out where it has the same value everywhere.
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
    regimes = [
        name
        for name in dict.fromkeys(futures["regime"])
        if name != baseline or np.ptp(futures.loc[futures["regime"] == name, "performance"]) > 0
    ]
    shades = style.regime_colours(regimes, colours)
    asked = "" if threshold is None else f" Vertical line: the threshold {threshold:g}."
    note = (
        f"Share of {futures['point'].size // futures['regime'].nunique()} futures in which a regime "
        f"exceeds what stands below; "
        f"the higher, the more robust. Where curves cross, it depends on what is good enough.{asked}"
    )
    handles = style.regime_lines(shades)
    figure = style.open_figure(f"{label}: where is a regime good enough?", note, colours, size, handles)
    (ax,) = style.panels(figure, 1, colours)
    for regime in regimes:
        reached = np.sort(futures.loc[futures["regime"] == regime, "performance"].to_numpy(float))
        shares = 1 - np.arange(1, len(reached) + 1) / len(reached)
        ax.step(
            [reached[0], *reached], [1, *shares], where="post", color=shades[regime], linewidth=2.4,
            linestyle=style.DASHES.get(regime, "-"),
        )  # fmt: skip
    if threshold is not None:
        ax.axvline(threshold, color=colours.quiet, linewidth=1.4)
    ax.set_ylim(0, 1.05)
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_ylabel("share of futures", fontsize=style.TEXT_SIZE, color=colours.text)
    ax.set_xlabel(f"exceeds ({unit})", fontsize=style.TEXT_SIZE, color=colours.text)
    return figure
