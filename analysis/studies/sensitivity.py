"""Which factors what is looked at depends on: the method that fits how the sweep was sampled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis import pawn, sensitivity
from analysis.errors import RequestError
from analysis.responses import Noise, Sample, noise
from analysis.studies.study import Findings, Study, about_noise, about_samples, again, in_words, short
from analysis.sweeps.sampling import problem, unit_points

Floats = npt.NDArray[np.float64]

METHODS = ("sobol", "morris", "pawn")
BY_DESIGN: Mapping[str, str] = {"sobol": "sobol", "morris": "morris"}
INDEX = {"sobol": "total", "morris": "mu_star", "pawn": "pawn"}
WIDE = 0.1
"""Half-width of the interval of a Sobol index from which a sample is called too small."""

FEWEST_BLOCKS = 2
FEW_TRAJECTORIES = 10
FEW_POINTS = 250
MORE_POINTS = 1000
SENTENCED = 3
"""Factors that a sentence names."""


def method_for(study: Study, method: str | None) -> str:
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


def findings(study: Study, method: str | None = None) -> Findings:
    """Find which factors matter for each regime.

    Parameters
    ----------
    study
        The question.
    method
        ``sobol``, ``morris`` or ``pawn``; by default what fits the design.

    Returns
    -------
    Findings
        ``indices``, one row for each scenario, regime and factor; with Sobol's second order, ``pairs``, too.
    """
    chosen = method_for(study, method)
    tables: list[pd.DataFrame] = []
    pairs: list[pd.DataFrame] = []
    noises: dict[str, Noise] = {}
    warned = about_samples(study)
    for sample in study.samples:
        for regime in study.regimes:
            response = sample.response(regime, study.of, study.baseline)
            luck = noise(response)
            noises[regime if len(study.samples) == 1 else f"{regime} in {sample.scenario}"] = luck
            table, second = _indices(study, sample, response, chosen)
            own = {"scenario": sample.scenario, "regime": regime}
            table = table.assign(**own, seeds=len(sample.seeds), noise_share=luck.share)
            table["rank_correlation"] = _directions(study, sample, response.mean(axis=1))
            tables.append(table.sort_values(INDEX[chosen], ascending=False, kind="stable"))
            pairs.append(second.assign(**own))
    indices = _ordered(pd.concat(tables, ignore_index=True), ("scenario", "regime", "factor"))
    together = _ordered(pd.concat(pairs, ignore_index=True), ("scenario", "regime"))
    warned += _about_size(study, chosen, indices) + about_noise(study, noises)
    kept = {"indices": indices} | ({"pairs": together} if len(together) else {})
    return Findings(
        study,
        "sensitivity",
        kept,
        tuple(_sentences(study, indices, chosen)),
        tuple(warned),
        {"method": chosen},
    )


def _indices(
    study: Study, sample: Sample, response: Floats, method: str
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


def _blocks(study: Study, sample: Sample, response: Floats, method: str) -> sensitivity.Blocks:
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


def _design(study: Study) -> Floats:
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


def _directions(study: Study, sample: Sample, means: Floats) -> list[float]:
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


def _about_size(study: Study, method: str, indices: pd.DataFrame) -> list[str]:
    sampling = study.results.sampling
    told = []
    if method != "pawn":
        dropped = int(indices["blocks_dropped"].max())
        if dropped:
            told.append(
                f"{dropped} of {dropped + int(indices['blocks'].min())} blocks of the {method} design "
                f"have a point that is "
                f"missing and are left out whole: one hole would spoil all indices."
            )
    if method == "sobol":
        widest = max(float(indices[name].max()) for name in ("total_half_width", "first_order_half_width"))
        if widest > WIDE:
            needed = sensitivity.samples_for_half_width(int(indices["blocks"].min()), widest, WIDE)
            told.append(
                f"{int(indices['points'].min())} points leave an interval of ±{widest:.2f}; about "
                f"{needed} base samples would "
                f"bring it to ±{WIDE}: {again(study, 'samples', needed)}."
            )
    elif method == "morris" and int(indices["blocks"].min()) < FEW_TRAJECTORIES:
        told.append(
            f"{int(indices['blocks'].min())} trajectories are few; {FEW_TRAJECTORIES} or more are usual: "
            f"{again(study, 'samples', max(2 * FEW_TRAJECTORIES, sampling.samples))}."
        )
    elif method == "pawn" and int(indices["points"].min()) < FEW_POINTS:
        told.append(
            f"with {int(indices['points'].min())} points, a factor without effect can have an index of up to "
            f"{indices['threshold'].max():.2f}; {MORE_POINTS} points would bring that to about "
            f"{indices['threshold'].max() * (indices['points'].min() / (MORE_POINTS)) ** 0.5:.2f}: "
            f"{again(study, 'samples', MORE_POINTS)}."
        )
    return told


def _sentences(study: Study, indices: pd.DataFrame, method: str) -> list[str]:
    told = []
    for (scenario, regime), rows in indices.groupby(["scenario", "regime"], sort=False):
        where = f" in {scenario}" if len(study.samples) > 1 else ""
        what = (
            f"the lead of {regime} over {study.baseline}"
            if study.of == "lead"
            else f"the level under {regime}"
        )
        matter = rows[rows["influential"]]
        if matter.empty:
            told.append(
                f"{what[:1].upper()}{what[1:]}{where} depends on no factor that can be told from luck."
            )
            continue
        named = "; ".join(_named(row, method, study.of) for row in matter.head(SENTENCED).to_dict("records"))
        rest = len(rows) - len(matter)
        more = f" {rest} of {len(rows)} factors cannot be told from luck." if rest else ""
        luck = rows["noise_share"].iloc[0]
        chance = (
            f" Luck of seeds makes {luck:.0%} of the variance between points." if np.isfinite(luck) else ""
        )
        told.append(f"{what[:1].upper()}{what[1:]}{where} depends most on {named}.{more}{chance}")
    return told


def _named(row: Mapping[Any, Any], method: str, of: str) -> str:
    name, correlation = in_words(row["factor"]), row["rank_correlation"]
    if method == "morris":
        correlation = row["mu"] / row["mu_star"]
    turn = (
        "" if not abs(correlation) > 0.2 else ", rising with it" if correlation > 0 else ", falling with it"
    )
    if method == "sobol":
        total = f"total {row['total']:.2f} ± {row['total_half_width']:.2f}"
        return f"{name} ({total}, alone {row['first_order']:.2f}{turn})"
    if method == "morris":
        unit = " percentage points" if of == "lead" else ""
        size = f"{short(row['mu_star'])} ± {short(row['mu_star_half_width'])}{unit}"
        return f"{name} (through its range {size}{turn})"
    return f"{name} (PAWN {row['pawn']:.2f}, luck reaches {row['threshold']:.2f}{turn})"
