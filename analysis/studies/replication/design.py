"""A published model that is run again: parameters, seeds, and runs that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import RequestError
from analysis.runs.keeping import make_kept, uninterrupted
from analysis.runs.progress import Listener, ignore
from analysis.runs.provenance import code_digest, digest_of
from analysis.runs.seeds import parse_seeds
from analysis.studies.replication.economy import EconomySpec
from analysis.studies.replication.experiment import (
    NAME,
    REWIRING,
    TREATMENTS,
    NetworkRun,
    identity,
    run_network,
    runs_table,
    tasks,
)
from analysis.studies.replication.findings import ReplicationFindings, tables_of
from analysis.studies.study import NothingFinishedError, Study, failures_of, manifest_of_kept
from model.loading import load_section
from model.spec.problem import nearest

STUDIES = (NAME,)
TITLE = "Cowan & Jonard (2004), Network structure and the diffusion of knowledge"
TINY = EconomySpec(agents=8, neighbours=2, experts=1)


@dataclass(frozen=True)
class Replication(Study):
    """Barter of knowledge on networks from ring to random, as Cowan & Jonard (2004) described it.

    Attributes
    ----------
    spec
        Parameters, but for the rewiring.
    chosen
        Seeds, common to all networks.
    """

    spec: EconomySpec
    chosen: tuple[int, ...]

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return NAME

    def identity(self) -> str:
        """Say what is run."""
        return identity(self.spec, self.chosen)

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> ReplicationFindings:
        """Make the networks that are missing, and judge; see `Study.run`."""
        asked, code = tasks(self.spec, self.chosen), code_digest("analysis/studies/replication")
        names = [digest_of(task.scenario.model_dump(mode="json"), task.seed, code) for task in asked]
        with uninterrupted():
            # A compiler that is interrupted fails later with an error of its own.
            run_network(TINY, 0)
        made = make_kept(
            asked, names, run_network, NetworkRun, NAME, jobs=jobs, progress=progress, store=store
        )
        if not made.finished:
            raise NothingFinishedError(made.failed, stopped=made.stopped, what="network")
        manifest = manifest_of_kept(
            self,
            made,
            len(asked),
            study=NAME,
            title=TITLE,
            treatments={name: treatment.label for name, treatment in TREATMENTS.items()},
            rewiring=list(REWIRING),
            seeds=list(self.chosen),
            runs_failed=[told | {"regime": f"p = {told['regime']}"} for told in failures_of(made.failed)],
            parameters=self.spec.model_dump(mode="json", exclude={"rewiring"}),
        )
        tables = tables_of(runs_table(made.finished), usual=self.spec == EconomySpec())
        return ReplicationFindings(tables=tables, manifest=manifest, stopped=made.stopped)


def design(study: str, settings: Sequence[str], seeds: str) -> Replication:
    """Read what is to be replicated.

    Parameters
    ----------
    study
        Name of the published model.
    settings
        Changes to its parameters, ``"key=value"``.
    seeds
        Seeds as a user writes them.

    Returns
    -------
    Replication
        What is to be run.

    Raises
    ------
    RequestError
        If there is no such study, or what is on the grid is set by hand.
    """
    if study not in STUDIES:
        meant = nearest(study, STUDIES)
        hint = f" Did you mean {meant!r}?" if meant else ""
        raise RequestError(f"There is no study {study!r} to replicate; there is {', '.join(STUDIES)}.{hint}")
    spec = load_section(EconomySpec, settings)
    if "rewiring" in spec.model_fields_set:
        raise RequestError(
            f"--set rewiring={spec.rewiring:g}: rewiring is what is varied, from 0 to 1; leave it out."
        )
    return Replication(spec, parse_seeds(seeds))
