"""Watchers see what happens and change nothing."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.runs.experiment import Task
from analysis.studies.facts import treatments
from analysis.studies.facts.laboratory import Laboratory, WatchedRegion, WatchedRun, fingerprint
from analysis.studies.facts.watchers import WATCHERS
from analysis.studies.facts.watchers.firms import zero_diagonal_density
from analysis.studies.facts.watchers.members import growth_alike, similarity_inside
from analysis.studies.facts.watchers.watcher import Table, Watcher
from model.loading import load_scenario
from model.record import OBSERVABLES
from model.region import run
from model.scenario import Scenario
from model.world import World


def small(regime: str = "none", **settings: object) -> Scenario:
    changes = {"steps": 24, "firms.number": 60, **{key.replace("__", "."): v for key, v in settings.items()}}
    return load_scenario("machine_building_meets_iot", changes).with_regime(regime)


def tables(scenario: Scenario, *names: str, seed: int = 3) -> dict[str, Table]:
    return Laboratory({fingerprint(scenario): names})(scenario, seed).tables


@pytest.mark.parametrize("regime", ["none", "cluster"])
def test_looking_changes_nothing(regime: str) -> None:
    scenario = small(regime)
    watched = Laboratory({fingerprint(scenario): tuple(WATCHERS)})(scenario, 3)
    assert np.array_equal(watched.record.series, run(scenario, 3).record.series)
    assert set(watched.tables) == set(WATCHERS)


def test_a_run_that_is_kept_is_the_same_again() -> None:
    scenario = small("cluster")
    watched = Laboratory({fingerprint(scenario): tuple(WATCHERS)})(scenario, 3)
    again = WatchedRun.of(watched.arrays(), Task(scenario, "cluster", 3))
    assert again.outcomes == watched.outcomes
    assert {name: list(table) for name, table in again.tables.items()} == {
        name: list(table) for name, table in watched.tables.items()
    }
    for name, values in watched.arrays().items():
        np.testing.assert_array_equal(again.arrays()[name], values, err_msg=name)


def test_every_recombination_is_noted_where_firms_recombine_alone() -> None:
    scenario = small(channels__networked_recombination=False)
    result = Laboratory({fingerprint(scenario): ("recombinations",)})(scenario, 3)
    tries = result.tables["recombinations"]
    recorded = dict(zip(OBSERVABLES, result.record.series[1:].T, strict=True))
    assert len(tries["gain"]) == recorded["internal_attempts"].sum() > 100
    assert tries["gain"].sum() == pytest.approx(recorded["internal_gain"].sum(), rel=1e-6)
    assert not tries["networked"].any()


def test_recombinations_with_partners_are_noted_with_the_gains_of_both() -> None:
    tries = tables(small(firms__openness_mean=0.9), "recombinations")["recombinations"]
    networked = tries["networked"]
    assert networked.mean() > 0.3
    assert np.isfinite(tries["novelty"][networked]).all()
    assert np.nansum(tries["partner_gain"][networked]) > 0
    assert (tries["partner_gain"][~networked] == 0).all()
    assert (tries["familiarity"] > 0).all()


def test_a_model_that_draws_otherwise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "analysis.studies.facts.watchers.recombinations.STREAM", "recombination.something_else"
    )
    with pytest.raises(RuntimeError, match="draws otherwise"):
        tables(small(), "recombinations")


def test_an_unknown_process_is_noticed() -> None:
    class Stray(Watcher):
        name = "stray"
        after = ("recombin",)

        def look(self, process: str, world: World) -> None: ...

        def table(self) -> Table:
            return {}

    with pytest.raises(LookupError, match="recombin"):
        WatchedRegion(small(), seed=1, watchers=(Stray(),))


def test_lessons_have_both_sides_of_every_tie() -> None:
    lessons = tables(small(), "lessons")["lessons"]
    assert len(lessons["learner"]) % 2 == 0
    assert (lessons["absorbed"] > 0).mean() > 0.5
    assert (lessons["learned"] >= lessons["absorbed"] - 1e-6).all()
    assert np.nanmin(lessons["distance"]) > -1e-9
    assert np.nanmax(lessons["distance"]) <= 1 + 1e-9


def test_ties_are_noted_once_and_grow_older() -> None:
    ties = tables(small(), "ties")["ties"]
    pairs = list(zip(ties["step"], ties["first"], ties["second"], strict=True))
    assert len(set(pairs)) == len(pairs)
    assert (ties["age"] == 0).any()
    assert (ties["successes"] > 0).any()


def test_density_leaves_the_domain_itself_out() -> None:
    phi = np.array([[1.0, 0.5, 0.0], [0.5, 1.0, 0.25], [0.0, 0.25, 1.0]])
    density = zero_diagonal_density(np.array([[1.0, 0.0, 0.4]]), phi)
    assert density[0] == pytest.approx([0.0, (0.5 + 0.25 * 0.4) / 0.75, 0.0])


def test_similarity_inside_groups() -> None:
    knowledge = np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 1.0], [3.0, 3.0]])
    assert similarity_inside(knowledge, np.array([0, 0, 1, 1])) == pytest.approx((1 + np.sqrt(0.5)) / 2)
    assert np.isnan(similarity_inside(knowledge, np.arange(4)))


def test_growth_alike_is_about_those_who_stay() -> None:
    before = (np.array([1, 2, 3]), np.array([9, 9, 9]), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]))
    after = (np.array([1, 2, 4]), np.array([9, 9, 9]), np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 0.0]]))
    assert growth_alike(before, after) == pytest.approx(1.0)
    assert np.isnan(growth_alike(before, (after[0], np.array([9, 8, 9]), after[2])))


def test_all_treatments_resolve_and_name_watchers_that_exist() -> None:
    declared = [each for each in vars(treatments).values() if isinstance(each, treatments.Treatment)]
    assert len({each.name for each in declared}) == len(declared)
    assert {name for each in declared for name in each.watchers} == set(WATCHERS)
    prints = [fingerprint(each.scenario()) for each in declared]
    assert len(set(prints)) == len(prints)


def test_what_makes_a_treatment_prevails_over_what_a_user_changes() -> None:
    scenario = treatments.NO_TIES.scenario(("ties.search_probability=0.9", "firms.number=33"))
    assert scenario.ties.search_probability == 0.0
    assert scenario.firms.number == 33
