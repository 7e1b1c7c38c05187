"""Ties that are kept, dropped and sought."""

from __future__ import annotations

from model.kernels.ties import seek_ties, update_ties
from model.processes.process import process
from model.world import World

TIE_COLUMNS = (
    "degree",
    "partners",
    "tie_age",
    "tie_origin",
    "tie_project",
    "tie_success",
    "tie_project_success",
    "tie_value",
    "tie_gain",
)


@process(reads=("kind",), writes=(*TIE_COLUMNS, "counts"), parameters=("ties", "channels"))
def keep_or_drop_ties(world: World) -> None:
    """Smooth what each tie taught and drop those that are not worth their cost."""
    carriers, spec = world.carriers, world.scenario.ties
    update_ties(
        carriers.kind,
        carriers.degree,
        carriers.partners,
        carriers.tie_age,
        carriers.tie_origin,
        carriers.tie_project,
        carriers.tie_success,
        carriers.tie_project_success,
        carriers.tie_value,
        carriers.tie_gain,
        spec.memory,
        spec.cost,
        spec.patience,
        not world.network_evolves,
        world.counts,
    )


@process(
    reads=("kind", "seat", "sector", "place", "knowledge", "density", "absorptive_capacity", "transfer"),
    writes=(*TIE_COLUMNS, "counts"),
    parameters=("ties", "absorption", "channels"),
)
def seek_partners(world: World) -> None:
    """Let firms look for partners from whom both would learn more than the tie costs."""
    if not world.network_evolves:
        return
    carriers, spec, absorption = world.carriers, world.scenario.ties, world.scenario.absorption
    seek_ties(
        carriers.kind,
        carriers.seat,
        carriers.sector,
        carriers.place,
        carriers.degree,
        carriers.partners,
        carriers.tie_age,
        carriers.tie_origin,
        carriers.tie_project,
        carriers.tie_success,
        carriers.tie_project_success,
        carriers.tie_value,
        carriers.tie_gain,
        carriers.knowledge,
        carriers.density,
        carriers.absorptive_capacity,
        carriers.transfer,
        absorption.learning_rate,
        absorption.reach_maximum,
        absorption.unrelated_reach,
        absorption.attention_sharing,
        spec.search_probability,
        spec.friends_of_friends,
        spec.same_sector_or_place,
        spec.search_breadth,
        spec.cost,
        world.key("ties.seek"),
        world.counts,
    )
