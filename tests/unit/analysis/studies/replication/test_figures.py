"""Figures of the replication: nothing is cut off, and what is drawn is what was found."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from analysis.figures import style
from analysis.studies.replication.experiment import MEASURES, NETWORK_MEASURES, REWIRING, TREATMENTS
from analysis.studies.replication.figures.barter_heterogeneity import barter_heterogeneity
from analysis.studies.replication.figures.barter_networks import barter_networks
from analysis.studies.replication.figures.rewiring import position
from analysis.studies.replication.statements import RECONSTRUCTION, reconstruction_table
from tests.unit.analysis.legible import illegible
from tests.unit.analysis.studies.comparison.test_figures import NARROW


def means(seeds: int = 30) -> pd.DataFrame:
    """Means made up: something between 1 and 2 everywhere."""
    measured = [(name, measure) for name in TREATMENTS for measure in MEASURES]
    measured += [("network", measure) for measure in NETWORK_MEASURES]
    reach = 0.1 if seeds > 1 else np.nan
    rows = [
        {"treatment": name, "rewiring": p, "measure": measure, "seeds": seeds, "mean": 1 + p * (1 - p) + place / 9,
         "low": 1 - reach, "high": 2 + reach, "standard_error": reach}
        for (name, measure), (place, p) in itertools.product(measured, enumerate(REWIRING))
    ]  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize("size", [style.SLIDE, NARROW], ids=["slide", "narrow"])
@pytest.mark.parametrize("seeds", [1, 100])
def test_no_text_is_cut_off_or_overlaps_another(size: style.Size, seeds: int) -> None:
    table = means(seeds)
    drawn = (
        barter_networks(table, reconstruction_table(table), (0.03, 0.16), size=size),
        barter_heterogeneity(table, None, size=size),
    )
    assert [illegible(figure) for figure in drawn] == [[], []]


def test_the_reconstruction_is_marked_where_it_is() -> None:
    table = means()
    figure = barter_networks(table, reconstruction_table(table), None)
    marks = next(line for line in figure.axes[0].lines if line.get_marker() == "D")
    assert np.asarray(marks.get_ydata()).tolist() == list(RECONSTRUCTION.values())
    assert np.asarray(marks.get_xdata()).tolist() == position(list(RECONSTRUCTION)).tolist()


def test_curves_are_the_means() -> None:
    table = means()
    figure = barter_heterogeneity(table, (0.03, 0.16))
    wanted = table.query("treatment == 'barter' and measure == 'variance'")["mean"].tolist()
    assert np.asarray(figure.axes[0].lines[-1].get_ydata()).tolist() == wanted


def test_the_ring_stands_left_of_all_others() -> None:
    places = position(list(REWIRING))
    assert (np.diff(places) > 0).all()
    assert places[-1] == 0
