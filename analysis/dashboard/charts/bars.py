"""Sums of signed parts: the growth account of each regime, and what channels contribute to each lead."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.dashboard.charts.look import Look, Option, blank, legend, number, value_axis
from analysis.statistics.shapley import CHANNELS, CONTRIBUTION, LEAD, REMAINDER, distinguishable
from analysis.studies.comparison.figures.growth_account import source_colours


def account_bars(
    account: Mapping[str, Mapping[str, float]], look: Look, sure: Mapping[str, Mapping[str, bool]] | None = None,
) -> Option:  # fmt: skip
    """Draw where knowledge came from and where it went, a bar a regime.

    Parameters
    ----------
    account
        What each source added over the run, by regime, or how much more than under the baseline.
    look
        How it looks.
    sure
        What can be told from zero; all by default. The rest is pale.
    """
    texts = look.texts
    sources = [
        name for name in next(iter(account.values()), {}) if any(abs(a[name]) > 0 for a in account.values())
    ]
    colours = source_colours(sources)
    series = [
        {
            "name": texts.known(f"sources.{source}", source.replace("_", " ")), "type": "bar", "stack": "account",
            "barWidth": "62%", "color": colours[source],
            "itemStyle": {"borderColor": look.theme.background, "borderWidth": 0.8},
            "data": [
                {"value": number(amounts[source]), "itemStyle": {"opacity": 1.0 if sure[regime][source] else 0.35}}
                if sure is not None else number(amounts[source])
                for regime, amounts in account.items()
            ],
        }
        for source in sources
    ]  # fmt: skip
    told = [_gained(regime, amounts, look) for regime, amounts in account.items()]
    return _bars(look, " ".join((texts("charts.account"), *told)), list(account), series)


def _gained(regime: str, amounts: Mapping[str, float], look: Look) -> str:
    gained, lost = (sum(max(0.0, sign * each) for each in amounts.values()) for sign in (1, -1))
    texts = look.texts
    return texts(
        "charts.gained", regime=texts.regime(regime), gained=texts.number(gained), lost=texts.number(lost)
    )


def contribution_bars(contributions: pd.DataFrame, outcome: str, look: Look) -> Option:
    """Draw the lead of every regime as a sum of what channels contribute and what is left without them.

    Parameters
    ----------
    contributions
        What `analysis.statistics.shapley.attribute` gives.
    outcome
        Which outcome.
    look
        How it looks.
    """
    texts = look.texts
    rows = contributions[contributions["outcome"] == outcome]
    regimes = list(dict.fromkeys(rows["regime"]))
    pink, gold, _, purple, *_ = look.theme.others
    colours = dict(zip(CHANNELS, (pink, gold, purple), strict=True)) | {REMAINDER: "#9a9a9a"}
    series: list[Option] = []
    for part in (*CHANNELS, REMAINDER):
        is_channel = part in CHANNELS
        chosen = rows[
            (rows["quantity"] == (CONTRIBUTION if is_channel else REMAINDER))
            & (rows["channels"] == (part if is_channel else ""))
        ].set_index("regime")
        data = []
        for regime in regimes:
            row = chosen.loc[regime]
            sure = distinguishable(row["low"], row["high"])
            data.append(
                {"value": number(float(row["relative"]), 3), "itemStyle": {"opacity": 1.0 if sure else 0.4}}
            )
        series.append({
            "name": texts(f"channels.{part}"), "type": "bar", "stack": "lead", "barWidth": "56%",
            "color": colours[part], "data": data,
        })  # fmt: skip
    leads = rows[rows["quantity"] == LEAD].set_index("regime")
    series.append({
        "name": texts("channels.lead"), "type": "scatter", "symbol": "diamond", "symbolSize": look.size + 3,
        "color": look.theme.text, "z": 9,
        "data": [[number(float(leads.loc[regime, "relative"]), 3), place] for place, regime in enumerate(regimes)],
    })  # fmt: skip
    told = [
        texts(
            "charts.lead",
            regime=texts.regime(name),
            percent=texts.number(float(leads.loc[name, "relative"]), 2),
        )
        for name in regimes
    ]
    return _bars(look, " ".join((texts("charts.contributions"), *told)), regimes, series)


def _bars(look: Look, description: str, regimes: list[str], series: list[Option]) -> Option:
    texts = look.texts
    return blank(look, description) | {
        "legend": legend(look, [each["name"] for each in series], look.size),
        "grid": {"left": 10, "right": 40, "top": 10 + 1.5 * look.size, "bottom": 6, "containLabel": True},
        "tooltip": {"trigger": "item", "confine": True},
        "xAxis": value_axis(look, scale=False, splitNumber=2 if look.narrow else 6),
        "yAxis": {
            "type": "category", "inverse": True, "data": [texts.regime(regime) for regime in regimes],
            "axisLabel": {"color": look.theme.text, "fontSize": look.size, "lineHeight": look.size + 3,
                "width": 8 * look.size if look.narrow else 10.5 * look.size, "overflow": "break",
            },
            "axisLine": {"show": False}, "axisTick": {"show": False},
        },
        "series": series,
    }  # fmt: skip
