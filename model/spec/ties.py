"""Parameters of ties between firms."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from model.spec.kinds import SHARE_TOLERANCE
from model.spec.problem import Problem, refuse
from model.spec.section import Section, parameter


class TiesSpec(Section):
    """Who seeks whom, what a tie costs, when it is dropped; or a fixed network in place of all that."""

    slots: int = parameter(16, "Most ties a firm can hold.", unit="ties", ge=1, le=64)
    search_probability: float = parameter(
        0.35, "Probability that a firm seeks a partner.", unit="1/quarter", ge=0, le=1
    )
    friends_of_friends: float = parameter(
        0.4,
        "Share of searches among partners of partners.",
        unit="share",
        ge=0,
        le=1,
        source="Granovetter 1973",
    )
    same_sector_or_place: float = parameter(
        0.4,
        "Share of searches in the own sector or place; the rest is random.",
        unit="share",
        ge=0,
        le=1,
        source="Boschma 2005",
    )
    search_breadth: int = parameter(
        4, "Candidates that a search looks at before it chooses.", unit="firms", ge=1, le=64
    )
    cost: float = parameter(
        0.004,
        "Learning per step below which a tie is not worth keeping.",
        unit="frontier units/quarter",
        ge=0,
        le=1,
    )
    upkeep: float = parameter(0.02, "Money that a tie costs each side.", unit="wages/quarter", ge=0, le=10)
    patience: int = parameter(4, "Age before which no tie is dropped.", unit="quarters", ge=0, le=1000)
    memory: float = parameter(
        0.25, "Weight of the latest step in the value of a tie.", unit="share", gt=0, le=1
    )
    initial_degree: float = parameter(
        3.0,
        "Searches for partners before the start, in ties per firm if none were refused.",
        unit="ties",
        ge=0,
        le=64,
    )
    network: Literal["evolving", "ring", "watts_strogatz", "erdos_renyi", "barabasi_albert"] = parameter(
        "evolving",
        "Network of ties; evolving: firms choose, all others stay as they are.",
        source="Watts & Strogatz 1998",
    )
    rewiring: float = parameter(
        0.1,
        "Share of ties rewired (watts_strogatz only).",
        unit="share",
        ge=0,
        le=1,
        source="Watts & Strogatz 1998",
    )

    @model_validator(mode="after")
    def _searches_and_slots(self) -> Self:
        problems = []
        total = self.friends_of_friends + self.same_sector_or_place
        if total > 1 + SHARE_TOLERANCE:
            rule = (
                f"must be at most {1 - self.friends_of_friends:g}: with friends_of_friends = "
                f"{self.friends_of_friends:g} the shares of searches sum to {total:g}, more than 1"
            )
            problems.append(Problem(("same_sector_or_place",), rule, self.same_sector_or_place))
        if self.initial_degree > self.slots:
            rule = f"must be at most {self.slots}, the ties that a firm can hold (slots)"
            problems.append(Problem(("initial_degree",), rule, self.initial_degree))
        refuse(problems)
        return self
