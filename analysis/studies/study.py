"""What every study is: a question that can be run, and findings that are worded once and kept by one publisher.

``design(...) -> Study``, ``study.run() -> Findings``. A terminal, a dashboard and a notebook listen to the same
progress and show the same sentences, tables and figures.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self, final

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.representation import in_words, representation
from analysis.runs.execution import Record
from analysis.runs.experiment import Experiment, Task
from analysis.runs.keeping import Kept
from analysis.runs.making import Made, make_runs
from analysis.runs.progress import Listener, ignore
from analysis.runs.provenance import environment
from analysis.runs.results_folder import RESULTS
from analysis.statistics.comparison import baseline_of
from analysis.words.document import Section, Table, Words, text_of
from analysis.words.limits import limits
from model.record import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class NothingFinishedError(RuntimeError):
    """No run of a study was finished, so that there is nothing to find.

    Attributes
    ----------
    failed
        Runs that ended in an error.
    stopped
        Whether the user stopped them.
    what
        What there must be at least one of.
    """

    def __init__(self, failed: Sequence[Record[Any]], *, stopped: bool, what: str = "run") -> None:
        super().__init__(f"no {what} was finished")
        self.failed, self.stopped, self.what = tuple(failed), stopped, what


@dataclass(frozen=True, kw_only=True)
class Findings(ABC):
    """What a study found: tables, and how they came about; whatever is said follows from these two.

    Attributes
    ----------
    tables
        Tables by name.
    manifest
        What was run, what became of it and with what, as plain data for JSON.
    texts
        Further files by name, such as the scenario that was run.
    stopped
        Whether the user stopped the runs; findings are then those of what was finished.
    home
        Folder that they were opened from, if they were.
    """

    tables: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]
    texts: Mapping[str, str] = field(default_factory=dict)
    stopped: bool = False
    home: Path | None = None

    kind: ClassVar[str]
    """Name of the study, under which results are opened again."""
    version: ClassVar[int] = 1
    """Goes up when tables change such that earlier results cannot be read as these."""
    printed: ClassVar[tuple[str, ...]]
    """Tables that are small enough for JSON on a screen, as far as there are such."""
    cautions: ClassVar[tuple[str, ...]] = ()
    """What cannot be told, in place of what no comparison of regions can."""
    contents: ClassVar[str] = "tables in data/"
    """What lies in the folder of results."""

    @classmethod
    def opened(cls, folder: Path, manifest: Mapping[str, Any]) -> Self:
        """Open findings that were saved in a folder."""
        tables = {path.stem: pd.read_parquet(path) for path in sorted((folder / "data").glob("*.parquet"))}
        return cls(tables=tables, manifest=manifest, home=folder)

    @property
    def title(self) -> str:
        """Whose findings these are."""
        return str(self.manifest["title"])

    @property
    def complete(self) -> bool:
        """Whether every run that was asked for was tried."""
        return bool(self.manifest["complete"])

    @property
    @abstractmethod
    def subtitle(self) -> str:
        """The question in short."""

    @property
    def seeds(self) -> int:
        """Seeds that the findings rest on; those that were asked for, unless fewer were finished."""
        return len(self.manifest["seeds"])

    @property
    def failed(self) -> list[dict[str, Any]]:
        """Runs that ended in an error: what they were, ``error`` and ``trace``."""
        return list(self.manifest.get("runs_failed", ()))

    @abstractmethod
    def size(self) -> str:
        """Say how much was looked at."""

    def represents(self) -> tuple[Words, ...]:
        """Say what a run stands for, if that is a measured region."""
        scenario = self.manifest.get("scenario")
        found = representation(scenario) if isinstance(scenario, Mapping) else None
        return () if found is None else (in_words(found),)

    def described(self) -> dict[str, Any]:
        """Describe what was asked of what, as plain data for JSON."""
        failed = [{key: value for key, value in run.items() if key != "trace"} for run in self.failed]
        return {"seeds": self.manifest["seeds"], "failed": failed}

    @abstractmethod
    def asked(self) -> tuple[Words, ...]:
        """Say what was asked, in a sentence or two."""

    @abstractmethod
    def answer(self) -> tuple[Words, ...]:
        """Answer in about three sentences."""

    def depends(self) -> tuple[Words, ...]:
        """Say what the answer depends on, for whoever reads one sheet."""
        return self.mind()

    def costs(self) -> Table | None:
        """Show in a few columns what it costs, for whoever reads one sheet."""
        return None

    def picture(self) -> Callable[[], Figure] | None:
        """Return what draws the one figure of a sheet, wide and low; by default the first."""
        return next(iter(self.figures("light").values()), None)

    def unused(self) -> tuple[Words, ...]:
        """Say what of that was not used, so that nobody takes the findings for those of something else."""
        return ()

    def mind(self) -> tuple[Words, ...]:
        """Say what to keep in mind with the answer."""
        return ()

    def warnings(self) -> tuple[Words, ...]:
        """Say what of it is not to be trusted, and what to do about it."""
        return ()

    def advice(self) -> tuple[Words, ...]:
        """Say what to type about that; a page leaves it out."""
        return ()

    @abstractmethod
    def sections(self) -> tuple[Section, ...]:
        """Show what supports the answer."""

    def limits(self) -> Section:
        """Say what of it cannot be told."""
        if not self.cautions:
            return limits(self.seeds, self.manifest)
        return Section("What this cannot tell", lists=tuple((line,) for line in self.cautions))

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws each figure, by name; none where tables are what is read."""
        del theme
        return {}

    def further(self) -> tuple[str, ...]:
        """Name commands that would tell more, in order, for whoever reads the findings in their folder."""
        return ()

    def under(self, conditions: Sequence[Path]) -> Findings:
        """Take surfaces and sweeps that say under which conditions an answer turns.

        Raises
        ------
        RequestError
            If the findings have no use for them.
        """
        if conditions:
            raise RequestError(
                field="conditions",
                rule=f"is for the page of a comparison, and {self.home or self.title} holds something else",
            )
        return self

    def following(self, folder: Path) -> str | None:
        """Name a command to try next, given where the findings are kept."""
        del folder
        return None

    @final
    def sentences(self) -> list[str]:
        """Write the answer as plain text."""
        return [text_of(sentence) for sentence in self.answer()]


@dataclass(frozen=True, kw_only=True)
class FindingsOfRuns(Findings):
    """Findings of a study that made runs of its own; the manifest is that of `manifest_of`."""

    tried: ClassVar[str] = "regimes"
    """What the runs were made under."""

    @property
    def finished(self) -> int:
        """How many runs were finished."""
        return int(self.manifest["runs_finished"])

    def size(self) -> str:
        """Say how much was run."""
        told = self.manifest
        tried, seeds, runs = len(told["regimes"]), len(told["seeds"]), self.finished
        return (
            f"{tried} {self.tried if tried > 1 else self.tried[:-1]}, {seeds} {'seed' if seeds == 1 else 'seeds'}, "
            f"{told['scenario']['steps']} quarters, {runs} {'run' if runs == 1 else 'runs'} in {told['seconds']:.1f} s"
        )

    def setting(self) -> str:
        """Say in how many simulated regions and for how long it was tried, for the corner of a figure."""
        years = self.manifest["scenario"]["steps"] / 4
        regions = f"{self.seeds} simulated {'region' if self.seeds == 1 else 'regions'}"
        return f"{regions}, {years:g} {'year' if years == 1 else 'years'}"

    def described(self) -> dict[str, Any]:
        """Describe what was run."""
        told = self.manifest
        return {
            "story": told["story"], "steps": told["scenario"]["steps"], self.tried: told["regimes"],
            **super().described(),
        }  # fmt: skip


class Study(ABC):
    """A question that can be run."""

    folder: Path | None = None
    """Folder in which a study keeps what it runs by itself; all others are saved when they are through."""

    @property
    def place(self) -> Path:
        """Folder in which the folder of its results is to be."""
        return RESULTS

    @property
    @abstractmethod
    def name(self) -> str:
        """Name of the folder of its results."""

    @abstractmethod
    def identity(self) -> str:
        """Say in 32 hexadecimal digits what is asked: equal for whatever has the same findings."""

    @abstractmethod
    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> Findings:
        """Make what runs are missing, and find.

        Parameters
        ----------
        jobs
            Processes to use; all cores by default.
        progress
            Told how far it is.
        store
            Folder of results, in which runs are kept and found again; by default they are not.

        Returns
        -------
        Findings
            What was found; of what was finished, if it was stopped by Ctrl-C.

        Raises
        ------
        NothingFinishedError
            If no run was finished.
        """


class StudyOfRuns(Study):
    """A study that makes runs of its own and looks at their outcomes: it says which, and what follows from them."""

    experiment: Experiment
    """What is to be run."""

    @abstractmethod
    def find(self, outcomes: pd.DataFrame, manifest: Mapping[str, Any], *, stopped: bool) -> Findings:
        """Find what follows from outcomes: ``regime``, ``seed``, every outcome and ``spent``, one row a run."""

    def tasks(self) -> tuple[Task, ...]:
        """List the runs, seed by seed."""
        return self.experiment.tasks()

    def identity(self) -> str:
        """Say what is run."""
        return self.experiment.identity()

    @final
    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> Findings:
        """Make what runs are missing, and find; see `Study.run`."""
        tasks = self.tasks()
        made = make_runs(tasks, self.experiment.story, jobs=jobs, progress=progress, store=store)
        if made.outcomes.empty:
            raise NothingFinishedError(made.failed, stopped=made.stopped)
        told = manifest_of(self.experiment, made, len(tasks)) | {"identity": self.identity()}
        return self.find(outcomes_of(tasks, made), told, stopped=made.stopped)


def outcomes_of(tasks: Sequence[Task], made: Made) -> pd.DataFrame:
    """Order outcomes at the end of runs regime by regime, as they were asked for, and seed by seed."""
    labels, seeds = [task.regime for task in tasks], [task.seed for task in tasks]
    places = [{name: place for place, name in enumerate(dict.fromkeys(names))} for names in (labels, seeds)]
    table = made.outcomes.sort_values(
        ["regime", "seed"], key=lambda column: column.map(places[0] if column.name == "regime" else places[1])
    )
    return table[["regime", "seed", *OUTCOMES, "spent"]].reset_index(drop=True)


def manifest_of(experiment: Experiment, made: Made, runs: int) -> dict[str, Any]:
    """Say what was run, what became of so many runs, and with what, as plain data for JSON."""
    return {
        "story": experiment.story,
        "title": experiment.scenario.story.title,
        "identity": experiment.identity(),
        "complete": len(made.outcomes) + len(made.failed) == runs,
        "regimes": list(experiment.regimes),
        "baseline": baseline_of(experiment.regimes),
        "seeds": list(experiment.seeds),
        "runs_finished": len(made.outcomes),
        "runs_failed": failures_of(made.failed),
        "seconds": made.seconds,
        "scenario": experiment.scenario.model_dump(mode="json"),
        **environment(),
    }


def manifest_of_kept(asked: Study, made: Kept[Any], runs: int, /, **told: Any) -> dict[str, Any]:
    """Say what became of so many runs whose arrays are kept, and with what, as plain data for JSON."""
    return {
        "identity": asked.identity(),
        "complete": len(made.records) == runs,
        "runs_finished": len(made.finished),
        "runs_failed": failures_of(made.failed),
        "seconds": made.seconds,
        **told,
        **environment(),
    }


def failures_of(failed: Sequence[Record[Any]]) -> list[dict[str, Any]]:
    """Tell which runs failed and why, as plain data for JSON."""
    return [
        {"regime": record.task.regime, "seed": record.task.seed, "error": record.error, "trace": record.trace}
        for record in failed
    ]
