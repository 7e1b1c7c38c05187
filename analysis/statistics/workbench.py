"""The door to the EMA workbench, which is not installed everywhere and remarks on much."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.extras import needs


@contextmanager
def workbench() -> Iterator[None]:
    """Let the EMA workbench work without its remarks on what is deprecated or not installed."""
    logger = logging.getLogger("EMA")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with needs("discover", "The EMA workbench", "ema_workbench"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
