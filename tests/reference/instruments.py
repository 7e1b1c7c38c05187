"""What the instruments do, the same for every regime: each spends money on an order."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from model.policy.orders import NOTHING, Delivery, Order, Target
from tests.reference.brokering import broker, start_projects
from tests.reference.carriers import Floats
from tests.reference.clients import listeners, win_clients
from tests.reference.exogenous import believe
from tests.reference.random_numbers import Luck
from tests.reference.selection import choose_firms

if TYPE_CHECKING:
    from tests.reference.organisations import ReferenceOrganisation
    from tests.reference.region import ReferenceRegion

_SUCCESS, _SIGNAL = 1, 2


def grant(
    region: ReferenceRegion,
    order: Order,
    money: float,
    _organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Subsidise the R&D of chosen firms until the money is gone; earmarked, in each domain with its part."""
    spent = 0.0
    if not order.earmarked or not order.domains:
        spent = award(region, order.target, None, money, luck)
    else:
        for domain in sorted(set(order.domains)):
            part = money * order.domains.count(domain) / len(order.domains)
            target = replace(order.target, domains=only(region, domain))
            spent += award(region, target, domain, part, Luck(luck.key ^ (domain + 1)))
    return Delivery(spent, spent / region.parameters.instruments.rd_grant.unit_cost, float(spent > 0))


def award(region: ReferenceRegion, target: Target, domain: int | None, money: float, luck: Luck) -> float:
    """Award firm after firm as much as it may have: a part of wages, and of what it spends on R&D itself.

    Who has a grant already gets none that is earmarked.
    """
    spec = region.parameters.instruments.rd_grant
    left = money
    for firm in choose_firms(region, target, luck, len(region.carriers)):
        most = min(spec.per_employee, spec.match * firm.rd_spending - firm.subsidy)
        paid = min(left, max(0.0, most) * firm.size * spec.unit_cost)
        if paid <= 0 or (domain is not None and firm.subsidy > 0):
            continue
        if domain is not None:
            firm.earmark = domain
        firm.subsidy += paid / (spec.unit_cost * firm.size)
        firm.support += paid
        left -= paid
    return money - left


def drawn_at(region: ReferenceRegion, instrument: str) -> int:
    """Step at which those served now were drawn: awards of grants last, all else is drawn every step."""
    lasts = region.parameters.instruments.rd_grant.duration if instrument == "rd_grant" else 1
    return int(lasts * ((region.now - 1) // lasts) + 1)


def only(region: ReferenceRegion, domain: int) -> Floats:
    """Weights of domains: one of them counts."""
    near = np.zeros(len(region.domains))
    near[domain] = 1.0
    return near


def serve_all(
    region: ReferenceRegion,
    order: Order,
    money: float,
    _organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Spread a service thinly and evenly over the employees of all firms meant."""
    spec = region.parameters.instruments.generic_infrastructure
    firms = choose_firms(region, order.target, luck, len(region.carriers))
    employees = sum(firm.size for firm in firms)
    if employees <= 0:
        return NOTHING
    coverage = min(1.0, money / (spec.unit_cost * employees))
    for firm in firms:
        firm.efficiency += spec.efficiency * coverage
        firm.support += coverage * spec.unit_cost * firm.size
    return Delivery(coverage * spec.unit_cost * employees, coverage * employees, float(coverage > 0))


def train(
    region: ReferenceRegion,
    order: Order,
    money: float,
    _organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Train the employees of chosen firms until the money is gone; what is known need not be learned again."""
    spec = region.parameters.instruments.training
    left = money
    for firm in choose_firms(region, order.target, luck, 1 + int(money / spec.unit_cost)):
        paid = min(left, spec.unit_cost * firm.size)
        firm.skill += spec.effect * (1 - firm.skill) * paid / (spec.unit_cost * firm.size)
        firm.support += paid
        left -= paid
    return Delivery(money - left, (money - left) / spec.unit_cost, float(left < money))


def advise(
    region: ReferenceRegion,
    order: Order,
    money: float,
    _organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Advise one firm at a time: better research and survival, but no ties."""
    spec = region.parameters.instruments.business_support
    firms = choose_firms(region, order.target, luck, int(money / spec.unit_cost))
    for firm in firms:
        firm.efficiency += spec.efficiency
        firm.survival = max(firm.survival, spec.survival)
        firm.support += spec.unit_cost
    return Delivery(len(firms) * spec.unit_cost, len(firms), float(bool(firms)))


def transfer_technology(
    region: ReferenceRegion,
    order: Order,
    money: float,
    organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Lengthen the reach of clients and let them learn from the centre."""
    spec = region.parameters.instruments.technology_transfer
    units = int(money / spec.unit_cost)
    if units == 0:
        return NOTHING
    asked = choose_firms(region, order.target, luck, listeners(organisation, units))
    firms, accepted = win_clients(asked, units, organisation, spec.strength, spec.reach)
    for firm in firms:
        firm.transfer += spec.reach
        firm.support += spec.unit_cost
        firm.support_domain = order.domain(region.now)
    return Delivery(len(firms) * spec.unit_cost, len(firms), accepted)


def do_public_research(
    region: ReferenceRegion,
    order: Order,
    money: float,
    organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Advance an organisation's knowledge towards the frontier, in contact with a few firms."""
    spec, space = region.parameters.instruments.public_research, region.space
    units = int(money / spec.unit_cost)
    if units == 0 or organisation is None:
        return NOTHING
    domain = order.domain(region.now)
    if domain < 0:
        # Science left to itself works where it is best but not yet at the frontier.
        domain = int((organisation.knowledge * (space.frontier - organisation.knowledge)).argmax())
    left_open = (1 - spec.gain * (1 - space.complexity[domain])) ** units
    gain = (1 - left_open) * max(0.0, space.frontier[domain] - organisation.knowledge[domain])
    organisation.gain(domain, gain)
    wanted = units * spec.clients
    asked = choose_firms(region, order.target, luck, listeners(organisation, wanted))
    _, accepted = win_clients(asked, wanted, organisation, spec.strength, 0.0)
    return Delivery(units * spec.unit_cost, units, accepted if wanted else float(gain > 0))


def run_pilots(
    region: ReferenceRegion,
    order: Order,
    money: float,
    _organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Let firms near a domain try it: many fail, some learn, all tell something of its potential.

    A trial succeeds with ``A sqrt(omega) (1 - c)``; it tells the log of hidden potential with a normal error.
    """
    spec, space = region.parameters.instruments.discovery_pilot, region.space
    units, domain = int(money / spec.unit_cost), order.domain(region.now)
    if units == 0:
        return NOTHING
    if domain < 0:
        # Without priorities, any domain is as good as another.
        domain = luck.index(0, 1, len(region.domains))
    firms = choose_firms(region, replace(order.target, domains=only(region, domain)), luck, units)
    if not firms:
        return NOTHING
    potential = float(space.potential[domain])
    signals, successes = 0.0, 0
    for firm in firms:
        who = firm.seat
        firm.support += spec.unit_cost
        signals += potential + spec.noise * luck.normal(who, _SIGNAL)
        chance = firm.absorptive_capacity * math.sqrt(firm.density[domain]) * (1 - space.complexity[domain])
        if luck.uniform(who, _SUCCESS) < chance:
            successes += 1
            level = max(firm.knowledge[domain], spec.gain * space.frontier[domain])
            gain = firm.gain(domain, level - firm.knowledge[domain])
            region.book(constants.DISCOVERY_PILOTS, gain, firm)
    if spec.publication > 0:
        told = spec.publication * len(firms) / max(spec.noise, 1e-3) ** 2
        believe(region, domain, told, signals / len(firms))
        if successes:
            region.publicity[domain] = spec.publication
    return Delivery(len(firms) * spec.unit_cost, len(firms), successes / len(firms), signals / len(firms))


def support_start_ups(
    region: ReferenceRegion,
    order: Order,
    money: float,
    _organisation: ReferenceOrganisation | None,
    luck: Luck,
) -> Delivery:
    """Pay for entry in a domain; untargeted support helps whoever comes, in any domain that is discovered."""
    spec = region.parameters.instruments.start_up_support
    units, domain = int(money / spec.unit_cost), order.domain(region.now)
    held = [int(d) for d in np.flatnonzero(region.discovered >= 0)]
    if units == 0 or (domain < 0 and not held):
        return NOTHING
    for number in range(units):
        entry = held[luck.index(number, 0, len(held))] if domain < 0 else domain
        region.supported_entries.append(entry)
    return Delivery(units * spec.unit_cost, units, 1.0)


Deliver = Callable[["ReferenceRegion", Order, float, "ReferenceOrganisation | None", Luck], Delivery]

DELIVER: dict[str, Deliver] = {
    "rd_grant": grant,
    "generic_infrastructure": serve_all,
    "training": train,
    "business_support": advise,
    "technology_transfer": transfer_technology,
    "brokerage": broker,
    "joint_project": start_projects,
    "public_research": do_public_research,
    "discovery_pilot": run_pilots,
    "start_up_support": support_start_ups,
}
"""What each instrument does with money."""

DELIVERED_BY: dict[str, str] = {
    "training": "training",
    "business_support": "business_support",
    "technology_transfer": "technology_transfer",
    "brokerage": "discovery_platform",
    "public_research": "university",
    "discovery_pilot": "discovery_platform",
}
"""Kind of organisation that delivers; policymakers deliver everything else themselves."""
