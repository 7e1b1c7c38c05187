"""Sectors of a measured region as a user's own list, and what is left out of priorities."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.errors import RequestError
from analysis.regions.application import Priorities, load_with_region
from analysis.regions.catalogue import shipped
from analysis.regions.sectors import left_out, with_sectors
from model.region import run
from model.scenario import Scenario

STORY = "machine_building_meets_iot"
LIST = "food=C10-C12,metal=C24+C25+C28,J"
QUICK = ["steps=12", "start.run_up=0"]


def sectors_of(scenario: Scenario, domain: str) -> str:
    space = scenario.knowledge_space
    place = next(index for index, name in enumerate(space.domain_names) if name.startswith(domain))
    return space.sector_names[space.measured.homes[place] - 1]


def test_a_list_makes_sectors_and_the_rest_stays_in_its_section() -> None:
    scenario = load_with_region(STORY, QUICK, "RO21", Priorities(sectors=LIST))
    assert sectors_of(scenario, "C11") == "food"
    assert sectors_of(scenario, "C28") == "metal"
    assert sectors_of(scenario, "C13") == "C other manufacturing"
    assert sectors_of(scenario, "F41") == "F construction"
    assert sectors_of(scenario, "J62") == "J information and communication"


def test_divisions_are_sectors_of_their_own_in_every_region() -> None:
    most = str(shipped().amounts.notna().sum(axis=1).idxmax())
    space = load_with_region(STORY, QUICK, most, Priorities(sectors="divisions")).knowledge_space
    assert space.sector_names == space.domain_names
    assert len(set(space.measured.homes)) == space.domains


def test_a_list_may_come_from_a_file(tmp_path: Path) -> None:
    table, toml = tmp_path / "sectors.csv", tmp_path / "sectors.toml"
    table.write_text("domain,sector\nC10,food\nC11,food\nC12,food\nC25,metal\n", "utf-8")
    toml.write_text('food = "C10-C12"\nmetal = ["C25"]\n', "utf-8")
    expected = with_sectors(shipped(), "food=C10-C12,metal=C25").domains
    for path in (table, toml):
        assert with_sectors(shipped(), str(path)).domains.equals(expected)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("C10-C12,C12+C13", "C12 tobacco products is both in C10-C12 and in C12+C13"),
        ("C99", "no code of a domain"),
        ("food=", "without domains"),
        ("a=C10,a=C11", "two sectors called a"),
        ("nowhere.csv", "cannot be read"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_message(wanted: str, told: str) -> None:
    with pytest.raises(RequestError, match=re.escape(told)):
        with_sectors(shipped(), wanted)


def test_sectors_are_those_of_a_measured_region() -> None:
    with pytest.raises(RequestError, match="none is named"):
        load_with_region(STORY, [], None, Priorities(sectors="divisions"))
    with pytest.raises(RequestError, match="leaves nothing"):
        load_with_region(STORY, [], "RO21", Priorities(leave_out=",".join(set(shipped().domains["sector"]))))


@pytest.mark.parametrize("twin", ["", "_by_lot"])
@pytest.mark.parametrize("regime", ["sector", "cluster", "smart_specialisation"])
def test_nobody_makes_a_priority_of_what_is_left_out(regime: str, twin: str) -> None:
    scenario = load_with_region(STORY, QUICK, "RO21", Priorities(leave_out="non_tradables"))
    out = set(shipped().domains.loc[left_out(shipped().domains, "non_tradables"), "name"])
    out |= {"D energy", "E water", "F construction", "G trade", "L real estate"}

    def chosen(of: Scenario) -> list[str]:
        names = list(run(of.with_regime(f"{regime}{twin}"), 1).priorities()["name"])
        assert names
        return [name for name in names if name.startswith(tuple(out))]

    assert not chosen(scenario)
    if regime == "sector" and not twin:
        # Trade is the largest, and was chosen as long as it could be.
        assert chosen(load_with_region(STORY, QUICK, "RO21"))
