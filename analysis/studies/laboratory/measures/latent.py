"""Latent domains: how much of what nobody in the region knows is found without policy."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.aims import Aim
from analysis.studies.laboratory.frames import NONE, estimated
from analysis.studies.laboratory.protocol import Line, Measure, Measuring, Setting, Taken, Wanted
from analysis.studies.laboratory.readings import YEARS

AIMS = {5: Aim(0.10, 0.15), 20: Aim(0.3, 0.5)}
"""Where recombination and discovery matter most, in the trials: 10 to 15% after five years, about 40% after twenty."""


def runs(setting: Setting) -> int:
    """Count the runs."""
    return len(setting.fresh(setting.size.fresh))


def take(setting: Setting) -> Measuring:
    """Say what share of latent domains opens without policy."""
    wanted = Wanted({("", NONE): setting.scenario.with_regime(NONE)}, setting.fresh(setting.size.fresh))
    table = shares_of((yield wanted))
    lines = [
        Line(f"latent_{years}", f"Latent domains opened without policy after {years} years",
             *estimated(table[f"share_{years}"].dropna().to_numpy(np.float64)), "share", aim)
        for years, aim in AIMS.items()
    ]  # fmt: skip
    return Taken(tuple(lines), {"latent": table})


def shares_of(readings: pd.DataFrame) -> pd.DataFrame:
    """Compute shares of the domains that are latent at the start, seed by seed."""
    known = readings[["seed", "latent"]].reset_index(drop=True)
    latent = readings["latent"].where(readings["latent"] > 0).to_numpy(np.float64)
    shares = {f"share_{years}": readings[f"opened_{years}"].to_numpy(np.float64) / latent for years in YEARS}
    return known.assign(**shares)


LATENT = Measure("latent", "How much is left to discover?", take, runs)
