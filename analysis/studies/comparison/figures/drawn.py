"""All figures of a comparison: the one list of what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.subject import with_subject
from analysis.statistics.gains import but_twins
from analysis.studies.attribution.figures import channel_contributions
from analysis.studies.comparison.chosen import is_known
from analysis.studies.comparison.compared import Compared
from analysis.studies.comparison.figures.curves import difference_curves, outcome_curves
from analysis.studies.comparison.figures.differences import paired_differences
from analysis.studies.comparison.figures.growth_account import growth_account
from analysis.studies.comparison.figures.lead import lead_over_time
from analysis.studies.comparison.figures.money_and_mind import money_and_mind
from analysis.studies.comparison.figures.ranking import probability_best
from analysis.studies.comparison.figures.spending import spending
from analysis.studies.comparison.figures.timeline import timeline
from analysis.studies.comparison.figures.who_wins import who_wins
from analysis.studies.comparison.money import unit_of
from analysis.studies.comparison.winners import best
from model.record import OBSERVABLES, OUTCOMES

WEIGHTED = "employment_weighted_knowledge"
"""The account of the primary outcome, which weighs knowledge by employment."""


def drawn(
    tables: Mapping[str, pd.DataFrame], title: str, theme: str, found: Compared
) -> dict[str, Callable[[], Figure]]:
    """Return what draws every figure that a comparison has something to show for.

    Parameters
    ----------
    tables
        Tables of its findings.
    title
        Title of its story, which stands in each figure.
    theme
        ``"light"`` or ``"dark"``.
    found
        The same comparison as it is told.

    Returns
    -------
    dict of str to callable
        Names, and what draws each.
    """
    comparison, split = tables["comparison"], tables.get("money_and_mind")
    regimes = but_twins(list(dict.fromkeys(tables["series"]["regime"])))
    # Twins have a figure of their own.
    series, account, ledger = (
        tables[name][tables[name]["regime"].isin(regimes)] for name in ("series", "account", "ledger")
    )
    unit = OBSERVABLES[OUTCOMES[0]].unit
    made: dict[str, Callable[[], Figure]] = {
        "outcomes": partial(outcome_curves, series, OUTCOMES, theme=theme),
        "growth_account": partial(growth_account, account, value=WEIGHTED, unit=unit, theme=theme),
    }
    if len(regimes) > 1 and comparison["seeds"].min() > 0:
        baseline = found.baseline
        made |= {
            "lead": partial(lead_over_time, found, theme=theme),
            "differences_over_time": partial(difference_curves, series, OUTCOMES, baseline, theme=theme),
            "differences": partial(paired_differences, comparison, theme=theme),
            "probability_best": partial(probability_best, comparison, theme=theme),
        }
    name = best(found)
    if "who_wins" in tables and name is not None:
        made["who_wins"] = partial(
            who_wins, tables["who_wins"], name, found.baseline, regimes=found.regimes, theme=theme
        )
    if is_known(found):
        made["priorities"] = partial(timeline, found, theme=theme)
    if split is not None:
        made["money_and_mind"] = partial(money_and_mind, split, [OUTCOMES[0], "output"], theme=theme)
    if ledger["spent"].sum() > 0:
        made["spending"] = partial(spending, ledger, *unit_of(found), theme=theme)
    attribution = tables.get("attribution")
    if attribution is not None and attribution["relative"].notna().any():
        made["attribution"] = partial(channel_contributions, attribution, OUTCOMES[0], theme=theme)
    setting = f"{found.seeds} simulated {'region' if found.seeds == 1 else 'regions'}, {found.duration}"
    return with_subject(made, title, theme, setting)
