"""From a view to what is run; uploads; controls from the schema."""

from __future__ import annotations

import pytest

from analysis.dashboard.state.controls import POLICY, REGION, SWITCHES, axis_controls, regime_controls
from analysis.dashboard.state.limits import MOST_FIRMS
from analysis.dashboard.state.settings import run_keys, setting_for
from analysis.dashboard.state.uploaded_scenario import MAXIMUM_BYTES, pack, read_upload, unpack
from analysis.dashboard.state.view import View
from analysis.errors import RequestError
from analysis.runs.axes import NAMED
from model.loading import ScenarioError, library, load_scenario
from model.scenario import REGIME_NAMES, Scenario
from model.spec.declarations import declarations


@pytest.mark.parametrize("story", library())
@pytest.mark.parametrize("name", [*REGION, *POLICY])
def test_every_notch_of_a_slider_is_a_valid_scenario(story: str, name: str) -> None:
    scenario = load_scenario(story)
    if name == "variety" and scenario.knowledge_space.measured.given:
        # Sectors of a measured region are what they are: there is nothing to slide.
        assert axis_controls((name,), scenario) == ()
        return
    (control,) = axis_controls((name,), scenario)
    assert control.base in control.points
    for value in {control.points[0], control.points[-1], control.points[len(control.points) // 3]}:
        assert setting_for(View(story=story).changed(name, value)).left_out == ()


def test_every_named_axis_has_a_slider() -> None:
    assert {*REGION, *POLICY} == set(NAMED)


@pytest.mark.parametrize("regime", [*REGIME_NAMES[1:], "composed"])
def test_every_parameter_of_a_regime_that_is_no_list_has_a_control(regime: str) -> None:
    controls = {control.name: control for control in regime_controls(regime, Scenario())}
    wanted = {
        each.key
        for each in declarations(Scenario)
        if each.key.startswith(f"regimes.{regime}.")
        and each.kind in {"integer", "number", "switch", "choice"}
    } - {f"regimes.{regime}.kind"}
    assert set(controls) == wanted
    assert [name.rpartition(".")[2] for name in controls][: len(SWITCHES)] == list(SWITCHES)
    assert all(control.help for control in controls.values())


@pytest.mark.parametrize("regime", [*REGIME_NAMES[1:], "composed"])
def test_every_end_of_every_control_of_a_regime_is_within_its_bounds(regime: str) -> None:
    for control in regime_controls(regime, Scenario()):
        for value in {*control.points[:1], *control.points[-1:]}:
            told = setting_for(View().changed(control.name, value)).left_out
            # A position may make no sense together with others; it must never be out of bounds.
            assert not any("must be from" in each or "must be at" in each for each in told), told


def test_changes_reach_the_scenario() -> None:
    view = View().changed("absorptive_capacity", 1.5).changed("regimes.cluster.outward", 0.5)
    setting = setting_for(view)
    assert setting.scenario.firms.skill_mean == pytest.approx(1.5 * setting.base.firms.skill_mean)
    assert setting.scenario.regimes["cluster"].outward == 0.5  # type: ignore[attr-defined]


def test_a_change_that_makes_no_sense_is_left_out_and_told() -> None:
    setting = setting_for(View().changed("firms.numbr", 3).changed("budget", 0.02))
    assert setting.scenario.policy.budget == 0.02
    assert len(setting.left_out) == 1
    assert "numbr" in setting.left_out[0]


def test_nobody_asks_for_so_much_that_all_others_wait() -> None:
    setting = setting_for(View().changed("size_of_region", MOST_FIRMS + 1))
    assert "at most" in setting.left_out[0]


def test_a_shorter_horizon_leaves_out_what_comes_later() -> None:
    setting = setting_for(View(story="policy_driven_cluster").changed("horizon", 30))
    assert setting.left_out == ()
    assert setting.scenario.steps == 30
    assert setting.scenario.events == ()
    assert len(setting.without) == 1


def test_a_switch_of_one_regime_leaves_the_runs_of_others_as_they_are() -> None:
    before = run_keys(setting_for(View()).scenario, REGIME_NAMES, 1)
    after = run_keys(setting_for(View().changed("regimes.cluster.outward", 0.9)).scenario, REGIME_NAMES, 1)
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, True, False, True]
    assert not set(before) & set(run_keys(setting_for(View()).scenario, REGIME_NAMES, 2))


def test_an_upload_is_read_and_fits_into_a_link() -> None:
    text = 'extends = "thin_rural_region"\nsteps = 40\nfirms.number = 70\n'
    scenario, packed = read_upload("mine.toml", text.encode())
    assert (scenario.steps, scenario.firms.number, scenario.firms.places) == (40, 70, 3)
    assert unpack(packed) == scenario
    assert setting_for(View(own=packed)).scenario == scenario


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"steps = ", "is not TOML"),
        (b"steps = -4\n", "steps"),
        (b"firms.numbr = 4\n", "number"),
        (b'extends = "../../etc/passwd"\n', "name of a story"),
        (b'extends = "/etc/passwd.toml"\n', "name of a story"),
        (b"x" * (MAXIMUM_BYTES + 1), "at most"),
        (b"__import__('os').system('true')\n", "TOML"),
    ],
)
def test_an_upload_with_bad_content_is_refused_with_a_reason(content: bytes, told: str) -> None:
    with pytest.raises(RequestError, match=r"mine\.toml") as refused:
        read_upload("mine.toml", content)
    assert told in str(refused.value)


@pytest.mark.parametrize("packed", ["!!", "abc", pack({"steps": 1})[:-4], "A" * 400])
def test_a_damaged_link_is_refused(packed: str) -> None:
    with pytest.raises((RequestError, ScenarioError)):
        unpack(packed)


def test_a_link_cannot_hold_a_bomb() -> None:
    with pytest.raises(RequestError):
        unpack(pack({"story": {"text": "0" * 5_000_000}}))
