"""Unit costs in wages, calibrated before regimes were compared: written by `run.py calibrate adjust`."""

from __future__ import annotations

UNIT_COSTS: dict[str, float] = {
    "generic_infrastructure": 0.0313,
    "training": 0.0259,
    "business_support": 0.762,
    "technology_transfer": 2.17,
    "brokerage": 5.35,
    "joint_project": 13.8,
    "public_research": 1.18,
    "discovery_pilot": 2.33,
    "start_up_support": 4.0,
}
