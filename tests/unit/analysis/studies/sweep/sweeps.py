"""Small sweeps of the real model, for tests of what is around them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from analysis.studies.sweep.description import describe_sweep
from analysis.studies.sweep.design import SweepDesign
from analysis.studies.sweep.kept.measuring import NAMES, Row
from analysis.studies.sweep.making import run_sweep

SMALL = {"firms.number": 12, "knowledge_space.domains": 8, "knowledge_space.sectors": 2,
         "knowledge_space.cross_cutting_domains": 2, "knowledge_space.domain_names": [],
         "knowledge_space.latent_names": [],
         "knowledge_space.sector_names": [], "steps": 3}  # fmt: skip


def small(**changes: Any) -> SweepDesign:
    """Describe a sweep of 12 firms and 3 steps, 24 runs."""
    settings = {
        "factors": {"absorptive_capacity": "0.6:1.4:3", "budget": [0.01, 0.02]},
        "regimes": ["none", "sector"],
        "seeds": "2",
        "settings": SMALL,
        "series": ["knowledge_per_region", "ties"],
    }
    return describe_sweep("small", ["thin_rural_region"], **{**settings, **changes})


def made_up(design: SweepDesign, number: int, error: str | None = None) -> Row:
    """Make up what a run brought, so that a store can be filled without any."""
    run = design.run(number)
    if error is not None:
        return Row(run, error)
    series = np.arange(4.0) + np.arange(len(design.series))[:, None] + number
    return Row(run, None, np.arange(len(NAMES)) / 7 + number, series)


def files(folder: Path) -> dict[str, bytes]:
    """Read all files that hold runs."""
    return {path.name: path.read_bytes() for path in sorted((folder / "runs").iterdir())}


def stored(design: SweepDesign, folder: Path) -> dict[str, bytes]:
    """Make a sweep, and read its files."""
    return files(run_sweep(design, folder, jobs=1))
