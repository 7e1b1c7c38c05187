"""Unit costs in wages, calibrated before regimes were compared: written by `run.py calibrate adjust`."""

from __future__ import annotations

UNIT_COSTS: dict[str, float] = {
    "generic_infrastructure": 0.032,
    "training": 0.199,
    "business_support": 1.14,
    "technology_transfer": 3.41,
    "brokerage": 2.19,
    "joint_project": 27.5,
    "public_research": 0.877,
    "discovery_pilot": 13.8,
    "start_up_support": 4.0,
}
