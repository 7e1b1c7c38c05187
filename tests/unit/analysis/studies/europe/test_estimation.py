"""Estimation on half of the countries: the halves, the distance, and a search that goes on where it stopped."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import RequestError
from analysis.regions.application import with_region
from analysis.regions.catalogue import RegionReference
from analysis.runs.experiment import Task
from analysis.runs.keeping import ArrayStore
from analysis.studies.europe.estimated import ESTIMATED, estimated_text, read_estimated
from analysis.studies.europe.halves import ESTIMATION, HALVES, HELD_OUT, country_of, halves
from analysis.studies.europe.moments import TARGETS, misfit, targets
from analysis.studies.europe.scores import scores, start_relatedness
from analysis.studies.europe.search import FREE, Search, away_from_defaults, defaults_of, with_values
from analysis.studies.europe.simulation import (
    Employment,
    names_of,
    observed_panel,
    run_employment,
    start_of_europe,
)
from model.loading import load_scenario
from model.scenario import Scenario
from model.spec.declarations import declarations

CODES = observed_panel().regions


def test_no_country_is_in_both_halves() -> None:
    parts = halves(CODES)
    assert tuple(parts) == HALVES
    assert sorted((*parts[ESTIMATION], *parts[HELD_OUT])) == sorted(CODES)
    first, second = (set(map(country_of, parts[half])) for half in HALVES)
    assert not first & second
    assert abs(len(first) - len(second)) <= 1


def test_halves_are_alike_in_the_size_of_their_countries() -> None:
    parts = halves(CODES)
    sizes = [sorted(Counter(map(country_of, parts[half])).values(), reverse=True) for half in HALVES]
    # Of each pair of neighbours in size one is on each side.
    for one, other in zip(*sizes, strict=False):
        assert max(one, other) <= 2 * min(one, other)


def test_halves_are_the_same_again_and_differ_by_seed() -> None:
    assert halves(CODES) == halves(CODES)
    assert len({halves(CODES, seed)[ESTIMATION] for seed in range(5)}) > 1


def test_targets_are_those_of_the_data_and_errors_are_those_of_countries() -> None:
    codes = halves(CODES)[ESTIMATION][::6]
    panel, phi = observed_panel(codes), start_relatedness(observed_panel())
    wanted = targets(panel, phi)
    real = scores(panel, panel, phi)
    assert {name: target.value for name, target in wanted.items()} == {name: real[name] for name in TARGETS}
    assert all(0 < target.error < 0.2 for target in wanted.values())
    assert misfit(real, wanted) == 0
    one_off = {**real, "exit_rate": real["exit_rate"] + 2 * wanted["exit_rate"].error}
    assert misfit(one_off, wanted) == pytest.approx(4)
    assert misfit({**real, "churn": math.nan}, wanted) == math.inf


def test_too_few_regions_to_say_how_sure_the_data_are() -> None:
    with pytest.raises(RequestError, match=r"--every: 3 regions of 3 countries are left, too few"):
        targets(observed_panel(halves(CODES)[ESTIMATION][::60]), start_relatedness(observed_panel()))


def test_what_is_free_can_be_set_and_is_within_what_is_declared() -> None:
    known = {declared.key: declared for declared in declarations(Scenario)}
    scenario = Scenario()
    for free in FREE:
        bounds = known[free.key].bounds
        assert (bounds.ge if bounds.ge is not None else 0) <= free.low < free.high
        assert bounds.le is None or free.high <= bounds.le
        changed = with_values(scenario, {free.key: free.high})
        assert defaults_of(changed)[free.key] == free.high
        assert load_scenario(scenario, {free.key: free.high}) == changed
    assert away_from_defaults(defaults_of(scenario), defaults_of(scenario)) == 0


def bowl(values: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """A distance with a known best."""
    off = sum((free.scaled(values[free.key]) - 0.3) ** 2 for free in FREE)
    return 100 * off, dict.fromkeys(TARGETS, off)


def test_a_search_begins_with_the_defaults_and_gets_better(tmp_path: Path) -> None:
    search = Search(tmp_path / "trials.jsonl", defaults_of(Scenario()), 1)
    assert len(list(search.run(60, bowl))) == 60
    first, best = search.trials[0], search.best()
    assert first.settings == pytest.approx(defaults_of(Scenario()))
    assert best.distance < first.distance / 2
    assert best in search.about_as_good()
    assert best.misfit < min(trial.misfit for trial in search.trials[:30])


def test_a_search_that_was_stopped_tries_what_it_would_have_tried(tmp_path: Path) -> None:
    whole, parted = (tmp_path / name for name in ("whole.jsonl", "parted.jsonl"))
    defaults = defaults_of(Scenario())
    list(Search(whole, defaults, 1).run(36, bowl))
    list(Search(parted, defaults, 1).run(33, bowl))
    list(Search(parted, defaults, 1).run(36, bowl))
    assert parted.read_text() == whole.read_text()


def test_a_damaged_trial_is_told(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    list(Search(path, defaults_of(Scenario()), 1).run(2, bowl))
    path.write_text(path.read_text()[:-20])
    with pytest.raises(RequestError, match=r"trials\.jsonl, line 2: is no trial; delete the line"):
        Search(path, {}, 1)


def test_estimated_parameters_ship_as_a_scenario_that_differs_in_nothing_else() -> None:
    values = read_estimated()
    # What was estimated with the first model lacks what came after it, and says so.
    old = "Estimated with the first model, and not anew yet." in ESTIMATED.read_text("utf-8")
    assert {free.key for free in FREE} - set(values) == ({"market.exit_hazard"} if old else set())
    assert set(values) <= {free.key for free in FREE}
    assert load_scenario(ESTIMATED) == load_scenario("machine_building_meets_iot", values)


def test_estimated_parameters_are_read_as_they_were_written(tmp_path: Path) -> None:
    values = {"research.focus_review": 0.0123456, "market.growth_rate": 0.05, "research.productivity": 0.3}
    path = tmp_path / "estimated.toml"
    path.write_text(
        estimated_text(values, "thin_rural_region", {"market.growth_rate": "a remark"}, "One\ntwo")
    )
    assert read_estimated(path) == pytest.approx(values, rel=1e-3)
    assert load_scenario(path).firms.number == load_scenario("thin_rural_region").firms.number
    path.write_text("steps = 3\n")
    with pytest.raises(RequestError, match="'steps' is no table"):
        read_estimated(path)


def run_of(seed: int) -> tuple[Task[Scenario], Employment]:
    scenario = with_region(
        load_scenario("machine_building_meets_iot", {"steps": 2, "firms.number": 80}),
        RegionReference(start_of_europe(), "FI19"),
    )
    return Task(scenario, "model|FI19", seed), run_employment(scenario, seed)


def test_employment_is_found_again_by_what_was_run(tmp_path: Path) -> None:
    results = tmp_path / "results" / "europe"
    runs = [run_of(1), run_of(2)]
    names = names_of([task for task, _ in runs])
    with ArrayStore.beside(results) as store:
        assert store.read(names) == {}
        store.add(names[0], runs[0][1].arrays())
    found = ArrayStore.beside(results).read(names)
    assert list(found) == [names[0]]
    again = Employment.of(found[names[0]], runs[0][0])
    for field in ("before", "after", "kept", "resampled"):
        np.testing.assert_array_equal(getattr(again, field), getattr(runs[0][1], field))
    other = with_values(runs[0][0].scenario, {"market.growth_rate": 0.01})
    assert names_of([Task(other, "model|FI19", 1)]) != names[:1]


def test_a_damaged_part_is_set_aside(tmp_path: Path) -> None:
    task, made = run_of(1)
    names, told = names_of([task]), []
    with ArrayStore(tmp_path) as store:
        store.add(names[0], made.arrays())
    (part,) = tmp_path.glob("*.parquet")
    part.write_bytes(part.read_bytes()[:40])
    assert ArrayStore(tmp_path, told.append).read(names) == {}
    assert "its runs are made again" in told[0]


def test_nulls_of_a_run() -> None:
    _, made = run_of(1)
    # Where a firm is counted is no matter of how many persons there are.
    assert made.kept.sum() == pytest.approx(made.after.sum())
    # Another sample is other firms of the same start.
    assert made.resampled.sum() != made.before.sum()
    assert not np.array_equal(made.resampled, made.before)
    assert json.dumps(made.outcomes)
