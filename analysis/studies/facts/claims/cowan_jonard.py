"""Cowan & Jonard (2004), which a command of its own replicates."""

from __future__ import annotations

from analysis.studies.facts.fact import Reference

FACT = Reference(
    number=5,
    name="cowan_jonard",
    statement=(
        "With barter on a fixed network, knowledge grows most where the network is a small world: between a "
        "ring and a random network."
    ),
    source="Cowan & Jonard 2004",
    command="replicate cowan-jonard",
)
