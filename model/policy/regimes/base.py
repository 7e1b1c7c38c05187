"""What all regimes have in common: what they see, how they review, what they order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from model.policy.observation import Observation
from model.policy.orders import Order
from model.spec.kinds import Shares, not_whole
from model.spec.problem import refuse
from model.spec.section import Section, parameter

Floats = NDArray[np.float64]


class RegimeSpec(Section):
    """Parameters of a regime; ``kind`` says which one it is a variant of."""

    kind: str = parameter(..., "Which regime this is a variant of.")
    review_every: int = parameter(4, "Steps between reviews.", unit="quarters", ge=1, le=10_000)
    delivery: Shares = parameter({}, "Share of the money for each instrument.", unit="share")

    @model_validator(mode="after")
    def _delivery_is_whole(self) -> Self:
        refuse(not_whole(("delivery",), "shares of the money", self.delivery))
        return self


@dataclass(frozen=True)
class Memory:
    """What a policymaker remembers between reviews; regimes add their own to it.

    Attributes
    ----------
    sectors, domains
        Priorities: indices of sectors and domains.
    pilots
        Domains that are tried out.
    cells
        Sector and place of the clusters that are supported.
    """

    sectors: tuple[int, ...] = ()
    domains: tuple[int, ...] = ()
    pilots: tuple[int, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()


S = TypeVar("S", bound=RegimeSpec)


class Regime(ABC, Generic[S]):
    """A way of making innovation policy: observe, prioritise, deliver.

    A regime sees an :class:`~model.policy.observation.Observation` and nothing else.

    Parameters
    ----------
    spec
        Parameters of the regime.

    Attributes
    ----------
    kind
        Name by which scenarios choose it.
    spec_type
        Its parameters.
    sees
        Fields of the observation that are filled in for it.
    spends
        Whether it has a budget.
    """

    kind: ClassVar[str]
    spec_type: ClassVar[type[RegimeSpec]]
    sees: frozenset[str] = frozenset()
    spends: ClassVar[bool] = True

    def __init__(self, spec: S) -> None:
        self.spec = spec

    @abstractmethod
    def review(self, observation: Observation, memory: Memory) -> Memory:
        """Look at the region and set priorities.

        Parameters
        ----------
        observation
            What this regime can see.
        memory
            What was remembered from the last review.

        Returns
        -------
        Memory
            Priorities and beliefs from now on.
        """

    @abstractmethod
    def allocate(self, memory: Memory) -> tuple[Order, ...]:
        """Turn priorities into orders.

        Parameters
        ----------
        memory
            Priorities and beliefs.

        Returns
        -------
        tuple[Order, ...]
            Orders whose shares sum to at most 1.
        """
