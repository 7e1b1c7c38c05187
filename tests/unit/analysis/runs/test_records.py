"""Whole records of runs in a store: the same to the bit, found by name, damage noticed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.runs.records import pack, unpack
from analysis.runs.store import RecordStore
from model.loading import load_scenario
from model.region import run
from model.result import RunResult

SCENARIO = load_scenario("thin_rural_region", {"steps": 4, "firms.number": 20}).with_regime("cluster")
TABLES = (RunResult.series, RunResult.account, RunResult.memo_items, RunResult.ledger, RunResult.organisations,
          RunResult.domains)  # fmt: skip


def test_a_record_that_is_read_again_is_the_same_to_the_bit() -> None:
    made = run(SCENARIO, 5)
    again = unpack(pack(made), SCENARIO, 5)
    for table_of in TABLES:
        pd.testing.assert_frame_equal(table_of(again), table_of(made), check_exact=True)
    assert again.outcomes == made.outcomes
    assert (again.seconds, again.seed, again.domain_names) == (made.seconds, 5, made.domain_names)
    np.testing.assert_array_equal(again.discovered, made.discovered)


def test_records_are_found_by_name_in_any_part_and_before_they_are_written(tmp_path: Path) -> None:
    with RecordStore.within(tmp_path) as store:
        store.add("a", "none", 1, b"first")
        assert store.read(["a", "b"]) == {"a": b"first"}
    with RecordStore.within(tmp_path) as store:
        store.add("b", "none", 2, b"second")
        store.flush()
        store.add("c", "none", 3, b"third")
        assert store.read(["a", "b", "c", "d"]) == {"a": b"first", "b": b"second", "c": b"third"}
        assert store.names(["b", "d"]) == {"b"}


def test_a_damaged_part_is_set_aside_and_told(tmp_path: Path) -> None:
    with RecordStore.within(tmp_path) as store:
        store.add("a", "none", 1, b"first" * 1000)
    (part,) = tmp_path.rglob("*.parquet")
    part.write_bytes(part.read_bytes()[:-20])
    told: list[str] = []
    assert RecordStore.within(tmp_path, told.append).read(["a"]) == {}
    assert "cannot be used" in told[0]
