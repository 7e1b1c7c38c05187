"""Mesa's data collector: the one that a region has, and those that users make."""

from __future__ import annotations

from functools import partial
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from model.agents import Firm, MesoOrganisation, Policymaker
from model.record import OBSERVABLES
from model.region import Region, run
from tests.unit.model.mesa_regions import STEPS, advance, small_region, small_scenario


def count(region: Region, kind: type[mesa.Agent]) -> int:
    return len(region.agents_by_type[kind])


class Collected(Region):
    """A region with a data collector of a user's own, who collects as Mesa's tutorial does."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "step": "steps",
                "knowledge": lambda region: region.observed("knowledge_per_region"),
                "firms": partial(count, kind=Firm),
                "organisations": [count, [self, MesoOrganisation]],
            },
            agent_reporters={"knows": lambda agent: getattr(agent, "total_knowledge", 0.0)},
            agenttype_reporters={
                Firm: {"size": "size", "sector": "sector_name"},
                MesoOrganisation: {"kind": "kind_name", "standing": lambda agent: agent.standing},
                Policymaker: {"regime": "regime_name"},
            },
            tables={"exits": ["step", "firm"]},
        )
        self.datacollector.collect(self)

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


@pytest.fixture
def collected() -> Collected:
    region = small_region(Collected)
    advance(region, 4)
    return region


def test_model_reporters_by_attribute_function_and_list(collected: Collected) -> None:
    frame = collected.datacollector.get_model_vars_dataframe()
    series = collected.result().series().iloc[:5]
    assert frame["step"].tolist() == series["step"].tolist()
    assert frame["knowledge"].tolist() == series["knowledge_per_region"].tolist()
    assert frame["firms"].tolist() == series["firms"].tolist()
    assert frame["organisations"].iloc[-1] == len(collected.organisations)


def test_agent_reporters(collected: Collected) -> None:
    frame = collected.datacollector.get_agent_vars_dataframe()
    assert frame.index.get_level_values("Step").unique().tolist() == [0, 1, 2, 3, 4]
    firms = frame.loc[4, "knows"].loc[collected.agents_by_type[Firm].get("unique_id")]
    assert firms.sum() == pytest.approx(collected.observed("knowledge_of_firms"), rel=1e-5)
    assert frame.loc[(4, -1), "knows"] == 0.0


def test_reporters_by_type_of_agent(collected: Collected) -> None:
    firms = collected.datacollector.get_agenttype_vars_dataframe(Firm)
    assert firms.loc[4, "size"].sum() == pytest.approx(collected.observed("employment"))
    assert set(firms["sector"]) <= set(collected.world.space.sector_names)
    kinds = collected.datacollector.get_agenttype_vars_dataframe(MesoOrganisation)
    assert set(kinds["kind"]) == {organisation.kind_name for organisation in collected.organisations}
    regimes = collected.datacollector.get_agenttype_vars_dataframe(Policymaker)
    assert regimes["regime"].tolist() == ["cluster"] * 5


def test_tables(collected: Collected) -> None:
    collected.datacollector.add_table_row("exits", {"step": 1, "firm": 12})
    assert collected.datacollector.get_table_dataframe("exits").to_dict("list") == {"step": [1], "firm": [12]}


def test_collecting_changes_nothing(collected: Collected) -> None:
    plain = small_region()
    advance(plain, 4)
    assert np.array_equal(plain.record.series[:5], collected.record.series[:5])


def test_a_collector_outside_the_region() -> None:
    region = small_region()
    collector = mesa.DataCollector(agent_reporters={"name": repr})
    for _ in range(3):
        region.step()
        collector.collect(region)
    frame = collector.get_agent_vars_dataframe()
    assert frame.index.get_level_values("Step").unique().tolist() == [1, 2, 3]
    assert len(frame.loc[3]) == len(region.agents)


def test_a_region_collects_its_record_by_itself() -> None:
    region = small_region()
    collector = region.datacollector
    assert isinstance(collector, mesa.DataCollector)
    for step in range(STEPS + 1):
        frame = collector.get_model_vars_dataframe()
        assert frame.index.tolist() == list(range(step + 1))
        assert np.array_equal(frame.to_numpy(), region.record.series[: step + 1])
        region.step()
    series = run(small_scenario().with_regime("cluster"), 3).series().set_index("step")
    pd.testing.assert_frame_equal(
        collector.get_model_vars_dataframe(), series, check_names=False, check_index_type=False
    )


def test_it_behaves_like_any_other_collector() -> None:
    region = small_region()
    collector = region.datacollector
    assert list(collector.model_reporters) == list(OBSERVABLES)
    advance(region, 3)
    collector.collect(region)
    assert all(len(values) == 3 for values in collector.model_vars.values())
    for name, reporter in collector.model_reporters.items():
        assert reporter(region) == region.observed(name) == collector.model_vars[name][-1]
    with pytest.raises(UserWarning, match="No agent reporters"):
        collector.get_agent_vars_dataframe()


def test_a_frame_is_no_way_into_the_record() -> None:
    region = small_region()
    frame = region.datacollector.get_model_vars_dataframe()
    frame.iloc[:, :] = -1.0
    assert region.observed("firms") == 40


def test_only_what_is_observed_can_be_asked_for() -> None:
    with pytest.raises(LookupError, match="there is no observable 'knowlege_per_region'"):
        small_region().observed("knowlege_per_region")
