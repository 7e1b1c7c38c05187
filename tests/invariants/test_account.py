"""The growth account: sources sum to the change of knowledge, plain and weighted, in every step of every run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.kernels import constants
from model.observables import OBSERVABLES
from model.region import Region, run
from model.scenario import Scenario
from tests.invariants.runs import busy, finished, scenarios
from tests.reference.states import QUICK, THOROUGH

TOLERANCE = 2e-6
"""Relative to what is known and what is booked: rounding to single precision, which is no source."""

seeds = st.integers(0, 2**32 - 1)


def assert_account_balances(region: Region) -> None:
    """Compare the sum of sources with the change of both measures of knowledge."""
    record = region.record
    names = list(OBSERVABLES)
    for column, name in enumerate(("knowledge_of_firms", "knowledge_per_region")):
        level = record.series[:, names.index(name)]
        booked = record.account[1:, :, column]
        scale = np.maximum(level[:-1], level[1:]) + np.abs(booked).sum(axis=1) + 1e-3
        np.testing.assert_array_less(np.abs(booked.sum(axis=1) - np.diff(level)), TOLERANCE * scale)


def assert_signs(region: Region) -> None:
    """Sources add, forgetting, obsolescence and exit take away; employment moves only the weighted account."""
    account = region.record.account[1:]
    takes = [constants.FORGETTING, constants.OBSOLESCENCE, constants.EXIT]
    adds = [source for source in range(constants.SOURCES) if source not in (*takes, constants.EMPLOYMENT)]
    # What single precision rounds down may look like a loss.
    assert (account[:, adds] >= -1e-6).all()
    assert (account[:, takes] <= 1e-6).all()
    assert (account[:, constants.EMPLOYMENT, 0] == 0).all()


@given(scenario=scenarios(), seed=seeds)
@QUICK
def test_account_sums_to_the_change_of_knowledge(scenario: Scenario, seed: int) -> None:
    region = finished(scenario, seed)
    assert_account_balances(region)
    assert_signs(region)


@pytest.mark.slow
@given(scenario=scenarios(), seed=seeds)
@THOROUGH
def test_account_sums_to_the_change_of_knowledge_thoroughly(scenario: Scenario, seed: int) -> None:
    region = finished(scenario, seed)
    assert_account_balances(region)
    assert_signs(region)


def test_every_source_is_booked_where_everything_happens() -> None:
    # Ten quarters of one region may lack what is rare, such as a firm that recombines across sectors by itself.
    account = sum(np.abs(finished(busy(), seed).record.account).sum(axis=0) for seed in range(3))
    assert (account[:, 1] > 0).all()


def test_what_leaves_between_two_steps_is_booked_in_the_next() -> None:
    region = Region(busy(), seed=2)
    region.step()
    for firm in list(region.agents)[-3:]:
        firm.remove()
    while region.running:
        region.step()
    assert_account_balances(region)


@given(scenario=scenarios(), seed=seeds)
@QUICK
def test_what_policy_induced_is_part_of_what_is_booked(scenario: Scenario, seed: int) -> None:
    record = finished(scenario, seed).record
    sources, items = record.account, record.memos
    ties = sources[:, [constants.ABSORPTION_SAME_SECTOR, constants.ABSORPTION_CROSS_SECTOR]].sum(axis=1)
    absorbed = ties + sources[:, constants.ABSORPTION_FROM_ORGANISATIONS]
    networked = [
        constants.RECOMBINATION_NETWORKED_SAME_SECTOR,
        constants.RECOMBINATION_NETWORKED_CROSS_SECTOR,
    ]
    for item, whole in (
        (constants.BROKERED_ABSORPTION, ties),
        (constants.TRANSFER_INDUCED_ABSORPTION, absorbed),
        (constants.TRAINING_INDUCED_ABSORPTION, absorbed),
        (constants.BROKERED_RECOMBINATION, sources[:, networked].sum(axis=1)),
        (constants.POLICY_INDUCED_RESEARCH, sources[:, constants.RESEARCH]),
    ):
        slack = 1e-6 * (1 + np.abs(whole))
        assert (items[:, item] <= whole + slack).all(), (item, items[:, item], whole)


def test_without_training_nothing_is_induced_by_it() -> None:
    # Long enough for R&D to move absorptive capacity up and down.
    untrained = Scenario.model_validate({"steps": 40, "organisations": {"training": {"number": 0}}})
    memos = run(untrained.with_regime("none"), 1).record.memos
    assert (memos[:, constants.TRAINING_INDUCED_ABSORPTION] == 0).all()
    assert memos[:, constants.TRANSFER_INDUCED_ABSORPTION].sum() > 0
