"""Which facts a user asks about."""

from __future__ import annotations

from analysis.errors import RequestError
from analysis.facts.registry import FACTS


def parse_facts(text: str | None) -> tuple[int, ...]:
    """Read numbers of facts, with commas between.

    Parameters
    ----------
    text
        ``"1,4"``; None for all facts.

    Returns
    -------
    tuple of int
        Numbers, each once, in the order of the facts.

    Raises
    ------
    RequestError
        If one is no number of a fact.
    """
    if text is None:
        return tuple(FACTS)
    numbers = set()
    for part in text.split(","):
        word = part.strip()
        if not (word.isdecimal() and word.isascii() and int(word) in FACTS):
            first, last = min(FACTS), max(FACTS)
            raise RequestError(
                f"--only {text}: {word!r} is not the number of a fact; write numbers from {first} to {last} with "
                f"commas between, such as --only {first},4."
            )
        numbers.add(int(word))
    return tuple(sorted(numbers))
