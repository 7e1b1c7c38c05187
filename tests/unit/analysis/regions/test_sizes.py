"""Size is carried through: how many people and firms a region has that was brought, and how many stand for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.regions.application import region_settings
from analysis.regions.catalogue import RegionReference
from analysis.regions.importing.importer import Imported, Request, import_regions
from analysis.regions.importing.sizes import sizes_of
from analysis.regions.representation import FEWEST, MOST

TABLE = "region,C10,C25,C28,J62,F41\nnorth,120,4310,2212,15,871\nsouth,3105000,210000,77000,954000,1203000\n"


def imported(folder: Path, *, measure: str | None = None) -> Imported:
    (folder / "ours.csv").write_text(TABLE, "utf-8")
    return import_regions(Request(folder / "ours.csv", measure))


def test_people_are_those_of_the_table(tmp_path: Path) -> None:
    brought = imported(tmp_path)
    sizes = sizes_of(brought.assembly.members)
    assert {code: each.persons for code, each in sizes.items()} == {"north": 7_528, "south": 5_549_000}
    assert FEWEST <= sizes["north"].firms < sizes["south"].firms <= MOST
    for each in sizes.values():
        assert each.firms / each.units == pytest.approx(each.employees / each.persons)
    assert "north: A run represents 7,528 people in about" in brought.report
    assert "south: A run represents 5,549,000 people in about" in brought.report


def test_firms_are_those_of_the_table(tmp_path: Path) -> None:
    brought = imported(tmp_path, measure="firms")
    sizes = sizes_of(brought.assembly.members)
    assert sizes["north"].units == pytest.approx(7_528)
    assert sizes["north"].persons > 7_528
    assert "people are firms times their usual size" in brought.report


def test_patents_are_no_people(tmp_path: Path) -> None:
    brought = imported(tmp_path, measure="patents")
    assert sizes_of(brought.assembly.members) == {}
    assert "how many people and firms a region has is not known" in brought.report
    assert "people in about" not in brought.report


def test_a_region_without_a_name_of_its_own_is_named_once(tmp_path: Path) -> None:
    settings = region_settings(RegionReference(imported(tmp_path).assembly.members, "north"))
    assert settings["story.title"] == "north"
