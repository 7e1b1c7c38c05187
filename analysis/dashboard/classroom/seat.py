"""A phone in a room: a number, a secret that lets it come back, and what it did."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.dashboard.classroom.levers import ROLES, SETTINGS, Lever, Role
from analysis.dashboard.classroom.results import Result

MOST_DRAWS = 12
"""Draws of luck that a sceptic has."""


@dataclass
class Seat:
    """A phone; nobody's name.

    Attributes
    ----------
    number
        From 1 on.
    token
        What the phone shows to come back to this seat.
    connections
        How many pages of this phone are open.
    guess
        Regime that was guessed to lead.
    ran
        Whether it ran its region.
    setting, pulled
        Positions of the lever of its setting and of its role; None where it never moved.
    draws
        How often it drew other luck.
    results
        What came out, by step of the course; of a step only the latest.
    """

    number: int
    token: str
    connections: int = 0
    guess: str = ""
    ran: bool = False
    setting: int | None = None
    pulled: int | None = None
    draws: int = 0
    results: dict[str, Result] = field(default_factory=dict)

    @property
    def lever(self) -> Lever:
        """The condition that it holds."""
        return SETTINGS[(self.number - 1) % len(SETTINGS)]

    @property
    def role(self) -> Role:
        """The role that it plays."""
        return ROLES[(self.number - 1) % len(ROLES)]

    @property
    def idle(self) -> bool:
        """Whether it is gone without having done anything: its seat may be given away."""
        untouched = not self.guess and not self.ran and not self.draws
        return self.connections == 0 and untouched and self.setting is None and self.pulled is None
