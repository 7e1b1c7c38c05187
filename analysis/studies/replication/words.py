"""A replication in words: sentences and tables, for a terminal and a page alike."""

from __future__ import annotations

import math

import pandas as pd

from analysis.studies.replication.statements import (
    ENDS,
    FEWEST_SEEDS,
    HOLDS,
    PARTLY,
    PEAK,
    STANDARD_ERRORS,
    TOO_FEW,
)
from analysis.words.document import Cell, Section, Table, Words, count, counted, fixed, words
from analysis.words.phrases import LOWER, UPPER

JUDGED = (
    f"A peak holds where all differences between it, at p = {PEAK[0]:g} and {PEAK[1]:g}, and both ends exceed "
    f"{STANDARD_ERRORS:g} standard errors, seed by seed; a control holds when the peak is gone."
)
LIMITS = (
    "Agents of the replication are those of the paper: they have no money, no market and no policy.",
    "What holds for barter on a ring that is rewired need not hold for firms that choose their partners.",
    "The paper gives no table; gaps are to an earlier reconstruction of its figures. More in docs/replication.md.",
)


def asked(seeds: int) -> Words:
    """Say what was asked."""
    return words(
        "Agents barter knowledge with their partners on networks from a ring (p = 0) to a random one (p = 1). Where "
        "is most known in the end, as published? Each network was traded on from ",
        *counted(seeds, "manifest/seeds", "start"),
        ", with controls in which the peak should vanish.",
    )


def answer(statements: pd.DataFrame, means: pd.DataFrame) -> Words:
    """Say in one sentence what came out.

    Parameters
    ----------
    statements
        As `analysis.studies.replication.statements.statements_table` gives it.
    means
        As `analysis.studies.replication.experiment.means_table` gives it.

    Returns
    -------
    Words
        The sentence.
    """
    curve = means[(means["treatment"] == "barter") & (means["measure"] == "mean_level")].set_index("rewiring")
    if not {*PEAK, *ENDS} <= set(curve.index):
        return words(
            "Too few networks were finished to compare the small world with ring and random network."
        )
    ring, low, high, random = (
        fixed(curve["mean"][p], f"means/barter/{p:g}/mean_level", 2) for p in (ENDS[0], *PEAK, ENDS[1])
    )
    verdict = str(statements["verdict"].iloc[0])
    told = words(
        "With barter the mean level is ", low, " and ", high, f" at p = {PEAK[0]:g} and {PEAK[1]:g}, against ", ring,
        " on the ring and ", random,
        f" on the random network: that it is highest in the small world {_phrase(verdict)}",
    )  # fmt: skip
    if verdict == TOO_FEW:
        return (*told, ".")
    controls = statements[statements["statement"].str.startswith("Control")]
    kept = int((controls["verdict"] == HOLDS).sum())
    source = "statements/control"
    return (*told, "; ", count(kept, source), " of ", count(len(controls), source), " controls hold.")


def _phrase(verdict: str) -> str:
    return {PARTLY: "holds partly", TOO_FEW: f"cannot be judged on fewer than {FEWEST_SEEDS} seeds"}.get(
        verdict, verdict
    )


def levels_section(means: pd.DataFrame, reconstruction: pd.DataFrame) -> Section:
    """Show mean levels, their intervals, the earlier reconstruction, and the controls."""
    value = _values(means)
    known = {row["rewiring"]: row for row in reconstruction.to_dict("records")}
    barter = means[(means["treatment"] == "barter") & (means["measure"] == "mean_level")]
    rows: list[tuple[Cell, ...]] = []
    for row in barter.to_dict("records"):
        p, earlier = float(row["rewiring"]), known.get(row["rewiring"], {})
        source, gap = f"means/barter/{p:g}", f"reconstruction/{p:g}"
        others = ("without_experts", "stopped", "gift")
        rows.append((
            f"{p:g}", *(fixed(row[name], f"{source}/{name}", 2) for name in ("mean", "low", "high")),
            fixed(earlier.get("reconstruction", math.nan), f"{gap}/reconstruction", 1),
            fixed(earlier.get("in_standard_errors", math.nan), f"{gap}/in_standard_errors", 1, sign=True),
            *(fixed(value[name, "mean_level", p], f"means/{name}/{p:g}", 2) for name in others),
        ))  # fmt: skip
    headings = (
        "p",
        "level",
        LOWER,
        UPPER,
        "earlier",
        "gap in s.e.",
        "no experts",
        "stopped",
        "gift",
    )
    caption = (
        "Mean level after barter with its 95% interval, that of an earlier reconstruction and the gap to it in "
        "standard errors; then of barter without experts, of barter stopped early, and with gifts."
    )
    return Section(
        "How much is known in the end",
        tables=(Table(caption, headings, tuple(rows)),),
        figures={"barter_networks": "Mean level from ring to random, with controls."},
    )


def spread_section(means: pd.DataFrame) -> Section:
    """Show how unequal agents are after barter, how long it took, and what the networks are like."""
    shown = (("barter", "variance", 1), ("barter", "coefficient_of_variation", 3), ("barter", "rounds", 0),
             ("network", "path_length", 2), ("network", "clustering", 3))  # fmt: skip
    value = _values(means)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"{p:g}", *(fixed(value[name, measure, p], f"means/{name}/{p:g}/{measure}", digits)
                     for name, measure, digits in shown))
        for p in dict.fromkeys(means["rewiring"])
    )  # fmt: skip
    headings = ("p", "variance", "coefficient of variation", "rounds", "path length", "clustering")
    caption = (
        "Levels over agents after barter, rounds until trade was exhausted, and the networks themselves."
    )
    return Section(
        "How unequal agents are, and how networks differ",
        tables=(Table(caption, headings, rows),),
        figures={"barter_heterogeneity": "Heterogeneity of agents from ring to random."},
    )


def statements_section(statements: pd.DataFrame) -> Section:
    """Show statements and verdicts."""
    rows: list[tuple[Cell, ...]] = []
    for row in statements.to_dict("records"):
        source = f"statements/{row['statement']}"
        digits = {"difference": 3, "low": 3, "high": 3, "in_standard_errors": 1}
        numbers = (fixed(row[name], f"{source}/{name}", n, sign=True) for name, n in digits.items())
        rows.append((row["statement"], *numbers, row["verdict"]))
    caption = (
        "The least clear of the differences between the peak and both ends, with its 95% interval; of the earlier "
        "reconstruction the largest gap."
    )
    headings = ("statement", "weakest", LOWER, UPPER, "in s.e.", "verdict")
    return Section("What was said, and what came out", tables=(Table(caption, headings, tuple(rows)),))


def _values(means: pd.DataFrame) -> dict[tuple[str, str, float], float]:
    return {
        (row["treatment"], row["measure"], row["rewiring"]): row["mean"] for row in means.to_dict("records")
    }
