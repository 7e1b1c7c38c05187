"""Replicates as a study: how wide intervals are at the points of a sweep, paired and not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError
from analysis.runs.progress import Listener
from analysis.statistics import replicates
from analysis.statistics.responses import Sample
from analysis.studies.replicates.findings import LEVEL, PAIRED, UNPAIRED, ReplicatesFindings
from analysis.studies.sweep.answer import again
from analysis.studies.sweep.question import Question, StudyOfSweep, open_question

Floats = npt.NDArray[np.float64]

WANTED = 1.0
"""Half-width that is wanted, in percent, where none is given."""


@dataclass(frozen=True, kw_only=True)
class Replicates(StudyOfSweep):
    """How many seeds a sweep needs; see `design`."""

    half_width: float
    answered = ReplicatesFindings

    def find(self, progress: Listener) -> dict[str, pd.DataFrame]:
        """Follow intervals as seeds are added."""
        del progress
        study, wanted = self.question, self.half_width
        overall, single, widths, middle = [], [], [], []
        for sample in study.samples:
            for regime in study.regimes:
                for measure, values, other in _measures(study, sample, regime):
                    own = {"scenario": sample.scenario, "regime": regime, "measure": measure}
                    needs = replicates.at_points(values, wanted, other)
                    single.append(needs.assign(**own, point=sample.points))
                    overall.append(
                        {**own, **_overall(needs, replicates.pooled(values, wanted, other), wanted)}
                    )
                    means, halves = replicates.running(values, other)
                    widths.append(_widths(halves).assign(**own))
                    middle.append(_running(means, halves, sample).assign(**own))
        return {
            "summary": _with_savings(pd.DataFrame(overall).assign(seeds=study.seeds)),
            "points": pd.concat(single, ignore_index=True),
            "running": pd.concat(middle, ignore_index=True),
            "widths": pd.concat(widths, ignore_index=True),
        }


def design(
    folder: Path | str,
    *,
    outcome: str | None = None,
    regime: str | None = None,
    of: str = "lead",
    half_width: float = WANTED,
) -> Replicates:
    """Ask a sweep how many seeds make intervals as narrow as wanted.

    Parameters
    ----------
    folder, outcome, regime, of
        See `analysis.studies.sweep.question.open_question`.
    half_width
        Half-width of a 95% interval, in percent of the mean at the point: of the baseline for a lead, of the
        regime for a level.

    Returns
    -------
    Replicates
        Finds ``summary``: for each regime and measure, medians and 90th percentiles over points of half-width and
        seeds needed; ``points``: the same at each point; ``running``: mean and half-width as seeds are added, at the
        point whose half-width is in the middle; ``widths``: quantiles over points of half-widths by seeds.

    Raises
    ------
    RequestError
        If the half-width is not above zero, or there is one seed only.
    """
    question = open_question(folder, outcome, regime, of)
    if not half_width > 0:
        raise RequestError(f"--half-width {half_width:g}: must be above 0, in percent.")
    if question.seeds < replicates.FEWEST:
        raise RequestError(
            f"{folder}: has {question.seeds} seed only, which says nothing about luck. "
            f"{again(question.results.sampling.kind, 'seeds', 4)}"
        )
    return Replicates(question=question, half_width=half_width)


def _measures(study: Question, sample: Sample, regime: str) -> Iterator[tuple[str, Floats, Floats | None]]:
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
