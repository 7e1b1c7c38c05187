"""Under which conditions each regime leads, and over which other one: boxes, scores, and how far to trust them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import discovery
from analysis.boxes import Box, inside, quasi_p_values
from analysis.comparison import interval
from analysis.errors import RequestError
from analysis.feature_scores import scores
from analysis.responses import Sample
from analysis.studies.study import Findings, Study, about_samples, again, in_words
from analysis.sweeps.factors import Factor

FEW_IN_BOX = 30
MOST_LOST = 0.5
"""Share of what a box gains in density that may be gone on points held out before it is warned of."""

STORY = "story"
"""Column of scenarios among conditions; the workbench keeps the name ``scenario`` for itself."""


def findings(
    study: Study,
    over: str | None = None,
    density: float | None = None,
    advance: Callable[[], None] = lambda: None,
) -> Findings:
    """Find under which conditions each regime leads.

    Parameters
    ----------
    study
        The question; whether of leads or levels makes no difference here.
    over
        Regime to lead over; by default all others.
    density
        See `analysis.discovery.find_box`.
    advance
        Called as PRIM gets on, `peelings` times at most.

    Returns
    -------
    Findings
        ``boxes`` (one row a regime), ``limits``, ``trajectories``, ``scores``, and ``leaders``: who leads at each
        point.

    Raises
    ------
    RequestError
        If there is nothing to lead over, the points say nothing about combinations, or the EMA workbench is missing.
    """
    _check(study, over, density)
    leaders = pd.concat([_leaders(study, sample) for sample in study.samples], ignore_index=True)
    conditions = _conditions(study)
    boxes, limits, trajectories, scored = [], [], [], []
    for regime in _asked(study, over):
        cases = _cases(leaders, regime, over)
        own = {"regime": regime, "over": over or "all others"}
        found = _find(conditions, cases, density, advance)
        boxes.append({**own, **_summary(found, cases, leaders, regime, conditions)})
        if found is None:
            continue
        limits += [{**own, **row} for row in _limits(study, found.box, conditions, cases)]
        trajectories.append(found.trajectory.assign(**own))
        table, accuracy = scores(conditions, cases)
        scored.append(table.assign(**own, accuracy=accuracy, without=max(cases.mean(), 1 - cases.mean())))
    tables = {
        "boxes": pd.DataFrame(boxes),
        "limits": pd.DataFrame(limits, columns=list(_LIMIT_COLUMNS)),
        "trajectories": _stacked(trajectories),
        "scores": _stacked(scored),
        "leaders": leaders.join(conditions.drop(columns=STORY, errors="ignore")),
    }
    asked = {"over": over, "density": density}
    warned = [*about_samples(study), *_warnings(study, tables["boxes"], leaders)]
    return Findings(study, "discovery", tables, tuple(_sentences(tables)), tuple(warned), asked)


_LIMIT_COLUMNS = (
    "regime", "over", "factor", "low", "high", "values", "range_low", "range_high", "quasi_p_low", "quasi_p_high",
)  # fmt: skip


def _check(study: Study, over: str | None, density: float | None) -> None:
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


def peelings(study: Study, over: str | None) -> int:
    """Say how often PRIM is run at most."""
    return discovery.PEELINGS * len(_asked(study, over))


def _asked(study: Study, over: str | None) -> tuple[str, ...]:
    """Give the regimes that are asked about: the baseline, too, unless one was named."""
    asked = study.regimes if len(study.regimes) == 1 else study.results.regimes
    return tuple(regime for regime in asked if regime != over)


def _leaders(study: Study, sample: Sample) -> pd.DataFrame:
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


def _conditions(study: Study) -> pd.DataFrame:
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
) -> discovery.Discovery | None:
    if min(cases.sum(), (~cases).sum()) < discovery.FEWEST:
        return None
    return discovery.find_box(conditions, cases, density, advance)


def _summary(
    found: discovery.Discovery | None,
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
    study: Study, box: Box, conditions: pd.DataFrame, cases: npt.NDArray[np.bool_]
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


def _warnings(study: Study, boxes: pd.DataFrame, leaders: pd.DataFrame) -> list[str]:
    told = []
    for row in boxes.to_dict("records"):
        regime, points = row["regime"], int(row["points"])
        if pd.isna(row.get("density", np.nan)):
            few, other = (
                ("leads", row["cases"]) if row["share"] < 0.5 else ("does not lead", points - row["cases"])
            )
            told.append(
                f"{regime} {few} at {int(other)} of {points} points only: no box is looked for with fewer than "
                f"{discovery.FEWEST}."
            )
        elif row["restricted"] and row["box_points"] < FEW_IN_BOX:
            needed = int(np.ceil(points * FEW_IN_BOX / row["box_points"] / 10) * 10)
            told.append(
                f"the box of {regime} holds {int(row['box_points'])} of {points} points; about {needed} "
                f"points would put "
                f"{FEW_IN_BOX} into it: {again(study, 'samples', needed)}."
            )
        elif row["restricted"] and row["density"] - row["held_out_density"] > MOST_LOST * (
            row["density"] - row["share"]
        ):
            told.append(
                f"the box of {regime} has a density of {row['density']:.0%} on the points that it was made for, but "
                f"{row['held_out_density']:.0%} on points held out, where {row['share']:.0%} would be "
                f"had without any: it "
                f"mostly describes luck. More seeds make leads clearer, more points boxes: "
                f"{again(study, 'samples', 2 * points)}."
            )
    unclear = 1 - float(leaders["clear"].mean())
    if unclear > 0.5:
        told.append(
            f"at {unclear:.0%} of the points the best regime cannot be told from the next one by its seeds alone; "
            f"boxes bear that, single points do not."
        )
    return told


def _sentences(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    told = []
    for row in tables["boxes"].to_dict("records"):
        regime = row["regime"]
        over = "" if row["over"] == "all others" else f" over {row['over']}"
        ahead = (
            f"{regime} leads{over} at {int(row['cases'])} of {int(row['points'])} points ({row['share']:.0%})"
        )
        if pd.isna(row.get("density", np.nan)):
            told.append(f"{ahead}.")
            continue
        if not row["restricted"]:
            told.append(f"{ahead}, and no box of conditions holds more of these points than luck would.")
            continue
        limits = tables["limits"]
        own = limits[(limits["regime"] == regime) & (limits["over"] == row["over"])]
        where = " and ".join(limit_in_words(each) for each in own.to_dict("records"))
        rival = ""
        if row["over"] == "all others" and row["rival"]:
            behind = f"({row['rival_share']:.0%}), {row['mean_lead_percent']:.1f}% behind"
            rival = f" Next there is mostly {row['rival']} {behind}."
        told.append(
            f"{ahead}; where {where}, at {row['density']:.0%} (on points held out {row['held_out_density']:.0%}), "
            f"which covers {row['coverage']:.0%} of where it leads.{rival}"
        )
    return told


def limit_in_words(row: Mapping[Any, Any]) -> str:
    """Write a limit of a box for a sentence."""
    name = in_words(row["factor"])
    if isinstance(row["values"], str):
        return f"{name} is {row['values']}"
    low, high = row["low"], row["high"]
    if np.isnan(low):
        return f"{name} is at most {high:.3g}"
    return f"{name} is at least {low:.3g}" if np.isnan(high) else f"{name} is {low:.3g} to {high:.3g}"
