"""What is kept of a run of a sweep: every observable at its end, the growth account, chosen series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.runs.experiment import AS_WRITTEN
from analysis.studies.sweep.design import Run, resolve
from model.loading import ScenarioError
from model.record import ACCOUNT_SOURCES, OBSERVABLES, OUTCOMES
from model.region import run as run_region
from model.scenario import Scenario

Floats = npt.NDArray[np.float64]

NAMES: tuple[str, ...] = (*OBSERVABLES, *(f"growth_{source}" for source in ACCOUNT_SOURCES))
"""Numbers that are kept of each run: observables, and knowledge per region that each source added in all."""

_OUTCOMES = [list(OBSERVABLES).index(name) for name in OUTCOMES]


class Order(NamedTuple):
    """A run that is to be made, with the parameters that its point stands for."""

    run: Run
    settings: dict[str, Any]


class Row(NamedTuple):
    """What became of a run.

    Attributes
    ----------
    run
        The run.
    error
        Why there are no numbers, or None.
    values
        See `NAMES`, shape (names,); None when it failed.
    series
        Chosen observables, shape (observables, steps + 1); None when it failed.
    """

    run: Run
    error: str | None
    values: Floats | None = None
    series: Floats | None = None


@dataclass(frozen=True)
class Measure:
    """Makes a run and keeps what is asked for; whatever goes wrong in it becomes part of the row.

    Attributes
    ----------
    scenarios
        Scenarios by name, before points and regimes are put into them.
    series
        Observables of which every step is kept.
    """

    scenarios: Mapping[str, Scenario]
    series: tuple[str, ...]

    def __call__(self, order: Order) -> Row:
        """Make one run."""
        run = order.run
        try:
            scenario = resolve(self.scenarios[run.scenario], order.settings)
            if run.regime != AS_WRITTEN:
                scenario = scenario.with_regime(run.regime)
            record = run_region(scenario, run.seed).record
        except ScenarioError as error:
            return Row(run, f"cannot be run: {error}")
        except Exception as error:  # noqa: BLE001 - one run must not take the others with it
            return Row(run, f"{type(error).__name__}: {error}")
        missing = [name for name, at in zip(OUTCOMES, _OUTCOMES, strict=True)
                   if not np.isfinite(record.series[-1, at])]  # fmt: skip
        if missing:
            return Row(run, f"not a finite number at the end: {', '.join(missing)}")
        names = list(OBSERVABLES)
        chosen = record.series[:, [names.index(name) for name in self.series]].T
        grown = record.account[:, :, 1].sum(axis=0)
        return Row(run, None, np.concatenate([record.series[-1], grown]), np.ascontiguousarray(chosen))


def lost(order: Order, reason: str) -> Row:
    """Give the row of a run that could not be made."""
    return Row(order.run, reason)
