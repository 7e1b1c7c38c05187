"""The report of a surface: which regime leads under which conditions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.axes import find_axis
from analysis.report.document import Cell, Picture, Report, Section, Table, Words, count, percent, words
from analysis.report.names import first_upper, readable, regime
from analysis.report.parts import failures, limits
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
    scenario = load_scenario(folder / "scenario.toml")
    axes = [find_axis(axis["name"], scenario) for axis in manifest["axes"]]
    outcome = str(manifest["outcome"])
    cells, parts = (_of(folder, name, outcome) for name in ("cells", "parts"))
    regimes, baseline = list(manifest["regimes"]), str(manifest["baseline"])
    told = [words(text) for text in describe(cells, axes, regimes, baseline)]
    together = [words(text) for text in describe_parts(parts, axes, regimes)]
    names = [readable(axis.name) for axis in axes]
    return Report(
        title=str(manifest["title"]),
        subtitle=f"Who leads along {' and '.join(names)}",
        asked=(
            words(
                f"Which regime leads under which conditions? {first_upper(' and '.join(names))} "
                f"{'was' if len(names) == 1 else 'were'} varied over ",
                count(len(cells), "cells/count"),
                " cells; in each, every regime met the same ",
                count(len(manifest["seeds"]), "manifest/seeds"),
                f" regions. Yardstick: {OBSERVABLES[outcome].label.lower()}.",
            ),
        ),
        answer=_answer(cells, regimes),
        sections=tuple(
            section
            for section in (
                Section("In words", lists=(*told, *together)),
                _cells(cells, [axis.name for axis in axes]),
                Section("Pictures", pictures=_pictures(folder)),
                failures(manifest),
                limits(len(manifest["seeds"]), manifest),
            )
            if section is not None
        ),
        command=command_of(manifest),
        provenance=provenance(manifest),
    )


def _of(folder: Path, name: str, outcome: str) -> pd.DataFrame:
    table = pd.read_parquet(folder / "data" / f"{name}.parquet")
    return table[table["outcome"] == outcome].reset_index(drop=True)


def _answer(cells: pd.DataFrame, regimes: list[str]) -> tuple[Words, ...]:
    """Answer in three sentences: who leads where for sure, where nobody does, who is best on average."""
    won = cells["leader"].value_counts()
    leading = [name for name in regimes if won.get(name, 0)]
    total = len(cells)
    if leading:
        first: list[Any] = []
        for name in leading:
            first += [
                ", " if first else "",
                f"{regime(name)} leads in ",
                count(int(won[name]), f"cells/leader/{name}"),
            ]
        head = words(*[first_upper(first[1]) if len(first) > 1 and part is first[1] else part for part in first],
                     " of ", count(total, "cells/count"), " cells, more than chance could explain.")  # fmt: skip
    else:
        head = words("In no cell can one regime be told from all others for sure.")
    nobody = int(cells["leader"].isna().sum())
    middle = words(
        "In ",
        count(nobody, "cells/leader/nobody"),
        " cells nobody leads: that does not say that regimes are equal there.",
    )
    best = cells["best"].value_counts()
    last: list[Any] = ["First on average, sure or not, "]
    for place, name in enumerate(best.index):
        last += [
            ", " if place else "is ",
            f"{regime(str(name))} in ",
            count(int(best[name]), f"cells/best/{name}"),
        ]
    return head, middle, words(*last, " cells.")


def _cells(cells: pd.DataFrame, axes: list[str]) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for place, cell in enumerate(cells.to_dict("records")):
        where = ", ".join(f"{readable(axis)} {cell[axis]:g}" for axis in axes)
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
        "Lead of the best regime over the next best, in percent of the baseline's mean in the cell. At least and "
        "at most hold for all cells at once (Bonferroni)."
    )
    headings = ("condition", "leads for sure", "best on average", "lead", "at least", "at most")
    return Section("Cell by cell", tables=(Table(caption, headings, tuple(rows)),))


def _pictures(folder: Path) -> tuple[Picture, ...]:
    found = ((folder / "figures" / f"{name}.svg", caption) for name, caption in PICTURES.items())
    return tuple(Picture(path, caption) for path, caption in found if path.is_file())
