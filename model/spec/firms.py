"""Parameters of the firms at the start of a run."""

from __future__ import annotations

from model.spec.section import Section, parameter


class FirmsSpec(Section):
    """How many firms there are and what they are like at the start."""

    number: int = parameter(200, "Firms at the start.", unit="firms", ge=2, le=1_000_000)
    places: int = parameter(4, "Places (towns, districts) of the region.", unit="places", ge=1, le=256)
    sector_concentration: float = parameter(
        0.5, "How strongly each sector gathers in one place; 0 spreads it evenly.", unit="share", ge=0, le=1
    )
    mean_size: float = parameter(20.0, "Mean size of a firm.", unit="employees", ge=1, le=10_000)
    size_spread: float = parameter(1.0, "Standard deviation of log size.", ge=0, le=3, source="Axtell 2001")
    initial_domains: int = parameter(
        3, "Domains of its own sector that a firm knows at the start.", unit="domains", ge=1, le=64
    )
    initial_cross_cutting: float = parameter(
        0.25, "Probability that a firm also knows a cross-cutting domain.", ge=0, le=1
    )
    initial_knowledge: float = parameter(
        0.45, "Mean initial knowledge in a domain that a firm knows.", unit="frontier units", gt=0, le=1
    )
    initial_knowledge_spread: float = parameter(
        0.5, "Spread of initial knowledge, relative to its mean.", ge=0, le=1
    )
    skill_mean: float = parameter(0.55, "Mean skill of employees (part of absorptive capacity).", ge=0, le=1)
    skill_spread: float = parameter(0.2, "Half-width of the skill distribution.", ge=0, le=0.5)
    skill_decay: float = parameter(
        0.03, "Share of the distance to its base that skill loses.", unit="1/quarter", ge=0, le=1
    )
    rd_intensity: float = parameter(
        0.04, "Share of revenue that a firm spends on R&D.", unit="share", ge=0, le=0.5
    )
    openness_mean: float = parameter(
        0.35, "Mean openness: 0 exploits, 1 explores.", ge=0, le=1, source="March 1991"
    )
    openness_spread: float = parameter(0.2, "Half-width of the openness distribution.", ge=0, le=0.5)
