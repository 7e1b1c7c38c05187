"""The registry of observables: a new one is a group in a file here and a line below."""

from __future__ import annotations

from model.observables.events import EVENT_OBSERVABLES
from model.observables.firms import FIRM_OBSERVABLES
from model.observables.network import NETWORK_OBSERVABLES
from model.observables.observable import Moment, Observable, ObservableGroup
from model.observables.policy import POLICY_OBSERVABLES

GROUPS: tuple[ObservableGroup, ...] = (
    FIRM_OBSERVABLES,
    NETWORK_OBSERVABLES,
    EVENT_OBSERVABLES,
    POLICY_OBSERVABLES,
)

OBSERVABLES: dict[str, Observable] = {o.name: o for group in GROUPS for o in group.observables}
OUTCOMES: tuple[str, ...] = tuple(name for name, observable in OBSERVABLES.items() if observable.outcome)

__all__ = ["GROUPS", "OBSERVABLES", "OUTCOMES", "Moment", "Observable", "ObservableGroup"]
