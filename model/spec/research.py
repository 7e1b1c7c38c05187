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
    foresight: int = parameter(
        8,
        "Quarters over which a firm that reviews its focus compares what research would be worth; 0 looks at the "
        "next quarter only, in what it holds.",
        unit="quarters",
        ge=0,
        le=80,
        source="Hausmann & Rodrik 2003",
    )
    opened_attention: float = parameter(
        0.5,
        "Probability that a firm considers a domain that the world has opened and nobody in the region holds.",
        ge=0,
        le=1,
    )
    opened_ease: float = parameter(
        0.7,
        "Productivity of research in such a domain, against one that is held in the region.",
        unit="share",
        ge=0,
        le=1,
        source="Foray 2015",
    )
    latent_ease: float = parameter(
        0.3,
        "Productivity of research in a domain that the world has not opened; 0 keeps it shut.",
        unit="share",
        ge=0,
        le=1,
        source="Foray 2015",
    )
    critical_mass: float = parameter(
        0.0,
        "How far productivity depends on effort in related domains of the region; 0 not at all.",
        unit="share",
        ge=0,
        le=1,
        source="Marshall 1890; Jaffe 1986",
    )
    critical_effort: float = parameter(
        10.0,
        "Effort in related domains at which that makes no difference.",
        unit="wages/quarter",
        gt=0,
        le=1e6,
    )
