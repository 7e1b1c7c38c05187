"""Words for declarations and values: the same in error messages, tables and help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from model.spec.declarations import Bounds, Declaration

_NOUNS = {
    "integer": "a whole number",
    "number": "a number",
    "switch": "true or false",
    "text": "text",
    "list": "a list",
    "table": "a table",
}
_MOST_NESTED = 4
_ENTRIES = {"integer": "whole numbers", "number": "numbers", "switch": "switches", "text": "texts"}


def number(value: float) -> str:
    """Write a number in full where it is whole, else as short as it reads back the same."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def bounds(given: Bounds) -> str:
    """Write the bounds of a number: ``"from 0 to 1"``.

    Parameters
    ----------
    given
        Bounds.

    Returns
    -------
    str
        The words; empty if there are no bounds.
    """
    if given.ge is not None and given.le is not None:
        return f"from {number(given.ge)} to {number(given.le)}"
    said = {"at least": given.ge, "above": given.gt, "at most": given.le, "below": given.lt}
    return " and ".join(f"{words} {number(value)}" for words, value in said.items() if value is not None)


def allowed(declaration: Declaration) -> str:
    """Say what a value may be: ``"a whole number from 2 to 1000000 (unit: firms)"``.

    Parameters
    ----------
    declaration
        The parameter.

    Returns
    -------
    str
        Words that follow "must be".
    """
    if declaration.kind == "choice":
        listed = ", ".join(f'"{choice}"' for choice in declaration.choices)
        return f"one of {listed}" if len(declaration.choices) > 1 else listed
    unit = f"(unit: {declaration.unit})" if declaration.unit not in {"", "1"} else ""
    if declaration.entry is not None:
        return " ".join(filter(None, [_container(declaration, declaration.entry), unit]))
    said = [_NOUNS[declaration.kind], bounds(declaration.bounds), length(declaration), unit]
    return " ".join(filter(None, said))


def _container(declaration: Declaration, entry: Declaration) -> str:
    most = declaration.bounds.max_length
    limit = f"at most {most} " if most else ""
    entries = " ".join(filter(None, [_ENTRIES[entry.kind], bounds(entry.bounds)]))
    return (
        f"{_NOUNS[declaration.kind]} of {limit}{'names and ' if declaration.kind == 'table' else ''}{entries}"
    )


def length(declaration: Declaration) -> str:
    """Write the bounds of a length: ``"of at most 12 entries"``.

    Parameters
    ----------
    declaration
        A text, list or table.

    Returns
    -------
    str
        The words; empty if there are no bounds.
    """
    limits, what = declaration.bounds, "characters" if declaration.kind == "text" else "entries"
    if limits.min_length and limits.max_length:
        return f"of {limits.min_length} to {limits.max_length} {what}"
    return f"of at most {limits.max_length} {what}" if limits.max_length else ""


def value(given: object, longest: int = 60) -> str:
    """Write a value as in TOML, shortened, with nothing that would steer a terminal.

    Parameters
    ----------
    given
        Any value.
    longest
        Most characters.

    Returns
    -------
    str
        One line.
    """
    text = _written(given, longest, 0)
    return text if len(text) <= longest else text[: longest - 4].rstrip() + " ..."


def _written(given: object, longest: int, depth: int) -> str:
    if isinstance(given, str):
        return '"' + "".join(map(_letter, given[: longest + 1])) + '"'
    if isinstance(given, Mapping | Sequence):
        return _written_container(given, longest, depth)
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, int) and abs(given) >= 10**30:
        # Python refuses to write out integers of many thousand digits.
        return f"{'-' if given < 0 else ''}a whole number of more than 30 digits"
    return "".join(map(_letter, str(given)[: longest + 1]))


def _written_container(given: Mapping[Any, Any] | Sequence[Any], longest: int, depth: int) -> str:
    if depth > _MOST_NESTED:
        return "..."
    if isinstance(given, Mapping):
        inside = (
            f"{key(str(name))} = {_written(entry, longest, depth + 1)}" for name, entry in given.items()
        )
        return "{" + _joined(inside, longest) + "}"
    return "[" + _joined((_written(entry, longest, depth + 1) for entry in given), longest) + "]"


def _joined(parts: Iterable[str], longest: int) -> str:
    text = ""
    for part in parts:
        text += f"{', ' if text else ''}{part}"
        if len(text) > longest:
            break
    return text


def _letter(letter: str) -> str:
    if letter.isprintable() and letter not in '"\\':
        return letter
    return {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(letter) or letter.encode(
        "unicode_escape"
    ).decode("ascii")


def key(*parts: str | int, longest: int = 80) -> str:
    """Write a dotted key as in TOML, shortened.

    Parameters
    ----------
    *parts
        Its parts.
    longest
        Most characters of one part.

    Returns
    -------
    str
        One line.
    """
    return ".".join(_part(str(part), longest) for part in parts)


def _part(part: str, longest: int) -> str:
    bare = (part.isascii() and part.replace("-", "_").isidentifier()) or part.isdecimal()
    return part if bare and len(part) <= longest else value(part, longest)
