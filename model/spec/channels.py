"""Channels that a counterfactual run holds still, for attribution."""

from __future__ import annotations

from typing import Literal

from model.spec.section import Section, parameter


class ChannelsSpec(Section):
    """Frozen-channel counterfactuals: run the same seed with one channel held at its start."""

    freeze_absorptive_capacity: bool = parameter(
        False, "Hold every firm's absorptive capacity at its value at the start or at entry."
    )
    networked_recombination: bool = parameter(True, "Allow recombination with partners.")
    freeze_ties: bool = parameter(False, "Hold the network of ties at its start; only exit ends ties.")
    without_organisations: Literal[
        "none",
        "university",
        "technology_transfer",
        "training",
        "business_support",
        "cluster_organisation",
        "discovery_platform",
    ] = parameter("none", "Kind of organisation that closes at the start, after the same past as with it.")
