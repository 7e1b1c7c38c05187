"""The course of a lesson: its steps, and what a trainer may do next."""

from __future__ import annotations

from dataclasses import dataclass, replace

LOBBY, GUESS, LUCK, SETTINGS, ROLES, TOGETHER, DEBRIEF = STEPS = (
    "lobby", "guess", "luck", "settings", "roles", "together", "debrief",
)  # fmt: skip

PLAYED = (GUESS, LUCK, SETTINGS, ROLES)
"""Steps in which phones do something: they are opened, closed and revealed."""

WAITING, OPEN, CLOSED, REVEALED = STAGES = ("waiting", "open", "closed", "revealed")

_MOVES = {
    WAITING: ("open",),
    OPEN: ("close", "reveal"),
    CLOSED: ("reveal", "open"),
    REVEALED: (),
}
_LEADS_TO = {"open": OPEN, "close": CLOSED, "reveal": REVEALED}


@dataclass(frozen=True)
class Course:
    """Where a lesson stands.

    Attributes
    ----------
    step
        Name in `STEPS`.
    stage
        Name in `STAGES`; a step without phones is revealed as soon as it comes.
    """

    step: str = LOBBY
    stage: str = REVEALED

    @property
    def moves(self) -> tuple[str, ...]:
        """What a trainer may do, the most likely first."""
        place = STEPS.index(self.step)
        onward = ("next",) if place < len(STEPS) - 1 else ()
        return (*_MOVES[self.stage], *onward, *(("back",) if place else ()))

    def after(self, move: str) -> Course:
        """Give where a move leads; one that is not allowed leads nowhere."""
        if move not in self.moves:
            return self
        if move in _LEADS_TO:
            return replace(self, stage=_LEADS_TO[move])
        step = STEPS[STEPS.index(self.step) + (1 if move == "next" else -1)]
        if move == "next" and (self.step, self.stage) == (ROLES, WAITING):
            # Where nobody played a role there is nothing to put together.
            step = DEBRIEF
        return Course(step, WAITING if step in PLAYED else REVEALED)

    @property
    def open(self) -> bool:
        """Whether phones may do something."""
        return self.stage == OPEN
