"""Unit costs in wages, calibrated before regimes were compared: written by `run.py calibrate adjust`."""

from __future__ import annotations

UNIT_COSTS: dict[str, float] = {
    "generic_infrastructure": 0.0314,
    "training": 0.00548,
    "business_support": 0.735,
    "technology_transfer": 2.08,
    "brokerage": 5.62,
    "joint_project": 13.5,
    "public_research": 1.19,
    "discovery_pilot": 1.46,
    "start_up_support": 4.0,
}
