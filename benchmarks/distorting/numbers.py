"""How numbers are written, and what they mean."""

from __future__ import annotations

import numpy as np

from benchmarks.distorting.places import median
from benchmarks.made_tables import Draft


def tenths(made: Draft) -> None:
    """Have amounts with one decimal."""
    made.truth, made.written = made.truth / 10, made.written / 10
    made.decimals = 1


def thousandths(made: Draft) -> None:
    """Have amounts in thousands, with three decimals."""
    made.truth, made.written = made.truth / 1000, made.written / 1000
    made.decimals = None if made.decimals else made.luck.choice([3, None])


def comma_decimals(made: Draft) -> None:
    """Write decimals with a comma."""
    made.decimal = ","


def thousands(made: Draft) -> None:
    """Part thousands by any sign."""
    marks = [" ", "\u00a0", "\u2009", "\u202f", "'", "\u2019", "." if made.decimal == "," else ","]
    made.thousands = made.luck.choice(marks)


def german(made: Draft) -> None:
    """Part thousands with points, decimals with commas."""
    made.decimal, made.thousands = ",", "."


def scientific(made: Draft) -> None:
    """Write numbers with exponents."""
    made.suffix = "scientific"


def missing_words(made: Draft) -> None:
    """Write what is not published in words."""
    made.missing = made.luck.choice(
        [":", "..", "n/a", "NA", ": c", ":c", ": u", "c", "x", ":z", "n.a.", "...", "."]
    )


def dashes(made: Draft) -> None:
    """Write what is not published as a dash."""
    made.missing = "-"


def cell_flags(made: Draft) -> None:
    """Put official flags behind numbers, or beside them."""
    for region in made.written.index:
        for domain in made.written.columns:
            if made.luck.random() < 0.2:
                made.flags[region, domain] = made.luck.choice(["p", "b", "e", "bp", "u", "d", "s", "r", "be"])
    made.flag_column = made.layout in {"sdmx", "oecd"} or (made.layout == "wide" and made.luck.random() < 0.3)


def zeros_for_secrets(made: Draft) -> None:
    """Write what is secret as zero, with a flag in a column."""
    if not made.long:
        return
    made.flag_column = True
    letter = "c" if made.layout != "oecd" else made.luck.choice(["Q", "L", "M"])
    for region in made.truth.index:
        for domain in made.truth.columns:
            if np.isnan(made.truth.loc[region, domain]):
                made.flags[region, domain] = letter
                made.withheld_as_zero.add((region, domain))


def unit_letters(made: Draft) -> None:
    """Put units behind numbers."""
    made.suffix = made.luck.choice(["k", "m", " mio", " bn", "%", " Tsd."])
    made.must_refuse = True


def multiplied(made: Draft) -> None:
    """Divide amounts by the power of ten that UNIT_MULT says."""
    if made.layout == "oecd":
        made.written = made.written / 1000
        made.decimals = None
        made.extra["UNIT_MULT"] = lambda _: "3"


def nines(made: Draft) -> None:
    """Write what is not published as nines."""
    if made.truth.isna().to_numpy().sum() > 3 and made.truth.max().max() < 900_000:
        made.missing = "9999999"
        made.must_refuse = True


def shares(made: Draft) -> None:
    """Give shares."""
    if len(made.truth) < 3 or made.written.shape != made.truth.shape:
        return
    axis = made.luck.choice([0, 1])
    filled = made.written.fillna(1.0) + 1.0
    made.written = filled.div(filled.sum(axis=1 - axis), axis=axis) * made.luck.choice([1, 100])
    made.decimals, made.must_refuse = made.luck.choice([4, 6]), True


def zeros_and_ones(made: Draft) -> None:
    """Say where something is, not how much."""
    if made.truth.size >= 12 and not made.must_refuse and made.written.shape == made.truth.shape:
        made.written = (made.written.fillna(0) > median(made)).astype(float)
        made.must_refuse = made.layout != "firms"


def quotients(made: Draft) -> None:
    """Give location quotients."""
    if len(made.truth) < 5 or made.must_refuse or made.written.shape != made.truth.shape:
        return
    filled = made.written.fillna(0.0) + 0.2 * float(np.nanmean(made.truth.to_numpy(float)))
    share = filled.div(filled.sum(axis=1), axis=0)
    made.written = share / (filled.sum() / filled.to_numpy().sum())
    made.decimals, made.must_refuse = 3, True


def column_in_thousands(made: Draft) -> None:
    """Write one domain in another unit."""
    if (
        made.must_refuse
        or made.truth.size < 24
        or median(made) < 300
        or made.written.shape != made.truth.shape
    ):
        return
    place = made.luck.randrange(made.truth.shape[1])
    code = made.written.columns[place]
    if (made.written[code] > 0).sum() >= 3:
        made.written[code] = made.written[code] * 1000
        made.must_refuse = True
