"""What a surface found: who leads in which cell, in which part, and by how much."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from analysis.statistics.leaders import differences, leaders
from analysis.studies.study import FindingsOfRuns
from analysis.studies.surface import words as told
from analysis.studies.surface.parts import parts
from analysis.words.document import Section, Words, counted, words
from analysis.words.names import first_upper, parameter
from analysis.words.numbers import plain_rows
from model.loading import library
from model.record import OBSERVABLES, OUTCOMES
from model.spec.phrases import number

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def tables_of(outcomes: pd.DataFrame, axes: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Compute leaders and differences on every outcome.

    Parameters
    ----------
    outcomes
        One row for every cell, regime and seed: the axes, ``regime``, ``seed`` and every outcome.
    axes
        Names of the axes.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``cells``, who leads where; ``parts``, the same of neighbouring cells taken together; ``differences``, what
        each regime adds to the baseline in each cell; ``outcomes``.
    """
    computed = {"cells": leaders, "parts": parts, "differences": differences}
    return {
        **{
            name: _stacked({each: table(outcomes, axes, each) for each in OUTCOMES})
            for name, table in computed.items()
        },
        "outcomes": outcomes,
    }


def _stacked(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    named = []
    for outcome, table in tables.items():
        columns = ["outcome", *table.columns]
        named.append(table.assign(outcome=outcome)[columns])
    return pd.concat(named, ignore_index=True)


@dataclass(frozen=True, kw_only=True)
class SurfaceFindings(FindingsOfRuns):
    """What a surface found; its tables are those of `tables_of`."""

    kind: ClassVar[str] = "surface"
    printed: ClassVar[tuple[str, ...]] = ()

    @property
    def axes(self) -> list[str]:
        """Names of the axes."""
        return [str(axis["name"]) for axis in self.manifest["axes"]]

    @property
    def varied(self) -> str:
        """What was varied, in words."""
        return " and ".join(map(parameter, self.axes))

    @property
    def outcome(self) -> str:
        """Outcome that is talked about."""
        return str(self.manifest["outcome"])

    @property
    def regimes(self) -> list[str]:
        """Regimes, in order."""
        return list(self.manifest["regimes"])

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return f"Who leads along {self.varied}"

    @property
    def seeds(self) -> int:
        """Simulated regions that were asked for in each cell."""
        return len(self.manifest["seeds"])

    def of(self, table: str) -> pd.DataFrame:
        """Return what a table says of the outcome that is talked about."""
        return self._of(table, self.outcome)

    def _of(self, table: str, outcome: str) -> pd.DataFrame:
        whole = self.tables[table]
        return whole[whole["outcome"] == outcome].drop(columns="outcome").reset_index(drop=True)

    def size(self) -> str:
        """Say how much was run."""
        sizes = " x ".join(str(len(axis["values"])) for axis in self.manifest["axes"])
        return (
            f"{sizes} cells of {' and '.join(self.axes)}, {self.seeds} seeds, {self.finished} runs in "
            f"{self.manifest['seconds']:.1f} s"
        )

    def described(self) -> dict[str, Any]:
        """Describe what was run, and who leads where by the outcome that is talked about."""
        return {
            **super().described(),
            "axes": {axis["name"]: axis["values"] for axis in self.manifest["axes"]},
            "outcome": self.outcome,
            "runs_finished": self.finished,
            "cells": plain_rows(self.of("cells")),
            "parts": plain_rows(self.of("parts")),
        }

    def asked(self) -> tuple[Words, ...]:
        """Say what was varied."""
        return (
            words(
                f"Which policy leads under which conditions? {first_upper(self.varied)} "
                f"{'were' if len(self.axes) > 1 else 'was'} varied over ",
                *told.cells_of(len(self.of("cells")), "cells/count"),
                "; in each, every policy met the same ",
                *counted(self.seeds, "manifest/seeds", "simulated region"),
                f". Yardstick: {OBSERVABLES[self.outcome].label.lower()}.",
            ),
        )

    def answer(self) -> tuple[Words, ...]:
        """Say who leads where for sure, where nobody does, and who is best on average."""
        return told.answer(self.of("cells"), self.regimes)

    def mind(self) -> tuple[Words, ...]:
        """Say when a policy is said to lead."""
        return (words(told.BONFERRONI),)

    def sections(self) -> tuple[Section, ...]:
        """Show who leads where in words, parts, other yardsticks, pictures and every cell."""
        cells, taken = self.of("cells"), self.of("parts")
        sentences = [
            *told.describe(cells, self.axes, self.regimes, str(self.manifest["baseline"])),
            *map(first_upper, told.describe_parts(taken, self.axes, self.regimes)),
        ]
        return (
            Section("Condition by condition, in words", lists=tuple(map(words, sentences))),
            Section("Pictures", figures=told.PICTURES, aside=True),
            told.parts_section(taken, self.axes),
            told.shares_section({name: self._of("cells", name) for name in OUTCOMES}, self.regimes),
            told.cells_section(cells, self.axes),
        )

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws maps, or curves along one axis."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.figures.subject import with_subject  # noqa: PLC0415
        from analysis.studies.surface.figures.gallery import draw  # noqa: PLC0415
        from analysis.studies.surface.figures.leader_map import Scale  # noqa: PLC0415

        axes = self.manifest["axes"]
        cells, taken = ({each: self._of(name, each) for each in OUTCOMES} for name in ("cells", "parts"))
        drawn = draw(
            cells,
            taken,
            self.of("differences"),
            [Scale(axis["name"], axis["label"], axis["unit"]) for axis in axes],
            self.regimes,
            self.outcome,
            theme,
            geometric=bool(axes[0]["geometric"]),
        )
        return with_subject(drawn, self.title, theme, self.setting())

    def following(self, folder: Path) -> str:
        """Name the same surface with twice the seeds."""
        story = str(self.manifest["story"])
        scenario = story if story in library() else shlex.quote(str(folder / "scenario.toml"))
        axes = " ".join(
            f"--{side} {axis['name']}={number(axis['values'][0])}:{number(axis['values'][-1])}:{len(axis['values'])}"
            for side, axis in zip("xy", self.manifest["axes"], strict=False)
        )
        return f"surface {scenario} {axes} --seeds {2 * self.seeds}"
