"""Cluster support: bottom-up, networked, inside a sector and place."""

from __future__ import annotations

from typing import ClassVar, Literal

from model.policy.regimes import switches
from model.policy.regimes.composition import ComposedSpec
from model.policy.regimes.engine import SwitchedRegime, settings
from model.policy.regimes.parameters import ApplicationsSpec
from model.spec.kinds import Shares
from model.spec.section import parameter


class ClusterSpec(ApplicationsSpec):
    """Which clusters are supported, how far from above, and how much goes to outside ties."""

    kind: Literal["cluster"] = parameter("cluster", "Which regime this is a variant of.")
    review_every: int = parameter(8, "Steps between reviews.", unit="quarters", ge=1, le=10_000)
    delivery: Shares = parameter(switches.BUNDLE, "Share of the money for each instrument.", unit="share")
    policy_driven: float = switches.policy_driven(0.0)


class Cluster(SwitchedRegime[ClusterSpec]):
    """Let groups of firms apply; fund their organisations to broker ties and run joint projects."""

    kind: ClassVar[str] = "cluster"
    spec_type: ClassVar[type[ClusterSpec]] = ClusterSpec

    @staticmethod
    def compose(spec: ClusterSpec) -> ComposedSpec:
        """Prioritise groups of firms; from above they are chosen by theme, the demand for their sector."""
        return ComposedSpec(prioritise="clusters", choose_by="trend", **settings(spec))
