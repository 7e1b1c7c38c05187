"""What is read off a run under a policy: averages over the horizon, jobs by sector and place, signs on the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.studies.laboratory.readings import QUARTERS, ReadingStore
from model.kernels.constants import FIRM
from model.policy.ledger import SPENT
from model.record import OBSERVABLES, OUTCOMES
from model.region import Region
from model.scenario import Scenario

AVERAGED = (*OUTCOMES, "employment")
SIGNS = ("output", "breadth", "employment", "firms", "active_domains")
"""What somebody could look at on the way before changing the policy."""
SIGN_YEARS = (2, 5, 10)


def sign(name: str, years: int) -> str:
    """Name a sign after some years, in percent of the start."""
    return f"{name}_after_{years}"


REQUIRED = (*AVERAGED, "spent", "budget", *(sign(name, years) for years in SIGN_YEARS for name in SIGNS))


@dataclass(frozen=True)
class PolicyReading:
    """What was read off a run.

    Attributes
    ----------
    outcomes
        `REQUIRED`, and ``sector_N_jobs`` and ``place_N_jobs``, employees at the end, numbered from 1.
    """

    outcomes: dict[str, float]


class PolicyReadings(ReadingStore):
    """Readings of runs under policies, by the names of the runs."""

    beside_results = "policy_store"
    required = REQUIRED


def read_policy(scenario: Scenario, seed: int) -> PolicyReading:
    """Make a run and read it.

    Parameters
    ----------
    scenario
        Resolved scenario.
    seed
        Seed of the run.

    Returns
    -------
    PolicyReading
        What was read; years beyond the horizon are read at its end.
    """
    region = Region(scenario, seed=seed)
    while region.running:
        region.step()
    series = pd.DataFrame(region.record.series, columns=list(OBSERVABLES))
    values = {name: float(series[name].iloc[1:].mean()) for name in AVERAGED}
    ledgers = region.result().ledgers.values()
    values["spent"] = sum(float(entries[:, :, SPENT].sum()) for entries in ledgers)
    values["budget"] = float(series["budget"].sum())
    for years in SIGN_YEARS:
        place = min(QUARTERS * years, len(series) - 1)
        for name in SIGNS:
            start = float(series[name].iloc[0])
            now = float(series[name].iloc[place])
            values[sign(name, years)] = 100 * now / start if start else now
    values |= _jobs(region, scenario)
    return PolicyReading(values)


def _jobs(region: Region, scenario: Scenario) -> dict[str, float]:
    carriers = region.world.carriers
    firms = np.flatnonzero(carriers.kind[: carriers.rows] == FIRM)
    told: dict[str, float] = {}
    for group, count in (("sector", scenario.knowledge_space.sectors), ("place", scenario.firms.places)):
        members = getattr(carriers, group)[firms]
        jobs = np.bincount(members, weights=carriers.size[firms], minlength=count)
        told |= {f"{group}_{number}_jobs": float(value) for number, value in enumerate(jobs, start=1)}
    return told
