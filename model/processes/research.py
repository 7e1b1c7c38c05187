"""Own research, and the choice of its focus."""

from __future__ import annotations

from model.kernels import research as kernels
from model.kernels.brokerage import project_effort
from model.processes.process import process
from model.world import World


@process(
    reads=(
        "kind",
        "id",
        "openness",
        "knowledge",
        "density",
        "frontier",
        "price",
        "complexity",
        "relatedness",
        "discovered",
    ),
    writes=("focus",),
    parameters=("research", "market", "recombination"),
)
def choose_focus(world: World) -> None:
    """Let some firms reconsider what they do research on: exploit or explore."""
    carriers, space, scenario = world.carriers, world.space, world.scenario
    kernels.choose_focus(
        carriers.kind,
        carriers.id,
        carriers.openness,
        carriers.focus,
        carriers.knowledge,
        carriers.density,
        space.frontier,
        world.price,
        space.complexity,
        space.relatedness,
        world.discovered,
        scenario.research.focus_review,
        scenario.research.perception_noise,
        scenario.market.knowledge_elasticity,
        scenario.recombination.held_level,
        world.key("research.focus"),
    )


@process(
    reads=(
        "kind",
        "size",
        "focus",
        "rd_spending",
        "efficiency",
        "density",
        "complexity",
        "frontier",
        "degree",
        "tie_project",
    ),
    writes=("subsidy", "knowledge", "rd_stock", "rd_cost", "account", "memos"),
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
    kernels.research(
        carriers.kind,
        carriers.size,
        carriers.focus,
        carriers.rd_spending,
        carriers.subsidy,
        carriers.efficiency,
        carriers.density,
        space.complexity,
        space.frontier,
        carriers.knowledge,
        carriers.rd_stock,
        carriers.rd_cost,
        scenario.research.productivity,
        scenario.research.effort_half_saturation,
        scenario.instruments.rd_grant.crowding_out,
        scenario.absorption.rd_depreciation,
        world.account,
        world.memos,
    )
