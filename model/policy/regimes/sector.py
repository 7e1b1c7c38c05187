"""Sector support: top-down, generic, one firm at a time."""

from __future__ import annotations

from typing import ClassVar, Literal

from model.policy.regimes import switches
from model.policy.regimes.composition import ComposedSpec
from model.policy.regimes.engine import SwitchedRegime, settings
from model.policy.regimes.parameters import StatisticsSpec
from model.spec.kinds import Shares
from model.spec.section import parameter


class SectorSpec(StatisticsSpec):
    """Which sectors are picked, and what they get."""

    kind: Literal["sector"] = parameter("sector", "Which regime this is a variant of.")
    review_every: int = parameter(8, "Steps between reviews.", unit="quarters", ge=1, le=10_000)
    delivery: Shares = parameter(switches.BUNDLE, "Share of the money for each instrument.", unit="share")
    priorities: int = parameter(2, "Sectors supported at a time.", unit="sectors", ge=1, le=64)


class Sector(SwitchedRegime[SectorSpec]):
    """See sector aggregates only; support their firms from the top down."""

    kind: ClassVar[str] = "sector"
    spec_type: ClassVar[type[SectorSpec]] = SectorSpec

    @staticmethod
    def compose(spec: SectorSpec) -> ComposedSpec:
        """Prioritise sectors."""
        return ComposedSpec(prioritise="sectors", **settings(spec))
