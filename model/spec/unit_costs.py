"""Unit costs in wages, calibrated before regimes were compared: written by `run.py calibrate adjust`."""

from __future__ import annotations

UNIT_COSTS: dict[str, float] = {
    "generic_infrastructure": 0.0307,
    "training": 0.102,
    "business_support": 0.417,
    "technology_transfer": 1.95,
    "brokerage": 0.553,
    "joint_project": 26.4,
    "public_research": 0.315,
    "discovery_pilot": 13.8,
    "start_up_support": 24.0,
}
