"""What a sweep found so far: who leads at how many of its points, and by how much."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pandas as pd

from analysis.errors import RequestError
from analysis.runs import results_folder
from analysis.studies import publisher
from analysis.studies.study import Findings
from analysis.studies.sweep import words as told
from analysis.studies.sweep.kept.results import SweepResults, open_results
from analysis.studies.sweep.kept.table import FACTOR_PREFIX
from analysis.words.document import Section, Words, counted, joined, words
from analysis.words.names import first_upper, parameter, regime
from analysis.words.phrases import CAUTION
from analysis.words.pictures import pictures
from model.record import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PRIMARY = OUTCOMES[0]
STUDIES = {
    "sensitivity": "sensitivity", "discovery": "discover", "robustness": "robustness", "replicates": "replicates",
}  # fmt: skip
"""Kinds of studies of a sweep, in the order of its page, and their commands."""
NEXT = {"sobol": "sensitivity", "morris": "sensitivity", "latin_hypercube": "robustness"}
"""Study to make next, by the design of a sweep."""
MOST_FOLDERS = 200
"""Folders beside a sweep in which its studies are looked for."""


@dataclass(frozen=True, kw_only=True)
class SweepFindings(Findings):
    """What a sweep found so far.

    Attributes
    ----------
    results
        The sweep as it lies in its folder.
    made, seconds
        Runs that were made just now, and the time that it took.
    """

    results: SweepResults
    made: int = 0
    seconds: float = 0.0

    kind: ClassVar[str] = "sweep"
    printed: ClassVar[tuple[str, ...]] = ()
    contents: ClassVar[str] = "runs in runs/*.parquet, points.csv"

    @classmethod
    def of(cls, results: SweepResults, **more: Any) -> Self:
        """Find what the runs of a sweep say."""
        manifest = {**results.manifest, "complete": results.complete}
        tables = {"means": points_of(results), "failed": results.failed()}
        return cls(tables=tables, manifest=manifest, results=results, **more)

    @classmethod
    def opened(cls, folder: Path, manifest: Mapping[str, Any]) -> Self:
        """Open a sweep of conditions, to say what it found.

        Raises
        ------
        RequestError
            If it varies seeds and regimes only.
        """
        del manifest
        results = open_results(folder)
        if not results.factors:
            raise RequestError(
                f"{folder}: varies seeds and regimes only; the report of a sweep is about conditions. run.py "
                f"replicates {folder} says how sure its means are; run.py compare makes such runs with a report."
            )
        return cls.of(results, home=folder)

    @property
    def regimes(self) -> list[str]:
        """Regimes, in order."""
        return list(self.results.regimes)

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return f"{first_upper(joined([regime(name) for name in self.regimes]))} over many conditions"

    @property
    def seeds(self) -> int:
        """Simulated regions at each point."""
        return len(self.results.seeds)

    @property
    def varied(self) -> str:
        """What is varied, in words."""
        return joined([parameter(factor.name) for factor in self.results.factors])

    @property
    def failed(self) -> list[dict[str, Any]]:
        """Runs that ended in an error: what they were, and why."""
        factors = {FACTOR_PREFIX + factor.name: factor.name for factor in self.results.factors}
        table = self.tables["failed"].drop(columns="number").rename(columns=factors)
        return [{str(name): value for name, value in run.items()} for run in table.to_dict("records")]

    def size(self) -> str:
        """Say how much was run."""
        design = self.results.design
        points, factors = len(design.points), len(design.factors)
        where = f"{points:,} points of {factors} factors" if factors else "replicates of one point"
        rate = f", {self.made / self.seconds:.1f} a second" if self.made and self.seconds > 0 else ""
        return f"{where}, {self.seeds:,} seeds, {self.made:,} runs in {self.seconds:.1f} s{rate}"

    def described(self) -> dict[str, Any]:
        """Describe how far the sweep is."""
        return {**self.results.facts(), "made": self.made}

    def asked(self) -> tuple[Words, ...]:
        """Say what was varied, and how much was run."""
        design = self.results.design
        return (
            words(
                f"Which policy does best when {self.varied} {'varies' if len(design.factors) == 1 else 'vary'}? ",
                *told.combinations(len(design.points)),
                " were run, each with the same ",
                *counted(self.seeds, "manifest/seeds", "simulated region"),
                ": ",
                *counted(self.results.made, "runs/count", "run"),
                " in all.",
            ),
        )

    def answer(self) -> tuple[Words, ...]:
        """Say who is first how often, who gains most, and whose worst point is best."""
        return told.answer(self.tables["means"], self.regimes)

    def mind(self) -> tuple[Words, ...]:
        """Say what was not looked for yet."""
        if self.studies or not self.results.factors:
            return ()
        return (words(told.AVERAGES, told.AT_THE_END if self.home is not None else ""),)

    def sections(self) -> tuple[Section, ...]:
        """Show means and gains of all regimes, then what studies of the sweep found, and what was varied."""
        means = told.leads_section(self.tables["means"], self.regimes, self.results.scenarios)
        if not self.results.factors:
            return (means,)
        return (means, *map(_in_short, self.studies), told.factors_section(self.results))

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Draw nothing: what there is to draw are studies of it."""
        del theme
        return {}

    def warnings(self) -> tuple[Words, ...]:
        """Say how many runs are missing."""
        return () if self.complete else (told.missing(self.results.made, len(self.results.design)),)

    @cached_property
    def studies(self) -> tuple[Findings, ...]:
        """Studies of the sweep that lie beside it; none for one that was just run."""
        if self.home is None:
            return ()
        return tuple(map(publisher.open_results, beside(self.home, self.manifest)))

    def further(self) -> tuple[str, ...]:
        """Name the studies that a sweep of which there are none yet could have."""
        if self.home is None or self.studies:
            return ()
        name = shlex.quote(str(self.home))
        studies = (f"python run.py {study} {name}" for study in STUDIES.values())
        return (*studies, f"python run.py report {name}")

    def following(self, folder: Path) -> str:
        """Name the command that goes on, or the study to make next."""
        place = shlex.quote(str(folder))
        if not self.complete:
            return f"resume {place}"
        of = "" if len(self.regimes) > 1 else " --of level"
        return f"{NEXT.get(self.results.sampling.kind, 'replicates')} {place}{of}"


def points_of(results: SweepResults) -> pd.DataFrame:
    """Return the primary outcome with a row for each scenario and point, a column for each regime, means over seeds.

    They are over the points and seeds that all regimes have.
    """
    runs = results.finished(["scenario", "point", "seed", "regime", PRIMARY])
    wide = runs.pivot_table(index=["scenario", "point", "seed"], columns="regime", values=PRIMARY).dropna()
    return wide.groupby(["scenario", "point"]).mean().reindex(columns=list(results.regimes))


def beside(sweep: Path, manifest: Mapping[str, Any]) -> list[Path]:
    """List the studies of a sweep that lie beside it."""
    folders = sorted(each for each in sweep.resolve().parent.iterdir() if each.is_dir())[:MOST_FOLDERS]
    told_of = {folder: results_folder.read_manifest(folder) or {} for folder in folders}
    found = [
        folder
        for folder, each in told_of.items()
        if each.get("kind") in STUDIES and each.get("sweep", {}).get("identity") == manifest.get("identity")
    ]
    return sorted(found, key=lambda folder: list(STUDIES).index(told_of[folder]["kind"]))


def _in_short(study: Findings) -> Section:
    """Show a study of a sweep as a section of its page."""
    (shown,) = study.sections()
    warnings = tuple((f"{CAUTION}: ", *each) for each in study.warnings())
    drawn = pictures(study.home, shown.figures) if study.home is not None else ()
    return replace(
        shown,
        heading=study.subtitle,
        paragraphs=(*study.answer(), *shown.paragraphs, *warnings),
        pictures=drawn,
        figures={},
    )
