"""The record beside a result can be read by who knows the format, and every reference in it leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rocrate.rocrate import ROCrate

from analysis.runs import results_folder
from analysis.runs.provenance import environment


def references(node: Any) -> Iterator[str]:
    """Names that other entries are called by."""
    if isinstance(node, dict):
        if set(node) == {"@id"}:
            yield node["@id"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_a_crate_is_one(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.csv").write_text("a\n1\n", "utf-8")
    (tmp_path / "scenario.toml").write_text("steps = 3\n", "utf-8")
    results_folder.write_manifest(tmp_path, {"title": "A <b>title</b>", **environment()})
    graph = json.loads((tmp_path / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    known = {entry["@id"] for entry in graph}
    assert len(known) == len(graph)
    assert {name for name in references(graph) if not name.startswith("http")} <= known
    crate = ROCrate(tmp_path)
    assert crate.name == "A <b>title</b>"
    assert {entity.id for entity in crate.data_entities} == {"data/", "manifest.json", "scenario.toml"}
