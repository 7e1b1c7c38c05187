"""Sector support: top-down, generic, one firm at a time."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from model.policy.observation import CELLS, SECTORS, Observation
from model.policy.orders import Order, Target
from model.policy.regimes.base import Memory, Regime, RegimeSpec
from model.spec.kinds import Shares
from model.spec.problem import Problem, refuse
from model.spec.section import parameter

SectorNumber = Annotated[int, Field(strict=True, ge=1, le=64)]


class SectorSpec(RegimeSpec):
    """Which sectors are picked, and what they get."""

    kind: Literal["sector"] = parameter("sector", "Which regime this is a variant of.")
    review_every: int = parameter(8, "Steps between reviews.", unit="quarters", ge=1, le=10_000)
    delivery: Shares = parameter(
        {"rd_grant": 0.4, "generic_infrastructure": 0.3, "business_support": 0.3},
        "Share of the money for each instrument.",
        unit="share",
    )
    priorities: int = parameter(2, "Sectors supported at a time.", unit="sectors", ge=1, le=64)
    choose_by: Literal["size", "growth", "trend", "list"] = parameter(
        "size", "What sectors are picked by: employment, its growth, demand, or a political list."
    )
    political_list: tuple[SectorNumber, ...] = parameter(
        (), "Numbers of the sectors picked when choose_by is list; the first sector is 1.", max_length=64
    )
    spotting_share: float = parameter(
        0.0,
        "Share of the money that goes to early clusters that a small country's overview spots.",
        unit="share",
        ge=0,
        le=1,
        source="Wältring, Mesopartner",
    )
    spotted_clusters: int = parameter(2, "Early clusters spotted at a time.", unit="clusters", ge=1, le=64)

    @model_validator(mode="after")
    def _list_is_a_list_of_sectors(self) -> Self:
        if self.choose_by == "list" and not self.political_list:
            refuse(
                [Problem(("political_list",), 'must name at least one sector, as choose_by is "list"', [])]
            )
        if len(set(self.political_list)) != len(self.political_list):
            refuse([Problem(("political_list",), "must not have a sector twice", list(self.political_list))])
        return self


class Sector(Regime[SectorSpec]):
    """See sector aggregates only; deliver grants, generic infrastructure and isolated support."""

    kind: ClassVar[str] = "sector"
    spec_type: ClassVar[type[RegimeSpec]] = SectorSpec
    sees: ClassVar[frozenset[str]] = SECTORS | CELLS

    def review(self, observation: Observation, memory: Memory) -> Memory:
        """Pick sectors by size, growth, trend or list, and spot early clusters if told to."""
        spec = self.spec
        if spec.choose_by == "list":
            known = range(1, len(observation.sector_employment) + 1)
            sectors = tuple(number - 1 for number in spec.political_list if number in known)
        else:
            merit = {
                "size": observation.sector_employment,
                "growth": observation.sector_growth,
                "trend": observation.sector_trend,
            }[spec.choose_by]
            # Equal merit, as growth is at the first review, is decided by size.
            order = np.lexsort((-observation.sector_employment, -merit))
            sectors = tuple(int(sector) for sector in order[: spec.priorities])
        cells: tuple[tuple[int, int], ...] = ()
        if spec.spotting_share > 0:
            # From above only the number of firms shows, not what they learn from each other.
            order = np.argsort(-observation.cell_firms, kind="stable")[: spec.spotted_clusters]
            cells = tuple((int(observation.cell_sector[c]), int(observation.cell_place[c])) for c in order)
        return Memory(sectors=sectors, cells=cells)

    def allocate(self, memory: Memory) -> tuple[Order, ...]:
        """Order generic, isolated support for the sectors picked."""
        if not memory.sectors:
            return ()
        weights = np.zeros(max(memory.sectors) + 1)
        weights[list(memory.sectors)] = 1.0
        target = Target(sectors=weights)
        share = 1.0 - self.spec.spotting_share
        orders = [Order(name, share * part, target) for name, part in self.spec.delivery.items()]
        if memory.cells:
            spotted = Target(scope="inside")
            orders.append(Order("brokerage", self.spec.spotting_share, spotted, cells=memory.cells))
        return tuple(orders)
