"""All figures that belong to an experiment: the one list of what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd
from matplotlib.figure import Figure

from analysis.comparison import baseline_of
from analysis.figures.attribution import channel_contributions
from analysis.figures.curves import difference_curves, outcome_curves
from analysis.figures.differences import paired_differences
from analysis.figures.growth_account import growth_account
from analysis.figures.ranking import probability_best
from analysis.figures.spending import spending
from analysis.figures.style import THEMES, name_subject
from analysis.results import Results
from model.record import OBSERVABLES, OUTCOMES


def draw(
    results: Results, comparison: pd.DataFrame, theme: str = "light", attribution: pd.DataFrame | None = None
) -> Iterator[tuple[str, Figure]]:
    """Draw every figure that the results have something to show for.

    Parameters
    ----------
    results
        What an experiment brought.
    comparison
        Its regimes compared, see `analysis.comparison.compare`.
    theme
        ``"light"`` or ``"dark"``.
    attribution
        What channels contribute to the leads of regimes, see `analysis.attribution.attribute`.

    Yields
    ------
    tuple of str and matplotlib.figure.Figure
        Name and figure, one at a time.
    """
    series, ledger = results.series(), results.ledger()
    regimes = list(dict.fromkeys(series["regime"]))
    baseline = baseline_of(regimes)
    figures: dict[str, Callable[[], Figure]] = {
        "outcomes": lambda: outcome_curves(series, OUTCOMES, theme=theme),
        "growth_account": lambda: _account(results, theme),
    }
    if len(regimes) > 1 and comparison["seeds"].min() > 0:
        figures |= {
            "differences_over_time": lambda: difference_curves(series, OUTCOMES, baseline, theme=theme),
            "differences": lambda: paired_differences(comparison, theme=theme),
            "probability_best": lambda: probability_best(comparison, theme=theme),
        }
    if ledger["spent"].sum() > 0:
        figures["spending"] = lambda: spending(ledger, theme=theme)
    if attribution is not None and attribution["relative"].notna().any():
        figures["attribution"] = lambda: channel_contributions(attribution, OUTCOMES[0], theme=theme)
    for name, make in figures.items():
        figure = make()
        name_subject(figure, results.experiment.scenario.story.title, THEMES[theme])
        yield name, figure


def _account(results: Results, theme: str) -> Figure:
    """Draw the account of the primary outcome, which weighs knowledge by employment."""
    unit = OBSERVABLES[OUTCOMES[0]].unit
    return growth_account(results.account(), value="employment_weighted_knowledge", unit=unit, theme=theme)
