"""The error that every bad input ends in."""

from __future__ import annotations

from collections.abc import Sequence

MOST_COMPLAINTS = 10


class ScenarioError(ValueError):
    """A scenario that cannot be used; its text is the whole message for the user.

    Parameters
    ----------
    complaints
        What is wrong, a line each.
    found
        How many things are wrong, when there are more than are told.
    """

    def __init__(self, complaints: Sequence[str] | str, found: int | None = None) -> None:
        self.complaints = (complaints,) if isinstance(complaints, str) else tuple(complaints)
        self.found = len(self.complaints) if found is None else found
        super().__init__(self._text())

    def _text(self) -> str:
        if self.found == 1:
            return self.complaints[0]
        lines = [f"{self.found} errors:", *(f"  {complaint}" for complaint in self.complaints)]
        left = self.found - len(self.complaints)
        return "\n".join([*lines, f"  and {left} more"] if left else lines)

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[str, ...], int]]:
        """Let it travel between processes."""
        return ScenarioError, (self.complaints, self.found)
