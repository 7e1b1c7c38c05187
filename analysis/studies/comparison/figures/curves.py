"""Outcomes over time, a line a regime with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.statistics.comparison import student_quantile
from analysis.studies.comparison.compared import QUARTERS
from analysis.words.names import regime as regime_name
from model.record import OBSERVABLES


def outcome_curves(
    series: pd.DataFrame, measures: Sequence[str], *, theme: str = "light", size: style.Size = style.SLIDE
) -> Figure:
    """Draw the mean of each measure over the seeds, with its 95% interval.

    Parameters
    ----------
    series
        ``regime``, ``seed``, ``step`` and a column for each measure.
    measures
        Observables to draw, a panel each.
    theme
        ``"light"`` or ``"dark"``.
    size
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    seeds = series["seed"].nunique()
    band = "; band: 95% interval of the mean" if seeds > 1 else ""
    note = f"Mean of {seeds} simulated regions{band}." if seeds > 1 else "One simulated region: no interval."
    tables = dict(iter(series.groupby("regime", sort=False)))
    return _draw("Outcomes over time", note, tables, measures, theme, size)


def difference_curves(
    series: pd.DataFrame,
    measures: Sequence[str],
    baseline: str,
    *,
    theme: str = "light",
    size: style.Size = style.SLIDE,
) -> Figure:
    """Draw the paired difference of each regime from the baseline, step by step, with its 95% interval.

    Parameters
    ----------
    series
        ``regime``, ``seed``, ``step`` and a column for each measure.
    measures
        Observables to draw, a panel each.
    baseline
        Regime that is the zero line.
    theme
        ``"light"`` or ``"dark"``.
    size
        Width and height in inches.

    Returns
    -------
    matplotlib.figure.Figure
        The figure.
    """
    keys = ["seed", "step"]
    reference = series[series["regime"] == baseline].set_index(keys)[list(measures)]
    tables = {}
    for regime, rows in series.groupby("regime", sort=False):
        if regime != baseline:
            tables[regime] = (rows.set_index(keys)[list(measures)] - reference).dropna().reset_index()
    seeds = reference.index.get_level_values("seed").nunique()
    against = regime_name(baseline)
    interval = f"mean of {seeds} pairs; band: 95% interval" if seeds > 1 else "one pair: no interval"
    note = f"Same seeds, so same region and same luck: {interval}. Zero: {against}."
    title = f"What each policy adds to {against} over time"
    return _draw(title, note, tables, measures, theme, size, regimes=list(dict.fromkeys(series["regime"])))


def _draw(
    title: str,
    note: str,
    tables: dict[Any, pd.DataFrame],
    measures: Sequence[str],
    theme_name: str,
    size: style.Size,
    regimes: Sequence[str] = (),
) -> Figure:
    theme = style.THEMES[theme_name]
    # Of all that are compared, so that a policy has one colour in all figures.
    shades = style.regime_colours([*regimes, *tables], theme)
    colours = {name: shades[name] for name in tables}
    figure = style.open_figure(title, note, theme, size, style.regime_lines(colours))
    axes = style.panels(figure, len(measures), theme, sharex=True)
    for ax, measure in zip(axes, measures, strict=True):
        for regime, rows in tables.items():
            _curve(ax, rows, measure, colours[regime], style.DASHES.get(regime, "-"))
        observable = OBSERVABLES[measure]
        style.name_panel(ax, observable.label, observable.unit, theme)
        ax.margins(x=0.01)
        ax.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        ax.xaxis.set_major_formatter(FuncFormatter(style.compact))
        if min(ax.get_ylim()) < 0 < max(ax.get_ylim()):
            ax.axhline(0, color=theme.quiet, linewidth=1)
    for ax in axes:
        if ax.get_subplotspec().is_last_row():  # type: ignore[union-attr]
            ax.set_xlabel("years", fontsize=style.TEXT_SIZE, color=theme.quiet)
    return figure


def _curve(ax: Axes, rows: pd.DataFrame, measure: str, colour: str, dash: Any) -> None:
    values: npt.NDArray[np.float64] = rows.pivot_table(
        index="step", columns="seed", values=measure
    ).to_numpy()
    steps = np.sort(rows["step"].unique()) / QUARTERS
    mean = values.mean(axis=1)
    ax.plot(steps, mean, color=colour, linestyle=dash, linewidth=2.2)
    count = values.shape[1]
    if count > 1:
        reach = student_quantile(count) * values.std(axis=1, ddof=1) / np.sqrt(count)
        ax.fill_between(steps, mean - reach, mean + reach, color=colour, alpha=0.18, linewidth=0)
