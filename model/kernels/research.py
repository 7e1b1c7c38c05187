"""A firm's own research and the choice of what to do research on."""

from __future__ import annotations

import math

import numpy as np

from model.kernels.compilation import kernel, part
from model.kernels.constants import FIRM, POLICY_INDUCED_RESEARCH, RESEARCH
from model.kernels.random_numbers import normal, uniform

_REVIEW, _EXPLORE, _CHOICE, _NOISE = np.arange(4)
_NOTICE = np.int64(1 << 20)


@part
def _ease(access, d):
    """Productivity of research in a domain.

    Research is harder in what nobody in the region holds, and hardest in what the world has not opened
    (Foray 2015); where critical mass matters, it is easier the more related effort there is nearby.
    """
    made = 1.0
    if access.discovered[d] < 0:
        made = access.opened_ease if access.opened[d] else access.latent_ease
    if access.critical_mass > 0.0:
        near = access.effort[d] / access.critical_effort
        related = near * near
        made *= 1.0 - access.critical_mass + access.critical_mass * 2.0 * related / (1.0 + related)
    return made


@part
def _look_around(domains, access, choice):
    """Work out, once for all firms, how likely each domain is considered, how easy it is, and what an offer earns.

    What the region holds is considered always; else what the world has opened, and what was published. Prices are
    without hidden potential, of which firms have their own idea.
    """
    count = access.opened.shape[0]
    noticed, easy, price = np.empty(count), np.empty(count), np.empty(count)
    for d in range(count):
        heard = max(choice.opened_attention if access.opened[d] else 0.0, domains.publicity[d])
        noticed[d] = 1.0 if access.discovered[d] >= 0 else heard
        easy[d] = _ease(access, d)
        price[d] = domains.price[d] / domains.known[d]
    return noticed, easy, price


@part
def _yield(firms, domains, choice, i, d):
    """What a firm expects of a domain's potential: it knows what it holds, and else what is public."""
    holds = firms.knowledge[i, d] >= choice.held_level * domains.frontier[d]
    return domains.known[d] if holds else domains.expected[d]


@part
def _explore(firms, domains, noticed, choice, key, i):
    """Draw a domain in proportion to its relatedness to the focus, relatedness density and expected yield."""
    now = firms.focus[i]
    count = firms.knowledge.shape[1]
    weights = np.zeros(count)
    total = 0.0
    for d in range(count):
        if d != now and noticed[d] > 0.0:
            weights[d] = domains.relatedness[now, d] * firms.density[i, d] * noticed[d]
            weights[d] *= _yield(firms, domains, choice, i, d)
            total += weights[d]
    threshold = uniform(key, firms.seat[i], _CHOICE) * total
    passed = 0.0
    for d in range(count):
        passed += weights[d]
        if weights[d] > 0.0 and passed > threshold:
            firms.focus[i] = d
            return


@part
def _worth(firms, domains, easy, price, choice, i, d, strength):
    """Revenue that research in a domain would add over the firm's foresight, or in the next quarter."""
    earned = price[d] * _yield(firms, domains, choice, i, d)
    elasticity = choice.elasticity
    room = max(0.0, 1.0 - strength)
    progress = math.sqrt(firms.density[i, d]) * (1.0 - domains.complexity[d]) * easy[d]
    if choice.foresight <= 0.0:
        marginal = elasticity * strength ** (elasticity - 1.0) / domains.frontier[d]
        return earned * marginal * progress * room
    later = strength + room * (1.0 - math.exp(-choice.foresight * choice.progress * progress))
    return earned * (later**elasticity - strength**elasticity)


@part
def _exploit(firms, domains, noticed, easy, price, choice, key, i):
    """Take what seems worth most: of all domains noticed by those who look ahead, else of those held."""
    best = -1.0
    for d in range(firms.knowledge.shape[1]):
        strength = firms.knowledge[i, d] / domains.frontier[d]
        if strength < choice.held_level:
            # Whoever does not look ahead stays with what it holds.
            if choice.foresight <= 0.0:
                continue
            if uniform(key, firms.seat[i], _NOTICE + d) >= noticed[d]:
                continue
        value = _worth(firms, domains, easy, price, choice, i, d, strength)
        value *= math.exp(choice.noise * normal(key, firms.seat[i], _NOISE + 2 * d))
        if value > best:
            best = value
            firms.focus[i] = d


@kernel
def choose_focus(firms, domains, access, choice, key):
    """Let some firms reconsider their focus: exploit what seems most profitable, or explore what is related.

    A firm that looks ahead compares all domains that it notices by the revenue that research would add in
    ``H`` quarters, ``p_d (s_H^theta - s^theta)`` with ``s_H = s + (1 - s)(1 - exp(-H progress))``, times a
    log-normal error. What an offer is worth depends on the domain's hidden potential, which firms know of what
    they hold, and else as the region believes (Hausmann & Rodrik 2003). Exploration draws a domain in proportion to its
    relatedness to the present focus times relatedness density (March 1991).

    Parameters
    ----------
    firms, domains, access, choice
        :class:`~model.kernels.groups.Focusing`, :class:`~model.kernels.groups.Prospects`,
        :class:`~model.kernels.groups.Access` and :class:`~model.kernels.groups.Choice`; the focus of firms is
        written.
    key
        Key of the stream.
    """
    noticed, easy, price = _look_around(domains, access, choice)
    for i in range(firms.kind.shape[0]):
        if firms.kind[i] != FIRM or uniform(key, firms.seat[i], _REVIEW) >= choice.review:
            continue
        if uniform(key, firms.seat[i], _EXPLORE) < firms.openness[i]:
            _explore(firms, domains, noticed, choice, key, i)
        else:
            _exploit(firms, domains, noticed, easy, price, choice, key, i)


@part
def _work(firms, i, d, effort, before, share, scale, half_saturation, flow, account, memos):
    """Do research in a domain with a share of a firm's effort; ``before`` is the effort without policy."""
    gain = scale * share * effort / (effort + half_saturation) * (1.0 + firms.efficiency[i])
    known = firms.knowledge[i, d]
    firms.knowledge[i, d] = np.float32(known + gain)
    booked = float(firms.knowledge[i, d]) - float(known)
    flow[d] += share * effort * firms.size[i]
    account[RESEARCH, 0] += booked
    account[RESEARCH, 1] += booked * firms.size[i]
    induced = gain - scale * before / (before + half_saturation)
    memos[POLICY_INDUCED_RESEARCH, 0] += induced
    memos[POLICY_INDUCED_RESEARCH, 1] += induced * firms.size[i]


@kernel
def research(firms, complexity, frontier, access, spec, flow, account, memos):
    """Turn R&D into knowledge in the focus domain, and into the stock behind absorptive capacity.

    ``rho E / (E + E0) ease sqrt(omega) (1 - c) max(0, 1 - K / W)`` with ``E`` own R&D plus subsidy per
    employee, in work and not in money; part of the subsidy replaces own R&D. An earmarked subsidy works in
    the domain that it is meant for, with its share of the gain of all effort.

    Parameters
    ----------
    firms
        :class:`~model.kernels.groups.Researching`; knowledge, stock and cost of R&D are written.
    complexity, frontier
        c and W, shape (domains,).
    access
        :class:`~model.kernels.groups.Access`.
    spec
        :class:`~model.kernels.groups.Yield`.
    flow
        Effort in each domain; added to, shape (domains,).
    account, memos
        Growth account and its memo items; added to.
    """
    easy = np.empty(complexity.shape[0])
    for d in range(complexity.shape[0]):
        easy[d] = _ease(access, d)
    for i in range(firms.kind.shape[0]):
        if firms.kind[i] != FIRM:
            continue
        subsidy = firms.subsidy[i]
        own = max(0.0, firms.rd_spending[i] - spec.crowding_out * subsidy)
        effort = (own + subsidy) / spec.wage
        planned = firms.rd_spending[i] / spec.wage
        firms.rd_cost[i] = own * firms.size[i]
        firms.rd_stock[i] = (1.0 - spec.depreciation) * firms.rd_stock[i] + effort
        themed = firms.earmark[i] >= 0 and firms.earmark[i] != firms.focus[i] and subsidy > 0.0
        share = own / (own + subsidy) if themed else 1.0
        for piece in range(2 if themed else 1):
            d = firms.focus[i] if piece == 0 else firms.earmark[i]
            room = max(0.0, 1.0 - firms.knowledge[i, d] / frontier[d])
            scale = (
                spec.productivity * math.sqrt(firms.density[i, d]) * (1.0 - complexity[d]) * room * easy[d]
            )
            _work(
                firms,
                i,
                d,
                effort,
                planned if piece == 0 else 0.0,
                share if piece == 0 else 1.0 - share,
                scale,
                spec.half_saturation,
                flow,
                account,
                memos,
            )
