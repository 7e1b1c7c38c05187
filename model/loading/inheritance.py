"""Puts a scenario on top of what it extends, and remembers which file said what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model.loading.errors import ScenarioError
from model.loading.library import find_parent
from model.loading.reading import read_table, shown
from model.spec.places import Part

MAXIMUM_CHAIN = 8


class Origins:
    """Where each value of a scenario comes from.

    Parameters
    ----------
    name
        Name of the source of all that nobody claims.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._claims: dict[tuple[Part, ...], tuple[int, str]] = {}

    def claim(self, table: object, name: str, path: tuple[Part, ...] = ()) -> None:
        """Note that a source gives a value; in a table, each value in it.

        Parameters
        ----------
        table
            The value.
        name
            Name of the source.
        path
            Path of the value.
        """
        if isinstance(table, Mapping) and (table or not path):
            for key, value in table.items():
                self.claim(value, name, (*path, key))
        else:
            self._claims[path] = (len(self._claims), name)

    def of(self, path: tuple[Part, ...]) -> str:
        """Name the source of the value at a path.

        Parameters
        ----------
        path
            Path of the value.

        Returns
        -------
        str
            The last source that gave the value or what it is in; if none did, the last one that gave
            something beside it.
        """
        outer = [path[:length] for length in range(1, len(path) + 1)]
        around = [self._claims[place] for place in outer if place in self._claims]
        for place in reversed(outer):
            around = around or [claim for path, claim in self._claims.items() if path[: len(place)] == place]
        return max(around, default=(0, self._name))[1]


def read_chain(path: Path) -> tuple[dict[str, Any], Origins]:
    """Read a scenario and everything that it extends.

    Parameters
    ----------
    path
        File of the scenario.

    Returns
    -------
    tuple
        What they say together, unchecked and without ``extends``, and which file said what.

    Raises
    ------
    ScenarioError
        If a file cannot be read, or if they extend each other in a circle.
    """
    chain: list[tuple[str, dict[str, Any]]] = []
    seen: list[Path] = []
    current: Path | None = path
    while current is not None:
        table = read_table(current)
        name = shown(current)
        chain.append((name, table))
        seen.append(_identity(current))
        reference = table.pop("extends", None)
        current = None if reference is None else find_parent(current, name, reference)
        if current is not None:
            _check_chain(chain, seen, current, reference)
    merged: dict[str, Any] = {}
    origins = Origins(chain[0][0])
    for name, table in reversed(chain):
        merged = merge(merged, table)
        origins.claim(table, name)
    return merged, origins


def _identity(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _check_chain(
    chain: list[tuple[str, dict[str, Any]]], seen: list[Path], parent: Path, reference: str
) -> None:
    names = [name for name, _ in chain]
    where = f'{names[-1]}: extends = "{reference}"'
    if _identity(parent) in seen:
        circle = [*names[seen.index(_identity(parent)) :], shown(parent)]
        raise ScenarioError(f"{where}: must not lead back to itself: {' -> '.join(circle)}")
    if len(chain) >= MAXIMUM_CHAIN:
        ladder = " -> ".join([*names, shown(parent)])
        raise ScenarioError(f"{where}: at most {MAXIMUM_CHAIN} files may extend each other: {ladder}")


def merge(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Put changes on top of a table: tables are merged, lists and single values replaced.

    A table that gives another ``kind`` replaces the whole table, as its keys are others.

    Parameters
    ----------
    base
        What is extended.
    changes
        What differs.

    Returns
    -------
    dict
        A new table.
    """
    merged = dict(base)
    for key, value in changes.items():
        below = merged.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping) and _same_kind(below, value):
            value = merge(below, value)  # noqa: PLW2901
        merged[key] = value
    return merged


def _same_kind(base: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    return "kind" not in changes or "kind" not in base or changes["kind"] == base["kind"]
