"""A server that all tests of a process share, and somebody who must see no error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse

import pytest

from tests.dashboard.browser import Visitor, server


@pytest.fixture(scope="session")
def address(browser: Any) -> Iterator[str]:
    assert browser is not None
    with server() as found:
        yield found


@pytest.fixture
def visitor(browser: Any, address: str) -> Iterator[Visitor]:
    """Somebody who must see no error, and whose browser must ask nobody but this machine."""
    found = Visitor(browser, address)
    yield found
    complaints, requests = list(found.complaints), list(found.requests)
    found.leave()
    assert complaints == []
    outside = [url for url in requests if url.startswith("http") and urlparse(url).hostname != "127.0.0.1"]
    assert len(requests) > 5
    assert outside == []
