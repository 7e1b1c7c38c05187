"""What is done with runs; each name here does from Python what the command of that name does.

>>> from analysis import compare
>>> found = compare("thin_rural_region", regimes=["none", "cluster"], seeds=16, firms__number=100)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.face import Answer, ablate, compare, open_results, optimise, run

__all__ = ["Answer", "ablate", "compare", "open_results", "optimise", "run"]


def __getattr__(name: str) -> Any:
    # Read when it is asked for: importing what computes takes seconds.
    if name in __all__:
        return getattr(import_module("analysis.face"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
