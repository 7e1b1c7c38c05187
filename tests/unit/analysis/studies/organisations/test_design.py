"""Kinds of organisations are taken away one at a time, and what differs is theirs."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.runs.experiment import Experiment
from analysis.studies.organisations.design import Organisations, without
from analysis.studies.organisations.figures import contributions_of_organisations
from analysis.studies.organisations.findings import contributions, label
from analysis.studies.organisations.words import contributions_section
from model.meso import KIND_CODES, ORGANISATION_KINDS
from model.record import OUTCOMES
from model.region import Region
from model.scenario import Scenario

SMALL = Scenario.model_validate(
    {
        "steps": 6,
        "firms": {"number": 40},
        "organisations": {"cluster_organisation": {"number": 3}},
    }
)
STUDY = Organisations(Experiment("made_up", SMALL, ("none", "cluster"), tuple(range(10_000, 10_030))))


def made_up(effect: float) -> pd.DataFrame:
    """Outcomes in which universities add something under cluster support, and nothing else does."""
    rows = []
    for seed in STUDY.experiment.seeds:
        luck = np.random.default_rng(seed)
        base = luck.normal(100, 20)
        for regime, kind in STUDY.treatments():
            lost = effect if (regime, kind) == ("cluster", "university") else 0.0
            noise = 0.0 if kind == "training" else luck.normal(0, 1) if kind else 0.0
            values = dict.fromkeys(OUTCOMES, base + noise - lost)
            rows.append({"regime": label(regime, kind), "seed": seed, **values})
    return pd.DataFrame(rows)


def found(outcomes: pd.DataFrame) -> pd.DataFrame:
    return contributions(outcomes, STUDY.experiment.regimes, STUDY.kinds)


def test_a_contribution_is_found_with_its_size_and_nothing_else_is() -> None:
    table = found(made_up(5.0))
    told = table[table["distinguishable"]]
    assert set(zip(told["regime"], told["kind"], strict=True)) == {("cluster", "university")}
    assert set(told["outcome"]) == set(OUTCOMES)
    assert ((told["low"] < 5) & (told["high"] > 5)).all()
    assert (table["seeds"] == 30).all()
    assert not found(made_up(0.0))["distinguishable"].any()


def test_no_test_is_made_where_nothing_differs() -> None:
    table = found(made_up(5.0)).set_index(["regime", "kind", "outcome"])
    still = table.loc[("none", "training", OUTCOMES[0])]
    assert still["contribution"] == 0
    assert np.isnan(still["probability"])
    (shown,) = contributions_section(table.reset_index()).tables
    assert next(row for row in shown.rows if row[0] == "Training providers, no policy")[1] == "does nothing"


def test_seeds_count_that_were_finished_on_both_sides() -> None:
    outcomes = made_up(5.0)
    missing = (outcomes["regime"] == "none without university") & (outcomes["seed"] < 10_010)
    table = found(outcomes[~missing]).set_index(["regime", "kind", "outcome"])
    assert table.loc[("none", "university", OUTCOMES[0]), "seeds"] == 20
    assert table.loc[("none", "training", OUTCOMES[0]), "seeds"] == 30


@pytest.mark.parametrize("kind", ORGANISATION_KINDS)
def test_the_same_region_without_a_kind(kind: str) -> None:
    scenario = SMALL.with_regime("cluster")
    full, less = Region(scenario, seed=5), Region(without(scenario, kind), seed=5)
    ours, theirs = full.world.carriers, less.world.carriers
    stays = ours.kind != KIND_CODES[kind]
    assert not stays.all()
    for name in ("id", "kind", "sector", "place", "size", "knowledge", "degree", "tie_age", "skill"):
        np.testing.assert_array_equal(getattr(ours, name)[stays], getattr(theirs, name), err_msg=name)
    # Firms come first in both, so that ties lead to the same rows.
    np.testing.assert_array_equal(ours.partners[:40], theirs.partners[:40])
    assert full.world.carriers.next_id == less.world.carriers.next_id
    while less.running:
        less.step()
    assert less.organisations_of(kind) == []


def test_policy_founds_clusters_unless_they_are_taken_away() -> None:
    scenario = SMALL.with_regime("cluster").model_copy(update={"organisations": Scenario().organisations})
    region = Region(scenario, seed=5)
    region.step()
    assert len(region.organisations_of("cluster_organisation")) > 0
    (policymaker,) = (Region(without(scenario, "cluster_organisation"), seed=5)).policymakers
    policymaker.model.step()
    assert policymaker.ledger.spent == 0
    assert policymaker.ledger.budget[1] > 0


def test_the_identity_tells_what_is_run() -> None:
    fewer = dataclasses.replace(STUDY, kinds=("university",))
    assert STUDY.identity() == dataclasses.replace(STUDY).identity() != fewer.identity()
    assert len(fewer.tasks()) == 2 * 2 * 30


@pytest.mark.parametrize(
    ("kinds", "hint"), [(("universitty",), "'university'"), (("training", "training"), "twice")]
)
def test_a_wrong_kind_is_refused(kinds: tuple[str, ...], hint: str) -> None:
    with pytest.raises(RequestError, match=hint):
        Organisations(STUDY.experiment, kinds)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_figure_has_a_panel_for_each_outcome_and_a_row_for_each_kind(theme: str) -> None:
    figure = contributions_of_organisations(found(made_up(5.0)), theme=theme)
    assert len(figure.axes) == len(OUTCOMES)
    labels = [text.get_text() for text in figure.axes[0].get_yticklabels()]
    assert labels == [kind.label for kind in reversed(ORGANISATION_KINDS.values())]
