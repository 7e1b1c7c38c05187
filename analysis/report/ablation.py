"""The report of an ablation: which difference between policies does the work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.ablation import LEVEL
from analysis.report.document import (
    Cell,
    Report,
    Section,
    Table,
    Words,
    count,
    counted,
    in_series,
    percent,
    plain,
    share,
    words,
)
from analysis.report.limits import failures, limits
from analysis.report.names import first_upper, readable, regime
from analysis.report.parts import pictures
from analysis.report.provenance import command_of, provenance
from analysis.treatments import SWITCHES
from model.record import OBSERVABLES, OUTCOMES

PRIMARY = OUTCOMES[0]
LABEL = f"the {OBSERVABLES[PRIMARY].label.lower()}"
POSITIONS = {switch.name: switch.labels for switch in SWITCHES}
TESTED = (
    "Many differences are tested at once; “more than chance would explain” takes that into account (Holm 1979). "
    "“Likely” gives a 95% confidence interval of a single difference."
)
FIGURES = {
    "switch_effects": "The effect of each switch over all positions of the others, with 95% intervals.",
    "regime_walks": "What each policy gains or loses when one of its switches is flipped, with 95% intervals.",
}


def report(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """Write the report of an ablation.

    Parameters
    ----------
    folder
        Results of `run.py ablate`.
    manifest
        Its manifest.

    Returns
    -------
    Report
        The report; its numbers are entries of the tables ``effects``, ``walks`` and ``spending``.
    """
    effects, walks = (_primary(folder, name) for name in ("effects", "walks"))
    spending = pd.read_parquet(folder / "data" / "spending.parquet")
    seeds = int(effects["seeds"].min()) if len(effects) else 0
    return Report(
        title=str(manifest["title"]),
        subtitle="Which difference between policies does the work",
        asked=(
            words(
                "Policies differ in five switches: whether support is generic or targeted, isolated or networked, "
                "inside a sector or across, whether priorities are fixed or discovered, and whether they come from "
                "above or from below. Which of these does the work? All combinations were run with the same budget on "
                "the same ",
                *counted(seeds, "effects/seeds", "simulated region"),
                ", and each policy with one switch flipped.",
            ),
        ),
        answer=answer(effects, walks),
        mind=(words(TESTED),),
        sections=tuple(
            section
            for section in (
                Section(
                    "What each switch does",
                    tables=(_effects(effects, "main"), _effects(effects, "interaction")),
                    pictures=pictures(folder, {"switch_effects": FIGURES["switch_effects"]}),
                ),
                Section(
                    "What each policy gains or loses when one switch is flipped",
                    tables=(_walks(walks),),
                    pictures=pictures(folder, {"regime_walks": FIGURES["regime_walks"]}),
                )
                if len(walks)
                else None,
                _spending(spending),
                failures(manifest),
                limits(seeds, manifest),
            )
            if section is not None
        ),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


def answer(effects: pd.DataFrame, walks: pd.DataFrame) -> tuple[Words, ...]:
    """Answer in three sentences: which switch, which pair of switches, which flip.

    Parameters
    ----------
    effects, walks
        What `analysis.ablation.factorial_effects` and `walks` give, of the primary outcome.

    Returns
    -------
    tuple
        Sentences.
    """
    if not len(effects) or effects["effect"].isna().all():
        return (words("No simulated region was finished under every combination: nothing can be said."),)
    if effects["p"].isna().all():
        return (
            words(
                "Only one region was simulated: chance decides, and 16 or more would tell; try --seeds 16."
            ),
        )
    main, pairs = (effects[effects["kind"] == kind] for kind in ("main", "interaction"))
    return _switches(_sure(main)), _pairs(_sure(pairs)), _flips(_sure(walks))


def _switches(sure: pd.DataFrame) -> Words:
    if sure.empty:
        return words(f"None of the five switches on its own changes {LABEL} more than chance would explain.")
    told = [
        (
            f"{_instead(*reversed(POSITIONS[str(row['term'])]))}, ",
            *_size(row, f"effects/{row['term']}"),
        )
        for row in sure.to_dict("records")
    ]
    return words(
        f"On average over the positions of all others, what changes {LABEL}: ", *in_series(told), "."
    )


def _pairs(sure: pd.DataFrame) -> Words:
    if sure.empty:
        return words("No two switches strengthen or weaken each other more than chance would explain.")
    row = sure.to_dict("records")[0]
    one, other = (readable(POSITIONS[name][1]) for name in str(row["term"]).split(" x "))
    return words(
        f"Of pairs, {one} and {other} {'strengthen' if row['effect'] > 0 else 'weaken'} each other most: ",
        *_size(row, f"effects/{row['term']}"),
        ".",
    )


def _flips(sure: pd.DataFrame) -> Words:
    if sure.empty:
        return words(
            "None of the policies gains or loses more than chance would explain when one of its switches is flipped."
        )
    told = []
    for origin, rows in sure.groupby("origin", sort=False):
        row = rows.to_dict("records")[0]
        told.append(
            (
                f"{regime(str(origin))} with {_instead(row['after'], row['before'])}, ",
                *_size(row, f"walks/{origin}/{row['switch']}/{row['after']}"),
            )
        )
    return words("What one switch changes most in a policy: ", *in_series(told), ".")


def _sure(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep what is more than chance by Holm, the largest first."""
    sure = rows[rows["adjusted_probability"] < LEVEL]
    return sure.reindex(sure["relative"].abs().sort_values(ascending=False, kind="stable").index)


def _size(row: Mapping[Any, Any], source: str) -> Words:
    return (
        percent(float(row["relative"]), f"{source}/relative"),
        " (likely ",
        percent(float(row["relative_low"]), f"{source}/relative_low"),
        " to ",
        percent(float(row["relative_high"]), f"{source}/relative_high"),
        ")",
    )


def _instead(after: str, before: str) -> str:
    return f"{readable(str(after))} instead of {readable(str(before))}"


def _primary(folder: Path, name: str) -> pd.DataFrame:
    table = pd.read_parquet(folder / "data" / f"{name}.parquet")
    return table[table["outcome"] == PRIMARY].reset_index(drop=True)


def _effects(effects: pd.DataFrame, kind: str) -> Table:
    chosen = effects[effects["kind"] == kind]
    if kind == "interaction":
        chosen = chosen.sort_values("share", ascending=False, kind="stable")
    rows = tuple(
        (
            _instead(*reversed(POSITIONS[str(row["term"])]))
            if kind == "main"
            else " and ".join(readable(POSITIONS[name][1]) for name in str(row["term"]).split(" x ")),
            *_numbers(row, f"effects/{row['term']}"),
            share(float(row["share"]), f"effects/{row['term']}/share"),
        )
        for row in chosen.to_dict("records")
    )
    what = (
        "Effect of a switch" if kind == "main" else "How much more two switches do together than each alone"
    )
    caption = (
        f"{what} on {LABEL}, in percent of its mean without policy, with the ends of the 95% interval and the "
        "probability of chance (Holm). Share: its part of all that differs between combinations."
    )
    headings = ("switch" if kind == "main" else "pair", "effect", "at least", "at most", "p (Holm)", "share")
    return Table(caption, headings, rows)


def _walks(walks: pd.DataFrame) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in walks.to_dict("records"):
        name = f"{first_upper(regime(str(row['origin'])))}: {_instead(row['after'], row['before'])}"
        rows.append((name, *_numbers(row, f"walks/{row['origin']}/{row['switch']}/{row['after']}")))
    caption = f"Change of {LABEL}, in percent of its mean without policy; all else stays as it is."
    return Table(caption, ("flip", "change", "at least", "at most", "p (Holm)"), tuple(rows))


def _numbers(row: Mapping[Any, Any], source: str) -> tuple[Cell, ...]:
    p = float(row["adjusted_probability"])
    return (
        *(percent(float(row[name]), f"{source}/{name}", digits=2)
          for name in ("relative", "relative_low", "relative_high")),
        plain(p, f"{source}/adjusted_probability", largest=10),
    )  # fmt: skip


def _spending(spending: pd.DataFrame) -> Section | None:
    paid = spending[spending["spent"] > 0]
    if paid.empty:
        return None
    lowest = paid.sort_values("share_of_most", kind="stable").iloc[0]
    name = str(lowest["regime"])
    called = regime(name) if "-" not in name else f"“{readable(name.replace('-', ', '))}”"
    return Section(
        "Whether money was spent alike",
        paragraphs=(
            words(
                "All had the same money. Least of it was spent under ",
                called,
                ": ",
                share(float(lowest["share_of_most"]), f"spending/{name}/share_of_most"),
                " of what was spent where most was; ",
                count(int((paid["share_of_most"] < UNEVEN).sum()), "spending/uneven"),
                " of ",
                count(len(paid), "spending/count"),
                f" combinations spent less than {UNEVEN:.0%} of it. Where less is spent, a difference is not that of a "
                "switch alone.",
            ),
        ),
    )


UNEVEN = 0.95
