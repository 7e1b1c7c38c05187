"""Which factors matter for each regime: bars of indices with intervals, and what luck alone would give."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedFormatter, FixedLocator

from analysis.figures import style

INDEX = {"sobol": "total", "morris": "mu_star", "pawn": "pawn"}
LUCK = {"sobol": "luck", "morris": "luck", "pawn": "threshold"}
NOTES = {
    "sobol": "Bar: total index, the share of the variance that involves the factor; diamond: the factor alone (first "
    "order); line: 95% interval. Pale: cannot be told from luck of the seeds (dotted).",
    "morris": "Bar: mean absolute effect of moving a factor through its range; diamond: spread of "
    "effects (sigma), from "
    "interactions, curvature and luck; line: 95% interval. Pale: cannot be told from luck of the seeds (dotted).",
    "pawn": "Bar: how far knowing the factor moves the distribution (Kolmogorov-Smirnov distance, median "
    "over intervals). "
    "Pale: not above what the largest of as many factors without effect reaches in 95% of cases (dotted).",
}
TITLES = {"sobol": "Sobol indices", "morris": "elementary effects", "pawn": "PAWN indices"}
PALE = 0.35


def sensitivity_indices(
    indices: pd.DataFrame,
    method: str,
    label: str,
    labels: Mapping[str, str],
    unit: str = "",
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw the sensitivity to each factor, a panel for each regime.

    Parameters
    ----------
    indices
        What `analysis.studies.sensitivity.findings.findings` gives, of one scenario.
    method
        ``sobol``, ``morris`` or ``pawn``.
    label, unit
        What is sensitive, and its unit.
    labels
        Names of factors for people.
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
    shades = style.regime_colours(indices["regime"], colours)
    regimes = list(shades)
    figure = style.open_figure(
        f"{label}: {TITLES[method]}", NOTES[method], colours, size,
        _handles(method, colours),
    )  # fmt: skip
    order = indices.groupby("factor")[INDEX[method]].max().sort_values().index
    axes = style.panels(figure, len(regimes), colours, width=4.2, sharex=True, sharey=True)
    for ax, regime in zip(axes, regimes, strict=True):
        rows = indices[indices["regime"] == regime].set_index("factor").reindex(order)
        _bars(ax, rows, method, shades[regime], colours)
        ax.yaxis.set_major_locator(FixedLocator(range(len(order))))
        ax.yaxis.set_major_formatter(FixedFormatter([labels.get(str(name), str(name)) for name in order]))
        ax.grid(visible=False, axis="y")
        ax.grid(axis="x", color=colours.grid, linewidth=0.8)
        ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))
        style.name_panel(ax, style.regime_label(regime), unit if method == "morris" else "", colours)
    return figure


def _bars(ax: Axes, rows: pd.DataFrame, method: str, shade: str, theme: style.Theme) -> None:
    index, width = INDEX[method], f"{INDEX[method]}_half_width"
    for place, row in enumerate(rows.to_dict("records")):
        value = row[index]
        ax.barh(place, value, height=0.6, color=shade, alpha=1 if row["influential"] else PALE, linewidth=0)
        if width in row:
            ax.plot([value - row[width], value + row[width]], [place, place], color=theme.text, linewidth=1.8)
        ax.plot([row[LUCK[method]]] * 2, [place - 0.38, place + 0.38], ":", color=theme.text, linewidth=2)
        second = {"sobol": "first_order", "morris": "sigma"}.get(method)
        if second is not None:
            ax.plot(
                [row[second]],
                [place],
                "D",
                markersize=7,
                markerfacecolor=theme.background,
                markeredgecolor=theme.text,
            )


def _handles(method: str, theme: style.Theme) -> list[style.Handle]:
    luck = {"pawn": "what luck reaches"}.get(method, "luck of the seeds")
    handles: list[style.Handle] = [
        Patch(
            facecolor=theme.quiet,
            label={"sobol": "total", "morris": "effect", "pawn": "PAWN"}[method],
            linewidth=0,
        ),
        Line2D([], [], color=theme.text, linestyle=":", linewidth=2, label=luck),
    ]
    named = {"sobol": "alone", "morris": "sigma"}.get(method)
    if named is not None:
        marker = Line2D(
            [],
            [],
            color=theme.text,
            marker="D",
            linestyle="",
            markerfacecolor=theme.background,
            markersize=7,
            label=named,
        )
        handles.insert(1, marker)
    return handles
