"""How far each condition tells classes of points apart (EMA workbench)."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
import pandas as pd

from analysis.statistics.boxes import plain
from analysis.statistics.workbench import workbench

SEED = 1
TREES = 250


def scores(conditions: pd.DataFrame, classes: npt.NDArray[Any]) -> tuple[pd.DataFrame, float]:
    """Score how far each condition tells classes apart (extra trees, Jaxa-Rozen & Kwakkel 2018).

    Parameters
    ----------
    conditions
        A column for each factor, one row a point.
    classes
        Class of each point, shape (points,).

    Returns
    -------
    table : pandas.DataFrame
        ``factor`` and ``score``; scores add up to 1.
    accuracy : float
        Share of points whose class the trees that have not seen them tell.

    Raises
    ------
    RequestError
        If the EMA workbench is not installed.
    """
    with workbench():
        from ema_workbench.analysis import feature_scoring  # noqa: PLC0415 - takes 4 seconds
        from ema_workbench.analysis.scenario_discovery_util import RuleInductionType  # noqa: PLC0415

        found, forest = feature_scoring.get_ex_feature_scores(
            plain(conditions),
            classes,
            mode=RuleInductionType.CLASSIFICATION,
            nr_trees=TREES,
            random_state=SEED,
        )
    table = pd.DataFrame({"factor": list(found.index), "score": found.iloc[:, 0].to_numpy(float)})
    return table, float(forest.oob_score_)
