"""Mesa's agent and model without the rest of Mesa, which is imported when somebody asks for it.

What Mesa imports with itself (spaces, networks, batches, tables) takes longer than all that a run needs.
"""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mesa import Agent, Model

__all__ = ["Agent", "Model"]


class _Package(ModuleType):
    """A package whose parts can be imported before its own code has run; that runs at the first look into it."""

    def __getattr__(self, name: str) -> Any:
        with _LOCK:
            if type(self) is _Package:
                # From here on it is a module like any other, for its own code, too.
                self.__class__ = ModuleType  # type: ignore[assignment]
                try:
                    self.__spec__.loader.exec_module(self)  # type: ignore[union-attr]
                except BaseException:
                    self.__class__ = _Package
                    raise
        return getattr(self, name)


_LOCK = threading.RLock()


def _prepare(name: str) -> None:
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        # Let the import say what is wrong.
        return
    package = _Package(name)
    package.__spec__, package.__loader__ = spec, spec.loader
    package.__file__, package.__path__ = spec.origin, list(spec.submodule_search_locations or ())
    package.__package__ = name
    sys.modules[name] = package


_prepare("mesa")
Agent = import_module("mesa.agent").Agent
Model = import_module("mesa.model").Model
