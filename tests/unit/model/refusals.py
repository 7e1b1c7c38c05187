"""What tests of loading share: scenarios written to a folder, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from model.loading import ScenarioError, load_scenario
from model.scenario import Scenario

STORY = "machine_building_meets_iot"


def write(folder: Path, text: str | bytes, name: str = "mine.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def message(reference: str | Path | Scenario, *changes: str) -> str:
    with pytest.raises(ScenarioError) as raised:
        load_scenario(reference, changes)
    return str(raised.value)


def refusal(reference: str | Path, changes: Mapping[str, object] | None = None) -> str:
    try:
        load_scenario(reference, changes or {})
    except ScenarioError as error:
        return str(error)
    return ""


def readable(text: str) -> bool:
    return all(line.isprintable() for line in text.splitlines())
