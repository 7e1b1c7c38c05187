"""The simulation: knowledge carriers, processes, policy and the region that holds them."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.loading import ScenarioError, dump_scenario, load_scenario
    from model.region import Region, run, warm_up
    from model.scenario import Scenario

__all__ = [
    "Region",
    "Scenario",
    "ScenarioError",
    "dump_scenario",
    "extend",
    "load_scenario",
    "run",
    "warm_up",
]

EXTENSIONS = "KNOWLEDGE_FOUNTAINS_EXTENSIONS"
"""Variable of the environment that names modules which add regimes, instruments or observables; workers inherit it."""

_PLACES = MappingProxyType({
    "Region": "region", "run": "region", "warm_up": "region", "Scenario": "scenario", "ScenarioError": "loading",
    "dump_scenario": "loading", "load_scenario": "loading",
})  # fmt: skip


def extensions() -> list[str]:
    """Return the names of modules that extend the model."""
    return os.environ.get(EXTENSIONS, "").split()


def extend(module: str) -> None:
    """Have a module of one's own add regimes, instruments or observables, here and in every worker process.

    Parameters
    ----------
    module
        Its name; importing it enters what it adds into the registries.

    Raises
    ------
    RuntimeError
        If scenarios were read already: they know what was there by then.
    """
    if module in extensions():
        return
    if "model.scenario" in sys.modules:
        raise RuntimeError(
            f"{module} comes too late: extend the model before anything else of it is imported"
        )
    import_module(module)
    os.environ[EXTENSIONS] = " ".join([*extensions(), module])


def __getattr__(name: str) -> Any:
    # Read when it is asked for: compiled kernels take a second to import.
    if name in _PLACES:
        return getattr(import_module(f"model.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


for _module in extensions():
    import_module(_module)
