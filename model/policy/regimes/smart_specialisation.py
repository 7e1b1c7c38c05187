"""Smart specialisation: an ongoing entrepreneurial discovery of domains (Foray 2015)."""

from __future__ import annotations

from typing import ClassVar, Literal

from model.policy.regimes import switches
from model.policy.regimes.composition import ComposedSpec
from model.policy.regimes.engine import SwitchedRegime, settings
from model.policy.regimes.parameters import DiscoverySpec
from model.spec.kinds import Shares
from model.spec.section import parameter


class SmartSpecialisationSpec(DiscoverySpec):
    """How discovery proceeds, how many priorities it keeps and what they get."""

    kind: Literal["smart_specialisation"] = parameter(
        "smart_specialisation", "Which regime this is a variant of."
    )
    delivery: Shares = parameter(
        switches.BUNDLE,
        "Share of the money for each instrument.",
        unit="share",
    )
    targeting: switches.Targeting = switches.targeting("targeted")
    scope: switches.Scope = switches.scope("across")
    search: switches.Search = switches.search("discovering")
    policy_driven: float = switches.policy_driven(0.67)
    priorities: int = parameter(
        3, "Domains supported at a time.", unit="domains", ge=1, le=64, source="Foray 2015"
    )


class SmartSpecialisation(SwitchedRegime[SmartSpecialisationSpec]):
    """Find candidates near capabilities, try them, believe what pilots tell, support a few."""

    kind: ClassVar[str] = "smart_specialisation"
    spec_type: ClassVar[type[SmartSpecialisationSpec]] = SmartSpecialisationSpec

    @staticmethod
    def compose(spec: SmartSpecialisationSpec) -> ComposedSpec:
        """Prioritise domains."""
        return ComposedSpec(prioritise="domains", **settings(spec))
