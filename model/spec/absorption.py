"""Parameters of absorptive capacity and of learning from ties."""

from __future__ import annotations

from typing import Literal

from model.spec.section import Section, parameter


class AbsorptionSpec(Section):
    """What a firm can understand of what it hears, and how much of it there is time for."""

    learning_rate: float = parameter(
        0.22,
        "Attention of a firm per step (lambda).",
        unit="frontier units/quarter",
        ge=0,
        le=2,
        source="Nooteboom et al. 2007",
    )
    reach_maximum: float = parameter(
        3.5,
        "Reach at full absorptive capacity and density 1 (r_max).",
        unit="frontier units",
        ge=0,
        le=20,
        source="Nooteboom et al. 2007",
    )
    unrelated_reach: float = parameter(
        0.02,
        "Density that even an unrelated domain counts for (epsilon).",
        ge=0,
        le=1,
        source="Cohen & Levinthal 1990",
    )
    rd_half_saturation: float = parameter(
        1.0,
        "R&D stock per employee at which its effect is half (kappa).",
        unit="wages/employee",
        gt=0,
        le=100,
        source="Cohen & Levinthal 1990",
    )
    rd_depreciation: float = parameter(
        0.05, "Depreciation of the R&D stock.", unit="1/quarter", gt=0, le=1, source="Griliches 1979"
    )
    attention_sharing: float = parameter(
        0.5, "How attention is shared over n ties: each gets n to the power of minus this.", ge=0, le=1
    )
    outside_rate: float = parameter(
        0.1,
        "Probability that a firm of full absorptive capacity picks up a domain that is common in the world; 0 shuts "
        "the region off.",
        unit="1/quarter",
        ge=0,
        le=1,
        source="Bathelt, Malmberg & Maskell 2004",
    )
    outside_level: float = parameter(
        0.08,
        "Level that can be learnt from outside, against the frontier.",
        unit="share",
        ge=0,
        le=1,
        source="Keller 2002",
    )
    exchange: Literal["gift", "barter"] = parameter(
        "gift",
        "How partners exchange; gift: who knows more teaches, barter: both must gain in the same meeting.",
        source="Cowan & Jonard 2004",
    )
