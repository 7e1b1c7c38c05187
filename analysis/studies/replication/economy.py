"""Cowan & Jonard (2004): agents who barter knowledge over the ties of a fixed network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, model_validator

from model.kernels.barter_exchange import exchange
from model.spec.problem import Problem, refuse
from model.spec.section import Section, parameter
from model.streams import Streams, uniforms

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SOURCE = "Cowan & Jonard 2004"
WITHOUT_LIMIT = 10_000_000
"""Rounds that no exchange comes near; every trade moves a level by a fixed share of a difference."""


class EconomySpec(Section):
    """Agents, what they know at the start, and how they trade."""

    model_config = ConfigDict(title="the replication")

    agents: int = parameter(500, "Number of agents.", unit="agents", ge=4, le=20_000, source=SOURCE)
    neighbours: int = parameter(
        10, "Neighbours of each agent on the ring.", unit="agents", ge=2, le=200, source=SOURCE
    )
    rewiring: float = parameter(
        0.0, "Probability that a tie is rewired (p).", ge=0, le=1, source="Watts & Strogatz 1998"
    )
    categories: int = parameter(5, "Categories of knowledge (K).", ge=1, le=100, source=SOURCE)
    highest_level: float = parameter(
        10.0, "Initial levels are uniform between 0 and this.", unit="levels", gt=0, le=1000, source=SOURCE
    )
    experts: int = parameter(
        50, "Agents who know much in one category.", unit="agents", ge=0, le=20_000, source=SOURCE
    )
    expert_level: float = parameter(
        30.0, "What an expert knows in that category.", unit="levels", gt=0, le=1000, source=SOURCE
    )
    absorbed: float = parameter(
        0.1, "Share of a difference that a learner takes over (alpha).", gt=0, le=1, source=SOURCE
    )
    tolerance: float = parameter(
        0.01, "Share of a level up to which a difference counts as none.", ge=1e-6, le=1, source=SOURCE
    )
    rounds_of_the_stopped: int = parameter(
        100,
        "Rounds after which meetings end in the control that is stopped.",
        unit="rounds",
        ge=1,
        le=100_000,
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        problems = []
        if self.neighbours % 2 or self.neighbours >= self.agents:
            rule = f"must be even, half on each side, and below the {self.agents} agents"
            problems.append(Problem(("neighbours",), rule, self.neighbours))
        if self.experts > self.agents:
            problems.append(Problem(("experts",), f"must be at most the {self.agents} agents", self.experts))
        refuse(problems)
        return self


@dataclass(frozen=True)
class Network:
    """A fixed network, as pairs and as lists of partners.

    Attributes
    ----------
    ties
        Pairs of agents in a fixed order, shape (ties, 2).
    begin, partners
        Partners of agent ``i`` are ``partners[begin[i]:begin[i + 1]]``.
    """

    ties: Integers
    begin: Integers
    partners: Integers


@dataclass(frozen=True)
class Exchange:
    """What became of an exchange.

    Attributes
    ----------
    levels
        Knowledge at its end, shape (agents, categories).
    rounds
        Rounds that it took.
    exhausted
        Whether nothing was left to trade.
    taught, learned
        Categories that each agent taught and learned in all its meetings, shape (agents,).
    """

    levels: Floats
    rounds: int
    exhausted: bool
    taught: Integers
    learned: Integers

    def outcomes(self) -> dict[str, float]:
        """Summarise it.

        Returns
        -------
        dict
            ``mean_level`` over agents and categories; ``variance`` and ``coefficient_of_variation``
            over agents of their own mean levels; ``rounds``.
        """
        own = self.levels.mean(axis=1)
        mean, variance = float(own.mean()), float(own.var())
        variation = float(np.sqrt(variance)) / mean
        return {
            "mean_level": mean,
            "variance": variance,
            "coefficient_of_variation": variation,
            "rounds": float(self.rounds),
        }


def small_world(spec: EconomySpec, seed: int) -> Network:
    """Build the network of Watts & Strogatz (1998).

    Parameters
    ----------
    spec
        Numbers of agents and neighbours, and the probability of rewiring.
    seed
        Seed of the run.

    Returns
    -------
    Network
        A ring in which each tie was rewired at one end with that probability.
    """
    key = int(Streams(seed).key("replication.network", 0))
    graph = nx.watts_strogatz_graph(spec.agents, spec.neighbours, spec.rewiring, seed=key)
    ties = np.array(sorted(tuple(sorted(edge)) for edge in graph.edges), np.int64).reshape(-1, 2)
    return network_of(ties, spec.agents)


def network_of(ties: Integers, agents: int) -> Network:
    """List the partners of every agent.

    Parameters
    ----------
    ties
        Pairs of agents, shape (ties, 2).
    agents
        Number of agents.

    Returns
    -------
    Network
        The same ties both ways.
    """
    ends = np.concatenate([ties[:, 0], ties[:, 1]])
    others = np.concatenate([ties[:, 1], ties[:, 0]])
    begin = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=agents))]).astype(np.int64)
    return Network(ties, begin, others[np.argsort(ends, kind="stable")])


def initial_levels(spec: EconomySpec, seed: int, *, experts: bool = True) -> Floats:
    """Draw what agents know at the start; the same for every network, and but for experts with and without.

    Parameters
    ----------
    spec
        Numbers and levels.
    seed
        Seed of the run.
    experts
        Whether there are any.

    Returns
    -------
    numpy.ndarray
        Levels, shape (agents, categories).
    """
    streams, agents = Streams(seed), np.arange(spec.agents)
    luck = uniforms(
        streams.key("replication.levels", 0), agents[:, None], np.arange(spec.categories)[None, :]
    )
    levels = spec.highest_level * luck
    if experts:
        order = np.argsort(uniforms(streams.key("replication.experts", 0), agents, 0), kind="stable")
        chosen = order[: spec.experts]
        category = uniforms(streams.key("replication.expertise", 0), chosen, 0) * spec.categories
        levels[chosen, category.astype(np.int64)] = spec.expert_level
    return levels


def trade(
    spec: EconomySpec,
    network: Network,
    levels: Floats,
    seed: int,
    *,
    barter: bool = True,
    by_tie: bool = False,
    most_rounds: int = WITHOUT_LIMIT,
) -> Exchange:
    """Let agents meet and trade until nothing can be traded any more, or for so many rounds.

    Parameters
    ----------
    spec
        How much is absorbed, and what counts as equal.
    network
        Who can meet whom.
    levels
        Knowledge at the start; left as it is.
    seed
        Seed of the run.
    barter
        Each side must be ahead in something and both teach equally many categories; otherwise whoever
        is ahead in something teaches it.
    by_tie
        What a meeting draws, and how many make a round, see `model.kernels.barter_exchange.exchange`.
    most_rounds
        Rounds after which meetings end in any case.

    Returns
    -------
    Exchange
        What became of it.
    """
    end = levels.copy()
    taught, learned = np.zeros((2, len(levels)), np.int64)
    key: Any = Streams(seed).key("replication.meetings", 0)
    rounds, exhausted = exchange(
        end, network.ties, network.begin, network.partners, spec.absorbed, spec.tolerance, barter, by_tie,
        most_rounds, key, taught, learned,
    )  # fmt: skip
    return Exchange(end, rounds, exhausted, taught, learned)
