"""What an observable is, and what it is measured from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from model.world import World

if TYPE_CHECKING:
    from model.agents import Policymaker

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Observable:
    """One quantity that is recorded in every step.

    Attributes
    ----------
    name, label
        Name in tables and code, and name for people.
    unit
        Unit of its values.
    description
        One sentence.
    outcome, primary
        Whether it is one of the outcomes fixed beforehand, and the primary one.
    """

    name: str
    label: str
    unit: str
    description: str
    outcome: bool = False
    primary: bool = False


@dataclass(frozen=True)
class Moment:
    """What observables are measured from.

    Attributes
    ----------
    world
        State of the run.
    policymakers
        Those who act.
    """

    world: World
    policymakers: tuple[Policymaker, ...]


@dataclass(frozen=True)
class ObservableGroup:
    """Observables that are measured together.

    Attributes
    ----------
    observables
        What is measured.
    measure
        Writes their values in the same order; what it leaves is carried forward from the step before.
    """

    observables: tuple[Observable, ...]
    measure: Callable[[Moment, Floats], None]
