"""What all tests share: kernels that are compiled once, before the tests are spread over processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.dashboard.browser import chromium

ROOT = Path(__file__).resolve().parent.parent

# How long an example takes says nothing where a machine has other things to do.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the kernels ahead, or find them compiled; or every process would compile them all."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", default=None):
        command = [sys.executable, "-c", "from model.region import warm_up; warm_up()"]
        subprocess.run(command, cwd=ROOT, check=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give the system's browser; one for all tests of a process, which playwright can only drive once."""
    with chromium() as found:
        yield found
