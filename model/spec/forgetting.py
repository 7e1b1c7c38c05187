"""Parameters of forgetting."""

from __future__ import annotations

from model.spec.section import Section, parameter


class ForgettingSpec(Section):
    """Nobody stays good at everything."""

    rate: float = parameter(
        0.012,
        "Decay of knowledge (delta).",
        unit="1/quarter",
        ge=0,
        le=1,
        source="Argote, Beckman & Epple 1990",
    )
    overload: float = parameter(5.0, "How much faster an overloaded firm forgets (nu).", ge=0, le=100)
    capacity: float = parameter(
        3.0, "Knowledge that a one-person firm of full skill can hold.", unit="frontier units", gt=0, le=100
    )
    capacity_growth: float = parameter(
        0.1, "Growth of capacity with the log of size.", unit="1/log employees", ge=0, le=5
    )
