"""The stories that ship: told in full, named in full, and none of them rigged."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest

from model.building import build_world
from model.loading import library, load_scenario
from model.loading.library import FOLDER
from model.scenario import REGIME_NAMES, Scenario
from model.space import CROSS_CUTTING, build_space, home_sectors
from model.streams import Streams

STORIES = {
    "discovery_in_upper_bavaria",
    "districts_of_emilia_romagna",
    "food_meets_nutrition",
    "machine_building_meets_iot",
    "ministry_in_estonia",
    "policy_driven_cluster",
    "small_country_sectors",
    "thin_rural_region",
}
MEASURED = {
    "discovery_in_upper_bavaria": "DE21",
    "districts_of_emilia_romagna": "ITH5",
    "ministry_in_estonia": "EE00",
}
EVERY_STORY = pytest.mark.parametrize("name", library())
GENERATED = pytest.mark.parametrize("name", [name for name in library() if name not in MEASURED])


def test_the_stories_are_there() -> None:
    assert set(library()) == STORIES
    assert list(library()) == sorted(STORIES)


@EVERY_STORY
def test_a_story_is_told_and_asks(name: str) -> None:
    story = load_scenario(name).story
    assert story.title != Scenario().story.title
    assert 300 <= len(story.text) <= 900
    assert "\n" not in story.text
    assert 3 <= len(story.questions) <= 5
    assert all(question.endswith(("?", ".")) for question in story.questions)


@GENERATED
def test_a_story_names_its_sectors_and_domains(name: str) -> None:
    space = load_scenario(name).knowledge_space
    assert len(space.domain_names) == space.domains
    assert len(space.sector_names) == space.sectors
    homes = home_sectors(space)
    # Every sector has domains of its own, and the headings in the file stand where its domains begin.
    assert set(homes) == {*range(space.sectors), CROSS_CUTTING}
    firsts = [space.domain_names[int(np.flatnonzero(homes == sector)[0])] for sector in range(space.sectors)]
    headings = dict(zip(space.sector_names, firsts, strict=True))
    headings["cross-cutting"] = space.domain_names[int(np.flatnonzero(homes == CROSS_CUTTING)[0])]
    text = written_names(name)
    assert headings == text


@pytest.mark.parametrize(("name", "code"), MEASURED.items())
def test_a_story_of_a_measured_region_holds_a_reference_and_no_table(name: str, code: str) -> None:
    table = tomllib.loads(library()[name].read_text("utf-8"))
    assert table["extends"] == code
    assert "knowledge_space" not in table
    space = load_scenario(name).knowledge_space
    assert space.measured.given
    assert len(space.domain_names) == space.domains > 50
    assert set(home_sectors(space)) == set(range(space.sectors))


def test_each_regime_has_a_measured_region_as_its_typical_setting() -> None:
    regimes = [load_scenario(name).policy.policymakers[0].regime for name in MEASURED]
    assert sorted(regimes) == sorted(set(REGIME_NAMES) - {"none"})


def written_names(name: str) -> dict[str, str]:
    """First domain below each heading, from the file that names the domains."""
    lines = [line.strip() for line in library()[name].read_text("utf-8").splitlines()]
    if "domain_names = [" not in lines:
        return written_names(tomllib.loads("\n".join(lines))["extends"])
    block = lines[lines.index("domain_names = [") :]
    block = block[1 : block.index("]")]
    return {
        line.removeprefix("# "): block[number + 1].strip('",')
        for number, line in enumerate(block)
        if line.startswith("#")
    }


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        (
            "machine_building_meets_iot",
            {
                "collaborative robotics",
                "additive manufacturing",
                "smart home technologies",
                "internet of things",
            },
        ),
        (
            "food_meets_nutrition",
            {
                "plant proteins",
                "convenience food",
                "infant formula",
                "functional drinks",
                "nutrition science",
            },
        ),
        (
            "thin_rural_region",
            {"health tourism", "bioeconomy", "digital services", "wood fibre materials", "organic farming"},
        ),
    ],
)
def test_what_nobody_knows_at_the_start_fits_the_story(name: str, unknown: set[str]) -> None:
    space = build_space(load_scenario(name).knowledge_space, Streams(10_000))
    latent = {space.domain_names[number] for number in np.flatnonzero(space.latent)}
    assert unknown <= latent
    assert len(latent) == round(load_scenario(name).knowledge_space.latent_share * space.domains)


@pytest.mark.parametrize("seed", [1, 2])
@GENERATED
def test_what_a_story_names_as_new_is_not_there_at_the_start(name: str, seed: int) -> None:
    scenario = load_scenario(name, {"firms.number": 60})
    world = build_world(scenario, seed)
    named = scenario.knowledge_space.latent_numbers
    assert not world.space.opened[named].any()
    # Research may get into what the world has not opened, but seldom does.
    assert (world.discovered[named] >= 0).sum() <= len(named) / 2


@EVERY_STORY
def test_no_story_changes_what_instruments_cost_or_do(name: str) -> None:
    scenario, plain = load_scenario(name), Scenario()
    assert scenario.instruments == plain.instruments
    assert scenario.policy.budget == plain.policy.budget
    for section in ("absorption", "research", "recombination", "forgetting", "market", "membership"):
        assert getattr(scenario, section) == getattr(plain, section)


@EVERY_STORY
def test_every_instrument_has_somebody_to_deliver_it(name: str) -> None:
    organisations = load_scenario(name).organisations
    # Otherwise part of a regime's money could not be spent, and it would lose by construction.
    for kind in ("university", "technology_transfer", "training", "business_support", "discovery_platform"):
        assert getattr(organisations, kind).number >= 1


@EVERY_STORY
def test_a_story_is_short_and_lets_editors_complete_it(name: str) -> None:
    text = library()[name].read_text("utf-8")
    assert text.startswith("#:schema ../schema.json\n")
    assert len(text.splitlines()) < 100
    assert (FOLDER / "../schema.json").exists()


def test_stories_may_extend_each_other() -> None:
    base, cluster = load_scenario("machine_building_meets_iot"), load_scenario("policy_driven_cluster")
    assert cluster.knowledge_space == base.knowledge_space
    assert cluster.story != base.story


def test_what_makes_each_story_what_it_is() -> None:
    plain = Scenario()
    thin = load_scenario("thin_rural_region")
    assert thin.firms.number < 100
    assert thin.knowledge_space.sectors < plain.knowledge_space.sectors
    assert thin.firms.skill_mean < plain.firms.skill_mean
    assert load_scenario("small_country_sectors").regimes["sector"].spotting_share > 0
    driven = load_scenario("policy_driven_cluster")
    assert driven.regimes["cluster"].policy_driven > 0.5
    assert [(event.kind, event.factor) for event in driven.events] == [("budget_change", 0.0)]
    (shock,) = load_scenario("food_meets_nutrition").events
    assert "nutrition science" in shock.domains
    assert (
        load_scenario("machine_building_meets_iot").knowledge_space.domains == plain.knowledge_space.domains
    )


@EVERY_STORY
def test_every_regime_can_be_compared_on_every_story(name: str) -> None:
    for regime in REGIME_NAMES:
        (policymaker,) = load_scenario(name).with_regime(regime).policy.policymakers
        assert (policymaker.regime, policymaker.share) == (regime, 1.0)
