"""The model beside Europe: regions of 2008-09 run for six years, scored like what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from analysis.execution import Record
from analysis.experiment import Task
from analysis.regions import measures
from analysis.regions.application import with_region
from analysis.regions.catalogue import RegionReference, shipped
from analysis.regions.entry_and_exit import LEAST_DOMAINS, Panel, Score, panel_of, score
from analysis.regions.measures import Floats
from analysis.regions.region_set import RegionSet
from model.kernels.constants import FIRM
from model.loading import load_scenario
from model.measured_space import relatedness_of
from model.region import Region
from model.scenario import Scenario

QUARTERS = 24
"""From the mean of 2008-09 to that of 2014-15."""

SHUFFLE = 1


@dataclass(frozen=True)
class Employment:
    """Persons by principal activity at the start and the end of a run, shapes (domains,)."""

    before: Floats
    after: Floats

    @property
    def outcomes(self) -> dict[str, float]:
        """What must be finite."""
        return {"employment": float(self.after.sum())}


def run_employment(scenario: Scenario, seed: int) -> Employment:
    """Run a region without policy and count its employment, at the start and at the end."""
    region = Region(scenario.with_regime("none"), seed=seed)
    before = employment_by_activity(region)
    while region.running:
        region.step()
    return Employment(before, employment_by_activity(region))


def employment_by_activity(region: Region) -> Floats:
    """Count persons by the domain that earns most in their firm, as NACE classifies units.

    Parameters
    ----------
    region
        A region.

    Returns
    -------
    numpy.ndarray
        Persons, shape (domains,).
    """
    world = region.world
    carriers, space = world.carriers, world.space
    firm = carriers.kind == FIRM
    strength = carriers.knowledge[firm] / space.frontier
    earned = strength**world.scenario.market.knowledge_elasticity * world.price
    persons = np.bincount(earned.argmax(axis=1), weights=carriers.size[firm], minlength=space.domains)
    return persons.astype(np.float64)


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


def observed_panel() -> Panel:
    """Give what really happened, in the regions and domains that are used."""
    return panel_of(_earlier(), shipped().amounts)


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
        usual = with_region(load_scenario(scenario, {"steps": QUARTERS}), RegionReference(members, code))
        for name, change in VARIANTS.items():
            changed = change(usual)
            made += [Task(changed, f"{name}|{code}", seed) for seed in seeds]
    return made


def simulated_panels(records: Sequence[Record[Employment]], panel: Panel) -> dict[tuple[str, int], Panel]:
    """Put runs together as panels in which the same cells are seen as in the data.

    Parameters
    ----------
    records
        Runs that were made.
    panel
        What really happened.

    Returns
    -------
    dict
        Panel of each variant and seed.
    """
    members = start_of_europe()
    kept: dict[tuple[str, int], dict[str, Employment]] = {}
    for record in records:
        if record.result is not None:
            variant, code = record.task.regime.split("|")
            kept.setdefault((variant, record.task.seed), {})[code] = record.result
    return {key: _panel(found, members, panel) for key, found in kept.items()}


def _panel(found: Mapping[str, Employment], members: RegionSet, panel: Panel) -> Panel:
    codes = [code for code in panel.regions if code in found]
    rows = [panel.regions.index(code) for code in codes]
    seen = pd.DataFrame(panel.observed[rows], codes, list(panel.domains))
    tables = []
    for name in ("before", "after"):
        table = pd.DataFrame(np.nan, index=codes, columns=list(panel.domains))
        for code in codes:
            amounts = members.amounts.loc[code].dropna()
            # Firms are a sample: they stand for so many persons each.
            weight = amounts.sum() / found[code].before.sum()
            persons = pd.Series(getattr(found[code], name) * weight, amounts.index)
            table.loc[code] = persons.reindex(panel.domains)
        tables.append(measures.location_quotient(table.where(seen).to_numpy(np.float64)))
    return Panel(tuple(codes), panel.domains, tables[0], tables[1])


def start_relatedness(panel: Panel) -> Floats:
    """Give proximity of the first period among the domains of a panel: what density is always taken with."""
    return measures.proximity(measures.specialised(panel.before))


def comparison(records: Sequence[Record[Employment]]) -> pd.DataFrame:
    """Score the data and every variant with one operator.

    Parameters
    ----------
    records
        Runs that were made.

    Returns
    -------
    pandas.DataFrame
        One row for the data and one for each variant and seed: entry and exit rates, areas under the curve,
        entry by fifth of density, persistence and spread of location quotients, and correlation of their change
        with what really happened.
    """
    panel = observed_panel()
    phi = start_relatedness(panel)
    rows = [{"variant": "data", "seed": -1, **_row(score(panel, phi)), **_moments(panel, panel)}]
    for (variant, seed), simulated in simulated_panels(records, panel).items():
        chosen = [panel.regions.index(code) for code in simulated.regions]
        real = Panel(simulated.regions, panel.domains, panel.before[chosen], panel.after[chosen])
        found = _row(score(simulated, phi))
        rows.append({"variant": variant, "seed": seed, **found, **_moments(simulated, real)})
    return pd.DataFrame(rows)


def _row(found: Score) -> dict[str, float]:
    fifths = {f"entry_fifth_{n}": rate for n, rate in enumerate(found.entry_by_quintile, start=1)}
    return {
        "pairs": found.pairs,
        "entry_rate": found.entry_rate,
        "exit_rate": found.exit_rate,
        "auc": found.auc,
        "auc_within": found.auc_within,
        "exit_auc_within": found.exit_auc_within,
        **fifths,
    }


def _moments(panel: Panel, real: Panel) -> dict[str, float]:
    """Spread and persistence of log quotients, and how far their change is that of the data."""
    with np.errstate(divide="ignore", invalid="ignore"):
        before, after, change = np.log(panel.before), np.log(panel.after), np.log(real.after / real.before)
    both = np.isfinite(before) & np.isfinite(after)
    common = both & np.isfinite(change)
    moved = after[common] - before[common]
    return {
        "persistence": float(np.corrcoef(before[both], after[both])[0, 1]),
        "churn": float((after[both] - before[both]).std()),
        "vanished": float((panel.after[panel.before > 0] == 0).mean()),
        "correlation_with_data": float(np.corrcoef(moved, change[common])[0, 1]) if moved.std() > 0 else 0.0,
    }
