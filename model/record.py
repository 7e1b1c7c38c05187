"""The record of a run: preallocated arrays, one row a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.kernels import constants
from model.observables import GROUPS, OBSERVABLES, OUTCOMES, Moment, Observable
from model.policy.potential import log_potential
from model.world import World

if TYPE_CHECKING:
    from model.agents import Policymaker

__all__ = ["ACCOUNT_SOURCES", "MEMO_ITEMS", "OBSERVABLES", "OUTCOMES", "Observable", "Record"]

ACCOUNT_SOURCES: tuple[str, ...] = (
    "research",
    "absorption_same_sector",
    "absorption_cross_sector",
    "absorption_from_organisations",
    "absorption_from_outside",
    "recombination_internal_same_sector",
    "recombination_internal_cross_sector",
    "recombination_networked_same_sector",
    "recombination_networked_cross_sector",
    "discovery_pilots",
    "forgetting",
    "obsolescence",
    "employment",
    "exit",
    "entry",
)
MEMO_ITEMS: tuple[str, ...] = (
    "policy_induced_research",
    "training_induced_absorption",
    "transfer_induced_absorption",
    "brokered_absorption",
    "brokered_recombination",
)


class Record:
    """Arrays of a run, one row a step, row 0 for the start.

    Parameters
    ----------
    steps
        Horizon.
    domains
        Number of domains.
    """

    def __init__(self, steps: int, domains: int) -> None:
        self.series = np.full((steps + 1, len(OBSERVABLES)), np.nan)
        self.account = np.zeros((steps + 1, constants.SOURCES, 2))
        self.memos = np.zeros((steps + 1, constants.MEMOS, 2))
        self.domain_knowledge = np.zeros((steps + 1, domains))
        self.domain_holders = np.zeros((steps + 1, domains))
        self.domain_demand = np.zeros((steps + 1, domains))
        self.domain_potential = np.zeros((steps + 1, domains))

    def take(self, world: World, policymakers: tuple[Policymaker, ...]) -> None:
        """Record the current step.

        Parameters
        ----------
        world
            State of the run.
        policymakers
            Those who act.
        """
        step = world.step
        moment = Moment(world, policymakers)
        row = self.series[step]
        if step > 0:
            row[:] = self.series[step - 1]
        first = 0
        for group in GROUPS:
            last = first + len(group.observables)
            group.measure(moment, row[first:last])
            first = last
        self.account[step] = world.account
        self.memos[step] = world.memos
        self.domain_knowledge[step] = world.domain_knowledge
        self.domain_holders[step] = world.holders
        self.domain_demand[step] = world.space.demand
        self.domain_potential[step] = log_potential(world)
