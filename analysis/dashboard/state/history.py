"""Undo, redo, and the last change once more."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.dashboard.state.view import View

LONGEST = 200
ONE_MOVE = 1.0
"""Seconds within which changes of one control are one move of a slider."""


@dataclass(frozen=True)
class History:
    """Views one after the other, of which one is shown.

    Attributes
    ----------
    views
        At least one.
    place
        Which is shown.
    moved, at
        What changed last, and when.
    """

    views: tuple[View, ...]
    place: int = 0
    moved: str = ""
    at: float = -1e9

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self.views[self.place]

    @property
    def before(self) -> View | None:
        """The last view under other conditions of the same region, which the ghost is drawn from."""
        earlier = reversed(self.views[: self.place])
        found = next((view for view in earlier if view.conditions != self.view.conditions), None)
        return found if found is not None and found.place == self.view.place else None

    @property
    def can_undo(self) -> bool:
        """Whether there is something to go back to."""
        return self.place > 0

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return self.place < len(self.views) - 1

    def show(self, view: View, moved: str, now: float) -> History:
        """Show another view; further steps of one move replace each other, what was undone is forgotten.

        Parameters
        ----------
        view
            What is to be shown.
        moved
            Name of what changed.
        now
            Time in seconds.
        """
        if view == self.view:
            return self
        same_move = moved == self.moved and now - self.at < ONE_MOVE and self.place > 0
        kept = self.views[: self.place] if same_move else self.views[: self.place + 1]
        views = (*kept, view)[-LONGEST:]
        return History(views, len(views) - 1, moved, now)

    def undo(self) -> History:
        """Go back by one view."""
        return replace(self, place=max(0, self.place - 1), moved="")

    def redo(self) -> History:
        """Go forward again by one view."""
        return replace(self, place=min(len(self.views) - 1, self.place + 1), moved="")
