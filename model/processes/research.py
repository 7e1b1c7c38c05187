"""Own research, and the choice of its focus."""

from __future__ import annotations

import numpy as np

from model.kernels import research as kernels
from model.kernels.brokerage import project_effort
from model.kernels.groups import Access, Choice, Focusing, Prospects, Researching, Yield
from model.processes.process import process
from model.world import World

_USUAL_EFFORT = 0.4
"""Share of the most that effort can gain, which firms expect of theirs when they look ahead."""
_POOL_MEMORY = 0.1


def _access(world: World) -> Access:
    space, spec = world.space, world.scenario.research
    return Access(
        space.opened,
        world.discovered,
        world.effort,
        spec.opened_ease,
        spec.latent_ease,
        spec.critical_mass,
        spec.critical_effort,
    )


@process(
    reads=(
        "kind",
        "seat",
        "openness",
        "knowledge",
        "density",
        "frontier",
        "price",
        "complexity",
        "relatedness",
        "discovered",
        "opened",
        "effort",
        "publicity",
        "potential",
        "belief",
        "belief_precision",
    ),
    writes=("focus",),
    parameters=("research", "market", "recombination", "potentials"),
)
def choose_focus(world: World) -> None:
    """Let some firms reconsider what they do research on: exploit or explore."""
    carriers, space, scenario = world.carriers, world.space, world.scenario
    kernels.choose_focus(
        Focusing(
            carriers.kind,
            carriers.seat,
            carriers.openness,
            carriers.focus,
            carriers.knowledge,
            carriers.density,
        ),
        Prospects(
            space.frontier,
            world.price,
            space.complexity,
            space.relatedness,
            world.publicity,
            np.exp(space.potential),
            np.exp(world.belief + 0.5 / world.belief_precision),
        ),
        _access(world),
        Choice(
            scenario.research.focus_review,
            scenario.research.perception_noise,
            scenario.research.opened_attention,
            scenario.market.knowledge_elasticity,
            scenario.recombination.held_level,
            float(scenario.research.foresight),
            _USUAL_EFFORT * scenario.research.productivity,
        ),
        world.key("research.focus"),
    )


@process(
    reads=(
        "kind",
        "size",
        "focus",
        "earmark",
        "rd_spending",
        "efficiency",
        "density",
        "complexity",
        "frontier",
        "relatedness",
        "discovered",
        "opened",
        "wage",
        "degree",
        "tie_project",
    ),
    writes=("subsidy", "knowledge", "rd_stock", "rd_cost", "effort", "account", "memos"),
    parameters=("research", "absorption", "instruments"),
)
def research(world: World) -> None:
    """Turn R&D, own and subsidised, into knowledge and into the stock behind absorptive capacity."""
    carriers, space, scenario = world.carriers, world.space, world.scenario
    project_effort(
        carriers.size,
        carriers.degree,
        carriers.tie_project,
        scenario.instruments.joint_project.effort,
        carriers.subsidy,
    )
    flow = np.zeros(space.domains)
    kernels.research(
        Researching(
            carriers.kind,
            carriers.size,
            carriers.focus,
            carriers.earmark,
            carriers.rd_spending,
            carriers.subsidy,
            carriers.efficiency,
            carriers.density,
            carriers.knowledge,
            carriers.rd_stock,
            carriers.rd_cost,
        ),
        space.complexity,
        space.frontier,
        _access(world),
        Yield(
            scenario.research.productivity,
            scenario.research.effort_half_saturation,
            scenario.instruments.rd_grant.crowding_out,
            scenario.absorption.rd_depreciation,
            world.wage,
        ),
        flow,
        world.account,
        world.memos,
    )
    related = space.relatedness**2 @ flow
    world.effort = (1 - _POOL_MEMORY) * world.effort + _POOL_MEMORY * related
