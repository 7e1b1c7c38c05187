"""What all charts of the page share: the colours of the figures, sizes of type, axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.colors import to_rgb

from analysis.dashboard.texts import Texts
from analysis.figures import style

Option = dict[str, Any]

FONTS = "system-ui, -apple-system, Segoe UI, Roboto, DejaVu Sans, Liberation Sans, Arial, sans-serif"


OUTSIDERS = ("lottery", "composed")
"""Policies beside the regimes that keep their colour, whoever else is shown."""

OWN_DASHES: dict[str, Any] = {"lottery": (0, (1, 3)), "composed": (0, (10, 3))}


@dataclass(frozen=True)
class Look:
    """How charts look.

    Attributes
    ----------
    theme
        Colours, those of the figures.
    texts
        Messages.
    large
        Whether type is large, for a second screen.
    narrow
        Whether the screen is that of a phone.
    """

    theme: style.Theme
    texts: Texts
    large: bool = False
    narrow: bool = False

    @property
    def size(self) -> int:
        """Size of type in pixels."""
        return 18 if self.large else 13

    @property
    def width(self) -> float:
        """Width of lines in pixels."""
        return 4.0 if self.large else 2.5

    def colour(self, regime: str, regimes: tuple[str, ...]) -> str:
        """Give the colour of a regime, the same as in the figures."""
        return style.regime_colours((*OUTSIDERS, *regimes, regime), self.theme)[regime]


def dashes(regime: str) -> str | list[float]:
    """Give the pattern of a regime's line, the same as in the figures."""
    pattern = style.DASHES.get(regime) or OWN_DASHES.get(regime)
    return "solid" if pattern is None else [2.2 * part for part in pattern[1]]


def blank(look: Look, description: str) -> Option:
    """Start a chart: quiet, still, and described for screen readers."""
    return {
        "animation": False,
        "backgroundColor": look.theme.background,
        "textStyle": {"color": look.theme.text, "fontSize": look.size, "fontFamily": FONTS},
        "aria": {"enabled": True, "label": {"description": description}},
    }


def legend(look: Look, names: Sequence[str], size: int, **more: Any) -> Option:
    """Make a legend that shows all of its names: the page makes room for as many rows as they take."""
    return {
        "data": list(names), "top": 0, "left": 0, "padding": 5, "itemGap": 10, "itemWidth": 25,
        "textStyle": {"color": look.theme.text, "fontSize": size}, **more,
    }  # fmt: skip


def value_axis(look: Look, name: str = "", **more: Any) -> Option:
    """Make an axis of values with a quiet grid."""
    return {
        "type": "value", "scale": True, "name": name, "nameLocation": "end",
        "nameTextStyle": {"color": look.theme.quiet, "align": "left", "fontSize": look.size - 1},
        "axisLabel": {"color": look.theme.text, "fontSize": look.size, "hideOverlap": True},
        "splitLine": {"lineStyle": {"color": look.theme.grid}}, **more,
    }  # fmt: skip


def time_axis(look: Look, steps: int, name: str = "", **more: Any) -> Option:
    """Make an axis of quarters: one position each, as bands can be stacked on such an axis only."""
    between = next(each for each in (5, 10, 20, 40, 80, 200, 10_000) if steps / each <= 5)
    return {
        "type": "category", "data": list(range(steps + 1)), "boundaryGap": False, "name": name,
        "nameLocation": "middle", "nameGap": 2 * look.size,
        "nameTextStyle": {"color": look.theme.quiet, "fontSize": look.size - 1},
        "axisLabel": {"color": look.theme.text, "fontSize": look.size, "interval": between - 1},
        "axisTick": {"interval": between - 1}, "splitLine": {"show": False},
        "axisLine": {"onZero": False, "lineStyle": {"color": look.theme.quiet}}, **more,
    }  # fmt: skip


def number(value: float, digits: int = 6) -> float | None:
    """Write a number with as many digits as a screen can show; what is none becomes a gap."""
    return float(f"{value:.{digits}g}") if math.isfinite(value) else None


def legible_on(colour: str) -> str:
    """Choose black or white, whichever has more contrast (relative luminance as in WCAG 2)."""
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "#ffffff"
