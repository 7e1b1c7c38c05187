"""What all instruments have in common: a unit, its cost, and who delivers it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from model.policy.orders import Delivery, Order
from model.spec.section import Section
from model.world import World


class Instrument(ABC):
    """One instrument of innovation policy, the same for every regime.

    Attributes
    ----------
    name
        Name in TOML, tables and dashboard.
    label
        Name for people.
    unit
        What one unit is.
    delivered_by
        Kind of meso-organisation that delivers it; empty if the policymaker does so itself.
    spec
        Its parameters; ``unit_cost`` is one of them.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    unit: ClassVar[str]
    delivered_by: ClassVar[str] = ""
    spec: ClassVar[type[Section]]

    def deliverer(self, order: Order) -> str:
        """Kind of meso-organisation that delivers an order: a cluster's own for its members.

        Parameters
        ----------
        order
            What is to be done for whom.

        Returns
        -------
        str
            Name of the kind; empty if the policymaker delivers itself.
        """
        return "cluster_organisation" if order.cells else self.delivered_by

    def drawn_at(self, world: World) -> int:
        """Step of the luck by which firms are chosen: the present one, unless what firms get lasts.

        Parameters
        ----------
        world
            State of the run.
        """
        return world.step

    @abstractmethod
    def deliver(
        self, world: World, order: Order, money: float, organisation: int, key: np.uint64
    ) -> Delivery:
        """Spend money on an order.

        Parameters
        ----------
        world
            State of the run; changed in place.
        order
            What is to be done for whom.
        money
            Money available, in wages.
        organisation
            Row of the meso-organisation that delivers, -1 for none.
        key
            Key of the random stream of this delivery.

        Returns
        -------
        Delivery
            What was spent and achieved; never more than ``money``.
        """
