"""What is told to whoever writes a number as people write it."""

from __future__ import annotations

import pytest

from model.loading import ScenarioError, load_scenario

STORY = "machine_building_meets_iot"


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("policy.budget=5%", "write 0.05"),
        ("policy.budget=2,5 %", "write 0.025"),
        ("policy.budget=0,01", "write 0.01, with a point"),
        ("policy.budget=12 percent", "write 0.12"),
        ("firms.number=1,500", "write 1500"),
        ("firms.number=1 500", "write 1500"),
        ("firms.mean_size=1.234.000", "write 1234000"),
        ("firms.mean_size=1,234", "write 1234, or 1.234 if the sign begins the decimals"),
        ("policy.budget=€5m", "--wage-bill"),
        ("policy.budget=20 million", "--wage-bill"),
        ("policy.budget=5000000", "--wage-bill"),
    ],
)
def test_it_is_said_what_to_write(setting: str, told: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(STORY, [setting])
    assert told in str(refused.value)


@pytest.mark.parametrize("setting", ["policy.budget=2", "policy.budget=lots", "firms.number=1.5", "steps=0"])
def test_nothing_is_made_up_where_nothing_better_is_known(setting: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(STORY, [setting])
    assert "write" not in str(refused.value)
    assert "euros" not in str(refused.value)
