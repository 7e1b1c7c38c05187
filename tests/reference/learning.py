"""What a firm can learn: relatedness density, absorptive capacity, and what others can teach it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tests.reference.carriers import Floats, ReferenceCarrier, ReferenceFirm

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion


def learn_to_learn(region: ReferenceRegion) -> None:
    """Give every carrier's density; let firms' skill decay to its base and give absorptive capacity."""
    for carrier in region.carriers:
        carrier.density = relatedness_density(carrier)
    for firm in region.firms:
        firm.skill += region.parameters.firms.skill_decay * (firm.skill_base - firm.skill)
        now = absorptive_capacity(firm, firm.skill)
        if firm.absorptive_capacity_start < 0:
            firm.absorptive_capacity_start = now
        untrained = absorptive_capacity(firm, min(firm.skill, firm.skill_base))
        if region.parameters.channels.freeze_absorptive_capacity:
            # Training then has no effect.
            now = untrained = firm.absorptive_capacity_start
        firm.absorptive_capacity, firm.absorptive_capacity_untrained = now, untrained


def relatedness_density(carrier: ReferenceCarrier) -> Floats:
    """``omega_d = sum_e phi_de min(1, K_e / W_e) / sum_e phi_de`` (Hidalgo et al. 2007)."""
    space = carrier.model.space
    strength = np.minimum(1.0, carrier.knowledge / space.frontier)
    density: Floats = space.relatedness @ strength / space.relatedness.sum(axis=1)
    return density


def absorptive_capacity(firm: ReferenceFirm, skill: float) -> float:
    """``A = sqrt(h R / (R + kappa))`` (Cohen & Levinthal 1990)."""
    half = firm.model.parameters.absorption.rd_half_saturation
    return math.sqrt(skill * firm.rd_stock / (firm.rd_stock + half))


def reach(learner: ReferenceFirm, capacity: float, transfer: float) -> Floats:
    """``r_d = r_max A (1 + transfer) (epsilon + omega_d)``."""
    spec = learner.model.parameters.absorption
    return spec.reach_maximum * capacity * (1 + transfer) * (spec.unrelated_reach + learner.density)


def gaps(learner: ReferenceCarrier, source: ReferenceCarrier) -> Floats:
    """What the source knows more of: ``g_d = max(0, K_jd - K_id)``."""
    return np.maximum(0.0, source.knowledge - learner.knowledge)


def understood(gap: Floats, far: Floats) -> Floats:
    """Novelty that is understood, ``f_d = g r^2 / (r^2 + g^2)``, 0 where both vanish (Nooteboom et al. 2007)."""
    scale = far**2 + gap**2
    # Where there is neither gap nor reach, there is nothing to learn.
    return np.divide(gap * far**2, scale, out=np.zeros_like(scale), where=scale > 0)


def length(vector: Floats) -> float:
    """Euclidean length."""
    return math.sqrt(float((vector * vector).sum()))


def attention(learner: ReferenceCarrier, sources: int) -> float:
    """Share of attention that each of some sources gets: ``sources ** -sharing``."""
    sharing = learner.model.parameters.absorption.attention_sharing
    return float(max(1, sources) ** -sharing)


def novelty(learner: ReferenceFirm, source: ReferenceCarrier, added_reach: float = 0.0) -> Floats:
    """What a firm understands of another carrier's knowledge, ``f_d``."""
    far = reach(learner, learner.absorptive_capacity, learner.transfer + added_reach)
    return understood(gaps(learner, source), far)


def expected_learning(learner: ReferenceFirm, source: ReferenceCarrier) -> float:
    """Learning per step that one more tie would bring: ``lambda (n + 1) ** -sharing ||f||``."""
    rate = learner.model.parameters.absorption.learning_rate
    return rate * attention(learner, learner.degree + 1) * length(novelty(learner, source))
