"""What phones may say: short, of a known kind, and not too often."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

LONGEST = 300
"""Characters of a message; the longest honest one has about 60."""

LONGEST_VALUE = 40
MOST_NUMBER = 10**9

DOINGS = {"guess": str, "lever": int, "run": None, "draw": None, "language": str}
"""What a phone can do, and the type of the value that goes with it."""

RATE, BURST = 8.0, 30.0
"""Messages a second that a phone may send for long, and at once."""

PATIENCE = 200
"""Messages too many, or senseless ones, after which a phone is shown out."""


class NonsenseError(ValueError):
    """A message that no honest page sends."""


@dataclass(frozen=True)
class Message:
    """What a phone says.

    Attributes
    ----------
    number
        Counts what the phone did, so that it can be told what has arrived.
    doing
        Name in `DOINGS`.
    value
        What goes with it.
    """

    number: int
    doing: str
    value: str | int = ""


def read_message(text: str) -> Message:
    """Read what a phone sent.

    Raises
    ------
    NonsenseError
        If it is too long, no JSON, or nothing that a phone can do.
    """
    if len(text) > LONGEST:
        raise NonsenseError("too long")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise NonsenseError("no JSON") from None
    if not isinstance(told, dict):
        raise NonsenseError("no object")
    number, doing, value = told.get("n"), told.get("do"), told.get("value")
    if type(number) is not int or not 0 < number <= MOST_NUMBER:
        raise NonsenseError("no number")
    if not isinstance(doing, str) or doing not in DOINGS:
        raise NonsenseError("nothing that a phone can do")
    wanted = DOINGS[doing]
    if wanted is None:
        return Message(number, doing)
    if type(value) is not wanted or (isinstance(value, str) and len(value) > LONGEST_VALUE):
        raise NonsenseError("no value")
    return Message(number, doing, value)


class Allowance:
    """How much a phone may say; a bucket that fills by itself.

    Parameters
    ----------
    clock
        Gives the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._left, self._at = BURST, clock()
        self._offences = 0

    def take(self) -> bool:
        """Whether one more message is allowed now."""
        now = self._clock()
        self._left = min(BURST, self._left + RATE * (now - self._at))
        self._at = now
        if self._left < 1:
            self.offend()
            return False
        self._left -= 1
        return True

    def offend(self) -> None:
        """Note a message too many, or a senseless one."""
        self._offences += 1

    @property
    def exhausted(self) -> bool:
        """Whether the phone has to go."""
        return self._offences > PATIENCE
