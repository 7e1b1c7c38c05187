"""Kinds of values that several sections use: names, texts, shares that make a whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from model.spec.problem import Problem, refuse

SHARE_TOLERANCE = 1e-6

_NOT_IN_TEXT = frozenset({"Cc", "Cs"})
_NOT_IN_NAMES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def _readable(text: str) -> str:
    if any(unicodedata.category(letter) in _NOT_IN_TEXT and letter not in "\n\t" for letter in text):
        refuse([Problem((), "must be text without control characters", text)])
    return text


def _name(name: str) -> str:
    odd = any(unicodedata.category(letter) in _NOT_IN_NAMES for letter in name)
    if odd or name != name.strip() or not name:
        refuse(
            [Problem((), "must be a name: one line of text that neither starts nor ends with a blank", name)]
        )
    return name


Text = Annotated[str, AfterValidator(_readable)]
"""Text for people: lines and tabs, but nothing that would steer a terminal."""

Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_name)]
"""A name in tables and figures: one line."""

Title = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_name)]
"""What stands above a page: one line, longer than a name."""

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,59}$")]
"""A name that is also a key and part of a file's name."""

Share = Annotated[float, Field(strict=True, ge=0, le=1)]
"""A share of a whole."""

Shares = Annotated[dict[str, Share], Field(max_length=64)]
"""Shares by name."""


def not_whole(
    key: tuple[str | int, ...], what: str, shares: Mapping[str, float] | Sequence[tuple[str, float]]
) -> list[Problem]:
    """Check that shares sum to 1.

    Parameters
    ----------
    key
        Where the shares stand.
    what
        What is shared: ``"shares of the budget"``.
    shares
        Shares by name.

    Returns
    -------
    list[Problem]
        One problem, or none; none if nothing is shared.
    """
    named = list(shares.items()) if isinstance(shares, Mapping) else list(shares)
    total = sum(share for _, share in named)
    if not named or abs(total - 1) <= SHARE_TOLERANCE:
        return []
    listed = " + ".join(f"{name} {share:g}" for name, share in named)
    return [Problem(key, f"{what} must sum to 1, but they sum to {total:g} ({listed})")]
