"""The switches that separate regimes, each of which can be set on its own, and how they divide the money."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import model_validator

from model.policy.regimes.base import RegimeSpec
from model.spec.kinds import SHARE_TOLERANCE, Shares
from model.spec.problem import Problem, refuse
from model.spec.section import parameter

Targeting = Literal["generic", "targeted", "earmarked"]
Links = Literal["by_delivery", "isolated", "networked"]
Scope = Literal["inside", "across"]
Search = Literal["fixed", "discovering"]

PILOT = "discovery_pilot"
NETWORKED = ("brokerage", "joint_project")
"""Instruments that bring firms together; all others serve one firm at a time."""

BUNDLE = {
    "rd_grant": 0.4,
    "business_support": 0.2,
    "brokerage": 0.1,
    "joint_project": 0.1,
    "training": 0.1,
    PILOT: 0.1,
}
"""What every regime delivers unless told otherwise: regimes differ in mind, not in what they buy."""
ISOLATED_BUNDLE = {"rd_grant": 0.4, "generic_infrastructure": 0.3, "business_support": 0.3}
NETWORKED_BUNDLE = {"brokerage": 0.5, "joint_project": 0.5}
PILOT_SHARE = 0.1


def targeting(default: Targeting) -> Any:
    """Declare the switch between generic and targeted support."""
    return parameter(
        default,
        "Whether all firms in the reach of a priority are served alike, or the likelier the closer to its "
        "domains they are and free in what they do with it; earmarked, and a grant must be spent there.",
    )


def links(default: Links) -> Any:
    """Declare the switch between isolated and networked support."""
    return parameter(
        default,
        "Whether support serves firms one by one, brings them together, or does what delivery says.",
    )


def scope(default: Scope) -> Any:
    """Declare the switch between support inside a priority's own sector and across sectors."""
    return parameter(
        default,
        "Whether firms and partners come from inside the sectors of a priority, or from across all sectors.",
    )


def search(default: Search) -> Any:
    """Declare the switch between fixed and discovered priorities."""
    return parameter(
        default,
        "Whether priorities follow what is known already, or are discovered by pilots from which one learns.",
        source="Foray 2015",
    )


def policy_driven(default: float) -> Any:
    """Declare the switch between a choice from above and one from below."""
    return parameter(
        default,
        "Share of priorities (of candidates, where search is discovering) that are chosen from above, not by "
        "what firms do of themselves.",
        unit="share",
        ge=0,
        le=1,
        source="Wältring, Mesopartner",
    )


class SwitchedSpec(RegimeSpec):
    """The switches in which regimes differ."""

    targeting: Targeting = targeting("generic")
    links: Links = links("by_delivery")
    scope: Scope = scope("inside")
    search: Search = search("fixed")
    policy_driven: float = policy_driven(1.0)
    by_lot: bool = parameter(
        False, "Whether priorities are drawn by lot, for five years at a time: the lottery twin of a regime."
    )

    @model_validator(mode="after")
    def _something_is_delivered(self) -> Self:
        if self.delivery and not divide(self.delivery, self.links, self.search):
            rule = f'must name an instrument other than {PILOT}, as search is "{self.search}"'
            refuse([Problem(("delivery",), rule, dict(self.delivery))])
        return self


def divide(delivery: Shares, links: str, search: str) -> dict[str, float]:
    """Divide the money among instruments as the switches demand.

    What a switch excludes gets nothing, and the others share its money in proportion. Where nothing is left
    that serves firms one by one (or brings them together), a bundle does: grants, infrastructure and advice
    (or brokerage and joint projects). Discovery without a share for pilots gets one.

    Parameters
    ----------
    delivery
        Share of the money for each instrument.
    links
        ``"by_delivery"``, ``"isolated"`` or ``"networked"``.
    search
        ``"fixed"`` or ``"discovering"``.

    Returns
    -------
    dict of str to float
        Share of the money for each instrument; empty if nothing is left.
    """
    pilots = delivery.get(PILOT, PILOT_SHARE) if search == "discovering" else 0.0
    support = {name: share for name, share in delivery.items() if name != PILOT and _fits(name, links)}
    if sum(support.values()) <= 0:
        support = {"isolated": ISOLATED_BUNDLE, "networked": NETWORKED_BUNDLE}.get(links, {})
    total = sum(support.values())
    # What is whole already stays as it is to the bit.
    factor = 1.0 if total <= 0 or abs(total + pilots - 1) <= SHARE_TOLERANCE else (1 - pilots) / total
    shares = {PILOT: pilots} | {name: share * factor for name, share in support.items()}
    return {name: share for name, share in shares.items() if share > 0}


def _fits(instrument: str, links: str) -> bool:
    return links == "by_delivery" or (instrument in NETWORKED) == (links == "networked")
