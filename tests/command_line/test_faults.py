"""Commands to which everything happens leave what they leave when nothing does.

In full: `python -m benchmarks.faults`.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks.damage import FaultError
from benchmarks.dashboard_faults import DashboardFaults
from benchmarks.faults import COMMANDS, FAULTS, Campaign, contents

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform == "win32", reason="processes are killed, and disks mounted, as POSIX does"
    ),
]
TAKES_A_DISK = {"full disk", "read-only folder"}
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return Campaign(tmp_path_factory.mktemp("campaign"))


SUFFERED = [(fault, "sweep") for fault in FAULTS] + [("killed", "compare"), ("two writers", "compare")]
"""Both keep runs in the one store: what happens to it need not happen twice here."""
PAGE = ("killed", "worker killed", "full disk")


@pytest.mark.parametrize(("fault", "name"), SUFFERED)
def test_nothing_is_lost_doubled_or_different(fault: str, name: str, campaign: Campaign) -> None:
    if fault in TAKES_A_DISK and not AS_ROOT:
        pytest.skip("a small disk is mounted for this, which takes the rights of root")
    # A small disk may have room enough for a small command.
    assert campaign.suffer(fault, name) > 0 or fault == "full disk"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[DashboardFaults]:
    luck = random.Random(1)  # noqa: S311
    with closing(DashboardFaults(tmp_path_factory.mktemp("served"), luck, browser)) as found:
        yield found


@pytest.mark.parametrize("fault", PAGE)
def test_a_page_comes_to_the_same_whatever_happens_to_its_server(fault: str, page: DashboardFaults) -> None:
    if fault in TAKES_A_DISK and not AS_ROOT:
        pytest.skip("a small disk is mounted for this, which takes the rights of root")
    assert page.suffer(fault) > 0


def test_another_page_would_be_seen(page: DashboardFaults, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "expected", page.expected.replace("none", "None", 1))
    with pytest.raises(FaultError, match="shows other runs"):
        page.suffer("worker killed")


def test_a_difference_would_be_seen(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(name: str, place: Path, *_: object) -> int:
        from benchmarks.faults import through  # noqa: PLC0415

        through(name, place)
        path = place / "out" / "results" / next(iter(contents(place)))
        path.write_bytes(path.read_bytes() + b" ")
        return 1

    monkeypatch.setitem(FAULTS, "spoilt", spoil)
    with pytest.raises(FaultError, match="differ"):
        campaign.suffer("spoilt", next(iter(COMMANDS)))
