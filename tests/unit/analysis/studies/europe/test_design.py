"""Regions of 2008-09 run beside the data: the same cells, the same operator, nothing from later."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.errors import RequestError
from analysis.regions import measures
from analysis.regions.application import with_region
from analysis.regions.catalogue import RegionReference, shipped
from analysis.runs.execution import execute
from analysis.studies.europe.design import validation
from analysis.studies.europe.scores import NULLS, comparison, simulated_panels
from analysis.studies.europe.simulation import (
    QUARTERS,
    VARIANTS,
    Employment,
    activities,
    as_measured,
    observed_panel,
    run_employment,
    start_of_europe,
    tasks,
)
from model.loading import load_scenario
from model.measured_space import relatedness_of
from model.region import Region
from model.scenario import Scenario

CODES = ("AT11", "FI19", "ITH5")


@pytest.fixture(scope="module")
def records() -> tuple:  # type: ignore[type-arg]
    scenario = load_scenario("machine_building_meets_iot", {"firms.number": 90})
    return execute(tasks(scenario, (10_000,), CODES), 1, run=run_employment)  # type: ignore[arg-type]


def test_regions_start_in_the_first_period_with_what_was_known_then() -> None:
    members, start = shipped(), start_of_europe()
    assert members.before is not None
    assert start.amounts.loc["ITH5", "C28"] == members.before.loc["ITH5", "C28"]
    assert start.amounts.loc["ITH5", "C28"] != members.amounts.loc["ITH5", "C28"]
    telling = start.amounts[start.amounts.notna().to_numpy().sum(axis=1) >= 40]
    own = measures.proximity(measures.specialised(measures.location_quotient(telling.to_numpy())))
    np.testing.assert_allclose(start.relatedness.to_numpy(), own)


def test_at_the_start_every_firm_is_in_the_activity_that_it_was_drawn_for() -> None:
    scenario = with_region(as_measured(Scenario()), RegionReference(start_of_europe(), "ITH5"))
    persons = activities(Region(load_scenario(scenario, {"firms.number": 2000}), seed=1)).persons()
    measured = np.array(scenario.knowledge_space.measured.employment)
    np.testing.assert_allclose(persons / persons.sum(), measured / measured.sum(), atol=2e-4)


def test_variants_differ_in_what_they_say_and_in_nothing_else() -> None:
    base = with_region(Scenario(), RegionReference(start_of_europe(), "ITH5"))
    usual = relatedness_of(base.knowledge_space.measured)
    off = ~np.eye(len(usual), dtype=bool)
    changed = {name: change(base) for name, change in VARIANTS.items()}
    assert changed["model"] == base
    assert changed["no recombination"].recombination.attempts == 0
    shuffled = relatedness_of(changed["shuffled relatedness"].knowledge_space.measured)
    np.testing.assert_allclose(np.sort(shuffled[off]), np.sort(usual[off]), atol=1e-9)
    assert not np.allclose(shuffled, usual)
    equal = relatedness_of(changed["no relatedness"].knowledge_space.measured)
    np.testing.assert_allclose(equal[off], usual[off].mean())


def test_runs_are_seen_in_the_same_cells_as_the_data(records: tuple) -> None:  # type: ignore[type-arg]
    assert len(records) == len(CODES) * len(VARIANTS)
    assert {record.error for record in records} == {None}
    panel = observed_panel()
    panels = simulated_panels(records, panel)
    assert set(panels) == {(name, 10_000) for name in (*VARIANTS, *NULLS)}
    rows = [panel.regions.index(code) for code in CODES]
    for simulated in panels.values():
        assert simulated.regions == CODES
        seen = panel.observed[rows]
        assert np.isnan(simulated.before[~seen]).all()
        # Elsewhere a quotient is missing only where none of these few regions has anything.
        nothing = np.isnan(simulated.before) & seen
        np.testing.assert_array_equal(nothing.any(axis=0), (nothing | ~seen).all(axis=0) & seen.any(axis=0))
    assert records[0].task.scenario.steps == QUARTERS


def test_the_comparison_begins_with_the_data(records: tuple) -> None:  # type: ignore[type-arg]
    table = comparison(records)
    assert list(table["variant"]) == ["data", "model", *NULLS, *list(VARIANTS)[1:]]
    data = table.iloc[0]
    assert data["auc_within"] == pytest.approx(0.676, abs=0.001)
    assert data["persistence"] == pytest.approx(0.906, abs=0.001)
    assert data["correlation_with_data"] == pytest.approx(1.0)
    assert table["entry_rate"].between(0, 1).all()


def test_runs_are_equal_for_equal_seeds(records: tuple) -> None:  # type: ignore[type-arg]
    task = records[0].task
    again: Employment = run_employment(task.scenario, task.seed)
    np.testing.assert_array_equal(again.after, records[0].result.after)


@pytest.mark.parametrize("setting", ["steps=2", "start.run_up=5", "policy.budget=0.1", "firms.number=50"])
def test_settings_that_would_change_nothing_are_refused(setting: str) -> None:
    with pytest.raises(RequestError, match="would change nothing"):
        validation("machine_building_meets_iot", [setting], "1", 80, 60)
