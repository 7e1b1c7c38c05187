"""The registry of regimes: a new one is a file here and a line below."""

from __future__ import annotations

from typing import Any

from model.policy.regimes.base import Regime
from model.policy.regimes.cluster import Cluster
from model.policy.regimes.composed import Composed
from model.policy.regimes.lottery import Lottery
from model.policy.regimes.nothing import NoPolicy
from model.policy.regimes.sector import Sector
from model.policy.regimes.smart_specialisation import SmartSpecialisation

REGIMES: dict[str, type[Regime[Any]]] = {
    regime.kind: regime
    for regime in (
        NoPolicy,
        Sector,
        Cluster,
        SmartSpecialisation,
        Lottery,
        Composed,
    )
}
