"""Scenario discovery as a study: PRIM and feature scores on the points where each regime leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError
from analysis.runs.progress import Listener, Progress
from analysis.statistics import prim
from analysis.statistics.boxes import Box, inside, quasi_p_values
from analysis.statistics.comparison import interval
from analysis.statistics.feature_scores import scores
from analysis.statistics.responses import Sample
from analysis.studies.discovery.findings import ALL_OTHERS, DiscoveryFindings
from analysis.studies.sweep.factors import Factor
from analysis.studies.sweep.question import Question, StudyOfSweep, open_question

STORY = "story"
"""Column of scenarios among conditions; the workbench keeps the name ``scenario`` for itself."""


@dataclass(frozen=True, kw_only=True)
class Discovery(StudyOfSweep):
    """Under which conditions each regime leads; see `design`."""

    over: str | None
    density: float | None
    answered = DiscoveryFindings

    def find(self, progress: Listener) -> dict[str, pd.DataFrame]:
        """Find boxes and scores, regime by regime."""
        question, over = self.question, self.over
        leaders = pd.concat([_leaders(question, sample) for sample in question.samples], ignore_index=True)
        conditions = _conditions(question)
        asked = _asked(question, over)
        done, total = count(1), prim.PEELINGS * len(asked)
        progress(Progress("boxes", 0, total, "peelings"))
        boxes, limits, trajectories, scored = [], [], [], []
        for regime in asked:
            cases = _cases(leaders, regime, over)
            own = {"regime": regime, "over": over or ALL_OTHERS}
            found = _find(
                conditions,
                cases,
                self.density,
                lambda: progress(Progress("boxes", next(done), total, "peelings")),
            )
            boxes.append({**own, **_summary(found, cases, leaders, regime, conditions)})
            if found is None:
                continue
            limits += [{**own, **row} for row in _limits(question, found.box, conditions, cases)]
            trajectories.append(found.trajectory.assign(**own))
            table, accuracy = scores(conditions, cases)
            scored.append(table.assign(**own, accuracy=accuracy, without=max(cases.mean(), 1 - cases.mean())))
        return {
            "boxes": pd.DataFrame(boxes),
            "limits": pd.DataFrame(limits, columns=list(_LIMIT_COLUMNS)),
            "trajectories": _stacked(trajectories),
            "scores": _stacked(scored),
            "leaders": leaders.join(conditions.drop(columns=STORY, errors="ignore")),
        }


def design(
    folder: Path | str,
    *,
    outcome: str | None = None,
    regime: str | None = None,
    over: str | None = None,
    density: float | None = None,
) -> Discovery:
    """Ask a sweep under which conditions each regime leads.

    Parameters
    ----------
    folder, outcome, regime
        See `analysis.studies.sweep.question.open_question`.
    over
        Regime to lead over; by default all others.
    density
        See `analysis.statistics.prim.find_box`.

    Returns
    -------
    Discovery
        Finds ``boxes`` (one row a regime), ``limits``, ``trajectories``, ``scores``, and ``leaders``: who leads at
        each point.

    Raises
    ------
    RequestError
        If there is nothing to lead over, or the points say nothing about combinations.
    """
    # Whether of leads or levels makes no difference here, but a baseline has no lead to ask for.
    question = open_question(folder, outcome, regime, "lead" if regime is None else "level")
    _check(question, over, density)
    return Discovery(question=question, over=over, density=density)


_LIMIT_COLUMNS = (
    "regime", "over", "factor", "low", "high", "values", "range_low", "range_high", "quasi_p_low", "quasi_p_high",
)  # fmt: skip


def _check(study: Question, over: str | None, density: float | None) -> None:
    results = study.results
    if len(results.regimes) < 2:
        raise RequestError(f"The sweep has one regime only, {results.regimes[0]}: nobody to lead over.")
    if over is not None and over not in results.regimes:
        raise RequestError(f"--over {over}: the sweep has {', '.join(results.regimes)}.")
    if over is not None and study.regimes == (over,):
        raise RequestError(
            f"--over {over}: no regime leads over itself; name another one, or none with --regime."
        )
    if density is not None and not 0 < density <= 1:
        raise RequestError(f"--density {density:g}: must be above 0 and at most 1.")
    study.need_factors("a box could have limits on")
    if results.sampling.kind == "one_at_a_time":
        raise RequestError(
            "A sweep that moves one factor at a time has no combinations to find boxes in: make one with --design "
            "latin_hypercube."
        )


def _asked(study: Question, over: str | None) -> tuple[str, ...]:
    """Give the regimes that are asked about: the baseline, too, unless one was named."""
    asked = study.regimes if len(study.regimes) == 1 else study.results.regimes
    return tuple(regime for regime in asked if regime != over)


def _leaders(study: Question, sample: Sample) -> pd.DataFrame:
    """Say who has the highest mean at each point, over whom, and whether it is more than luck."""
    means = sample.outcomes.mean(axis=2)
    order = np.argsort(-means, axis=1, kind="stable")
    reference = np.abs(means[:, sample.regimes.index(study.baseline)])
    rows = []
    for at, (best, rival) in enumerate(order[:, :2]):
        lead, low, _ = interval(sample.outcomes[at, best] - sample.outcomes[at, rival])
        scale = 100 / reference[at] if reference[at] > 0 else np.nan
        rows.append(
            {
                "scenario": sample.scenario, "point": int(sample.points[at]), "best": sample.regimes[best],
                "rival": sample.regimes[rival], "lead_percent": lead * scale,
                # Regimes that do the very same share the lead, and nobody has it.
                "tied": bool(lead == 0), "clear": bool(low > 0),
                **{f"mean_{regime}": means[at, place] for place, regime in enumerate(sample.regimes)},
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _conditions(study: Question) -> pd.DataFrame:
    parts = [study.conditions(sample).assign(**{STORY: sample.scenario}) for sample in study.samples]
    table = pd.concat(parts, ignore_index=True)
    return table if len(parts) > 1 else table.drop(columns=STORY)


def _cases(leaders: pd.DataFrame, regime: str, over: str | None) -> npt.NDArray[np.bool_]:
    if over is None:
        return ((leaders["best"] == regime) & ~leaders["tied"]).to_numpy()
    return (leaders[f"mean_{regime}"] > leaders[f"mean_{over}"]).to_numpy()


def _find(
    conditions: pd.DataFrame,
    cases: npt.NDArray[np.bool_],
    density: float | None,
    advance: Callable[[], None],
) -> prim.Discovery | None:
    if min(cases.sum(), (~cases).sum()) < prim.FEWEST:
        return None
    return prim.find_box(conditions, cases, density, advance)


def _summary(
    found: prim.Discovery | None,
    cases: npt.NDArray[np.bool_],
    leaders: pd.DataFrame,
    regime: str,
    conditions: pd.DataFrame,
) -> dict[str, Any]:
    known = {"points": len(cases), "cases": int(cases.sum()), "share": float(cases.mean())}
    if found is None:
        return known
    box = found.box
    within = inside(box.limits, conditions) & cases
    won = leaders[within & (leaders["best"] == regime)]
    rivals = won["rival"].value_counts()
    return known | {
        "box_points": box.points, "box_cases": box.cases, "coverage": box.coverage, "density": box.density,
        "restricted": len(box.limits), "held_out_coverage": found.held_out.coverage,
        "held_out_density": found.held_out.density,
        "rival": rivals.index[0] if len(rivals) else None,
        "rival_share": float(rivals.iloc[0] / rivals.sum()) if len(rivals) else np.nan,
        "mean_lead_percent": float(won["lead_percent"].mean()) if len(won) else np.nan,
    }  # fmt: skip


def _limits(
    study: Question, box: Box, conditions: pd.DataFrame, cases: npt.NDArray[np.bool_]
) -> list[dict[str, Any]]:
    known = {factor.name: factor for factor in study.results.factors}
    rows = []
    for name, (low, high) in quasi_p_values(box, conditions, cases).items():
        limit = box.limits[name]
        listed = isinstance(limit, frozenset)
        start, end = (np.nan, np.nan) if isinstance(limit, frozenset) else limit
        span = (np.nan, np.nan) if listed else _range(known[name], conditions[name])
        rows.append(
            {
                "factor": name,
                "low": np.nan if np.isnan(low) else start,
                "high": np.nan if np.isnan(high) else end,
                "values": ", ".join(sorted(map(str, limit))) if isinstance(limit, frozenset) else None,
                "range_low": span[0], "range_high": span[1], "quasi_p_low": low, "quasi_p_high": high,
            }
        )  # fmt: skip
    return rows


def _range(factor: Factor, column: pd.Series) -> tuple[float, float]:
    return (
        (factor.low, factor.high) if factor.high > factor.low else (float(column.min()), float(column.max()))
    )


def _stacked(tables: list[pd.DataFrame]) -> pd.DataFrame:
    if not tables:
        return pd.DataFrame(columns=["regime", "over"])
    whole = pd.concat(tables, ignore_index=True)
    return whole[["regime", "over", *(name for name in whole if name not in {"regime", "over"})]]
