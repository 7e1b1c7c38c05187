"""What was chosen when, and who wins: bars of priorities over time, and gains of groups of firms."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.dashboard.charts.look import Look, Option, blank, legend, number, value_axis
from analysis.studies.comparison.chosen import spells

QUARTERS = 4
MOST = 14
"""Priorities that are shown: those funded longest."""
SYMBOLS = {"proposed": "circle", "piloted": "triangle", "scaled": "diamond"}
OFFSETS = {"proposed": [0, -6], "piloted": [0, 6], "scaled": [0, 0]}
"""What happens in one review to one priority must not hide each other."""


def timeline(log: pd.DataFrame, names: Sequence[str], colour: str, end: int, look: Look) -> Option:
    """Draw from when to when each priority of a policy was funded, and when it was proposed, tried and given more.

    Parameters
    ----------
    log
        Log of priorities of one run, ``name`` as it is written.
    names
        Priorities, the topmost first.
    colour
        Of the policy.
    end
        Last quarter.
    look
        How it looks.
    """
    texts, funded = look.texts, spells(log, end + 1)
    bars: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for name, begun, ended in funded[["name", "begun", "ended"]].itertuples(index=False):
        if name in bars:
            bars[name].append(((begun - 1) / QUARTERS, (ended - 1) / QUARTERS))
    depth = max((len(each) for each in bars.values()), default=0)
    series: list[Option] = []
    for at in range(depth):
        gaps, lengths = [], []
        for each in bars.values():
            spell = sorted(each)[at] if at < len(each) else None
            before = sorted(each)[at - 1][1] if spell and at else 0.0
            gaps.append(0 if spell is None else number(spell[0] - before))
            lengths.append(0 if spell is None else number(spell[1] - spell[0]))
        shared = {"type": "bar", "stack": "funded", "barWidth": "58%"}
        series += [
            {**shared, "id": f"gap:{at}", "silent": True, "itemStyle": {"color": "transparent"}, "data": gaps},
            {**shared, "id": f"funded:{at}", "name": texts("desk.funded"), "color": colour, "data": [
                {"value": length, "said": _span(name, sorted(bars[name])[at], look) if at < len(bars[name]) else ""}
                for name, length in zip(bars, lengths, strict=True)
            ]},
        ]  # fmt: skip
    for event, symbol in SYMBOLS.items():
        rows = log[(log["event"] == event) & log["name"].isin(bars)]
        if rows.empty:
            continue
        series.append({
            "id": f"event:{event}", "name": texts(f"desk.event_{event}"), "type": "scatter", "symbol": symbol,
            "symbolSize": look.size - 4, "symbolOffset": OFFSETS[event], "color": look.theme.text, "z": 5,
            "itemStyle": {"borderColor": look.theme.background, "borderWidth": 1},
            "data": [
                {"value": [number((step - 1) / QUARTERS), list(bars).index(name)],
                 "said": texts("desk.event", name=name, event=texts(f"desk.event_{event}"), year=_year(step))}
                for name, step in rows[["name", "step"]].itertuples(index=False)
            ],
        })  # fmt: skip
    told = "; ".join(_span(name, span, look) for name, all_ in bars.items() for span in sorted(all_))
    shown = [texts("desk.funded"), *(each["name"] for each in series if each["type"] == "scatter")]
    return _rows(look, f"{texts('charts.timeline')} {told}", list(names)) | {
        "legend": legend(look, shown, look.size),
        "xAxis": value_axis(look, texts("desk.years"), scale=False, min=0, max=end / QUARTERS, nameLocation="middle",
                            nameGap=2 * look.size),
        "series": series,
    }  # fmt: skip


def _year(step: int) -> int:
    return (step - 1) // QUARTERS + 1


def _span(name: str, span: tuple[float, float], look: Look) -> str:
    return look.texts(
        "desk.span", name=name, first=look.texts.number(span[0], 2), last=look.texts.number(span[1], 2)
    )


def longest_funded(log: pd.DataFrame, end: int) -> list[str]:
    """List the priorities that were funded longest, in the order in which they were first funded."""
    funded = spells(log, end + 1)
    if funded.empty:
        return []
    length = (funded["ended"] - funded["begun"]).groupby(funded["name"]).sum().nlargest(MOST)
    begun = funded[funded["name"].isin(length.index)].groupby("name")["begun"].min()
    return [str(name) for name in begun.sort_values(kind="stable").index]


def gains_of_groups(rows: pd.DataFrame, labels: Sequence[str], colour: str, look: Look) -> Option:
    """Draw what groups of firms gain in percent, with their 95% intervals; hollow where it may be chance.

    Parameters
    ----------
    rows
        ``relative``, ``relative_low``, ``relative_high``, ``sure``; a row for each label, the topmost first.
    labels
        Names of the groups.
    colour
        Of the policy.
    look
        How it looks.
    """
    texts = look.texts
    lines: list[list[float | None] | list[str]] = []
    dots = []
    told = []
    for place, (label, row) in enumerate(zip(labels, rows.to_dict("records"), strict=True)):
        low, middle, high = (float(row[name]) for name in ("relative_low", "relative", "relative_high"))
        lines += [[number(low), place], [number(high), place], ["-", "-"]]
        said = texts(
            "desk.gain", name=label, gain=texts.signed_percent(middle), low=texts.signed_percent(low),
            high=texts.signed_percent(high),
        )  # fmt: skip
        told.append(said)
        fill = colour if row["sure"] else look.theme.background
        dots.append({
            "value": [number(middle), place], "said": said, "name": label,
            "itemStyle": {"color": fill, "borderColor": colour, "borderWidth": 2.5},
        })  # fmt: skip
    return _rows(look, f"{texts('charts.winners')} {' '.join(told)}", list(labels), head=0) | {
        "kf": {"ends": [], "percent": True},
        "xAxis": value_axis(look, scale=False, splitNumber=3 if look.narrow else 6),
        "series": [
            {"id": "interval", "type": "line", "symbol": "none", "silent": True, "data": lines, "color": colour,
             "lineStyle": {"color": colour, "width": 3, "opacity": 0.55}},
            {"id": "gain", "type": "scatter", "symbolSize": look.size - 1, "data": dots, "color": colour, "z": 5,
             "markLine": {"symbol": "none", "silent": True, "label": {"show": False}, "data": [{"xAxis": 0}],
                          "lineStyle": {"color": look.theme.quiet, "type": "solid", "width": 1.2}}},
        ],
    }  # fmt: skip


def _rows(look: Look, description: str, names: list[str], *, head: float = 1.8) -> Option:
    wide = (9 if look.narrow else 17) * look.size
    return blank(look, description) | {
        "grid": {"left": 10, "right": 24, "top": 10 + head * look.size, "bottom": 2.6 * look.size,
                 "containLabel": True},
        "tooltip": {"trigger": "item", "confine": True},
        "yAxis": {
            "type": "category", "inverse": True, "data": names, "axisTick": {"show": False},
            "axisLine": {"show": False}, "splitLine": {"show": True, "lineStyle": {"color": look.theme.grid}},
            "axisLabel": {"color": look.theme.text, "fontSize": look.size, "lineHeight": look.size + 2,
                          "interval": 0, "width": wide, "overflow": "break"},
        },
    }  # fmt: skip
