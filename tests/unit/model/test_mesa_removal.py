"""Agents that leave: of their own accord or removed, the accounts and all references stay right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.agents import Firm, MesoOrganisation, Policymaker
from model.kernels.constants import FIRM
from model.record import ACCOUNT_SOURCES
from model.region import Region
from tests.unit.model.mesa_regions import STEPS, advance, small_region


@pytest.fixture
def region() -> Region:
    region = small_region()
    advance(region, 4)
    return region


def assert_account_closes(region: Region, step: int) -> None:
    booked = region.record.account[step].sum(axis=0)
    collected = region.datacollector.get_model_vars_dataframe()
    for number, name in enumerate(("knowledge_of_firms", "knowledge_per_region")):
        change = collected[name].iloc[step] - collected[name].iloc[step - 1]
        assert booked[number] == pytest.approx(change, rel=1e-5, abs=1e-4)


def references(region: Region) -> dict[int, tuple[set[int], int, int]]:
    """Partners, serving organisation and cluster of every firm, by persistent id."""
    carriers = region.world.carriers
    known = {}
    for row in np.flatnonzero(carriers.kind == FIRM):
        partners = {int(carriers.id[partner]) for partner in carriers.partners[row, : carriers.degree[row]]}
        link = int(carriers.link[row])
        known[int(carriers.id[row])] = (
            partners,
            int(carriers.id[link]) if link >= 0 else -1,
            int(carriers.cluster[row]),
        )
    return known


def test_a_removed_firm_is_gone_at_once(region: Region) -> None:
    firm = max(region.agents_by_type[Firm], key=lambda firm: firm.degree)
    before, partners = references(region), firm.partners
    assert partners
    firm.remove()
    assert not firm.alive
    assert firm not in region.agents
    assert firm not in region.agents_by_type[Firm]
    after = references(region)
    assert after.keys() == before.keys() - {firm.unique_id}
    for identity, (tied, served_by, cluster) in after.items():
        assert tied == before[identity][0] - {firm.unique_id}
        assert (served_by, cluster) == before[identity][1:]
    assert all(firm not in partner.partners for partner in partners)


def test_what_a_removed_firm_knew_is_booked_as_exit_in_the_next_step(region: Region) -> None:
    alone = small_region()
    advance(alone, 5)
    lost = [firm.total_knowledge for firm in region.agents_by_type[Firm]][:3]
    for firm in list(region.agents_by_type[Firm])[:3]:
        firm.remove()
    region.step()
    assert_account_closes(region, 5)
    exits = ACCOUNT_SOURCES.index("exit")
    assert region.record.account[5, exits, 0] <= -sum(lost)
    assert region.observed("exits") >= 3
    assert alone.observed("exits") < region.observed("exits")
    advance(region, STEPS - 5)
    for step in range(1, STEPS + 1):
        assert_account_closes(region, step)


def test_a_removed_organisation_serves_nobody_any_more(region: Region) -> None:
    before = references(region)
    organisation = next(
        region.agents_by_type[MesoOrganisation].select(lambda agent: agent.clients > 0, at_most=1).__iter__()
    )
    organisation.remove()
    assert organisation not in region.organisations
    assert organisation not in region.agents
    for identity, (tied, served_by, _) in references(region).items():
        assert tied == before[identity][0]
        assert served_by == (-1 if before[identity][1] == organisation.unique_id else before[identity][1])
    advance(region, 2)
    assert_account_closes(region, 6)


def test_a_removed_cluster_organisation_closes_its_cluster(region: Region) -> None:
    clusters = region.organisations_of("cluster_organisation")
    for cluster in clusters:
        cluster.remove()
    assert clusters
    assert not region.organisations_of("cluster_organisation")
    region.step()
    founded = {cluster.unique_id for cluster in region.organisations_of("cluster_organisation")}
    members = {firm.cluster for firm in region.agents_by_type[Firm]}
    assert members <= founded | {-1}


def test_a_removed_policymaker_acts_no_more_and_what_it_spent_stays_recorded(region: Region) -> None:
    spent = region.result().ledger().query("step <= 4")["spent"].sum()
    (policymaker,) = region.policymakers
    policymaker.remove()
    assert region.policymakers == ()
    assert policymaker not in region.agents
    advance(region, 3)
    ledger = region.result().ledger()
    assert spent > 0
    assert ledger["spent"].sum() == spent
    assert region.observed("budget") == 0


def test_the_dead_say_so(region: Region) -> None:
    firm = next(iter(region.agents_by_type[Firm]))
    firm.remove()
    for read in (lambda: firm.size, lambda: firm.row, lambda: firm.knowledge, lambda: firm.partners):
        with pytest.raises(LookupError, match=f"Firm {firm.unique_id} has left the region"):
            read()
    with pytest.raises(LookupError, match="has left the region"):
        firm.size = 3.0
    with pytest.raises(LookupError, match="has left the region"):
        region.firm(firm.unique_id)
    assert repr(firm) == f"<Firm {firm.unique_id}>"


def test_removing_twice_is_removing_once(region: Region) -> None:
    firms = list(region.agents_by_type[Firm])
    firms[0].remove()
    firms[0].remove()
    assert len(region.agents_by_type[Firm]) == len(firms) - 1
    with pytest.raises(LookupError, match="no carrier"):
        region.remove_carrier(firms[0].unique_id)


def test_only_a_firm_is_a_firm(region: Region) -> None:
    with pytest.raises(LookupError, match="is no firm"):
        region.firm(region.organisations[0].unique_id)
    with pytest.raises(LookupError, match="has left the region"):
        region.firm(10**6)


def test_firms_that_fail_leave_the_sets_and_say_so(region: Region) -> None:
    firms = region.agents_by_type[Firm]
    doomed = list(firms)[:5]
    for firm in doomed:
        firm.cash = -1e6 * firm.size
    region.step()
    assert not any(firm in firms or firm in region.agents or firm.alive for firm in doomed)
    with pytest.raises(LookupError):
        _ = doomed[0].size
    assert_account_closes(region, 5)


def test_agents_may_leave_while_they_are_called(region: Region) -> None:
    firms = region.agents_by_type[Firm]
    number = len(firms)

    def leave_if_small(firm: Any) -> None:
        if firm.size < 5:
            firm.remove()

    firms.shuffle_do(leave_if_small)
    assert 0 < len(firms) < number
    assert firms.agg("size", min) >= 5
    region.step()
    assert_account_closes(region, 5)


def test_everybody_can_be_removed(region: Region) -> None:
    region.remove_all_agents()
    assert len(region.agents) == 0
    assert region.world.carriers.rows == 0
    advance(region, 2)
    assert_account_closes(region, 5)
    assert_account_closes(region, 6)
    assert region.observed("spending") == 0


def test_removal_between_steps_needs_nobody_to_look() -> None:
    region = small_region()
    region.remove_carrier(int(region.world.carriers.id[20]))
    region.step()
    assert_account_closes(region, 1)
    assert region.agents.select(agent_type=Policymaker).get("unique_id") == [-1]
