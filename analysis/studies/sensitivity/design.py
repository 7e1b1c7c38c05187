"""Sensitivity as a study: the method that fits how the sweep was sampled, and its indices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError
from analysis.runs.progress import Listener
from analysis.statistics import pawn, sensitivity
from analysis.statistics.responses import Sample, noise
from analysis.studies.sensitivity.findings import INDEX, SensitivityFindings
from analysis.studies.sweep.question import Question, StudyOfSweep, open_question
from analysis.studies.sweep.sampling import problem, unit_points

Floats = npt.NDArray[np.float64]

METHODS = ("sobol", "morris", "pawn")
BY_DESIGN: Mapping[str, str] = {"sobol": "sobol", "morris": "morris"}
FEWEST_BLOCKS = 2


@dataclass(frozen=True, kw_only=True)
class Sensitivity(StudyOfSweep):
    """Which factors matter for each regime; see `design`."""

    method: str
    answered = SensitivityFindings

    def find(self, progress: Listener) -> dict[str, pd.DataFrame]:
        """Compute indices of every scenario and regime."""
        del progress
        study, tables, pairs = self.question, [], []
        for sample in study.samples:
            for regime in study.regimes:
                response = sample.response(regime, study.of, study.baseline)
                table, second = _indices(study, sample, response, self.method)
                own = {"scenario": sample.scenario, "regime": regime}
                table = table.assign(**own, seeds=len(sample.seeds), noise_share=noise(response).share)
                table["rank_correlation"] = _directions(study, sample, response.mean(axis=1))
                tables.append(table.sort_values(INDEX[self.method], ascending=False, kind="stable"))
                pairs.append(second.assign(**own))
        indices = _ordered(pd.concat(tables, ignore_index=True), ("scenario", "regime", "factor"))
        together = _ordered(pd.concat(pairs, ignore_index=True), ("scenario", "regime"))
        return {"indices": indices} | ({"pairs": together} if len(together) else {})


def design(
    folder: Path | str,
    *,
    outcome: str | None = None,
    regime: str | None = None,
    of: str = "lead",
    method: str | None = None,
) -> Sensitivity:
    """Ask a sweep which factors matter.

    Parameters
    ----------
    folder, outcome, regime, of
        See `analysis.studies.sweep.question.open_question`.
    method
        ``sobol``, ``morris`` or ``pawn``; by default what fits the design.

    Returns
    -------
    Sensitivity
        Finds ``indices``, one row for each scenario, regime and factor; with Sobol's second order, ``pairs``, too.

    Raises
    ------
    RequestError
        If the sweep cannot say, or not by that method.
    """
    question = open_question(folder, outcome, regime, of)
    return Sensitivity(question=question, method=method_for(question, method))


def method_for(study: Question, method: str | None) -> str:
    """Choose the method that a design allows.

    Raises
    ------
    RequestError
        If a method was asked for that the design does not allow, or the design allows none.
    """
    kind = study.results.sampling.kind
    if method is not None and method not in METHODS:
        raise RequestError(f"--method {method}: must be one of {', '.join(METHODS)}.")
    study.need_factors("the outcome could depend on")
    if kind == "one_at_a_time":
        raise RequestError(
            "A sweep that moves one factor at a time says nothing about the others' values, and so nothing about "
            "sensitivity over their ranges: make one with --design latin_hypercube, morris or sobol."
        )
    fitting = BY_DESIGN.get(kind, "pawn")
    if method in BY_DESIGN and method != fitting:
        raise RequestError(
            f"--method {method}: needs a sweep with --design {method}, and this one is a {kind}; leave it out for "
            f"{fitting}."
        )
    return method or fitting


def _indices(
    study: Question, sample: Sample, response: Floats, method: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    factors, sampling = study.results.factors, study.results.sampling
    if method == "pawn":
        coded = np.column_stack([_coded(column) for _, column in study.conditions(sample).items()])
        table = pawn.pawn_indices(coded, response.mean(axis=1), [factor.name for factor in factors])
        return table.assign(points=len(response)), pd.DataFrame()
    blocks = _blocks(study, sample, response, method)
    held = {"points": blocks.rows.size, "blocks": len(blocks.rows), "blocks_dropped": blocks.dropped}
    pairs = pd.DataFrame()
    if method == "sobol":
        table, pairs = sensitivity.sobol_indices(
            problem(factors), blocks.means, second_order=sampling.second_order
        )
        table["luck"] = sensitivity.luck_in_totals(blocks, len(factors))
    else:
        places = _design(study)[blocks.rows.ravel()]
        table = sensitivity.morris_effects(problem(factors), places, blocks.means, sampling.levels)
        table["luck"] = sensitivity.luck_in_effects(blocks, places)
    lowest = table[INDEX[method]] - table[f"{INDEX[method]}_half_width"]
    table["influential"] = lowest > table["luck"].fillna(0)
    return table.assign(**held), pairs


def _blocks(study: Question, sample: Sample, response: Floats, method: str) -> sensitivity.Blocks:
    values = np.full((sample.planned, response.shape[1]), np.nan)
    values[sample.points] = response
    second_order = study.results.sampling.second_order
    size = sensitivity.block_size(method, len(study.results.factors), second_order=second_order)
    blocks = sensitivity.whole_blocks(values, size)
    if len(blocks.rows) < FEWEST_BLOCKS:
        raise RequestError(
            f"{study.results.folder}: only {len(blocks.rows)} of {len(values) // size} blocks of the {method} design "
            f"are whole, which is too few; run.py resume {study.results.folder} makes what is missing."
        )
    return blocks


def _design(study: Question) -> Floats:
    """Draw the design anew and make sure that it is the one whose points were run."""
    factors, points = study.results.factors, study.results.points()
    drawn = unit_points(study.results.sampling, factors)
    same = drawn.shape == (len(points), len(factors)) and all(
        factor.at(place) == value
        for at, factor in enumerate(factors)
        for place, value in zip(drawn[:, at], points[factor.name], strict=True)
    )
    if not same:
        raise RequestError(
            f"{study.results.folder}: this version of SALib draws other points for the same design than "
            f"the one that the "
            f"sweep was made with ({study.results.manifest.get('written')}); --method pawn needs no design."
        )
    return drawn


def _coded(column: pd.Series) -> Floats:
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(np.float64)
    return pd.factorize(column)[0].astype(np.float64)


def _directions(study: Question, sample: Sample, means: Floats) -> list[float]:
    """Give the rank correlation of each factor with the response; none for listed texts."""
    ranks = pd.Series(means).rank()
    found: list[float] = []
    conditions = study.conditions(sample)
    for name in conditions:
        column = conditions[name]
        moves = pd.api.types.is_numeric_dtype(column) and column.min() < column.max() and np.ptp(means) > 0
        found.append(float(column.astype(float).rank().corr(ranks)) if moves else np.nan)
    return found


def _ordered(table: pd.DataFrame, first: tuple[str, ...]) -> pd.DataFrame:
    front = [name for name in first if name in table]
    return table[[*front, *(name for name in table if name not in front)]]
