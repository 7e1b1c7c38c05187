"""Mean knowledge after barter, from ring to random network: the replication beside its controls."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.figures import style
from analysis.studies.replication.figures.rewiring import (
    about_seeds,
    draw_curve,
    label_axis,
    name_tall_panel,
    position,
    shade_small_world,
)

CONTROLS = {
    "without_experts": "Control: without experts",
    "stopped": "Control: stopped early",
    "gift": "Control: gifts",
}
NARROW = 9.0
"""Inches below which panels stand one above the other."""


def barter_networks(
    means: pd.DataFrame,
    reconstruction: pd.DataFrame,
    region: tuple[float, float] | None,
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw mean levels against rewiring, the earlier reconstruction, the controls and the networks.

    Parameters
    ----------
    means
        What `analysis.studies.replication.experiment.means_table` gives.
    reconstruction
        What `analysis.studies.replication.statements.reconstruction_table` gives.
    region
        First and last rewiring of the small-world region, or None.
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
    own, by_tie, control, paths, clustering = colours.others[3], *_quiet(colours)
    note = (
        f"Cowan & Jonard (2004), {about_seeds(means)}. 0 is the ring, 1 the random network. Shaded: small world, "
        "paths at most twice those of the random network, clustering at least half of the ring's."
    )
    handles: list[style.Handle] = [
        Line2D([], [], color=own, marker="o", linewidth=2.2, label="barter"),
        Line2D([], [], color=by_tie, marker="s", linewidth=2.2, linestyle="--", label="meetings by tie"),
        Line2D([], [], color=colours.text, marker="D", markerfacecolor="none", linestyle="none",
               label="earlier reconstruction"),
        Patch(color=colours.grid, label="small world"),
    ]  # fmt: skip
    title = "Knowledge after barter, from ring to random network"
    figure = style.open_figure(title, note, colours, size, handles)
    main, *others = _lay_out(figure, size[0], colours)
    levels = means[means["measure"] == "mean_level"]
    tables = dict(iter(levels.groupby("treatment")))
    draw_curve(main, tables["barter_by_tie"], by_tie, dashes="--", marker="s")
    draw_curve(main, tables["barter"], own)
    main.plot(
        position(reconstruction["rewiring"]), reconstruction["reconstruction"], linestyle="none", marker="D",
        markersize=8, markerfacecolor="none", markeredgecolor=colours.text, markeredgewidth=1.4, zorder=5,
    )  # fmt: skip
    name_tall_panel(main, "Mean level", "when trade is exhausted", colours)
    for ax, (treatment, label) in zip(others, CONTROLS.items(), strict=False):
        draw_curve(ax, tables[treatment], control)
        style.name_panel(ax, label, _unit(treatment, means), colours)
    _draw_networks(others[-1], means, paths, clustering, colours)
    for ax in (main, *others):
        shade_small_world(ax, region, colours)
        label_axis(ax, colours, named=ax in (main, *others[-2:]))
    return figure


def _unit(treatment: str, means: pd.DataFrame) -> str:
    if treatment != "stopped":
        return "mean level"
    rounds = means.loc[(means["treatment"] == treatment) & (means["measure"] == "rounds"), "mean"]
    return f"mean level after {rounds.max():,.0f} rounds"


def _quiet(theme: style.Theme) -> tuple[str, str, str, str]:
    return theme.others[1], theme.quiet, theme.regimes["cluster"], theme.regimes["sector"]


def _lay_out(figure: Figure, width: float, theme: style.Theme) -> list[Axes]:
    """Give the panel of the replication much room, and the four others little."""
    if width < NARROW:
        grid = figure.add_gridspec(3, 2)
        places = [grid[0, :], grid[1, 0], grid[1, 1], grid[2, 0], grid[2, 1]]
    else:
        grid = figure.add_gridspec(2, 4)
        places = [grid[:, :2], grid[0, 2], grid[0, 3], grid[1, 2], grid[1, 3]]
    axes = [figure.add_subplot(place) for place in places]
    for ax in axes:
        style.dress(ax, theme)
    return axes


def _draw_networks(ax: Axes, means: pd.DataFrame, paths: str, clustering: str, theme: style.Theme) -> None:
    """Draw path length and clustering as shares of those of the ring, named where they end."""
    network = means[means["treatment"] == "network"]
    for measure, colour, label, height in (
        ("path_length", paths, "path length", 0.24),
        ("clustering", clustering, "clustering", 0.87),
    ):
        rows = network[network["measure"] == measure]
        ring = rows.loc[rows["rewiring"] == 0, "mean"]
        if len(ring):
            draw_curve(ax, rows, colour, scale=float(ring.iloc[0]), marker="s" if height < 0.5 else "o")
        place = -3.4 if height < 0.5 else -2.9
        ax.text(place, height, label, color=colour, fontsize=style.TEXT_SIZE - 1, va="center")
    style.name_panel(ax, "Network", "share of the ring's", theme)
    ax.set_ylim(0, 1.08)
