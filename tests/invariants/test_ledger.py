"""Ledgers: in every step and for every instrument granted + kept before = spent + kept; nobody overspends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.meso.account import COMMISSIONED, FUNDING, KEPT, SPENT_COMMISSIONED, SPENT_OWN, STANDING
from model.observables import OBSERVABLES
from model.policy.instruments import INSTRUMENTS
from model.policy.ledger import GRANTED, RESERVE, SPENT, UNITS
from model.region import Region
from model.scenario import Scenario
from tests.invariants.runs import busy, finished, scenarios
from tests.reference.states import QUICK, THOROUGH

EXACT = 1e-9
"""Relative tolerance of sums of money, and absolute in wages."""


def assert_ledgers_balance(region: Region) -> None:
    """Check every policymaker's ledger, and the record of all together."""
    costs = [getattr(region.world.scenario.instruments, name).unit_cost for name in INSTRUMENTS]
    for policymaker in region.policymakers:
        entries, budget = policymaker.ledger.entries, policymaker.ledger.budget
        granted, spent, kept = entries[1:, :, GRANTED], entries[1:, :, SPENT], entries[1:, :, RESERVE]
        before = entries[:-1, :, RESERVE]
        np.testing.assert_allclose(before + granted, spent + kept, EXACT, EXACT)
        assert (entries >= -EXACT * (1 + budget.sum())).all()
        assert (spent <= (granted + before) * (1 + EXACT) + EXACT).all()
        assert (granted.sum(axis=1) <= budget[1:] * (1 + EXACT)).all()
        np.testing.assert_allclose(entries[:, :, UNITS] * costs, entries[:, :, SPENT], EXACT, EXACT)
    assert_accounts_balance(region)
    recorded = region.record.series[:, list(OBSERVABLES).index("spending")]
    spending = sum(policymaker.ledger.entries[:, :, SPENT].sum(axis=1) for policymaker in region.policymakers)
    np.testing.assert_allclose(recorded, spending, EXACT, EXACT)


def assert_accounts_balance(region: Region) -> None:
    """Check every organisation's account, and that what was commissioned is in the ledgers of who paid."""
    accounts = [entries for _, entries in region.result().accounts.values()]
    for entries in accounts:
        kept = entries[:, KEPT]
        received = entries[1:, FUNDING] + entries[1:, COMMISSIONED]
        spent = entries[1:, SPENT_OWN] + entries[1:, SPENT_COMMISSIONED]
        alive = entries[1:, STANDING] > 0
        np.testing.assert_allclose((kept[:-1] + received)[alive], (spent + kept[1:])[alive], EXACT, EXACT)
        np.testing.assert_array_equal(entries[1:, COMMISSIONED], entries[1:, SPENT_COMMISSIONED])
        assert (entries >= -EXACT * (1 + received.sum())).all()
        assert (entries[1:][~alive] == 0).all()
    commissioned = sum(
        (entries[:, COMMISSIONED] for entries in accounts), np.zeros(len(region.record.series))
    )
    by_organisations = [number for number, each in enumerate(INSTRUMENTS.values()) if each.delivered_by]
    paid = sum(policymaker.ledger.entries[:, :, SPENT] for policymaker in region.policymakers)
    # Clusters also run joint projects, which policymakers run themselves for everybody else.
    assert (commissioned <= paid.sum(axis=1) * (1 + EXACT) + EXACT).all()
    assert (commissioned * (1 + EXACT) + EXACT >= paid[:, by_organisations].sum(axis=1)).all()


@given(scenario=scenarios(), seed=st.integers(0, 2**32 - 1))
@QUICK
def test_ledgers_balance(scenario: Scenario, seed: int) -> None:
    assert_ledgers_balance(finished(scenario, seed))


@pytest.mark.slow
@given(scenario=scenarios(), seed=st.integers(0, 2**32 - 1))
@THOROUGH
def test_ledgers_balance_thoroughly(scenario: Scenario, seed: int) -> None:
    assert_ledgers_balance(finished(scenario, seed))


def test_money_is_spent_on_every_instrument_where_everything_happens() -> None:
    region = finished(busy())
    spent = sum(policymaker.ledger.entries[:, :, SPENT].sum(axis=0) for policymaker in region.policymakers)
    assert (spent > 0).all()


def test_budgets_are_shares_of_one_budget_within_terms_of_office() -> None:
    region = finished(
        busy(
            events=[{"kind": "budget_change", "step": 6, "factor": 0.5}],
            policy={
                "budget": 0.05,
                "policymakers": [
                    {"name": "early", "regime": "sector", "share": 1.0, "stop": 3},
                    {"name": "late", "regime": "cluster", "share": 0.4, "start": 4},
                    {"name": "later", "regime": "none", "share": 0.6, "start": 4},
                ],
            },
        )
    )
    whole = 0.05 * region.world.initial_wage_bill
    early, late, later = (policymaker.ledger.budget for policymaker in region.policymakers)
    np.testing.assert_allclose(early, [0, *3 * [whole], *7 * [0]])
    np.testing.assert_allclose(late, [*4 * [0], 0.4 * whole, 0.4 * whole, *5 * [0.2 * whole]])
    # Who follows no policy is granted nothing.
    np.testing.assert_array_equal(later, np.zeros(11))
    for policymaker in region.policymakers:
        idle = policymaker.ledger.budget == 0
        assert (policymaker.ledger.entries[idle][:, :, [GRANTED]] == 0).all()
