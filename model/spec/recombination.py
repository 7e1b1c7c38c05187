"""Parameters of recombination, internal and networked."""

from __future__ import annotations

from model.spec.section import Section, parameter


class RecombinationSpec(Section):
    """How two pieces of knowledge become a third (Weitzman 1998; Fleming 2001)."""

    attempts: float = parameter(
        0.4,
        "Probability that a firm tries a recombination.",
        unit="1/quarter",
        ge=0,
        le=1,
        source="Weitzman 1998",
    )
    gain: float = parameter(
        0.5, "Share of the possible gain that a success brings (eta).", ge=0, le=1, source="Fleming 2001"
    )
    potential: float = parameter(
        1.3,
        "Level that a child can reach, relative to its parents (zeta).",
        ge=0,
        le=5,
        source="Weitzman 1998",
    )
    internal_ceiling: float = parameter(
        1.0,
        "Level that a firm can reach by recombining what it knows itself; only partners lift it further.",
        unit="share of frontier",
        gt=0,
        le=5,
        source="Rosenkopf & Nerkar 2001",
    )
    internal_entry: float = parameter(
        0.3,
        "Probability that a recombination of a firm's own leads into a domain that it does not hold.",
        ge=0,
        le=1,
        source="Rosenkopf & Nerkar 2001",
    )
    networked_chance: float = parameter(
        1.5,
        "Chance of a recombination with a partner, against one of what a firm knows itself.",
        ge=0,
        le=10,
        source="Rosenkopf & Nerkar 2001",
    )
    latent_threshold: float = parameter(
        0.7,
        "Level that the parents of a latent domain must make possible, before complexity is added.",
        unit="frontier units",
        ge=0,
        le=5,
    )
    opened_threshold: float = parameter(
        0.5,
        "The same for a domain that the world has opened and nobody in the region holds.",
        unit="frontier units",
        ge=0,
        le=5,
    )
    held_level: float = parameter(
        0.1, "Share of the frontier from which a domain counts as held by a firm.", unit="share", gt=0, le=1
    )
