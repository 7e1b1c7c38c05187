"""The model and Europe in words: sentences and tables, for a terminal and a page alike."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analysis.studies.europe.moments import Target, misfit
from analysis.studies.europe.scores import MODEL, NULLS
from analysis.words.document import (
    NOTHING,
    Cell,
    Number,
    Section,
    Table,
    Words,
    count,
    counted,
    fixed,
    in_series,
    share,
    words,
    written,
)
from analysis.words.numbers import plain_rows

DATA, UNRELATED = "data", "no relatedness"
ROWS = {
    "entry_rate": "entry rate",
    "exit_rate": "exit rate",
    "auc_within": "entry: area within",
    "exit_auc_within": "exit: area within",
    "auc": "entry: area, all",
    "entry_fifth_1": "entry, fifth 1",
    "entry_fifth_3": "entry, fifth 3",
    "entry_fifth_5": "entry, fifth 5",
    "persistence": "autocorrelation",
    "churn": "spread of change",
    "correlation_with_data": "match of change",
}
LEGEND = (
    "Entry: a location quotient passes 1; rates are of what could. Area: under the curve of relatedness density (low "
    "density for exit), within regions or over all pairs; .5 says nothing. Fifths: of density, least related first. "
    "Autocorrelation and spread: of log quotients and of their change. Match: correlation of the change with what "
    "happened. Activities kept: firms of the start stay counted where they were. Another sample: nothing moves but "
    "which firms are drawn. Density is that of 2008-09; no policy."
)
LIMITS = (
    "Two averages of two years are compared; what happened between them is not seen.",
    "Cells that are not published, or too few to tell, are left out of data and model alike.",
    "Firms are a sample of those of a region: with few of them, chance alone lets quotients pass 1.",
    "The crisis of these years, and policy, are in the data and not in the model.",
)


def asked(regions: int, *, estimated: bool) -> Words:
    """Say what was asked."""
    return words(
        "Does the model know Europe? ", *counted(regions, "manifest/regions", "region"), " of 2008-09 ",
        "was" if regions == 1 else "were", " run for six years without policy",
        ", with parameters estimated on half of the countries," if estimated else "",
        " and scored by the same measures as what happened until 2014-15.",
    )  # fmt: skip


def answer(comparison: pd.DataFrame, errors: pd.DataFrame | None) -> tuple[Words, ...]:
    """Say how entry and exit of the model differ from those of the data.

    Parameters
    ----------
    comparison
        See `analysis.studies.europe.scores.comparison`.
    errors
        Moments of the data and how sure they are, where that was measured.

    Returns
    -------
    tuple
        Sentences.
    """
    means = _means(comparison)
    if MODEL not in means.index:
        return (words("No run of the model itself was finished: nothing can be said."),)
    model, data = ({name: float(means[name][variant]) for name in means.columns} for variant in (MODEL, DATA))
    rates = words(
        "In the model ", _share(model, MODEL, "entry_rate"), " of what could be entered is entered in six years, and ",
        _share(model, MODEL, "exit_rate"), " of what a region was specialised in is given up; in Europe ",
        _share(data, DATA, "entry_rate"), " and ", _share(data, DATA, "exit_rate"), ".",
    )  # fmt: skip
    area = words(
        "Relatedness tells what a region enters with an area under the curve of ",
        fixed(model["auc_within"], f"comparison/{MODEL}/auc_within", 3), " in the model and ",
        fixed(data["auc_within"], f"comparison/{DATA}/auc_within", 3), " in Europe",
    )  # fmt: skip
    if UNRELATED in means.index:
        without = fixed(float(means["auc_within"][UNRELATED]), f"comparison/{UNRELATED}/auc_within", 3)
        area = (*area, "; without relatedness in the model it is ", without)
    told = (rates, (*area, "."))
    return told if errors is None else (*told, _deviations(comparison, errors))


def _deviations(comparison: pd.DataFrame, errors: pd.DataFrame) -> Words:
    wanted = {row["moment"]: Target(row["data"], row["standard_error"]) for row in errors.to_dict("records")}
    off = [
        (f"{row['variant']} ", _rounded(misfit(row, wanted), f"standard_errors/{row['variant']}"))
        for row in plain_rows(comparison)
        if row["variant"] in {MODEL, *NULLS}
    ]
    moments = count(len(wanted), "standard_errors/count")
    return words(
        "Squared deviations from the data in standard errors, summed over ", moments, " moments: ",
        *in_series(off), ".",
    )  # fmt: skip


def comparison_section(comparison: pd.DataFrame, errors: pd.DataFrame | None) -> Section:
    """Show the model, its nulls and its variants beside the data."""
    variants = list(dict.fromkeys(comparison["variant"]))
    nulls = [name for name in variants if name in NULLS]
    return Section(
        "Beside the data",
        paragraphs=((LEGEND,),),
        tables=(
            _table("The model and its nulls.", comparison, [*variants[:2], *nulls], errors),
            _table(
                "The model and its variants.",
                comparison,
                [name for name in variants if name not in NULLS],
                None,
            ),
        ),
    )


def _table(
    caption: str, comparison: pd.DataFrame, variants: Sequence[str], errors: pd.DataFrame | None
) -> Table:
    means = _means(comparison)
    sure = {} if errors is None else errors.set_index("moment")["standard_error"].to_dict()
    rows: list[tuple[Cell, ...]] = []
    for name, label in ROWS.items():
        cells = [
            fixed(float(means[name][variant]), f"comparison/{variant}/{name}", 3) for variant in variants
        ]
        if errors is not None:
            cells.append(fixed(float(sure.get(name, math.nan)), f"standard_errors/{name}", 3))
        rows.append((label, *cells))
    more = () if errors is None else ("standard error",)
    return Table(caption, ("", *variants, *more), tuple(rows))


def estimation_asked(regions: int) -> Words:
    """Say what was asked."""
    return words(
        "What moves employment between activities? Eight parameters were estimated from eight moments of entry, exit "
        "and persistence in ", *counted(regions, "manifest/regions", "region"),
        " of half of the European countries, 2008-09 to 2014-15, with a prior around the defaults.",
    )  # fmt: skip


def estimation_answer(trials: pd.DataFrame, as_good: int) -> tuple[Words, ...]:
    """Say how near the best set comes.

    Parameters
    ----------
    trials
        Sets that were tried, with ``misfit`` and ``distance``; the defaults first.
    as_good
        How many sets are about as good as the best.

    Returns
    -------
    tuple
        Sentences.
    """
    first, best = trials.iloc[0], trials.sort_values("distance", kind="stable").iloc[0]
    return (
        words(
            "Squared deviations from the data in standard errors, summed over moments: ",
            _rounded(float(first["misfit"]), "trials/0/misfit"), " with the defaults, ",
            _rounded(float(best["misfit"]), f"trials/{best['trial']:.0f}/misfit"), " with the best of ",
            *counted(len(trials), "trials/count", "set"), ".",
        ),
        words(
            *counted(as_good, "manifest/about_as_good", "set fits", "sets fit"),
            " about as well, the best included: the range of their values says how much is known of a parameter.",
        ),
    )  # fmt: skip


def moments_section(moments: pd.DataFrame) -> Section:
    """Show moments of the data, of the defaults and of the best set."""
    columns = ("data", "standard_error", "defaults", "estimated")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            ROWS[str(row["moment"])],
            *(fixed(float(row[name]), f"moments/{row['moment']}/{name}", 3) for name in columns),
        )
        for row in moments.to_dict("records")
    )
    caption = "Moments on the regions of the estimation."
    headings = ("moment", "data", "standard error", "defaults", "estimated")
    return Section("How near it comes", tables=(Table(caption, headings, rows),))


def parameters_section(parameters: pd.DataFrame, as_good: int) -> Section:
    """Show what was estimated, and the range of sets that are about as good."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            str(row["parameter"]),
            *(
                Number(float(row[name]), f"{row[name]:{form}}", f"parameters/{row['parameter']}/{name}")
                for name, form in (("default", "g"), ("estimated", ".3g"), ("low", ".3g"), ("high", ".3g"))
            ),
        )
        for row in parameters.to_dict("records")
    )
    caption = (
        "Parameters, and their least and greatest values among sets that fit about as well: "
        f"{as_good} of those tried."
    )
    headings = ("parameter", "default", "estimated", "least", "greatest")
    return Section("What was estimated", tables=(Table(caption, headings, rows),))


def _means(comparison: pd.DataFrame) -> pd.DataFrame:
    return comparison.drop(columns="seed").groupby("variant", sort=False).mean()


def _share(values: dict[str, float], variant: str, name: str) -> Number:
    return share(values[name], f"comparison/{variant}/{name}")


def _rounded(value: float, source: str) -> Number:
    return Number(value, written(value, 0) if math.isfinite(value) else NOTHING, source)
