"""How many seeds a sweep needs: intervals at its points, paired and not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import replicates
from analysis.errors import RequestError
from analysis.responses import Sample
from analysis.studies.study import Findings, Study, about_samples, again, short

Floats = npt.NDArray[np.float64]

WANTED = 1.0
"""Half-width that is wanted, in percent, where none is given."""

UNSURE = 2.0
"""Ratio of upper to lower end of the seeds needed from which the estimate is called rough."""

PAIRED, UNPAIRED, LEVEL = "paired lead", "unpaired lead", "level"


def findings(study: Study, wanted: float = WANTED) -> Findings:
    """Say how wide intervals are and how many seeds make them as narrow as wanted.

    Parameters
    ----------
    study
        The question.
    wanted
        Half-width of a 95% interval, in percent of the mean at the point: of the baseline for a lead, of the
        regime for a level.

    Returns
    -------
    Findings
        ``summary``: for each regime and measure, medians and 90th percentiles over points of half-width and seeds
        needed; ``points``: the same at each point; ``running``: mean and half-width as seeds are added, at the
        point whose half-width is in the middle; ``widths``: quantiles over points of half-widths by seeds.

    Raises
    ------
    RequestError
        If the half-width is not above zero, or there is one seed only.
    """
    if not wanted > 0:
        raise RequestError(f"--half-width {wanted:g}: must be above 0, in percent.")
    seeds = min(len(sample.seeds) for sample in study.samples)
    if seeds < replicates.FEWEST:
        raise RequestError(
            f"{study.results.folder}: has {seeds} seed only, which says nothing about luck; {again(study, 'seeds', 4)}."
        )
    overall, single, widths, middle = [], [], [], []
    for sample in study.samples:
        for regime in study.regimes:
            for measure, values, other in _measures(study, sample, regime):
                own = {"scenario": sample.scenario, "regime": regime, "measure": measure}
                needs = replicates.at_points(values, wanted, other)
                single.append(needs.assign(**own, point=sample.points))
                overall.append({**own, **_overall(needs, replicates.pooled(values, wanted, other), wanted)})
                means, halves = replicates.running(values, other)
                widths.append(_widths(halves).assign(**own))
                middle.append(_running(means, halves, sample).assign(**own))
    summary = _with_savings(pd.DataFrame(overall).assign(seeds=seeds))
    tables = {
        "summary": summary,
        "points": pd.concat(single, ignore_index=True),
        "running": pd.concat(middle, ignore_index=True),
        "widths": pd.concat(widths, ignore_index=True),
    }
    warned = [*about_samples(study), *_warnings(study, summary, seeds)]
    told = _sentences(study, summary, wanted, seeds)
    return Findings(study, "replicates", tables, tuple(told), tuple(warned), {"half_width": wanted})


def _measures(study: Study, sample: Sample, regime: str) -> Iterator[tuple[str, Floats, Floats | None]]:
    """Give what is measured in percent at each point, shape (points, seeds), and what an unpaired lead subtracts."""
    level = sample.level(regime)
    if study.of == "level":
        scale = np.abs(level.mean(axis=1, keepdims=True))
        if not scale.all():
            raise RequestError(
                f"The mean of {study.outcome} under {regime} is 0 somewhere: nothing can be a percentage of it."
            )
        yield LEVEL, 100 * level / scale, None
        return
    yield PAIRED, sample.lead(regime, study.baseline), None
    base = sample.level(study.baseline)
    scale = np.abs(base.mean(axis=1, keepdims=True))
    yield UNPAIRED, 100 * level / scale, 100 * base / scale


def _widths(halves: Floats) -> pd.DataFrame:
    low, median, high = np.quantile(halves, (0.1, 0.5, 0.9), axis=1)
    return pd.DataFrame({"seeds": _counts(halves), "low": low, "median": median, "high": high})


def _running(means: Floats, halves: Floats, sample: Sample) -> pd.DataFrame:
    """Follow the point whose last interval is of middling width."""
    place = int(np.argsort(halves[-1], kind="stable")[(halves.shape[1] - 1) // 2])
    return pd.DataFrame(
        {
            "point": int(sample.points[place]), "seeds": _counts(halves),
            "mean": means[:, place], "half_width": halves[:, place],
        }
    )  # fmt: skip


def _counts(halves: Floats) -> npt.NDArray[np.int64]:
    return np.arange(replicates.FEWEST, replicates.FEWEST + len(halves))


def _overall(needs: pd.DataFrame, pooled: dict[str, float], wanted: float) -> dict[str, Any]:
    return {
        "points": len(needs), "wanted": wanted, "deviation": pooled["deviation"],
        "half_width": pooled["half_width"],
        "half_width_10": needs["half_width"].quantile(0.1), "half_width_90": needs["half_width"].quantile(0.9),
        "narrow_enough": float((needs["half_width"] <= wanted).mean()),
        **{name: int(pooled[name]) for name in ("needed", "needed_low", "needed_high")},
        "needed_90": int(np.ceil(needs["needed"].quantile(0.9))),
    }  # fmt: skip


def _with_savings(summary: pd.DataFrame) -> pd.DataFrame:
    """Say how many times as many seeds would be needed if regimes did not share them."""
    unpaired = summary[summary["measure"] == UNPAIRED].set_index(["scenario", "regime"])["needed"]
    return summary.assign(
        saved_by_pairing=[
            float(unpaired[row["scenario"], row["regime"]] / row["needed"])
            if row["measure"] == PAIRED
            else np.nan
            for row in summary.to_dict("records")
        ]
    )


def _warnings(study: Study, summary: pd.DataFrame, seeds: int) -> list[str]:
    asked = summary[summary["measure"] != UNPAIRED]
    told = []
    worst = asked.iloc[int(asked["needed"].argmax())]
    if worst["needed"] > seeds:
        told.append(
            f"{seeds} seeds are too few for the half-width that is wanted; {worst['needed']} would do under every "
            f"regime: {again(study, 'seeds', int(worst['needed']))}."
        )
    rough = asked.iloc[int((asked["needed_high"] / asked["needed_low"]).argmax())]
    if rough["needed_high"] > UNSURE * rough["needed_low"]:
        told.append(
            f"{seeds} seeds tell the spread between seeds roughly only: under {rough['regime']} anything from "
            f"{rough['needed_low']} to {rough['needed_high']} seeds may be needed."
        )
    return told


def _sentences(study: Study, summary: pd.DataFrame, wanted: float, seeds: int) -> list[str]:
    told = []
    for row in summary[summary["measure"] != UNPAIRED].to_dict("records"):
        where = f" in {row['scenario']}" if len(study.samples) > 1 else ""
        what = (
            f"the lead of {row['regime']} over {study.baseline}"
            if study.of == "lead"
            else f"the level under {row['regime']}"
        )
        percent = f"% of the mean of {study.baseline}" if study.of == "lead" else "% of its mean"
        many = (
            f" at a point ({row['half_width_10']:.2g} to {row['half_width_90']:.2g} at eight points in ten)"
        )
        sentence = (
            f"With {seeds} seeds, {what}{where} is known to ±{row['half_width']:.2g}{percent}"
            f"{many if row['points'] > 1 else ''}; ±{wanted:g}% takes {row['needed']} seeds "
            f"({row['needed_low']} to {row['needed_high']})"
        )
        if row["measure"] == PAIRED:
            saved = f"{short(row['saved_by_pairing'])} times as many"
            sentence += f", and without common seeds {saved}"
        told.append(f"{sentence}.")
    return told
