"""The report of a surface: which regime leads under which conditions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.axes import find_axis
from analysis.report.document import (
    Cell,
    Picture,
    Report,
    Section,
    Table,
    Words,
    count,
    counted,
    in_series,
    percent,
    words,
)
from analysis.report.limits import failures, limits
from analysis.report.names import first_upper, parameter, regime, subject
from analysis.report.provenance import command_of, provenance
from analysis.surface_words import describe, describe_parts
from model.loading import load_scenario
from model.record import OBSERVABLES

PICTURES = {
    "leaders": "Who leads where; where nobody does, the best cannot be told from all others.",
    "leaders_in_parts": "The same with neighbouring cells taken together.",
    "leaders_by_outcome": "Who leads by other yardsticks.",
    "differences": "What each regime adds, condition by condition.",
}


def report(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """Write the report of a surface.

    Parameters
    ----------
    folder
        Results of `run.py surface`.
    manifest
        Its manifest.

    Returns
    -------
    Report
        The report.
    """
    found = _Surface(folder, manifest)
    several = len(found.axes) > 1
    return Report(
        title=str(manifest["title"]),
        subtitle=f"Who leads along {found.varied}",
        asked=(
            words(
                f"Which policy leads under which conditions? {first_upper(found.varied)} "
                f"{'were' if several else 'was'} varied over ",
                *_cells_of(len(found.cells), "cells/count"),
                "; in each, every policy met the same ",
                *counted(len(manifest["seeds"]), "manifest/seeds", "simulated region"),
                f". Yardstick: {OBSERVABLES[found.outcome].label.lower()}.",
            ),
        ),
        answer=_answer(found.cells, found.regimes),
        mind=(words(_BONFERRONI),),
        sections=tuple(
            section
            for section in (
                Section("Condition by condition, in words", lists=tuple(map(words, found.sentences))),
                Section("Pictures", pictures=_pictures(folder)),
                _cells(found.cells, [axis.name for axis in found.axes]),
                failures(manifest),
                limits(len(manifest["seeds"]), manifest),
            )
            if section is not None
        ),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


_BONFERRONI = (
    "A policy is said to lead only where that holds for all combinations at once with 95% confidence: small leads go "
    "unseen with few regions."
)


class _Surface:
    """A surface as it lies in its folder."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        scenario = load_scenario(folder / "scenario.toml")
        self.axes = [find_axis(axis["name"], scenario) for axis in manifest["axes"]]
        self.outcome = str(manifest["outcome"])
        self.cells, self.parts = (_of(folder, name, self.outcome) for name in ("cells", "parts"))
        self.regimes, self.baseline = list(manifest["regimes"]), str(manifest["baseline"])

    @property
    def varied(self) -> str:
        """What was varied, in words."""
        return " and ".join(parameter(axis.name) for axis in self.axes)

    @property
    def sentences(self) -> list[str]:
        """Who leads where, and where neighbouring cells are taken together."""
        return [
            *describe(self.cells, self.axes, self.regimes, regime(self.baseline), subject),
            *map(first_upper, describe_parts(self.parts, self.axes, self.regimes, subject)),
        ]


def in_short(folder: Path, manifest: Mapping[str, Any]) -> tuple[list[Words], str]:
    """Say in a few sentences who leads where.

    Parameters
    ----------
    folder
        Results of `run.py surface`.
    manifest
        Its manifest.

    Returns
    -------
    tuple
        Sentences, and what was varied.
    """
    found = _Surface(folder, manifest)
    together = map(first_upper, describe_parts(found.parts, found.axes, found.regimes, subject))
    return [*_answer(found.cells, found.regimes), *map(words, together)], found.varied


def _of(folder: Path, name: str, outcome: str) -> pd.DataFrame:
    table = pd.read_parquet(folder / "data" / f"{name}.parquet")
    return table[table["outcome"] == outcome].reset_index(drop=True)


def _cells_of(value: int, source: str) -> Words:
    return counted(value, source, "combination of conditions", "combinations of conditions")


def _answer(cells: pd.DataFrame, regimes: list[str]) -> tuple[Words, ...]:
    """Answer in three sentences: who leads where for sure, where nobody does, who is best on average."""
    won, best = cells["leader"].value_counts(), cells["best"].value_counts()
    total, nobody = len(cells), int(cells["leader"].isna().sum())
    leading = [name for name in regimes if won.get(name, 0)]
    if leading:
        told = [
            (f"{subject(name)} leads in ", count(int(won[name]), f"cells/leader/{name}")) for name in leading
        ]
        first = in_series([(first_upper(str(told[0][0])), *told[0][1:]), *told[1:]])
        head = words(*first, " of ", *_cells_of(total, "cells/count"), ", more than chance would explain.")
    else:
        head = words(
            "In none of ",
            *_cells_of(total, "cells/count"),
            " can one policy be told from all others for sure.",
        )
    middle = (
        words(
            "That does not say that policies are equal there: a lead may be too small to be seen in so few regions."
        )
        if not leading
        else words(
            "In ",
            count(nobody, "cells/leader/nobody"),
            " of them nobody leads, which does not say that policies are equal there.",
        )
        if nobody
        else words("In all of them one policy leads.")
    )
    last = in_series(
        [(f"{subject(str(name))} in ", count(int(best[name]), f"cells/best/{name}")) for name in best.index]
    )
    return head, middle, words("Best on average, sure or not, is ", *last, ".")


def _cells(cells: pd.DataFrame, axes: list[str]) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for place, cell in enumerate(cells.to_dict("records")):
        where = ", ".join(f"{parameter(axis)} {cell[axis]:.4g}" for axis in axes)
        source = f"cells/{place}"
        rows.append(
            (
                where,
                "nobody" if cell["leader"] is None or pd.isna(cell["leader"]) else regime(str(cell["leader"])),
                regime(str(cell["best"])),
                *(percent(float(cell[column]), f"{source}/{column}")
                  for column in ("lead_percent", "lead_low_percent", "lead_high_percent")),
            )
        )  # fmt: skip
    caption = (
        "Lead of the best policy over the next best, in percent of the baseline's mean under that condition. At least "
        "and at most hold for all combinations at once (95%, Bonferroni)."
    )
    headings = ("condition", "leads for sure", "best on average", "lead", "at least", "at most")
    return Section("Every combination", tables=(Table(caption, headings, tuple(rows)),))


def _pictures(folder: Path) -> tuple[Picture, ...]:
    found = ((folder / "figures" / f"{name}.svg", caption) for name, caption in PICTURES.items())
    return tuple(Picture(path, caption) for path, caption in found if path.is_file())
