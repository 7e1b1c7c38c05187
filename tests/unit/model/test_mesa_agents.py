"""A region's agents are Mesa agents, in Mesa's own sets, and views on the table of carriers."""

from __future__ import annotations

import mesa
import numpy as np
import pytest

from model.agents import Firm, MesoOrganisation, Policymaker, Population
from model.kernels.constants import FIRM
from model.region import Region
from model.state import COLUMNS
from tests.unit.model.mesa_regions import STEPS, advance, small_region, small_scenario


@pytest.fixture
def region() -> Region:
    return small_region()


def firms_of(region: Region) -> mesa.agent.AgentSet:
    return region.agents.select(agent_type=Firm)


def test_everything_that_acts_is_a_mesa_agent_of_a_mesa_model(region: Region) -> None:
    assert isinstance(region, mesa.Model)
    assert all(isinstance(agent, mesa.Agent) and agent.model is region for agent in region.agents)
    assert set(region.agent_types) == {Firm, MesoOrganisation, Policymaker}
    assert type(region.agents) is type(mesa.Model(rng=1).agents)


def test_agents_are_the_rows_of_the_table_and_the_policymakers(region: Region) -> None:
    advance(region, 8)
    carriers = region.world.carriers
    assert firms_of(region).get("unique_id") == sorted(carriers.id[carriers.kind == FIRM].tolist())
    by_type = region.agents_by_type
    assert by_type[MesoOrganisation].get("unique_id") == sorted(carriers.id[carriers.kind != FIRM].tolist())
    assert tuple(by_type[Policymaker]) == region.policymakers
    assert len(region.agents) == sum(map(len, by_type.values())) == carriers.rows + 1


def test_ids_are_unique_among_all_agents(region: Region) -> None:
    advance(region, 8)
    identities = region.agents.get("unique_id")
    assert len(set(identities)) == len(identities)


def test_a_firm_is_the_same_object_however_it_is_reached(region: Region) -> None:
    first = {firm.unique_id: firm for firm in firms_of(region)}
    advance(region, 5)
    again = {firm.unique_id: firm for firm in region.agents_by_type[Firm]}
    stayed = first.keys() & again.keys()
    assert stayed
    assert all(first[identity] is again[identity] is region.firm(identity) for identity in stayed)
    tied = next(firm for firm in again.values() if firm.degree > 0)
    assert all(partner is again[partner.unique_id] for partner in tied.partners)


def test_what_a_view_tells_is_its_row_whatever_row_that_is(region: Region) -> None:
    firms = list(firms_of(region))
    firms[0].remove()
    carriers = region.world.carriers
    for firm in firms[1:]:
        row = int(np.flatnonzero(carriers.id == firm.unique_id)[0])
        assert firm.row == row
        assert firm.size == carriers.size[row]
        assert firm.sector == carriers.sector[row]
        assert np.shares_memory(firm.knowledge, carriers.knowledge)
        assert np.array_equal(firm.knowledge, carriers.knowledge[row])
        assert firm.total_knowledge == pytest.approx(carriers.knowledge[row].sum())
        assert firm.sector_name == region.world.space.sector_names[firm.sector]


def test_every_column_of_single_values_can_be_read_and_written(region: Region) -> None:
    firm = next(iter(firms_of(region)))
    written = [column.name for column in COLUMNS if column.block in {"number", "integer"}]
    written.remove("id")
    for number, name in enumerate(written):
        setattr(firm, name, number)
        assert getattr(firm, name) == number
        assert getattr(region.world.carriers, name)[firm.row] == number


def test_a_change_through_a_view_moves_the_run() -> None:
    plain, changed = small_region(), small_region()
    firm = changed.firm(int(plain.world.carriers.id[0]))
    firm.cash += 1000.0
    firm.knowledge[:] = 0.9
    advance(plain, 1)
    advance(changed, 1)
    assert changed.observed("knowledge_of_firms") > plain.observed("knowledge_of_firms") + 1


def test_select_by_function_type_and_number(region: Region) -> None:
    firms = firms_of(region)
    median = float(np.median(firms.get("size")))
    large = region.agents.select(lambda agent: isinstance(agent, Firm) and agent.size > median)
    assert 0 < len(large) < len(firms)
    assert all(firm.size > median for firm in large)
    assert list(firms.select(lambda firm: firm.size > median)) == list(large)
    assert len(firms.select(at_most=5)) == 5
    assert len(firms.select(at_most=0.5)) == len(firms) // 2
    assert list(firms.select(at_most=5)) == list(firms)[:5]


def test_aggregates_are_those_of_the_columns(region: Region) -> None:
    carriers = region.world.carriers
    size = carriers.size[carriers.kind == FIRM]
    assert firms_of(region).agg("size", sum) == pytest.approx(size.sum())
    assert firms_of(region).agg("size", [min, max]) == [size.min(), size.max()]


def test_groups_by_attribute_and_function(region: Region) -> None:
    firms = firms_of(region)
    groups = firms.groupby("sector_name")
    assert sum(groups.count().values()) == len(firms)
    assert sum(groups.agg("size", sum).values()) == pytest.approx(firms.agg("size", sum))
    kinds = region.agents_by_type[MesoOrganisation].groupby(lambda organisation: organisation.kind_name)
    assert kinds.count().keys() == {organisation.kind_name for organisation in region.organisations}


def test_sort_get_set_and_do(region: Region) -> None:
    firms = firms_of(region)
    assert firms.sort("size", ascending=True).get("size") == sorted(firms.get("size"))
    firms.set("openness", 0.25)
    carriers = region.world.carriers
    assert (carriers.openness[carriers.kind == FIRM] == 0.25).all()
    called: list[int] = []
    firms.do(lambda firm: called.append(firm.unique_id))
    assert called == firms.get("unique_id")
    assert firms.get(["unique_id", "openness"])[0] == [called[0], 0.25]
    assert region.agents.get("size", handle_missing="default", default_value=-1.0)[0] == -1.0
    assert firms.map(lambda firm: firm.alive) == [True] * len(firms)


def test_shuffling_is_random_and_follows_the_seed() -> None:
    orders = []
    for _ in range(2):
        region = small_region()
        order: list[int] = []
        firms_of(region).shuffle_do(lambda firm, into=order: into.append(firm.unique_id))
        orders.append((order, region.agents.shuffle().get("unique_id")))
    assert orders[0] == orders[1]
    shuffled = orders[0][0]
    assert sorted(shuffled) == firms_of(small_region()).get("unique_id") != shuffled
    other: list[int] = []
    firms_of(small_region(seed=4)).shuffle_do(lambda firm: other.append(firm.unique_id))
    assert other != shuffled


def test_generators_come_from_the_model_and_its_seed(region: Region) -> None:
    firm = next(iter(firms_of(region)))
    assert firm.random is region.random
    assert firm.rng is region.rng
    other = small_region()
    assert (region.random.random(), region.rng.random()) == (other.random.random(), other.rng.random())


def test_an_agent_can_be_given_a_place(region: Region) -> None:
    grid = mesa.space.MultiGrid(10, 10, torus=False)
    firm = next(iter(firms_of(region)))
    assert firm.pos is None
    grid.place_agent(firm, (2, 3))
    advance(region, 1)
    assert region.firm(firm.unique_id).pos == (2, 3)
    assert grid.get_cell_list_contents([(2, 3)]) == [firm]


def test_sets_that_somebody_holds_follow_the_region(region: Region) -> None:
    everybody, firms = region.agents, region.agents_by_type[Firm]
    advance(region, STEPS)
    assert region.record.series[:, list(region.datacollector.model_reporters).index("entries")].sum() > 0
    assert everybody is region.agents
    assert len(everybody) == region.world.carriers.rows + 1
    assert len(firms) == region.observed("firms")


def test_looking_changes_nothing() -> None:
    looked_at, alone = small_region(), small_region()
    for _ in range(STEPS):
        looked_at.step()
        looked_at.agents.shuffle_do(lambda agent: agent.random.random())
        assert looked_at.agents_by_type[Firm].agg("size", sum) > 0
        alone.step()
    assert np.array_equal(looked_at.record.series, alone.record.series)


def test_a_run_that_nobody_looks_into_makes_no_firms_and_collects_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("somebody looked")

    monkeypatch.setattr(Firm, "__init__", refuse)
    region = Region(small_scenario(), regime="smart_specialisation", seed=3)
    advance(region, STEPS)
    assert "datacollector" not in vars(region)
    with pytest.raises(AssertionError, match="somebody looked"):
        len(region.agents)


def test_names_of_mesa_are_not_taken_for_something_else(region: Region) -> None:
    replaced = {"agents", "agents_by_type", "agent_types", "step", "scenario"}
    replaced |= {"register_agent", "deregister_agent", "remove_all_agents"}
    mesas = {*dir(mesa.Model), *vars(mesa.Model(rng=1))}
    made_by_mesa = {"observables"}
    own = {name for kind in (Region, Population) for name in vars(kind) if not name.startswith("__")}
    assert own & mesas - made_by_mesa <= replaced
    assert not (vars(region).keys() - vars(mesa.Model(rng=1)).keys()) & {*dir(mesa.Model)}
    for kind in (Firm, MesoOrganisation, Policymaker):
        ours = {name for base in kind.__mro__ if base.__module__.startswith("model.") for name in vars(base)}
        shared = {name for name in ours & {*dir(mesa.Agent)} if not name.startswith("_")}
        assert shared <= {"remove"}


def test_they_say_who_they_are(region: Region) -> None:
    assert repr(region).startswith("<Region 'Machine building")
    assert f"seed 3, step 0 of {STEPS}" in repr(region)
    assert repr(region.policymakers[0]) == "<Policymaker 'agency', cluster>"
    organisation = region.organisations[0]
    assert repr(organisation) == f"<MesoOrganisation {organisation.unique_id}>"
    identity = int(region.world.carriers.id[20])
    assert repr(region.firm(identity)) == f"<Firm {identity}>"
