"""Unit costs in wages, calibrated before regimes were compared; `run.py calibrate adjust` writes this file."""

from __future__ import annotations

UNIT_COSTS: dict[str, float] = {
    "generic_infrastructure": 0.03,
    "training": 0.18,
    "business_support": 1.4,
    "technology_transfer": 1.6,
    "brokerage": 3.5,
    "joint_project": 25.0,
    "public_research": 0.4,
    "discovery_pilot": 16.0,
    "start_up_support": 4.0,
}
