"""Parameters of buy-in: when firms join a cluster, stay and leave."""

from __future__ import annotations

from model.spec.section import Section, parameter


class MembershipSpec(Section):
    """Private gain against fee and time: membership of clusters is endogenous."""

    fee: float = parameter(
        0.01,
        "Learning per step that membership must bring.",
        unit="frontier units/quarter",
        ge=0,
        le=1,
        source="Wältring, Mesopartner",
    )
    patience: int = parameter(
        4, "Quarters that a member waits before it judges.", unit="quarters", ge=0, le=1000
    )
    memory: float = parameter(
        0.2, "Weight of the latest step in the value of membership.", unit="share", gt=0, le=1
    )
    encounters: int = parameter(
        4,
        "Firms of its sector and place that a firm meets before it decides to join.",
        unit="firms",
        ge=1,
        le=64,
    )
    minimum: int = parameter(
        4, "Members below which an unfunded cluster organisation closes.", unit="firms", ge=1, le=1000
    )
