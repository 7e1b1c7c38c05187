"""Single settings on top of a scenario: ``firms.number=300``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model.loading.errors import ScenarioError
from model.loading.inheritance import Origins, merge
from model.loading.reading import MAXIMUM_DEPTH, parse
from model.spec import phrases
from model.spec.places import Part, locate
from model.spec.section import Section


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes
    ----------
    path
        Its key, part by part.
    value
        Its value.
    name
        Name of the source in messages.
    """

    path: tuple[Part, ...]
    value: Any
    name: str


def parse_settings(settings: Mapping[str, object] | Sequence[str]) -> list[Setting]:
    """Read settings.

    Parameters
    ----------
    settings
        Values by dotted key, or texts ``"dotted.key=value"``, in which the value is TOML, or else
        plain text.

    Returns
    -------
    list[Setting]
        The settings in order; a later one wins.

    Raises
    ------
    ScenarioError
        If one is none.
    """
    if isinstance(settings, str):
        settings = [settings]
    if isinstance(settings, Mapping):
        return [
            Setting(_path(str(key), "setting"), plain(value), "setting") for key, value in settings.items()
        ]
    return [_parse(text) for text in settings]


def _parse(text: str) -> Setting:
    key, separator, value = text.partition("=")
    if not separator:
        raise ScenarioError(f"--set {phrases.value(text)}: must be key=value, such as firms.number=300")
    return Setting(_path(key, "--set"), _value(value.strip()), "--set")


def _path(key: str, name: str) -> tuple[Part, ...]:
    parts = [part.strip().strip('"') for part in key.split(".")]
    if not all(parts):
        raise ScenarioError(f"{name} {phrases.value(key)}: must have a dotted key, such as firms.number")
    if len(parts) > MAXIMUM_DEPTH:
        raise ScenarioError(f"{name} {phrases.value(key)}: has more than {MAXIMUM_DEPTH} parts")
    if parts == ["extends"]:
        raise ScenarioError(f"{name} extends: can only stand in a scenario file")
    # An index that is longer than this is none.
    return tuple(
        int(part) if part.isascii() and part.isdecimal() and len(part) < 5 else part for part in parts
    )


def _value(text: str) -> Any:
    try:
        table = parse("--set", f"value = {text}")
    except ScenarioError:
        return text
    value = table["value"]
    # A second line would be a second key, and nobody writes a date but as part of a text.
    if len(table) > 1 or isinstance(value, dt.date | dt.time):
        return text
    return value


def plain(value: object) -> Any:
    """Turn a value from Python into what TOML would have given.

    Parameters
    ----------
    value
        Any value.

    Returns
    -------
    object
        The value in dictionaries, lists and single values.
    """
    if isinstance(value, Section):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if type(value).__module__ == "numpy":
        return plain(value.tolist())  # type: ignore[attr-defined]
    return value


def apply(table: dict[str, Any], settings: Sequence[Setting], root: type[Section], origins: Origins) -> None:
    """Put settings into a table.

    Parameters
    ----------
    table
        What files say; changed in place.
    settings
        The settings.
    root
        Section that the table is meant to be.
    origins
        Told which values are settings.

    Raises
    ------
    ScenarioError
        If a key leads through what is no table, or past the end of a list.
    """
    for setting in settings:
        origins.claim(setting.value, setting.name, _apply(table, setting, root))


def _apply(table: dict[str, Any], setting: Setting, root: type[Section]) -> tuple[Part, ...]:
    node: Any = table
    path: tuple[Part, ...] = ()
    for part in setting.path[:-1]:
        path = (*path, _step(node, part, path, setting))
        if isinstance(node, list):
            if path[-1] == len(node):
                node.append({})
        elif path[-1] not in node:
            node[path[-1]] = _default(root, path, table)
        node = node[path[-1]]
    last: Any = _step(node, setting.path[-1], path, setting)
    if isinstance(node, list) and last == len(node):
        node.append({})
    # A table is merged into what is there; everything else takes its place.
    below = node[last] if isinstance(node, list) else node.get(last)
    node[last] = merge({"": below}, {"": setting.value})[""]
    return (*path, last)


def _step(node: Any, part: Part, path: tuple[Part, ...], setting: Setting) -> Part:
    """Check that a table or list can have such a key, and give the key as it has it."""
    where = f"{setting.name}: {phrases.key(*setting.path)} = {phrases.value(setting.value)}"
    if isinstance(node, dict):
        return str(part)
    if not isinstance(node, list):
        raise ScenarioError(
            f"{where}: {phrases.key(*path)} is {phrases.value(node)}, not a table that has keys"
        )
    if not isinstance(part, int) or part > len(node):
        # An entry can be changed, or one added at the end.
        raise ScenarioError(
            f"{where}: {phrases.key(*path)} is a list; its entries are 0 to {len(node)}, the last one new"
        )
    return part


def _default(root: type[Section], path: tuple[Part, ...], table: dict[str, Any]) -> Any:
    """Give the default of a list or of a table of shares, so that a part of it can be set."""
    place = locate(root, path, table)
    if place.declared is None or place.annotation is not place.declared.annotation:
        return {}
    default = place.declared.get_default(call_default_factory=True)
    is_whole = isinstance(default, tuple) or not place.holds_sections
    return plain(default) if isinstance(default, tuple | dict) and is_whole else {}
