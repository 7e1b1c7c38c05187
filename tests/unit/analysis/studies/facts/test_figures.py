"""Figures about facts show what the tables say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.studies.facts.estimates import COLUMNS
from analysis.studies.facts.figures.facts_gallery import PICTURES, drawings


def table() -> pd.DataFrame:
    rows = [
        (1, "inverted_u", "rises", "above 0", 2.0, True, "holds", 2.0),
        (1, "inverted_u", "moves", "above 0", 1.0, True, "holds", 1.0),
        (2, "no_absorptive_capacity_no_gain", "nothing", "within", 0.0, True, "by construction", np.nan),
        (5, "cowan_jonard", None, None, np.nan, None, "see replicate cowan-jonard", np.nan),
        (7, "policy_driven_clusters", "lose", "above 0", -90.0, False, "does not hold", -90.0),
        (7, "policy_driven_clusters", "beside", "no rule: shown beside", 1.0, False, "does not hold", 1.0),
    ]
    names = ("number", "fact", "claim", "rule", "effect", "claim_holds", "verdict", "standardised")
    made = pd.DataFrame(rows, columns=list(names)).reindex(columns=list(COLUMNS))
    made["standardised_low"] = made["standardised"] - 0.5
    made["standardised_high"] = made["standardised"] + 0.5
    made["seeds"] = pd.array([8, 8, 8, None, 8, 8], dtype="Int64")
    return made


PICTURE_TABLES = {
    "inverted_u": pd.DataFrame(
        {"third": ["lowest third", "highest third"], "distance": 0.5, "absorbed": 1.0, "observations": 40}
    ),
    "relatedness_and_entry": pd.DataFrame(
        {"event": ["entry", "exit"], "fifth": 1, "density": 0.2, "share": 0.1, "observations": 9}
    ),
    "size_and_degree": pd.DataFrame(
        {"what": ["growth"] * 3 + ["size"] * 2, "x": [-0.1, 0, 0.1, 90, 50], "y": [1, 2, 1, 0.1, 0.2]}
    ),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_picture_is_drawn(theme: str) -> None:
    made = drawings(table(), PICTURE_TABLES, theme)
    assert list(made) == ["facts", *PICTURES]
    for draw in made.values():
        assert draw().axes


def test_each_fact_has_a_row_and_each_claim_with_a_rule_a_mark() -> None:
    ax = drawings(table(), {})["facts"]().axes[0]
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["1  inverted u", "2  no absorptive capacity no gain", "7  policy driven clusters"]
    marks = [line for line in ax.lines if line.get_marker() in {"o", "X"}]
    assert [line.get_marker() for line in marks] == ["o", "o", "o", "X"]
    places = [float(np.asarray(line.get_xdata())[0]) for line in marks]
    assert places == [2, 1, 30, -30]


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawings(table().iloc[3:4], {}) == {}
