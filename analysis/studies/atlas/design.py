"""All measured regions as a study: regions times regimes times common seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.errors import RequestError
from analysis.regions.application import AS_PUBLISHED, Priorities
from analysis.regions.catalogue import RegionReference, codes_of_country, search, shipped
from analysis.regions.traits import traits_of, units_in
from analysis.runs.experiment import Experiment, Task, run_ids
from analysis.runs.making import Made, make_runs
from analysis.runs.progress import Listener, Note, ignore
from analysis.runs.provenance import digest_of
from analysis.runs.seeds import parse_seeds
from analysis.statistics.tree import load
from analysis.studies.atlas.findings import AtlasFindings, tables_of
from analysis.studies.study import NothingFinishedError, Study, manifest_of
from model.loading import dump_scenario, load_scenario
from model.record import OUTCOMES
from model.scenario import Scenario, twin_of

QUARTERS = 4
FEWEST_REGIMES = 2


@dataclass(frozen=True)
class Atlas(Study):
    """Which regime leads in which region.

    Attributes
    ----------
    experiment
        Story into which each region is put, regimes and seeds.
    codes
        Regions.
    region
        Region that the findings are to be told of, if any.
    priorities
        What sectors are, and what is nobody's priority.
    """

    experiment: Experiment
    codes: tuple[str, ...]
    region: str | None = None
    priorities: Priorities = AS_PUBLISHED

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return "europe"

    @property
    def steps(self) -> tuple[int, ...]:
        """Steps at which outcomes are read: once a year, and the last one."""
        last = self.experiment.scenario.steps
        return tuple(sorted({*range(QUARTERS, last + 1, QUARTERS), last}))

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        """The story in every region."""
        members = shipped()
        return {
            code: self.priorities.applied(self.experiment.scenario, RegionReference(members, code))
            for code in self.codes
        }

    @cached_property
    def tasks(self) -> tuple[tuple[str, Task], ...]:
        """Regions and runs that are to be made, seeds outermost: stopped early, all regions have the same seeds."""
        under = {
            code: Experiment("", scenario, self.experiment.regimes).scenarios()
            for code, scenario in self.scenarios.items()
        }
        return tuple(
            (code, Task(scenario, regime, seed))
            for seed in self.experiment.seeds
            for code, own in under.items()
            for regime, scenario in own.items()
        )

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """Names of the runs in a store, in the order of the tasks."""
        return run_ids([task for _, task in self.tasks])

    def identity(self) -> str:
        """Say what is run; of which region it is told makes no difference to that."""
        others = [] if self.priorities == AS_PUBLISHED else [str(self.priorities)]
        return digest_of(self.experiment.identity(), ",".join(self.codes), *others)

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> AtlasFindings:
        """Make what runs are missing, and find; see `Study.run`."""
        progress(Note(f"{len(self.codes)} regions are being prepared."))
        # Named before any is made, so that they keep their names when the source of the model changes meanwhile.
        tasks, _ = [task for _, task in self.tasks], self.runs
        made = make_runs(tasks, "Europe", jobs=jobs, progress=progress, store=store, steps=self.steps)
        outcomes = self.arrange(made, tasks)
        if outcomes.empty:
            raise NothingFinishedError(made.failed, stopped=made.stopped)
        members = shipped()
        finished = int(made.outcomes["run"].nunique())
        manifest = {
            **manifest_of(self.experiment, made, len(tasks)),
            "title": "Europe at a glance",
            "identity": self.identity(),
            "runs_finished": finished,
            "complete": finished + len(made.failed) == len(tasks),
            "regions": list(self.codes),
            "region": self.region,
            "people": float(traits_of(members)["people at work"][list(self.codes)].sum()),
            "units": float(units_in(members)[list(self.codes)].sum()),
            "firms": sum(scenario.firms.number for scenario in self.scenarios.values()),
            "source": members.about.source,
        }
        tables = tables_of(outcomes, members, list(self.experiment.regimes))
        texts = {"scenario.toml": dump_scenario(self.experiment.scenario)}
        return AtlasFindings(tables=tables, manifest=manifest, texts=texts, stopped=made.stopped)

    def arrange(self, made: Made, tasks: Sequence[Task]) -> pd.DataFrame:
        """Name the regions of runs, and take outcomes over time together.

        Returns
        -------
        pandas.DataFrame
            One row a run in the order of the design: ``region``, ``regime``, ``seed``, ``spent``, and every outcome
            twice: its mean over the ends of years, and, as ``OUTCOME_at_the_end``, at the horizon.
        """
        rows = pd.DataFrame(
            {
                "run": self.runs,
                "region": [code for code, _ in self.tasks],
                "regime": [task.regime for task in tasks],
                "seed": [task.seed for task in tasks],
            }
        )
        stored = made.outcomes.drop(columns=["regime", "seed"])
        yearly, last = stored[stored["step"] % QUARTERS == 0], stored[stored["step"] == self.steps[-1]]
        average = yearly.groupby("run")[list(OUTCOMES)].mean()
        end = last.set_index("run")[[*OUTCOMES, "spent"]].rename(
            columns={each: at_the_end(each) for each in OUTCOMES}
        )
        return (
            rows.join(average.join(end, how="inner"), on="run", how="inner")
            .drop(columns="run")
            .reset_index(drop=True)
        )


def at_the_end(outcome: str) -> str:
    """Name the column of an outcome at the horizon."""
    return f"{outcome}_at_the_end"


def design(
    story: str,
    settings: Sequence[str],
    seeds: str,
    regimes: str,
    *,
    twins: bool = True,
    country: str | None = None,
    every: int = 1,
    region: str | None = None,
    priorities: Priorities = AS_PUBLISHED,
) -> Atlas:
    """Read what a command was asked for, and check all of it before anything runs.

    Parameters
    ----------
    story
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    seeds
        Seeds as a user writes them.
    regimes
        Names of at least two regimes with commas between.
    twins
        Whether the lottery twin of every regime that chooses is run as well.
    country
        Only regions of a country, by its name or code.
    every
        Only each N-th region.
    region
        Region that the findings are to be told of.
    priorities
        What sectors are, and what is nobody's priority.

    Returns
    -------
    Atlas
        What is to be run.

    Raises
    ------
    RequestError
        If anything of it cannot be had.
    """
    load()
    scenario = load_scenario(story, list(settings))
    if scenario.steps < QUARTERS:
        raise RequestError(
            f"steps = {scenario.steps}: outcomes are averaged over the ends of years, and a year has {QUARTERS} steps; "
            f"give {QUARTERS} or more."
        )
    names = tuple(name.strip() for name in regimes.split(","))
    if len(names) < FEWEST_REGIMES:
        raise RequestError(
            field="regimes", value=regimes, rule="there is nothing to compare", remedy="Name two or more."
        )
    if twins:
        known = scenario.all_regimes
        names += tuple(twin for twin in map(twin_of, names) if twin in known and twin not in names)
    codes = _codes(country)[::every]
    if region is not None:
        region = _known(region, codes)
    return Atlas(Experiment("europe", scenario, names, parse_seeds(seeds)), codes, region, priorities)


def _codes(country: str | None) -> tuple[str, ...]:
    members = shipped()
    if country is None:
        return tuple(map(str, members.regions.index))
    codes = codes_of_country(country, members)
    if not codes:
        found = search(country, members)
        same = found["country"].str.casefold() == country.strip().casefold()
        codes = list(map(str, found.index[same]))
    if not codes:
        listed = ", ".join(sorted(members.regions["country"].unique()))
        raise RequestError(
            field="country", value=country, rule="there is no such country", remedy=f"Known are {listed}."
        )
    return tuple(codes)


def _known(region: str, codes: Sequence[str]) -> str:
    folded = {code.casefold(): code for code in codes}
    if region.casefold() not in folded:
        raise RequestError(
            field="like", value=region, rule="is not the code of one of the regions that are run",
            remedy="`regions search NAME` finds codes.",
        )  # fmt: skip
    return folded[region.casefold()]
