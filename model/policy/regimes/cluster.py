"""Cluster support: bottom-up, networked, inside a sector and place."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from model.policy.observation import CELLS, SECTORS, Observation
from model.policy.orders import Order, Target
from model.policy.regimes.base import Memory, Regime, RegimeSpec
from model.spec.kinds import Shares
from model.spec.section import parameter


class ClusterSpec(RegimeSpec):
    """Which clusters are supported, how far from above, and how much goes to outside ties."""

    kind: Literal["cluster"] = parameter("cluster", "Which regime this is a variant of.")
    review_every: int = parameter(8, "Steps between reviews.", unit="quarters", ge=1, le=10_000)
    delivery: Shares = parameter(
        {"brokerage": 0.5, "joint_project": 0.5},
        "Share of the money for each instrument.",
        unit="share",
    )
    clusters: int = parameter(4, "Clusters supported at a time.", unit="clusters", ge=1, le=64)
    applicants: int = parameter(5, "Firms that a group needs to apply.", unit="firms", ge=2, le=1000)
    policy_driven: float = parameter(
        0.0,
        "Share of clusters chosen from above, by theme and not by applicants.",
        unit="share",
        ge=0,
        le=1,
        source="Wältring, Mesopartner",
    )
    outward: float = parameter(
        0.2,
        "Share of brokerage that goes to ties outside the cluster (cross-innovation).",
        unit="share",
        ge=0,
        le=1,
        source="Uzzi 1997",
    )


class Cluster(Regime[ClusterSpec]):
    """Let groups of firms apply; fund their organisations to broker ties and run joint projects."""

    kind: ClassVar[str] = "cluster"
    spec_type: ClassVar[type[RegimeSpec]] = ClusterSpec
    sees: ClassVar[frozenset[str]] = SECTORS | CELLS

    def review(self, observation: Observation, memory: Memory) -> Memory:
        """Choose among applicants by what they do together already, and by theme from above."""
        spec = self.spec
        from_above = round(spec.policy_driven * spec.clusters)
        trend = observation.sector_trend[observation.cell_sector]
        chosen = list(np.argsort(-trend, kind="stable")[:from_above])
        eligible = observation.cell_firms >= spec.applicants
        merit = np.where(eligible, observation.cell_cooperation * observation.cell_firms, -np.inf)
        for cell in np.argsort(-merit, kind="stable"):
            if len(chosen) >= spec.clusters:
                break
            if np.isfinite(merit[cell]) and cell not in chosen:
                chosen.append(cell)
        cells = tuple((int(observation.cell_sector[c]), int(observation.cell_place[c])) for c in chosen)
        return Memory(cells=cells)

    def allocate(self, memory: Memory) -> tuple[Order, ...]:
        """Order inside brokerage, outside brokerage and joint projects for the clusters chosen."""
        if not memory.cells:
            return ()
        orders: list[Order] = []
        for name, part in self.spec.delivery.items():
            if name != "brokerage":
                orders.append(Order(name, part, Target(scope="inside"), cells=memory.cells))
                continue
            for scope, share in (("inside", 1 - self.spec.outward), ("across", self.spec.outward)):
                if share > 0:
                    orders.append(Order(name, part * share, Target(scope=scope), cells=memory.cells))  # type: ignore[arg-type]
        return tuple(orders)
