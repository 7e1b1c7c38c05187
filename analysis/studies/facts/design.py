"""All facts that are asked about, on the same runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.runs.experiment import Task, arrange
from analysis.runs.keeping import Kept, make_kept
from analysis.runs.progress import Listener, ignore
from analysis.runs.provenance import code_digest, digest_of, model_version
from analysis.runs.seeds import parse_seeds
from analysis.runs.warming import compile_first
from analysis.studies.facts.estimates import runs_by_seed, tables_of
from analysis.studies.facts.fact import Fact, Reference
from analysis.studies.facts.findings import FactsFindings
from analysis.studies.facts.laboratory import Laboratory, WatchedRun, fingerprint
from analysis.studies.facts.registry import FACTS, parse_facts
from analysis.studies.facts.treatments import Treatment
from analysis.studies.study import NothingFinishedError, Study, failures_of, manifest_of_kept
from model.loading import dump_scenario
from model.scenario import Scenario


@dataclass(frozen=True)
class Investigation(Study):
    """Facts, the seeds that they are tested on, and what a user changes in all treatments.

    Attributes
    ----------
    facts
        What is asked.
    seeds
        Seeds, the same for every treatment.
    settings
        Changes, ``"key=value"``.
    """

    facts: tuple[Fact | Reference, ...]
    seeds: tuple[int, ...]
    settings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return "facts"

    @cached_property
    def treatments(self) -> dict[str, Treatment]:
        """What has to be run, each once whatever the number of facts that need it."""
        return {
            treatment.name: treatment
            for fact in self.facts
            if isinstance(fact, Fact)
            for treatment in fact.treatments
        }

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        """Resolved scenario of each treatment."""
        return {name: each.scenario(self.settings) for name, each in self.treatments.items()}

    def tasks(self) -> tuple[Task, ...]:
        """List the runs, seed by seed."""
        return arrange(self.scenarios, self.seeds)

    def laboratory(self) -> Laboratory:
        """Return what makes the runs."""
        return Laboratory({
            fingerprint(scenario): self.treatments[name].watchers
            for name, scenario in self.scenarios.items()
        })  # fmt: skip

    def identity(self) -> str:
        """Say in 32 hexadecimal digits what is run."""
        names = [fact.name for fact in self.facts]
        prints = {name: fingerprint(scenario) for name, scenario in self.scenarios.items()}
        return digest_of(names, prints, self.seeds, model_version())

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> FactsFindings:
        """Make the runs that are missing, and judge; see `Study.run`."""
        compile_first(progress)
        made = make_kept(
            self.tasks(), self._names(), self.laboratory(), WatchedRun, "facts",
            jobs=jobs, progress=progress, store=store,
        )  # fmt: skip
        if not made.finished:
            raise NothingFinishedError(made.failed, stopped=made.stopped)
        return self.find(made)

    def find(self, made: Kept[WatchedRun]) -> FactsFindings:
        """Judge the facts by runs."""
        runs = runs_by_seed(made.records, self.seeds, len(self.treatments))
        manifest = manifest_of_kept(
            self,
            made,
            len(self.treatments) * len(self.seeds),
            title="The model against stylised facts",
            facts=[fact.name for fact in self.facts],
            treatments={
                name: {"story": each.story, "regime": each.regime, "watchers": list(each.watchers)}
                for name, each in self.treatments.items()
            },
            settings=list(self.settings),
            seeds=list(self.seeds),
            runs_failed=[{"treatment": told.pop("regime"), **told} for told in failures_of(made.failed)],
        )
        texts = {
            f"scenarios/{name}.toml": dump_scenario(scenario) for name, scenario in self.scenarios.items()
        }
        return FactsFindings(
            tables=tables_of(self.facts, runs), manifest=manifest, texts=texts, stopped=made.stopped
        )

    def _names(self) -> list[str]:
        """Name the runs by scenario, seed, and whoever watches."""
        code = code_digest("analysis/studies/facts/watchers")
        prints = {
            name: (fingerprint(scenario), self.treatments[name].watchers)
            for name, scenario in self.scenarios.items()
        }
        return [digest_of(prints[task.regime], task.seed, code) for task in self.tasks()]


def design(only: str | None, seeds: str, settings: Sequence[str]) -> Investigation:
    """Read what is asked.

    Parameters
    ----------
    only
        Numbers of facts with commas between; None for all.
    seeds
        Seeds as a user writes them.
    settings
        Changes to all treatments, ``"key=value"``.

    Returns
    -------
    Investigation
        What is to be run; every scenario has been resolved, so that mistakes show before anything runs.
    """
    facts = tuple(FACTS[number] for number in parse_facts(only))
    investigation = Investigation(facts, parse_seeds(seeds), tuple(settings))
    _ = investigation.scenarios
    return investigation
