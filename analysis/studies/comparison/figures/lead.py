"""The answer as a picture: what each policy adds over time, and on average with both ranges."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.statistics.comparison import student_quantile
from analysis.studies.comparison.compared import PRIMARY, QUARTERS, Compared
from analysis.words.document import written
from analysis.words.names import regime
from model.record import OBSERVABLES

FLAT: style.Size = (12.8, 5.0)
SIDE_BY_SIDE = 9.0
"""Inches from which on panels stand beside each other."""
WIDTHS = (1.25, 1.0)
"""Of the panel over time, and of that of averages."""
LONG_LABEL = 30
"""Most letters in a line of a name, so that there is room beside it."""


def lead_over_time(found: Compared, *, theme: str = "light", size: style.Size = style.SLIDE) -> Figure:
    """Draw the paired lead of each policy in percent of the baseline, over time and on average.

    Parameters
    ----------
    found
        The comparison.
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
    names = [name for name in found.ranking if name != found.baseline]
    shades = style.regime_colours(found.regimes, colours)
    against = regime(found.baseline)
    label = OBSERVABLES[PRIMARY].label
    title = f"{label}: what each policy adds to {against}"
    several = (
        f"Mean of {found.seeds} simulated regions, paired with the same luck. Band and thick bar: 95% interval of the "
        "mean; thin line: range of a single region."
        if found.seeds > 1
        else "One simulated region: no interval."
    )
    note = f"In percent of {against}. {several} Average: over {found.duration}, which is what policies are ranked by."
    figure = style.open_figure(title, note, colours, size)
    wide = size[0] >= SIDE_BY_SIDE
    time, average = figure.subplots(1, 2, width_ratios=WIDTHS) if wide else figure.subplots(2, 1)
    for ax in (time, average):
        style.dress(ax, colours)
    _over_time(time, found, names, shades, colours)
    _averages(average, found, names, shades, colours)
    return figure


def _over_time(
    ax: Axes, found: Compared, names: list[str], shades: dict[str, str], theme: style.Theme
) -> None:
    series = found.table("series")
    wide = series.pivot_table(index="step", columns=["regime", "seed"], values=PRIMARY)
    base = wide[found.baseline]
    years = wide.index.to_numpy() / QUARTERS
    scale = 100 / np.abs(base.to_numpy(np.float64).mean(axis=1))
    for name in reversed(names):
        gains = (wide[name] - base).to_numpy() * scale[:, None]
        mean, count = gains.mean(axis=1), gains.shape[1]
        ax.plot(years, mean, color=shades[name], linestyle=style.DASHES.get(name, "-"), linewidth=2.4)
        if count > 1:
            reach = student_quantile(count) * gains.std(axis=1, ddof=1) / np.sqrt(count)
            ax.fill_between(years, mean - reach, mean + reach, color=shades[name], alpha=0.13, linewidth=0)
    ax.axhline(0, color=theme.quiet, linewidth=1.2)
    ax.set_title("Over time", loc="left", fontsize=style.PANEL_TITLE_SIZE, color=theme.text)
    ax.set_xlabel("years", fontsize=style.TEXT_SIZE, color=theme.quiet)
    ax.yaxis.set_major_formatter(FuncFormatter(_signed))
    ax.margins(x=0.01)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))


def _averages(
    ax: Axes, found: Compared, names: list[str], shades: dict[str, str], theme: style.Theme
) -> None:
    places = np.arange(len(names))[::-1]
    for place, name in zip(places, names, strict=True):
        gain, low, high, single_low, single_high = (
            found.entry(PRIMARY, name, column)
            for column in ("relative", "relative_low", "relative_high", "one_region_low", "one_region_high")
        )
        ax.plot([single_low, single_high], [place, place], color=shades[name], linewidth=1.4, zorder=2)
        ax.plot([low, high], [place, place], color=shades[name], linewidth=5, zorder=3)
        ax.plot([gain], [place], "o", color=shades[name], markersize=9, zorder=4)
        label = textwrap.fill(style.regime_label(name), LONG_LABEL)
        ax.annotate(
            f"{label}  {written(gain, 1, sign=True)}%", (0.0, place), xycoords=("axes fraction", "data"),
            textcoords="offset points", xytext=(4, 11), ha="left", fontsize=style.PANEL_TITLE_SIZE, color=shades[name],
            fontweight="bold", path_effects=[withStroke(linewidth=4, foreground=theme.background)],
        )  # fmt: skip
        ax.annotate(
            _often(found, name), (1.0, place), xycoords=("axes fraction", "data"), textcoords="offset points",
            xytext=(0, 11), ha="right",
            fontsize=style.TEXT_SIZE, color=theme.quiet,
        )  # fmt: skip
    ax.axvline(0, color=theme.quiet, linewidth=1.2, zorder=1)
    ax.set_yticks([])
    ax.set_ylim(-0.6, len(names) - 0.3)
    ax.grid(visible=False, axis="y")
    ax.grid(axis="x", color=theme.grid, linewidth=0.8)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter(FuncFormatter(_signed))
    ax.set_title(
        f"Average over {found.duration}", loc="left", fontsize=style.PANEL_TITLE_SIZE, color=theme.text
    )


def _often(found: Compared, name: str) -> str:
    """Say in how many regions a policy comes first; in percent where first places are shared."""
    share = found.entry(PRIMARY, name, "probability_best")
    first = round(share * found.seeds, 6)
    return (
        f"first in {f'{int(first)} of {found.seeds}' if first == int(first) else f'{share:.0%} of'} regions"
    )


def _signed(value: float, _position: int | None = None) -> str:
    return f"{value:+.3g}%".replace("-", "\N{MINUS SIGN}") if value else "0"
