"""Reads one TOML file, whatever is in it, in bounded time and memory."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

from model.loading.errors import ScenarioError
from model.spec import phrases
from model.spec.problem import nearest

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 16
MAXIMUM_DOTS = 100
"""Most dots in a line: the time to read a dotted key grows with the square of its parts."""

SUFFIX = ".toml"
_LONGEST_PATH = 250
_POSITION = re.compile(r" \(at line (\d+), column (\d+)\)$")
_MARK = b"\xef\xbb\xbf"


def shown(path: Path) -> str:
    """Write a path for a message, from the current folder where it lies below it.

    Parameters
    ----------
    path
        Any path.

    Returns
    -------
    str
        One printable line.
    """
    with suppress(ValueError, OSError):
        path = path.relative_to(Path.cwd())
    text = str(path)
    return text if text.isprintable() and len(text) <= _LONGEST_PATH else phrases.value(text, _LONGEST_PATH)


def read_table(path: Path) -> dict[str, Any]:
    """Read a scenario file.

    Parameters
    ----------
    path
        A file.

    Returns
    -------
    dict
        What it says, unchecked.

    Raises
    ------
    ScenarioError
        If it is no readable, reasonably small TOML file.
    """
    name = shown(path)
    text = _decode(name, _read(name, path))
    table = parse(name, text)
    if not table:
        example = 'extends = "machine_building_meets_iot"'
        raise ScenarioError(f"{name}: is empty; a scenario sets at least one value, such as {example}")
    return table


def _read(name: str, path: Path) -> bytes:
    try:
        status = path.stat()
        content = b""
        if stat.S_ISREG(status.st_mode) and status.st_size <= MAXIMUM_BYTES:
            with path.open("rb") as file:
                content = file.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError:
        raise ScenarioError(f"{name}: there is no such file{_similar_file(path)}") from None
    except OSError as error:
        raise ScenarioError(f"{name}: cannot be read ({error.strerror or error})") from None
    except ValueError:
        raise ScenarioError(f"{name}: cannot be the name of a file") from None
    if stat.S_ISDIR(status.st_mode):
        raise ScenarioError(f"{name}: is a folder; a scenario is a file that ends in {SUFFIX}")
    if not stat.S_ISREG(status.st_mode):
        raise ScenarioError(f"{name}: is no ordinary file")
    size = max(status.st_size, len(content))
    if size > MAXIMUM_BYTES:
        raise ScenarioError(
            f"{name}: has {size / 1e6:.1f} MB; a scenario has at most {MAXIMUM_BYTES / 1e6:g} MB"
        )
    return content


def _similar_file(path: Path) -> str:
    try:
        names = [entry.name for entry in os.scandir(path.parent) if entry.name.endswith(SUFFIX)]
    except OSError:
        return f"; nor is there a folder {shown(path.parent)}"
    similar = nearest(path.name, sorted(names))
    return f"; did you mean {shown(path.with_name(similar))}?" if similar else ""


def _decode(name: str, content: bytes) -> str:
    if content.startswith(_MARK):
        raise ScenarioError(
            f'{name}: starts with a byte-order mark; save it as "UTF-8", not as "UTF-8 with BOM"'
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ScenarioError(
            f"{name}, line {line}: is not UTF-8 text (byte 0x{content[error.start]:02x}); save it as UTF-8"
        ) from None


def parse(name: str, text: str) -> dict[str, Any]:
    """Parse TOML.

    Parameters
    ----------
    name
        Name of the source in messages.
    text
        TOML.

    Returns
    -------
    dict
        What it says.

    Raises
    ------
    ScenarioError
        If it is no TOML, or built to exhaust whoever reads it.
    """
    for line_number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MAXIMUM_DOTS:
            raise ScenarioError(
                f"{name}, line {line_number}: has more than {MAXIMUM_DOTS} dots; break the line"
            )
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(_syntax(name, text, str(error))) from None
    except RecursionError:
        raise ScenarioError(_too_deep(name)) from None
    except ValueError as error:
        # Python bounds the digits of an integer.
        raise ScenarioError(
            f"{name}: has a number that is far too long ({str(error).split(':')[0]})"
        ) from None
    if _depth_exceeds(table, MAXIMUM_DEPTH):
        raise ScenarioError(_too_deep(name))
    return table


def _too_deep(name: str) -> str:
    return f"{name}: tables and lists are nested more than {MAXIMUM_DEPTH} deep"


def _depth_exceeds(table: dict[str, Any], limit: int) -> bool:
    level: list[Any] = [table]
    for _ in range(limit):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _syntax(name: str, text: str, message: str) -> str:
    found = _POSITION.search(message)
    if found is None:
        where, line = "at its end", len(text.rstrip().split("\n"))
        message = message.removesuffix(" (at end of document)")
    else:
        line = int(found[1])
        where, message = f"line {line}, column {found[2]}", message[: found.start()]
    written = phrases.value(text.split("\n")[line - 1].strip())
    return f"{name}, {where}: is not TOML: {_plain(message)}; the line is {written}"


def _plain(message: str) -> str:
    """Say in other words what the parser says for people who know TOML."""
    if message.startswith(("Cannot overwrite a value", "Cannot declare", "Cannot mutate", "Cannot redefine")):
        return "a key or table is given twice"
    if message.startswith("Invalid value"):
        return "this is no value; text stands in quotes, a number starts with a digit, true has a small t"
    return message[:1].lower() + message[1:]
