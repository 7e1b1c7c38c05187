"""The page of conditions follows from the maps that are kept."""

from __future__ import annotations

import json

from docs.writers.conditions import PAGE, RESULT, TABLES, page


def test_the_page_follows_from_the_maps() -> None:
    kept = json.loads(RESULT.read_text("utf-8"))
    assert PAGE.read_text("utf-8") == page(kept), "run python -m docs.writers.conditions"
    assert all(kept[name] for name in TABLES)


def test_what_is_bold_is_what_is_clear() -> None:
    kept = json.loads(RESULT.read_text("utf-8"))
    clear = sum(row["told_apart"] for name in ("surface", "mind") for row in kept[name])
    assert page(kept).count("| **") == clear
