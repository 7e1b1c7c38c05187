"""The log of priorities: those of a regime end with it, and those of a policymaker who stops."""

from __future__ import annotations

from typing import Any

import pytest

from model.region import run
from model.scenario import Scenario

SMALL: dict[str, Any] = {
    "steps": 12,
    "knowledge_space": {"domains": 12, "sectors": 3, "cross_cutting_domains": 2},
    "firms": {"number": 40, "places": 2},
}
SWITCH = {"events": [{"kind": "regime_switch", "step": 7, "regime": "smart_specialisation"}]}
STOP = {"policy": {"policymakers": [{"name": "ministry", "regime": "sector", "stop": 6}]}}


@pytest.mark.parametrize("change", [SWITCH, STOP], ids=["switch", "stop"])
def test_priorities_end_with_the_regime_or_the_policymaker_that_had_them(change: dict[str, Any]) -> None:
    policy = {"policy": {"policymakers": [{"name": "ministry", "regime": "sector"}]}}
    log = run(Scenario.model_validate({**SMALL, **policy, **change}), 1).priorities()
    log = log[log["priority"] == "sector"]
    funded = set(log.loc[log["event"] == "supported", "name"])
    assert funded
    assert set(log.loc[(log["event"] == "stopped") & (log["step"] == 7), "name"]) == funded
    assert log["step"].max() == 7
