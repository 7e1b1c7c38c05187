"""Arrays that travel together through kernels, in typed groups."""

from __future__ import annotations

from typing import Any, NamedTuple


class Focusing(NamedTuple):
    """Columns of firms that review what they do research on.

    Attributes
    ----------
    kind, seat, openness
        Columns, shape (rows,).
    focus
        Domain of research; written, shape (rows,).
    knowledge, density
        K and omega, shape (rows, domains).
    """

    kind: Any
    seat: Any
    openness: Any
    focus: Any
    knowledge: Any
    density: Any


class Prospects(NamedTuple):
    """What firms see of domains when they choose among them.

    Attributes
    ----------
    frontier, price, complexity
        W, revenue per unit of offer at the last sale, and c, shape (domains,).
    relatedness
        phi, shape (domains, domains).
    publicity
        How much is heard of a published success in each domain, shape (domains,).
    known, expected
        What its hidden potential makes an offer worth, as those know who hold the domain, and as all others
        expect, shape (domains,).
    """

    frontier: Any
    price: Any
    complexity: Any
    relatedness: Any
    publicity: Any
    known: Any
    expected: Any


class Access(NamedTuple):
    """How easily research gets into domains.

    Attributes
    ----------
    opened, discovered
        Whether the world has opened a domain, and step of discovery in the region, -1 while latent, shape (domains,).
    effort
        Smoothed R&D in related domains, shape (domains,).
    opened_ease, latent_ease
        Productivity of research in what the region does not hold: opened by the world, and not.
    critical_mass, critical_effort
        Share of productivity that depends on related effort, and the effort that gives half of it.
    """

    opened: Any
    discovered: Any
    effort: Any
    opened_ease: float
    latent_ease: float
    critical_mass: float
    critical_effort: float


class Choice(NamedTuple):
    """Parameters of the choice of a focus.

    Attributes
    ----------
    review, noise
        Probability of reconsidering, and standard deviation of the log error in perception.
    opened_attention
        Probability that a firm considers a domain that the world has opened and the region does not hold.
    elasticity, held_level
        theta, and the share of the frontier from which a domain counts as held.
    foresight, progress
        Quarters looked ahead, and the progress of research in one of them at usual effort.
    """

    review: float
    noise: float
    opened_attention: float
    elasticity: float
    held_level: float
    foresight: float
    progress: float


class Researching(NamedTuple):
    """Columns of firms that do research.

    Attributes
    ----------
    kind, size, focus, earmark, rd_spending, subsidy, efficiency
        Columns, shape (rows,).
    density
        omega, shape (rows, domains).
    knowledge
        K; written, shape (rows, domains).
    rd_stock, rd_cost
        Written: R&D stock per employee and own R&D paid, shape (rows,).
    """

    kind: Any
    size: Any
    focus: Any
    earmark: Any
    rd_spending: Any
    subsidy: Any
    efficiency: Any
    density: Any
    knowledge: Any
    rd_stock: Any
    rd_cost: Any


class Yield(NamedTuple):
    """Parameters of what R&D yields.

    Attributes
    ----------
    productivity, half_saturation
        rho and E0.
    crowding_out
        Share of a subsidy that replaces own R&D.
    depreciation
        Depreciation of the R&D stock.
    wage
        Wage level: R&D is work, and money buys less of it where wages are high.
    """

    productivity: float
    half_saturation: float
    crowding_out: float
    depreciation: float
    wage: float


class Recombining(NamedTuple):
    """Parameters of recombination.

    Attributes
    ----------
    attempts, gain, potential
        Probability of an attempt, eta and zeta.
    networked_chance
        Chance of success with a partner, against one alone.
    internal_ceiling, internal_entry
        Level against the frontier that a firm alone can reach, and probability that it enters a new domain so.
    held_level
        Share of the frontier from which a domain counts as held.
    opened_threshold, latent_threshold
        Level against the frontier that parents must make possible in a simple domain that nobody in the region
        holds: opened by the world, and not.
    """

    attempts: float
    gain: float
    potential: float
    networked_chance: float
    internal_ceiling: float
    internal_entry: float
    held_level: float
    opened_threshold: float
    latent_threshold: float
