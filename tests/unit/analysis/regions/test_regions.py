"""The regions that ship, folders of regions, and scenarios made from them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.regions import measures
from analysis.regions.application import SHARPNESS, load_with_region, region_settings
from analysis.regions.catalogue import (
    PLACES,
    SHIPPED,
    RegionReference,
    find_region,
    positions,
    search,
    shipped,
)
from analysis.regions.nace import short_name
from analysis.regions.pay import PAY
from analysis.regions.priors import rd_intensity, skill_mean
from analysis.regions.region_set import RegionSet, read_region_set
from analysis.regions.strategies import STRATEGIES
from analysis.studies.europe.estimated import ESTIMATED
from docs.writers.make_tables import LEAST_DOMAINS, main
from model.loading import dump_scenario, load_scenario
from model.region import Region
from model.spec.firms import FirmsSpec

STORY = "machine_building_meets_iot"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what ships, to be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "regions"))


def test_what_ships_is_complete_and_named() -> None:
    members = shipped()
    assert members.amounts.shape == (283, 68)
    assert (members.domains["name"].str.len() <= 60).all()
    assert members.domains["name"].is_unique
    assert members.about.source.startswith("Source: Eurostat (sbs_r_nuts06_r2; naio_10_cp1700;")
    assert members.about.source in (SHIPPED / "ATTRIBUTION.md").read_text("utf-8")
    assert members.before is not None
    assert members.before.shape == (250, 68)


def test_blank_cells_are_still_blank() -> None:
    amounts = shipped().amounts
    # Burgenland: no mining, and an air transport that is known; printing is not published.
    assert amounts.loc["AT11", "B05"] == 0
    assert np.isnan(amounts.loc["AT11", "C18"])
    assert int(amounts.isna().to_numpy().sum()) == 283 * 68 - 17499


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [("B05", "B06", 0.1429), ("B06", "B09", 0.5769), ("B06", "B07", 0.3333), ("B05", "C25", 0.0574),
     ("B07", "H49", 0.089), ("B06", "H51", 0.2143)],
)  # fmt: skip
def test_proximity_is_that_of_an_independent_computation(one: str, other: str, published: float) -> None:
    assert shipped().relatedness.loc[one, other] == pytest.approx(published, abs=0.002)


def test_shipped_relatedness_and_complexity_are_those_of_shipped_employment() -> None:
    members = shipped()
    telling = members.amounts.notna().to_numpy().sum(axis=1) >= LEAST_DOMAINS
    special = measures.specialised(measures.location_quotient(members.amounts[telling].to_numpy()))
    np.testing.assert_allclose(members.relatedness.to_numpy(), measures.proximity(special), atol=6e-5)
    _, pci = measures.complexity(special, np.log(members.regions["gdp_per_head"].to_numpy()[telling]))
    np.testing.assert_allclose(members.domains["complexity"].to_numpy(), pci, atol=6e-5)


def test_what_was_written_is_read_and_written_as_the_same_bytes(tmp_path: Path) -> None:
    shipped().write(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (SHIPPED / path.name).read_bytes(), path.name


def test_tables_are_made_from_the_data_as_it_comes(tmp_path: Path) -> None:
    members = shipped()
    members.amounts.to_csv(tmp_path / "eu_nuts2_employment_2014_15.csv")
    assert members.before is not None
    members.before.to_csv(tmp_path / "eu_nuts2_employment_2008_09.csv")
    columns = {"name": "name_local", "name_english": "name_en", "latitude": "lat", "longitude": "lon",
               "gdp_per_head": "gdp_pc_eur", "household_income": "hh_disp_income_pps",
               "unemployment": "unemployment_pct", "patents": "epo_patents_per_mhab"}  # fmt: skip
    # Of Iceland nothing but employment comes with the data.
    members.regions.drop("IS00").rename(columns=columns).to_csv(tmp_path / "eu_nuts2_regions.csv")
    domains = members.domains
    labels = pd.DataFrame({"section": domains["sector"], "label": domains["name"].str[4:]})
    labels.to_csv(tmp_path / "nace2_divisions_labels.csv")
    units = domains.rename(columns={"unit_size": "mean_local_unit_size"})
    units.to_csv(tmp_path / "eu_mean_local_unit_size_by_nace_2013_14.csv")
    columns = {"region": "geo", "divisions": "nace_divisions_analyst_mapping", "source": "source_document"}
    strategies = pd.read_csv(SHIPPED / STRATEGIES, dtype=str, keep_default_na=False)
    strategies.rename(columns=columns).set_index("geo").to_csv(
        tmp_path / "s3_priorities_6_strategies_handcoded.csv"
    )
    main([str(tmp_path), "--out", str(tmp_path / "made")])
    by_hand = {ESTIMATED, SHIPPED / PLACES, SHIPPED / PAY}
    made = {
        path.relative_to(SHIPPED) for path in SHIPPED.rglob("*") if path.is_file() and path not in by_hand
    }
    for name in sorted(made):
        assert (tmp_path / "made" / name).read_bytes() == (SHIPPED / name).read_bytes(), name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Manufacture of machinery and equipment n.e.c.", "X1 machinery and equipment"),
        ("Wholesale trade, except of motor vehicles and motorcycles", "X1 wholesale trade"),
        ("Motion picture, video and television programme production, sound recording",
         "X1 motion picture, video and television programme"),
    ],
)  # fmt: skip
def test_short_names(label: str, name: str) -> None:
    assert short_name("X1", label) == name


@pytest.mark.parametrize(
    ("words", "codes"),
    [("emilia", ["ITH5"]), ("norrbotten", []),
     ("mellansverige norra", ["SE31"]), ("cataluna", ["ES51"]), ("finland helsinki", ["FI1B"]),
     ("inner london west", ["UKI3"]), ("nowhere", [])],
)  # fmt: skip
def test_search(words: str, codes: list[str]) -> None:
    found = list(search(words, shipped()).index)
    assert found == codes


def test_a_region_is_found_by_code_in_any_case() -> None:
    assert find_region("ith5").name == "Emilia-Romagna"
    assert find_region("AT12").name == "Niederösterreich (Lower Austria)"


@pytest.mark.parametrize(
    ("reference", "fragment"),
    [
        ("ITH55", "did you mean ITH5?"),
        ("Emilia", "did you mean ITH5 Emilia-Romagna?"),
        ("XX99", "`regions search NAME` finds one"),
        ("my_regions/", "there is no folder of regions here"),
        ("nothing:ITH5", "there is no folder of regions here"),
    ],
)
def test_a_region_that_does_not_exist(reference: str, fragment: str) -> None:
    with pytest.raises(RequestError, match=re.escape(fragment)):
        find_region(reference)


def test_a_folder_of_many_regions_needs_a_code(folder: Path) -> None:
    with pytest.raises(RequestError, match=r"holds 283 regions; say which, such as .*:AT11"):
        find_region(str(folder))
    assert find_region(f"{folder}:fi20").code == "FI20"


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "fragments"),
    [
        ("amounts.csv", "\nAT11,0,", "\nAT11,x,", ["amounts.csv", "row 'AT11', column 'B05': 'x' is no number"]),
        ("amounts.csv", "\nAT11,0,", "\nAT11,-3,", ["row 'AT11', column 'B05': -3 must be at least 0"]),
        ("amounts.csv", "\nAT11,", "\nAT99,", ["row 'AT11' is missing"]),
        ("amounts.csv", "\nAT12,", "\nAT11,", ["'AT11' is there twice"]),
        ("amounts.csv", ",B06,", ",B99,", ["column 'B06' is missing"]),
        ("relatedness.csv", "0.1429", "1.1429", ["row 'B05', column 'B06': 1.1429 must be from 0 to 1"]),
        ("domains.csv", "483.229", "", ["row 'B05', column 'unit_size': must not be blank"]),
        ("domains.csv", "unit_size", "size", ["has no column 'unit_size'"]),
        ("about.toml", 'measure = "employment"', 'measure = "jobs"', ["about.toml", "measure", "employment"]),
    ],
)  # fmt: skip
def test_tables_that_do_not_fit_are_refused(
    folder: Path, file: str, old: str, new: str, fragments: list[str]
) -> None:
    spoil(folder / file, old, new)
    with pytest.raises(RequestError) as raised:
        read_region_set(folder)
    for fragment in fragments:
        assert fragment in str(raised.value)


def test_a_table_that_is_missing_is_named(folder: Path) -> None:
    (folder / "relatedness.csv").unlink()
    with pytest.raises(RequestError, match=r"relatedness.csv: there is no such file"):
        read_region_set(folder)


def test_a_scenario_holds_all_numbers_of_the_region(tmp_path: Path) -> None:
    scenario = load_with_region(STORY, ["steps=3"], "ITH5")
    space, members = scenario.knowledge_space, shipped()
    published = members.amounts.loc["ITH5"].dropna()
    assert space.measured.employment == tuple(published)
    assert space.domain_names == tuple(members.domains.loc[published.index, "name"])
    assert space.measured.sharpness == SHARPNESS
    assert space.measured.relatedness[0] == members.relatedness.loc[published.index[1], published.index[0]]
    assert min(space.measured.complexity) >= 0
    assert "Eurostat" in scenario.story.text
    path = tmp_path / "region.toml"
    path.write_text(dump_scenario(scenario), encoding="utf-8")
    assert load_scenario(path) == scenario


@pytest.mark.parametrize("code", ["ITH5", "FI20", "UKI3", "PL43", "IS00"])
def test_regions_of_all_kinds_can_be_run(code: str) -> None:
    region = Region(load_with_region(STORY, ["steps=2", "firms.number=80"], code), seed=10_000)
    while region.running:
        region.step()
    assert np.isfinite(region.record.series).all()


def test_regions_that_ship_make_valid_scenarios() -> None:
    base = load_scenario(STORY)
    for code in shipped().amounts.index[::12]:
        settings = region_settings(find_region(code))
        assert load_scenario(base, settings).knowledge_space.measured.given


def test_settings_have_the_last_word() -> None:
    assert load_with_region(STORY, ["firms.rd_intensity=0.11"], "ITH5").firms.rd_intensity == 0.11


def test_a_story_about_its_own_domains_does_not_go_with_a_region() -> None:
    base = load_scenario(STORY, ['events=[{kind="demand_shock", step=3, sectors=["logistics"], factor=2.0}]'])
    with pytest.raises(RequestError, match=r"region = ITH5: does not go with this scenario") as raised:
        load_with_region(base, [], "ITH5")
    assert "logistics" in str(raised.value)


def test_a_region_of_which_hardly_anything_is_known_is_refused() -> None:
    members = shipped()
    amounts = members.amounts.copy()
    amounts.loc["ITH5", amounts.columns[3:]] = np.nan
    little = RegionSet(members.about, members.regions, members.domains, amounts, members.relatedness)
    with pytest.raises(RequestError, match="only 2 of 68 domains are published"):
        region_settings(RegionReference(little, "ITH5"))


def test_priors_are_the_defaults_in_the_median_region_and_rise_and_fall_as_said() -> None:
    regions = shipped().regions
    median = regions[["patents", "household_income", "unemployment"]].median()
    defaults = FirmsSpec()
    assert rd_intensity(median["patents"], regions["patents"]) == pytest.approx(defaults.rd_intensity)
    usual = skill_mean(median["household_income"], median["unemployment"], regions)
    assert usual == pytest.approx(defaults.skill_mean)
    assert rd_intensity(2 * median["patents"], regions["patents"]) == pytest.approx(
        defaults.rd_intensity * 2 ** (0.5 / 0.8), abs=1e-4
    )
    assert (
        skill_mean(30_000, 5.0, regions)
        > skill_mean(15_000, 5.0, regions)
        > skill_mean(15_000, 20.0, regions)
    )  # type: ignore[operator]
    assert rd_intensity(1e9, regions["patents"]) == 0.12


def test_what_is_not_known_leaves_the_default() -> None:
    regions = shipped().regions
    assert rd_intensity(float("nan"), regions["patents"]) is None
    assert skill_mean(float("nan"), float("nan"), regions) is None
    assert not [key for key in region_settings(find_region("IS00")) if key.startswith("firms.")]
    assert rd_intensity(5.0, pd.Series([], dtype=float)) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [("Munich", "DE21"), ("munchen", "DE21"), ("Iasi", "RO21"), ("the hague", "NL33"), ("Athens", "EL30")],
)
def test_a_region_is_found_by_its_cities(words: str, code: str) -> None:
    assert list(search(words, shipped()).index) == [code]


def test_every_region_has_a_place_in_europe_or_overseas() -> None:
    where = positions()
    assert list(where.index) == list(shipped().regions.index)
    assert where.notna().to_numpy().all()
    # The published coordinates put central Portugal beside Lake Ontario, and the mainland of Greece on Rhodes.
    assert -10 < where.loc["PT16", "longitude"] < -7
    assert 22 < where.loc["EL64", "longitude"] < 25
    countries = where.groupby(shipped().regions["country"])["latitude"]
    assert (countries.max() - countries.min()).drop(["France", "Portugal", "Spain"]).max() < 15
