"""Totals and subtotals among regions and domains."""

from __future__ import annotations

import numpy as np

from benchmarks.distorting.places import TOTAL_WORDS, UNKNOWN, hidden, is_nace, is_nuts, put_column, put_row
from benchmarks.made_tables import Draft


def total_row(made: Draft) -> None:
    """Put a row that is called a total."""
    put_row(made, made.luck.choice(TOTAL_WORDS), hidden(made).sum(), made.luck.choice([None, 0]))
    if "total" not in made.written.index[-1].casefold() and made.luck.random() < 0.3:
        made.done.append("first")


def total_column(made: Draft) -> None:
    """Put a column that is called a total."""
    whole = hidden(made).sum(axis=1).reindex(made.written.index)
    if whole.isna().any():
        whole = made.written.sum(axis=1)
    put_column(made, made.luck.choice(TOTAL_WORDS), whole, made.luck.choice([None, 0]))


def nameless_total_row(made: Draft) -> None:
    """Put a row that is a total and is not called so."""
    if len(made.truth) > 2 or (len(made.truth) > 1 and made.truth.shape[1] > 4):
        put_row(
            made, made.luck.choice(UNKNOWN), hidden(made).sum(), made.luck.randrange(len(made.written) + 1)
        )


def nameless_total_column(made: Draft) -> None:
    """Put a column that is a total and is not called so."""
    if made.written.shape != made.truth.shape:
        return
    if len(made.truth) == 1 and (
        made.truth.isna().to_numpy().any() or np.nansum(made.truth.to_numpy(float)) < 1000
    ):
        # Nobody could tell that.
        return
    put_column(made, "Q99X", hidden(made).sum(axis=1), made.luck.randrange(made.truth.shape[1] + 1))


def rounded_total_row(made: Draft) -> None:
    """Round all amounts to tens, and a total of what they were on its own."""
    if made.truth.isna().to_numpy().any() or len(made.truth) < 3 or made.truth.median().median() < 300:
        return
    made.decimals = None
    made.truth = made.truth.round(-1)
    exact = made.truth + np.random.default_rng(made.luck.getrandbits(32)).integers(-4, 5, made.truth.shape)
    made.written = made.truth.copy()
    put_row(made, made.luck.choice(UNKNOWN), exact.clip(lower=0).sum().round(-1))


def perturbed_total_row(made: Draft) -> None:
    """Put a total that deviates by half a percent, as perturbed ones do."""
    if len(made.truth) < 4:
        return
    noise = [made.luck.uniform(0.995, 1.005) for _ in made.truth.columns]
    put_row(
        made,
        made.luck.choice(UNKNOWN),
        (hidden(made).sum() * noise).round(3 if (made.truth % 1 > 0).to_numpy().any() else 0),
    )


def subtotals(made: Draft) -> None:
    """Put a nameless subtotal under each block of regions, as print tables do."""
    if len(made.truth) < 6 or made.written.shape[0] != len(made.truth) or made.truth.isna().to_numpy().any():
        return
    half = len(made.truth) // 2
    first, second = made.truth.iloc[:half].sum(), made.truth.iloc[half:].sum()
    above = made.luck.random() < 0.5
    put_row(made, "North", first, 0 if above else half)
    put_row(made, "South", second, half + 1 if above else None)


def nuts_levels(made: Draft) -> None:
    """Put countries and NUTS 1 beside NUTS 2."""
    if not is_nuts(made):
        return
    whole = hidden(made)
    for length in (3, 2):
        for code in sorted({each[:length] for each in made.truth.index}):
            put_row(
                made,
                code,
                whole[[each.startswith(code) for each in whole.index]].sum(),
                made.luck.choice([0, None]),
            )
    if made.luck.random() < 0.5:
        put_row(made, made.luck.choice(["EU27_2020", "EU28", "EA20"]), whole.sum())


def sections(made: Draft) -> None:
    """Put sections of NACE beside divisions."""
    if not is_nace(made):
        return
    whole = made.written if made.luck.random() < 0.5 else made.written.fillna(3.0)
    for letter in sorted({code[0] for code in made.truth.columns}):
        own = [code for code in made.truth.columns if code[0] == letter]
        if len(own) > 1 or made.luck.random() < 0.5:
            put_column(made, letter, whole[own].sum(axis=1), made.luck.choice([0, None]))


def ranges(made: Draft) -> None:
    """Put ranges of NACE beside divisions."""
    if not is_nace(made):
        return
    every = made.written[list(made.truth.columns)].sum(axis=1)
    put_column(made, made.luck.choice(["B-S_X_O642", "B-N_S95_X_K", "TOTAL", "A-U", "BTS"]), every, 0)
    within = [code for code in made.truth.columns if code in {"C10", "C11"}]
    if len(within) == 2:
        put_column(made, made.luck.choice(["C10-C12", "C10_C11", "C10T12"]), made.written[within].sum(axis=1))


def mean_row(made: Draft) -> None:
    """Put a row of means below, called so, or not where arithmetic can tell."""
    whole = hidden(made)
    clear = len(whole) > 4 and not made.truth.isna().to_numpy().any() and made.truth.min().min() > 300
    label = made.luck.choice(UNKNOWN if clear else ["Average", "Durchschnitt", "Mean", "Moyenne"])
    put_row(made, label, whole.mean().round())


def blocks_apart(made: Draft) -> None:
    """Put subtotals of two blocks of domains behind both."""
    count = made.truth.shape[1]
    if made.written.shape != made.truth.shape or made.truth.isna().to_numpy().any() or len(made.truth) < 5:
        return
    if count < 6 or made.truth.min().min() < 300:
        return
    first, second = made.truth.iloc[:, : count // 2].sum(axis=1), made.truth.iloc[:, count // 2 :].sum(axis=1)
    put_column(made, "Q98X", first)
    put_column(made, "Q99X", second)


def scattered_total_row(made: Draft) -> None:
    """Put a nameless sum of three regions that do not stand together anywhere."""
    count = len(made.truth)
    if not 8 <= count <= 60 or made.written.shape != made.truth.shape or made.truth.shape[1] < 8:
        return
    if made.truth.isna().to_numpy().any() or made.truth.min().min() < 100:
        return
    parts = sorted(made.luck.sample(range(count), 3))
    put_row(made, made.luck.choice(UNKNOWN), made.truth.iloc[parts].sum(), made.luck.randrange(count + 1))
