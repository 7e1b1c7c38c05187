"""Parameters of a firm's own research."""

from __future__ import annotations

from model.spec.section import Section, parameter


class ResearchSpec(Section):
    """How own R&D becomes knowledge."""

    productivity: float = parameter(
        0.35,
        "Gain of full effort in a simple, well-related domain (rho).",
        unit="frontier units/quarter",
        ge=0,
        le=5,
    )
    effort_half_saturation: float = parameter(
        0.04, "R&D per employee at which its gain is half (E0).", unit="wages/employee/quarter", gt=0, le=10
    )
    focus_review: float = parameter(
        0.1, "Probability that a firm reconsiders its focus domain.", unit="1/quarter", ge=0, le=1
    )
    perception_noise: float = parameter(
        0.5, "Standard deviation of the log error in perceived profitability.", ge=0, le=5
    )
