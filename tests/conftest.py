"""What all tests share: kernels that are compiled once, before the tests are spread over processes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.browser import chromium
from tests.environment import complete

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """See to it that everything is installed, before options of plugins that may be missing are looked at."""
    captures: Any = pluginmanager.getplugin("capturemanager")
    with captures.global_and_fixture_disabled():
        complete(sys.argv[1:])


def pytest_configure(config: pytest.Config) -> None:
    """Compile the kernels ahead, or find them compiled; or every process would compile them all."""
    from hypothesis import settings  # noqa: PLC0415 - it may just have been installed

    # How long an example takes says nothing where a machine has other things to do. What lands is tried more often.
    settings.register_profile("quick", deadline=None, max_examples=12)
    settings.register_profile("thorough", deadline=None, max_examples=100)
    settings.load_profile("quick")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Shells start what is in the background so, and whatever is started from there cannot be interrupted either.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", default=None):
        command = [sys.executable, "-c", "from model.region import warm_up; warm_up()"]
        subprocess.run(command, cwd=ROOT, check=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give the system's browser; one for all tests of a process, which playwright can only drive once."""
    with chromium() as found:
        yield found
