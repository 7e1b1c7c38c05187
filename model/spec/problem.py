"""What is wrong with values that are each allowed alone, told so that a user can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

CROSS_CHECK = "cross_check"
"""Type of the error by which pydantic hands problems on."""

_LONGEST_NAME = 100
_MOST_NAMES = 24
_NOTHING = object()


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes
    ----------
    key
        Where, from the section that found it: ``("events", 0, "step")``.
    rule
        What is allowed: ``"must be at most 80, the number of steps"``.
    value
        What was given; left out where the rule tells it.
    known
        Names of which one was meant.
    name
        Name that was given in place of a known one, if it is not the value.
    note
        Sentence that is told once, however many problems have it.
    """

    key: tuple[str | int, ...]
    rule: str
    value: object = _NOTHING
    known: tuple[str, ...] = ()
    name: str = ""
    note: str = ""

    @property
    def has_value(self) -> bool:
        """Whether there is one value to show."""
        return self.value is not _NOTHING

    @property
    def meant(self) -> str | None:
        """The known name that is nearest to what was given."""
        return nearest(self.name or self.value, self.known)

    def __str__(self) -> str:
        """Tell it in one line, for whoever makes a scenario in Python."""
        given = f" = {self.value!r}" if self.has_value else ""
        return f"{'.'.join(map(str, self.key))}{given}: {self.rule}"


def refuse(problems: Sequence[Problem]) -> None:
    """Refuse a section if anything is wrong with it.

    Parameters
    ----------
    problems
        What was found; nothing happens if it is empty.

    Raises
    ------
    pydantic_core.PydanticCustomError
        A ``ValueError`` that pydantic adds to what else is wrong.
    """
    if problems:
        text = "; ".join(map(str, problems))
        raise PydanticCustomError(CROSS_CHECK, "{text}", {"text": text, "problems": tuple(problems)})


def nearest(name: object, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Find the name that was probably meant.

    Parameters
    ----------
    name
        What was given.
    known
        Names that exist.
    cutoff
        Likeness in [0, 1] below which nothing is suggested.

    Returns
    -------
    str or None
        The most similar name, or one that contains or extends the given name.
    """
    if not isinstance(name, str) or len(name) > _LONGEST_NAME:
        return None
    names = list(known)
    folded = {known_name.casefold(): known_name for known_name in reversed(names)}
    wanted = name.strip().casefold()
    close = difflib.get_close_matches(wanted, folded, n=1, cutoff=cutoff)
    if close:
        return folded[close[0]]
    if len(wanted) < 4:
        return None
    return next((known_name for fold, known_name in folded.items() if wanted in fold or fold in wanted), None)


def not_known(
    key: tuple[str | int, ...], what: str, name: str, known: Iterable[str], value: object = None
) -> list[Problem]:
    """Check that a name is one of those that exist.

    Parameters
    ----------
    key
        Where the name stands.
    what
        What such names are called: ``"regimes"``.
    name
        The name.
    known
        Names that exist.
    value
        What stands there, if the name is part of the key.

    Returns
    -------
    list[Problem]
        One problem, or none.
    """
    names = tuple(known)
    if name in names:
        return []
    rule = (
        f"must be one of the {what}: {listed(names)}"
        if names
        else f"names one of the {what}, but there are none"
    )
    return [Problem(key, rule, name if value is None else value, names, name)]


def listed(names: Sequence[str]) -> str:
    """List names, many of them in short.

    Parameters
    ----------
    names
        Names.

    Returns
    -------
    str
        The names, separated by commas.
    """
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    first = names[: _MOST_NAMES // 2]
    return f"{', '.join(first)} and {len(names) - len(first)} more"
