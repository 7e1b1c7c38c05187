"""The model beside Europe: regions of 2008-09 run for six years, scored like what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.regions import measures
from analysis.regions.application import with_region
from analysis.regions.catalogue import RegionReference, shipped
from analysis.regions.measures import Floats
from analysis.regions.region_set import RegionSet
from analysis.runs.experiment import Task
from analysis.runs.keeping import Arrays
from analysis.runs.provenance import model_digest, run_id, scenario_digest
from analysis.studies.europe.entry_and_exit import LEAST_DOMAINS, Panel, panel_of
from model.kernels.constants import FIRM
from model.loading import load_scenario
from model.measured_space import relatedness_of
from model.region import Region
from model.scenario import Scenario

QUARTERS = 24
"""From the mean of 2008-09 to that of 2014-15."""

SHUFFLE = 1
RESAMPLING = 2

MEASURE = "employment 1"
"""What is counted of a run; another number when that changes, so that nothing counted otherwise is found."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Employment:
    """Persons by principal activity at the start and the end of a run.

    Attributes
    ----------
    before, after
        At the start and at the end, shape (domains,).
    kept
        At the end if every firm of the start that is left were still counted where it was counted then.
    resampled
        At the start in another sample of firms, drawn from the same ones with replacement: what the operator
        makes of a region in which nothing moves.
    """

    before: Floats
    after: Floats
    kept: Floats
    resampled: Floats

    @property
    def outcomes(self) -> dict[str, float]:
        """What must be finite."""
        return {"employment": float(self.after.sum())}

    def arrays(self) -> Arrays:
        """Return all that is kept of a run."""
        return dict(vars(self))

    @classmethod
    def of(cls, arrays: Arrays, task: Task[Any]) -> Self:
        """Put a run together again."""
        del task
        return cls(**arrays)


def run_employment(scenario: Scenario, seed: int) -> Employment:
    """Run a region without policy and count its employment, at the start and at the end."""
    region = Region(scenario.with_regime("none"), seed=seed)
    start = activities(region)
    while region.running:
        region.step()
    end = activities(region)
    place = np.searchsorted(start.firms, end.firms)
    stayed = start.firms[np.minimum(place, len(start.firms) - 1)] == end.firms
    first = np.where(stayed, start.activity[np.minimum(place, len(start.firms) - 1)], end.activity)
    drawn = np.random.default_rng((RESAMPLING, seed)).integers(0, len(start.firms), len(start.firms))
    return Employment(
        before=start.persons(),
        after=end.persons(),
        kept=replace(end, activity=first).persons(),
        resampled=replace(start, activity=start.activity[drawn], size=start.size[drawn]).persons(),
    )


@dataclass(frozen=True)
class Activities:
    """Firms and what each of them mainly does.

    Attributes
    ----------
    firms
        Persistent ids, rising, shape (firms,).
    activity
        Domain that earns most in each firm, as NACE classifies units, shape (firms,).
    size
        Employees, shape (firms,).
    domains
        How many domains there are.
    """

    firms: Integers
    activity: Integers
    size: Floats
    domains: int

    def persons(self) -> Floats:
        """Count persons by principal activity of their firm, shape (domains,)."""
        return np.bincount(self.activity, weights=self.size, minlength=self.domains).astype(np.float64)


def activities(region: Region) -> Activities:
    """Look at what every firm of a region mainly does.

    Parameters
    ----------
    region
        A region.

    Returns
    -------
    Activities
        Its firms.
    """
    world = region.world
    carriers, space = world.carriers, world.space
    firm = carriers.kind == FIRM
    strength = carriers.knowledge[firm] / space.frontier
    earned = strength**world.scenario.market.knowledge_elasticity * world.price
    size = carriers.size[firm].astype(np.float64)
    return Activities(carriers.id[firm].copy(), earned.argmax(axis=1), size, space.domains)


@cache
def start_of_europe() -> RegionSet:
    """Give the European regions as they were in the first period, with relatedness and complexity of then."""
    members, earlier = shipped(), _earlier()
    before = earlier.loc[earlier.index.intersection(members.amounts.index)]
    regions = members.regions.loc[before.index]
    telling = before.notna().to_numpy().sum(axis=1) >= LEAST_DOMAINS
    special = measures.specialised(measures.location_quotient(before.to_numpy(np.float64)[telling]))
    _, complexity = measures.complexity(special, np.log(regions["gdp_per_head"].to_numpy()[telling]))
    domains = members.domains.assign(complexity=np.nan_to_num(complexity))
    codes = before.columns
    phi = pd.DataFrame(measures.proximity(special), codes, codes)
    return replace(members, regions=regions, domains=domains, amounts=before, relatedness=phi, before=None)


def observed_panel(codes: Sequence[str] | None = None) -> Panel:
    """Give what really happened, in the regions and domains that are used.

    Parameters
    ----------
    codes
        Regions of these; location quotients are then taken of them alone. All by default.

    Returns
    -------
    Panel
        The same domains and cells whatever the regions.
    """
    panel = panel_of(_earlier(), shipped().amounts)
    if codes is None:
        return panel
    rows = [panel.regions.index(code) for code in codes]
    tables = (table.loc[list(codes), list(panel.domains)] for table in (_earlier(), shipped().amounts))
    quotients = (
        measures.location_quotient(np.where(panel.observed[rows], table.to_numpy(np.float64), np.nan))
        for table in tables
    )
    return Panel(tuple(codes), panel.domains, *quotients)


def _earlier() -> pd.DataFrame:
    before = shipped().before
    if before is None:
        raise RuntimeError("The regions that ship lack their first period.")
    return before


Change = Callable[[Scenario], Scenario]


def _without_recombination(scenario: Scenario) -> Scenario:
    recombination = scenario.recombination.model_copy(update={"attempts": 0.0})
    return scenario.model_copy(update={"recombination": recombination})


def _with_equal_relatedness(scenario: Scenario) -> Scenario:
    measured = scenario.knowledge_space.measured
    mean = float(np.mean(np.power(measured.relatedness, measured.sharpness)) ** (1 / measured.sharpness))
    return _with_relatedness(scenario, [mean] * len(measured.relatedness))


def _with_shuffled_relatedness(scenario: Scenario) -> Scenario:
    measured = scenario.knowledge_space.measured
    phi = relatedness_of(measured.model_copy(update={"sharpness": 1.0}))
    order = np.random.default_rng(SHUFFLE).permutation(len(phi))
    return _with_relatedness(scenario, phi[np.ix_(order, order)][np.tril_indices(len(phi), -1)].tolist())


def _with_relatedness(scenario: Scenario, values: Sequence[float]) -> Scenario:
    space = scenario.knowledge_space
    measured = space.measured.model_copy(update={"relatedness": tuple(values)})
    changed = space.model_copy(update={"measured": measured})
    return scenario.model_copy(update={"knowledge_space": changed})


VARIANTS: Mapping[str, Change] = {
    "model": lambda scenario: scenario,
    "no recombination": _without_recombination,
    "shuffled relatedness": _with_shuffled_relatedness,
    "no relatedness": _with_equal_relatedness,
}
"""The model, and what it would be if relatedness or recombination were beside the point."""


def as_measured(scenario: Scenario) -> Scenario:
    """Set a scenario to the years of the data, starting with what was measured and not after a run-up.

    A run-up takes firms to other activities: what then begins is no longer the region of the data.
    """
    return load_scenario(scenario, {"steps": QUARTERS, "start.run_up": 0})


def tasks(scenario: Scenario, seeds: Sequence[int], regions: Sequence[str]) -> list[Task[Scenario]]:
    """List the runs: each variant, region and seed.

    Parameters
    ----------
    scenario
        Scenario that each region is put into.
    seeds
        Seeds.
    regions
        Codes of regions.

    Returns
    -------
    list[Task]
        Runs; the regime of each names variant and region.
    """
    members = start_of_europe()
    made = []
    for code in regions:
        usual = with_region(as_measured(scenario), RegionReference(members, code))
        for name, change in VARIANTS.items():
            changed = change(usual)
            made += [Task(changed, f"{name}|{code}", seed) for seed in seeds]
    return made


def names_of(tasks: Sequence[Task[Scenario]]) -> list[str]:
    """Name runs by scenario, seed and model; what they are called in a design is beside the point."""
    model = model_digest()
    return [run_id(scenario_digest(task.scenario), MEASURE, task.seed, model) for task in tasks]
