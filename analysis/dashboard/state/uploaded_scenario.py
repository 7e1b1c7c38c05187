"""Scenarios that users bring: read, checked and packed into the address; nothing of them is kept or executed."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from analysis.dashboard.state.view import LONGEST_OWN
from analysis.errors import RequestError
from model.loading import ScenarioError, library, load_scenario
from model.loading.reading import parse
from model.scenario import Scenario
from model.spec import phrases

MAXIMUM_BYTES = 60_000
MAXIMUM_UNPACKED = 400_000
EXTENDS = "extends"


def read_upload(name: str, content: bytes) -> tuple[Scenario, str]:
    """Read a scenario that a user brings.

    Parameters
    ----------
    name
        Name of the file, for messages.
    content
        What is in it.

    Returns
    -------
    tuple
        The scenario, fully checked, and the same packed for an address.

    Raises
    ------
    RequestError
        If it is no small TOML file of a scenario, or does not fit into an address.
    """
    shown = phrases.value(name, 80)[1:-1]
    if len(content) > MAXIMUM_BYTES:
        raise RequestError(
            f"{shown}: has {len(content) / 1e3:.0f} kB; a scenario that is uploaded here has at most "
            f"{MAXIMUM_BYTES / 1e3:.0f} kB."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RequestError(f"{shown}: is not UTF-8 text; a scenario is a TOML file.") from None
    try:
        table = parse(shown, text)
        scenario = _scenario(table)
    except ScenarioError as error:
        told = str(error)
        for source in ("setting: ", "scenario: "):
            told = told.replace(source, f"{shown}: ")
        raise RequestError(told if shown in told else f"{shown}: {told}") from None
    packed = pack(table)
    if len(packed) > LONGEST_OWN:
        raise RequestError(
            f"{shown}: does not fit into a link; write extends = a story, and only what differs from it."
        )
    return scenario, packed


def _scenario(table: dict[str, Any]) -> Scenario:
    if not table:
        raise ScenarioError(
            'is empty; a scenario sets at least one value, such as extends = "thin_rural_region"'
        )
    changes = dict(table)
    story = changes.pop(EXTENDS, None)
    if story is not None and story not in library():
        raise ScenarioError(
            f"extends = {phrases.value(story)}: here it must be the name of a story ({', '.join(library())})"
        )
    return load_scenario(story if story is not None else Scenario(), changes)


def pack(table: dict[str, Any]) -> str:
    """Write a table as text that can stand in an address."""
    text = json.dumps(table, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(packed: str) -> Scenario:
    """Read what `pack` wrote, and check it: an address may come from anybody.

    Raises
    ------
    RequestError, ScenarioError
        If it is no scenario.
    """
    return _scenario(unpacked_table(packed))


def unpacked_table(packed: str) -> dict[str, Any]:
    """Give the table in a packed scenario.

    Raises
    ------
    RequestError
        If it is none.
    """
    try:
        compressed = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        reader = zlib.decompressobj()
        text = reader.decompress(compressed, MAXIMUM_UNPACKED)
        table = json.loads(text)
    except (ValueError, zlib.error, RecursionError):
        raise RequestError("The scenario in this link is damaged; ask for the link again.") from None
    if not reader.eof or not isinstance(table, dict):
        raise RequestError("The scenario in this link is damaged; ask for the link again.")
    return table
