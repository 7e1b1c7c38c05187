"""A policy of one's own: weights become shares, lists become themes, and a file brings it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.dashboard.captions import changes_between, setting_words
from analysis.dashboard.state.own_policy import (
    PREFIX,
    TEMPLATES,
    at_desk,
    bare,
    begun_from,
    brought_policies,
    instrument_controls,
    policy_toml,
    themes_of,
    with_theme,
)
from analysis.dashboard.state.settings import setting_for
from analysis.dashboard.state.uploaded_scenario import read_upload
from analysis.dashboard.state.view import OWN_POLICY, View, from_search, to_search
from analysis.dashboard.texts import Texts
from model.loading import load_scenario
from model.policy.regimes import REGIMES
from tests.unit.analysis.dashboard.state.test_session import begin

STORY = "thin_rural_region"
DESK = at_desk(View(story=STORY))


def own(view: View) -> Any:
    return setting_for(view).scenario.regimes[OWN_POLICY]


def test_on_the_desk_ones_own_policy_and_the_lottery_stand_beside_the_regimes() -> None:
    assert DESK.regimes == (*View.regimes, "lottery", OWN_POLICY)
    assert at_desk(DESK) == DESK


def test_weights_become_shares_that_are_whole() -> None:
    view = DESK.changed(f"{PREFIX}delivery.rd_grant", 100.0).changed(f"{PREFIX}delivery.training", 0.0)
    found = own(view).delivery
    assert sum(found.values()) == pytest.approx(1, abs=1e-9)
    assert found["training"] == 0
    others = [share for name, share in found.items() if name not in {"rd_grant", "training"}]
    assert max(others) - min(others) < 1e-5
    assert found["rd_grant"] == pytest.approx(100 / (100 + 6 * 12.5), abs=1e-5)


def test_without_any_instrument_the_setting_stays_and_that_is_told() -> None:
    view = DESK
    for control in instrument_controls(load_scenario(STORY)):
        view = view.changed(control.name, 0.0)
    assert setting_for(view).left_out[0].startswith("regimes.composed.delivery: ")
    assert own(view) == own(DESK)


def test_themes_are_listed_domains_and_can_be_taken_back() -> None:
    view = with_theme(with_theme(DESK, 3), 7)
    assert themes_of(view) == (3, 7)
    assert (own(view).listed_domains, own(view).choose_by, own(view).prioritise) == (
        (3, 7),
        "list",
        "domains",
    )
    assert own(view).priorities == 2
    assert with_theme(with_theme(view, 3), 7) == DESK
    assert from_search(to_search(view)) == (view, ())


@pytest.mark.parametrize("listed", ["0", "3,3", "9999", "a", "3,-1"])
def test_themes_that_are_none_are_told_and_left_out(listed: str) -> None:
    setting = setting_for(DESK.changed(f"{PREFIX}listed_domains", listed))
    assert setting.left_out
    assert setting.scenario == setting.base


@pytest.mark.parametrize("regime", TEMPLATES)
def test_what_is_begun_from_a_regime_does_what_that_regime_does(regime: str) -> None:
    base = load_scenario(STORY)
    view = begun_from(DESK.changed(f"{PREFIX}priorities", 9), base, regime)
    spec: Any = base.regimes[regime]
    kind: Any = REGIMES[spec.kind]
    made, wanted = own(view), kind.compose(spec)
    assert made.model_copy(update={"delivery": wanted.delivery}) == wanted
    assert {name: share for name, share in made.delivery.items() if share} == pytest.approx(wanted.delivery)
    assert bare(view) == DESK


@pytest.mark.parametrize("region", ["", "ITH5"])
def test_a_policy_as_toml_is_the_policy_that_was_seen(tmp_path: Path, region: str) -> None:
    view = View(story="policy_driven_cluster", region=region, page="desk")
    view = with_theme(at_desk(view).changed(f"{PREFIX}delivery.rd_grant", 60.0).changed("budget", 0.02), 2)
    setting = setting_for(view)
    text = policy_toml(view, setting)
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    read = load_scenario(path)
    wanted = setting.of(OWN_POLICY)
    assert read.regimes[OWN_POLICY] == wanted.regimes[OWN_POLICY]
    assert [each.regime for each in read.policy.policymakers] == [OWN_POLICY]
    assert (read.policy.budget, read.events, read.firms) == (
        wanted.policy.budget,
        wanted.events,
        wanted.firms,
    )
    if not region:
        scenario, packed = read_upload("policy.toml", text.encode())
        assert brought_policies(scenario) == (*View.regimes, OWN_POLICY)
        again = setting_for(View(own=packed, regimes=brought_policies(scenario)))
        assert again.of(OWN_POLICY).regimes[OWN_POLICY] == wanted.regimes[OWN_POLICY]


def test_what_a_scenario_writes_itself_is_shown_as_it_is_written() -> None:
    scenario, packed = read_upload(
        "two.toml",
        b'extends = "thin_rural_region"\n[[policy.policymakers]]\nname = "a"\nregime = "sector"\nshare = 0.5\n'
        b'[[policy.policymakers]]\nname = "b"\nregime = "cluster"\nshare = 0.5\n',
    )
    assert brought_policies(scenario)[-1] == "as_written"
    setting = setting_for(View(own=packed))
    assert [each.regime for each in setting.of("as_written").policy.policymakers] == ["sector", "cluster"]


def test_themes_are_told_by_name_and_many_settings_of_a_policy_by_their_number() -> None:
    start = setting_for(DESK)
    names = start.base.knowledge_space.domain_names
    themed = with_theme(with_theme(DESK, 2), 5)
    setting = setting_for(themed)
    told = changes_between(DESK, themed, setting, Texts("en"))
    assert told == f"your own policy: Themes {names[1]} and {names[4]}"
    assert changes_between(themed, DESK, start, Texts("en")) == "your own policy: Themes none"
    assert setting_words(themed, setting, Texts("de")) == "Ihre eigene Politik: Themen Holzbau und Tischlerei"
    begun = begun_from(DESK, start.base, "cluster")
    count = len(begun.changes) - len(DESK.changes)
    assert count > 4
    told = changes_between(DESK, begun, setting_for(begun), Texts("en"))
    assert told == f"your own policy: {count} settings"
    one = DESK.changed("regimes.composed.delivery.rd_grant", 40)
    assert (
        changes_between(DESK, one, setting_for(one), Texts("de"))
        == "Ihre eigene Politik: Forschungszuschüsse 40"
    )


def test_what_is_taken_back_is_told_too() -> None:
    session, _, _ = begin(DESK)
    for change in (
        lambda view: begun_from(view, session.picture.setting.base, "sector"),
        bare,
        lambda view: with_theme(view, 2),
        bare,
    ):
        before = session.picture.view
        session.visit(change(before), "address")
        assert session.picture.problem == ""
        assert changes_between(before, session.picture.view, session.picture.setting, Texts("en"))
