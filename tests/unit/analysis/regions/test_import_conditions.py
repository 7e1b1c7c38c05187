"""Conditions of regions are taken in the units in which they are used, or remarked on."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.errors import RequestError
from tests.unit.analysis.regions.imports import WIDE, imported, write


@pytest.mark.parametrize(
    ("name", "number", "told"),
    [
        ("unemployment", "0.05", "taken in percent"),
        ("gdp_per_head", "31.5", "not in thousands"),
        ("population", "300", "fewer people than work there"),
    ],
)
def test_conditions_in_other_units_are_remarked_on(tmp_path: Path, name: str, number: str, told: str) -> None:
    known = write(tmp_path, f"region,{name}\nNORTH,{number}\nSOUTH,{number}\n", "known.csv")
    text = "region,C10,C11,C25,C28\nNORTH,1200,300,300,80\nSOUTH,900,200,100,60\n"
    assert told in " ".join(imported(tmp_path, text, conditions=known).assembly.notes)


def test_unemployed_persons_are_refused(tmp_path: Path) -> None:
    known = write(tmp_path, "region,unemployment\nNORTH,5200\n", "known.csv")
    with pytest.raises(RequestError, match="in percent"):
        imported(tmp_path, WIDE, conditions=known)
