"""What a kind of meso-organisation contributes: the same seeds with and without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.runs.experiment import Experiment, Task, arrange
from analysis.runs.provenance import digest_of, model_digest
from analysis.studies.organisations.findings import OrganisationsFindings, contributions, label
from analysis.studies.study import StudyOfRuns
from model.loading import dump_scenario, load_scenario
from model.meso import ORGANISATION_KINDS
from model.scenario import Scenario
from model.spec.problem import nearest


@dataclass(frozen=True)
class Organisations(StudyOfRuns):
    """An experiment of which every regime is repeated without each kind of meso-organisation.

    Attributes
    ----------
    experiment
        Scenario, regimes and seeds.
    kinds
        Kinds that are taken away, one at a time.
    """

    experiment: Experiment
    kinds: tuple[str, ...] = tuple(ORGANISATION_KINDS)

    def __post_init__(self) -> None:
        for kind in self.kinds:
            if kind not in ORGANISATION_KINDS:
                meant = nearest(kind, ORGANISATION_KINDS)
                raise RequestError(
                    f"There is no kind of organisation {kind!r}; there are {', '.join(ORGANISATION_KINDS)}."
                    + (f" Did you mean {meant!r}?" if meant else "")
                )
        if len(set(self.kinds)) < len(self.kinds):
            raise RequestError(f"--kinds {','.join(self.kinds)}: a kind is named twice.")

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return f"{self.experiment.story}-organisations"

    def treatments(self) -> dict[tuple[str, str], Scenario]:
        """Return the scenario of each regime with all kinds (named ``""``) and without each of them."""
        return {
            (regime, kind): without(scenario, kind) if kind else scenario
            for regime, scenario in self.experiment.scenarios().items()
            for kind in ("", *self.kinds)
        }

    def tasks(self) -> tuple[Task, ...]:
        """List the runs, seed by seed; each is labelled with its regime and the kind that is missing."""
        return arrange({label(*key): each for key, each in self.treatments().items()}, self.experiment.seeds)

    def identity(self) -> str:
        """Say in 32 hexadecimal digits what is run: equal for equal experiment, kinds and model."""
        return digest_of(self.experiment.identity(), self.kinds, model_digest())

    def find(
        self, outcomes: pd.DataFrame, manifest: Mapping[str, Any], *, stopped: bool
    ) -> OrganisationsFindings:
        """Find what each kind contributes."""
        table = contributions(outcomes, self.experiment.regimes, self.kinds)
        return OrganisationsFindings(
            tables={"contributions": table, "outcomes": outcomes.drop(columns="spent")},
            manifest={**manifest, "kinds": list(self.kinds)},
            texts={"scenario.toml": dump_scenario(self.experiment.scenario)},
            stopped=stopped,
        )


def without(scenario: Scenario, kind: str) -> Scenario:
    """Close a kind of meso-organisation as the run begins, and let none be founded later.

    The region's past is the same with and without it, so that all that differs is what the kind does in the run.

    Parameters
    ----------
    scenario
        Resolved scenario.
    kind
        Name of the kind.

    Returns
    -------
    Scenario
        The same in everything else. Money that a policymaker has for what the kind delivers stays unspent.
    """
    settings: dict[str, object] = {"channels.without_organisations": kind}
    if hasattr(getattr(scenario.organisations, kind), "may_be_founded"):
        settings[f"organisations.{kind}.may_be_founded"] = False
    return load_scenario(scenario, settings)


def design(asked: Experiment, kinds: str | None = None) -> Organisations:
    """Repeat a comparison of regimes without each kind of meso-organisation.

    Parameters
    ----------
    asked
        Scenario, regimes and seeds.
    kinds
        Names with commas between; None for all kinds.

    Returns
    -------
    Organisations
        What is to be run.
    """
    chosen = ORGANISATION_KINDS if kinds is None else [name.strip() for name in kinds.split(",")]
    return Organisations(asked, tuple(chosen))
