"""An ablation as a study: treatments instead of regimes, on the same seeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.runs.experiment import Experiment
from analysis.studies.ablation.findings import AblationFindings, tables_of
from analysis.studies.ablation.treatments import Treatments, arrange_treatments
from analysis.studies.study import StudyOfRuns
from model.loading import dump_scenario


@dataclass(frozen=True)
class Ablation(StudyOfRuns):
    """Which switch between regimes does the work; see `design`."""

    experiment: Experiment
    treatments: Treatments

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return f"{self.experiment.story}-ablation"

    def find(self, outcomes: pd.DataFrame, manifest: Mapping[str, Any], *, stopped: bool) -> AblationFindings:
        """Find effects, walks and spending."""
        return AblationFindings(
            tables=tables_of(outcomes, self.treatments),
            manifest=manifest,
            texts={"scenario.toml": dump_scenario(self.experiment.scenario)},
            stopped=stopped,
        )


def design(asked: Experiment) -> Ablation:
    """Turn a comparison of regimes into an ablation of them.

    Parameters
    ----------
    asked
        Scenario, regimes to walk from, and seeds.

    Returns
    -------
    Ablation
        What is to be run.

    Raises
    ------
    RequestError
        If a regime has no switches.
    """
    treatments = arrange_treatments(asked.scenario, asked.regimes)
    tried = replace(asked, scenario=treatments.scenario, regimes=treatments.names)
    return Ablation(tried, treatments)
