"""What ships with the project is written by its own writers, which a checkout has and an installed wheel has not."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from analysis.errors import RequestError

if TYPE_CHECKING:
    from analysis.studies.study import Findings


def writer(module: str, name: str) -> Callable[[Findings], None]:
    """Return a writer of ``docs/writers`` by its module and name."""
    try:
        found: Callable[[Findings], None] = getattr(import_module(f"docs.writers.{module}"), name)
    except ModuleNotFoundError:
        raise RequestError(
            "--write: keeps what ships with the project, so it needs a checkout of it."
        ) from None
    return found
