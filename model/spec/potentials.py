"""Parameters of what domains are really worth, which nobody knows but by doing."""

from __future__ import annotations

from model.spec.section import Section, parameter


class PotentialsSpec(Section):
    """How much domains differ in what the region can make of them, and who knows (Hausmann & Rodrik 2003)."""

    spread: float = parameter(
        0.8,
        "Standard deviation of the log of a domain's hidden potential; 0 makes all domains alike.",
        ge=0,
        le=3,
        source="Hausmann & Rodrik 2003",
    )
    diffusion: float = parameter(
        0.0,
        "Precision that what the region believes of a domain gains from each firm that holds it; 0 keeps results "
        "private until they are published.",
        unit="1/quarter",
        ge=0,
        le=100,
        source="Hausmann & Rodrik 2003",
    )
    publicity: float = parameter(
        0.1,
        "Share of the attention to a published success that fades.",
        unit="1/quarter",
        ge=0,
        le=1,
    )
