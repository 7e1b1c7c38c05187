"""A comparison as a study: regimes on the same regions and with the same luck, their runs kept whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.errors import RequestError
from analysis.regions.application import AS_PUBLISHED, Priorities
from analysis.regions.purse import AS_GIVEN, Purse
from analysis.runs.experiment import AS_WRITTEN, Experiment
from analysis.runs.making import Made, make_runs
from analysis.runs.progress import Listener, ignore
from analysis.runs.results import Results
from analysis.runs.seeds import parse_seeds
from analysis.runs.suggestion import did_you_mean
from analysis.statistics.comparison import baseline_of
from analysis.studies.attribution.design import Attributed, attribute_leads, steps_read, tasks
from analysis.studies.comparison import policies
from analysis.studies.comparison.findings import ComparisonFindings, tables_of
from analysis.studies.loading import load_with_horizon
from analysis.studies.study import NothingFinishedError, Study, failures_of, manifest_of
from model.scenario import Scenario, twin_of

LONGEST_NAME = 60
"""Characters of a name made of several files."""


@dataclass(frozen=True)
class Comparison(Study):
    """How regimes do on the same regions; of one alone, how that does.

    Attributes
    ----------
    experiment
        What is to be run.
    discount
        Yearly rate at which later gains count less in the average over the horizon.
    against
        Policy that the others are compared with; no policy where it takes part, else the first.
    purse
        What its money is in euros, where that is known.
    """

    experiment: Experiment
    discount: float = 0.0
    against: str | None = None
    purse: Purse | None = None

    def __post_init__(self) -> None:
        regimes = self.experiment.regimes
        if self.against is not None and self.against not in regimes:
            raise RequestError(
                field="against",
                value=self.against,
                rule=f"is not among the policies that are compared ({', '.join(regimes)})",
                remedy=did_you_mean(self.against, regimes) or "Add it to {regimes}.",
            )

    @property
    def baseline(self) -> str:
        """Policy that the others are compared with."""
        return self.against or baseline_of(self.experiment.regimes)

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        if self.experiment.attribute:
            return f"{self.experiment.story}-attribution"
        return f"{self.experiment.story}-run" if len(self.experiment.regimes) == 1 else self.experiment.story

    def identity(self) -> str:
        """Say what is run, and how it is looked at."""
        asked = self.experiment.identity()
        wages = self.purse.wage_bill if self.purse is not None and self.purse.source == AS_GIVEN else None
        looked = "\n".join(f"{each!r}" for each in (self.discount, self.against, wages) if each)
        if not looked:
            return asked
        return hashlib.blake2b(f"{asked}\n{looked}".encode(), digest_size=16).hexdigest()

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> ComparisonFindings:
        """Make what runs are missing, those of the comparison first, and find; see `Study.run`."""
        experiment = self.experiment
        own = experiment.tasks()
        held = tasks(experiment) if experiment.attribute else ()
        made = make_runs(
            (*own, *held), experiment.story, jobs=jobs, progress=progress, store=store, whole=len(own),
            steps=steps_read(experiment) if held else None,
        )  # fmt: skip
        failed = tuple(record for record in made.failed if record.index < len(own))
        results = Results(experiment, (*made.whole, *failed))
        if not results.finished:
            raise NothingFinishedError(made.failed, stopped=made.stopped)
        return self.find(results, made)

    def find(self, results: Results, made: Made) -> ComparisonFindings:
        """Find what follows from runs.

        Parameters
        ----------
        results
            Runs of the comparison; at least one must have finished.
        made
            What came of all runs, those with channels held still among them.
        """
        experiment = self.experiment
        attributed = (
            attribute_leads(experiment, results.series(), made, self.baseline, self.discount)
            if experiment.attribute
            else None
        )
        own = replace(made, outcomes=results.outcomes(), failed=results.failed)
        whole = manifest_of(experiment, own, len(experiment.tasks()))
        manifest = {
            **whole,
            **policies.told(experiment),
            "scenario": policies.as_run(experiment).model_dump(mode="json"),
            "baseline": self.baseline,
            "identity": self.identity(),
            "complete": whole["complete"] and (attributed is None or attributed.complete),
            "attribution": _told(attributed),
            "discount": self.discount,
            "money": None if self.purse is None else self.purse.told(),
        }
        return ComparisonFindings(
            tables={
                **tables_of(results, self.discount, self.baseline, self.purse),
                **(attributed.tables if attributed is not None else {}),
            },
            manifest=manifest,
            texts=policies.texts(experiment),
            stopped=made.stopped,
        )


def _told(attributed: Attributed | None) -> dict[str, Any] | None:
    """Say what was run for an attribution, as plain data for JSON."""
    if attributed is None:
        return None
    return {
        "channels": list(attributed.channels),
        "seeds": attributed.seeds,
        "runs_finished": attributed.finished,
        "runs_failed": failures_of(attributed.failed),
    }


def design(
    reference: str,
    settings: Sequence[str],
    steps: int | None,
    seeds: str,
    regimes: str | None,
    *,
    others: Sequence[str] = (),
    own: bool = False,
    attribute: bool = False,
    twins: bool = False,
    region: str | None = None,
    priorities: Priorities = AS_PUBLISHED,
    warn: Callable[[str], None],
) -> Experiment:
    """Read what a command was asked for.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    steps
        Horizon, if it differs; what the scenario plans beyond it is left out with a warning.
    seeds
        Seeds as a user writes them.
    regimes
        Names of regimes with commas between; None for the policy that the scenario declares.
    others
        Further scenarios, whose policies are compared with that of the first, in its region.
    own
        Whether the policy that a single scenario writes is compared as well, unless it is one of the regimes.
    attribute
        Whether the leads of regimes are to be attributed to channels.
    twins
        Whether the lottery twin of every regime that chooses is run as well.
    region
        A measured region in place of the scenario's own.
    priorities
        What sectors are in that region, and what is nobody's priority.
    warn
        Told what of the scenario is left out.

    Returns
    -------
    Experiment
        What is to be run.
    """
    scenario = load_with_horizon(reference, settings, steps, warn, region, priorities)
    names = (AS_WRITTEN,) if regimes is None else tuple(name.strip() for name in regimes.split(","))
    work = name_of_work(reference, region)
    written: dict[str, Scenario] = {}
    if others:
        further = [load_with_horizon(each, settings, steps, warn, region, priorities) for each in others]
        written = policies.named((reference, *others), (scenario, *further))
        names += tuple(written)
        work = "-".join((work, *written) if region else written)[:LONGEST_NAME]
    elif own and not policies.is_compared(scenario, names):
        names += (AS_WRITTEN,)
    if twins:
        known = scenario.all_regimes
        names += tuple(twin for twin in map(twin_of, names) if twin in known and twin not in names)
    chosen = parse_seeds(seeds, scenario.story.typical_seed)
    return Experiment(work, scenario, names, chosen, attribute, tuple(written.items()))


def name_of_work(reference: str, region: str | None) -> str:
    """Name what is done after its region, if it has a measured one, or else after its scenario."""
    return Path(reference).stem if region is None else region.rpartition(":")[2] or region
