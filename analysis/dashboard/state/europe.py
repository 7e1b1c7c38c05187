"""What is known of all of Europe before anybody asks: where regions are, and the answer that is kept."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.regions.catalogue import SHIPPED, positions, shipped
from analysis.regions.traits import people_in
from analysis.studies.atlas.layout import layout

KEPT = SHIPPED.parent / "europe_answer.csv"
"""Table of regions as `run.py europe` finds it, of the story that is opened first."""
WANTED = ("best", "leader", "certainty")


@cache
def circles() -> pd.DataFrame:
    """Give place and size of the circle of each region; see `analysis.studies.atlas.layout`."""
    where = positions()
    return layout(where, people_in(shipped()).loc[where.index])


def prepare() -> None:
    """Lay the map out quietly, so that nobody waits for it."""
    threading.Thread(target=circles, name="map", daemon=True).start()


@cache
def kept_answer(path: Path = KEPT) -> pd.DataFrame | None:
    """Read who leads where, by code of the region; None where nobody has run that.

    Parameters
    ----------
    path
        A table with ``region``, ``best``, ``leader`` and ``certainty``, or a folder of results of `run.py europe`.
    """
    table = path / "data" / "regions.csv" if path.is_dir() else path
    if not table.is_file():
        return None
    found = pd.read_csv(table, dtype={"region": str, "best": str, "leader": str}, encoding="utf-8").set_index(
        "region"
    )
    return found if set(WANTED) <= set(found) else None


def on_the_map(answer: pd.DataFrame | None) -> pd.DataFrame:
    """Put who leads where on the map: circles, and what is known of each region, missing where nothing is."""
    places = circles()
    if answer is None:
        return places.assign(best=None, leader=None, certainty=float("nan"))
    return places.join(answer)
