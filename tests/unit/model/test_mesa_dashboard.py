"""Mesa's own dashboard shows a region, steps it and builds it anew with what was set."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ipyvuetify
import ipywidgets
import mesa
import pytest
import solara

from model.agents import Firm
from model.region import Region
from tests.unit.model.mesa_regions import SMALL, small_scenario

# Mesa's dashboard gives rise to warnings that are no concern of ours: hooks, figures, marks of agents.
pytestmark = pytest.mark.filterwarnings("ignore")


class Mapped(Region):
    """A region with a map of sectors and places, from which firms that leave are taken."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        space, firms = self.world.space, self.world.scenario.firms
        self.grid = mesa.space.MultiGrid(space.sectors, firms.places, torus=False)
        self._place_firms()

    def step(self) -> None:
        super().step()
        self._place_firms()

    def deregister_agent(self, agent: mesa.Agent) -> None:
        super().deregister_agent(agent)
        if agent.pos is not None:
            self.grid.remove_agent(agent)

    def _place_firms(self) -> None:
        for firm in self.agents_by_type[Firm]:
            if firm.pos is None:
                self.grid.place_agent(firm, (firm.sector, firm.place))


@dataclass
class Dashboard:
    """A dashboard that is shown nowhere, and what can be done with it."""

    shown: solara.Reactive[Region]
    context: Any

    @property
    def region(self) -> Any:
        return self.shown.value

    def widgets(self, kind: type[Any]) -> list[Any]:
        return list(self.context.find(kind).widgets)

    def button(self, label: str) -> Any:
        return next(button for button in self.widgets(ipyvuetify.Btn) if button.children == [label])

    def control(self, kind: type[Any], label: str) -> Any:
        return next(widget for widget in self.widgets(kind) if widget.label == label)


@pytest.fixture(scope="module")
def visualization() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("mesa.visualization")


@pytest.fixture
def dashboard(visualization: Any) -> Iterator[Dashboard]:
    style = importlib.import_module("mesa.visualization.components").AgentPortrayalStyle
    portrayed = visualization.make_space_component(lambda firm: style(size=firm.size, color="tab:blue"))
    plot = visualization.make_plot_component(["knowledge_of_firms", "value_weighted_knowledge"])
    parameters = {
        "scenario": small_scenario(),
        "steps": 5,
        "regime": {"type": "Select", "value": "cluster", "values": ["none", "cluster"], "label": "Regime"},
        "firms.number": {
            "type": "SliderInt",
            "value": 40,
            "min": 20,
            "max": 60,
            "step": 10,
            "label": "Firms",
        },
        "seed": visualization.Slider("Seed", 3, 0, 9, 1, dtype=int),
    }
    shown = solara.reactive(Mapped(scenario=small_scenario(), regime="cluster", seed=3, steps=5))

    @solara.component
    def Page() -> None:  # noqa: N802
        with solara.AppLayout():
            visualization.SolaraViz(shown, components=[plot, portrayed], model_params=parameters)

    _, context = solara.render(Page(), handle_error=False)
    yield Dashboard(shown, context)
    context.close()


def test_it_shows_a_plot_of_the_record_and_a_map_of_firms(dashboard: Dashboard) -> None:
    assert len(dashboard.widgets(ipywidgets.Image)) == 2
    assert not dashboard.widgets(ipyvuetify.Alert)


def test_it_steps_the_region_and_draws_it_again(dashboard: Dashboard) -> None:
    before = [image.value for image in dashboard.widgets(ipywidgets.Image)]
    next(iter(dashboard.region.agents_by_type[Firm])).size *= 50
    dashboard.button("Step").click()
    assert dashboard.region.steps == 1
    drawn = [image.value for image in dashboard.widgets(ipywidgets.Image)]
    assert all(new != old for new, old in zip(drawn, before, strict=True))


def test_it_stops_at_the_horizon_whatever_the_number_of_steps_at_once(dashboard: Dashboard) -> None:
    dashboard.control(ipyvuetify.Slider, "Render Interval (steps)").v_model = 3
    dashboard.button("Step").click()
    assert not dashboard.button("Step").disabled
    dashboard.button("Step").click()
    assert dashboard.region.steps == 5
    assert dashboard.button("Step").disabled
    assert not dashboard.widgets(ipyvuetify.Alert)


def test_it_builds_the_region_anew_with_what_was_set(dashboard: Dashboard) -> None:
    dashboard.control(ipyvuetify.Slider, "Firms").v_model = 60
    dashboard.control(ipyvuetify.Select, "Regime").v_model = "none"
    dashboard.control(ipyvuetify.Slider, "Seed").v_model = 8
    before = dashboard.region
    dashboard.button("Reset").click()
    region = dashboard.region
    assert region is not before
    assert region.seed == 8
    assert region.policymakers[0].regime_name == "none"
    assert region.observed("firms") == 60
    dashboard.button("Step").click()
    assert (before.steps, region.steps) == (0, 1)


def test_it_shows_firms_come_and_go(dashboard: Dashboard) -> None:
    for firm in list(dashboard.region.agents_by_type[Firm])[:10]:
        firm.cash = -1e6 * firm.size
    for _ in range(5):
        dashboard.button("Step").click()
    region = dashboard.region
    on_the_map = {firm for firm in region.grid.agents if isinstance(firm, Firm)}
    assert on_the_map == set(region.agents_by_type[Firm])
    assert not dashboard.widgets(ipyvuetify.Alert)


def test_a_plain_region_needs_no_parameters(visualization: Any) -> None:
    shown = solara.reactive(Region("thin_rural_region", seed=1, **SMALL))

    @solara.component
    def Page() -> None:  # noqa: N802
        with solara.AppLayout():
            visualization.SolaraViz(shown, components=[visualization.make_plot_component("output")])

    _, context = solara.render(Page(), handle_error=False)
    dashboard = Dashboard(shown, context)
    dashboard.button("Step").click()
    assert shown.value.steps == 1
    dashboard.button("Reset").click()
    assert shown.value.steps == 0
    context.close()
