"""The door to the EMA workbench, which is not installed everywhere and remarks on much."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.errors import RequestError

INSTALL = 'pip install -e ".[discover]" in the folder of this project'


@contextmanager
def workbench() -> Iterator[None]:
    """Let the EMA workbench work without its remarks on what is deprecated or not installed."""
    logger = logging.getLogger("EMA")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("ema_workbench"):
            raise
        raise RequestError(f"The EMA workbench is not installed: {INSTALL}") from None
    finally:
        logger.setLevel(level)
