"""Who leads where, on frames whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.places import gains, leading, peers
from analysis.statistics.tree import small_tree


def _outcomes(differences: dict[str, tuple[float, float]], spread: float) -> pd.DataFrame:
    """Runs in which regimes `a` and `b` add so much to 100 in each region, with noise of its own for each."""
    noise = np.random.default_rng(1)
    rows = []
    for region, added in differences.items():
        for seed in range(12):
            rows.append((region, "none", seed, 100.0))
            rows += [(region, name, seed, 100 + gain + spread * noise.standard_normal())
                     for name, gain in zip("ab", added, strict=True)]  # fmt: skip
    return pd.DataFrame(rows, columns=["region", "regime", "seed", "output"])


def test_a_clear_lead_is_named_and_a_doubtful_one_is_not() -> None:
    found = leading(_outcomes({"R1": (10, 2), "R2": (3, 3)}, 1.0), ["none", "a", "b"], "none", "output")
    first, second = found.to_dict("records")
    assert (first["best"], first["rival"], first["leader"]) == ("a", "b", "a")
    assert first["lead_low"] < 8 < first["lead_high"]
    assert first["certainty"] > 0.999
    assert not isinstance(second["leader"], str)
    assert 0.5 <= second["certainty"] < 0.99


def test_hardly_any_leader_is_named_where_there_is_none() -> None:
    found = leading(_outcomes({f"R{n}": (0, 0) for n in range(80)}, 1.0), ["a", "b"], "a", "output")
    assert found["leader"].notna().mean() < 0.05


def test_one_seed_names_nobody() -> None:
    rows = _outcomes({"R1": (10, 2)}, 1.0)
    found = leading(rows[rows["seed"] == 0], ["none", "a", "b"], "none", "output")
    assert found["best"][0] == "a"
    assert found["leader"].isna().all()


def test_gains_are_paired_and_in_percent_of_the_baseline() -> None:
    found = gains(_outcomes({"R1": (10, 2)}, 0.0), [("a", "none"), ("a", "b")], "none", "output")
    assert list(found["gain"]) == pytest.approx([10.0, 8.0])


def test_peers_are_the_most_alike_whatever_the_units() -> None:
    traits = pd.DataFrame({"x": [0.0, 1, 10, np.nan], "y": [0.0, 1000, 10_000, 9000]}, index=list("ABCD"))
    found = peers(traits, 2).set_index(["region", "rank"])["peer"]
    assert found["A", 1] == "B"
    assert found["D", 1] != "A"


def test_a_tree_finds_what_decides_and_is_tried_on_groups_it_has_not_seen() -> None:
    draw = np.random.default_rng(2)
    traits = pd.DataFrame({"size": draw.uniform(0, 1, 120), "noise": draw.uniform(0, 1, 120)})
    clear = pd.DataFrame({"a": np.where(traits["size"] > 0.4, 2.0, 0.0), "b": 1.0})
    groups = pd.Series(draw.integers(0, 12, 120)).astype(str)
    found = small_tree(traits, clear, groups)
    assert found is not None
    assert found.accuracy > 0.95 > found.guessed
    assert found.followed > found.everywhere
    assert found.rules["rule"].str.contains(r"size above 0\.(?:39|4)").any()
    chance = small_tree(
        traits, pd.DataFrame({"a": draw.normal(size=120), "b": draw.normal(size=120)}), groups
    )
    assert chance is not None
    assert abs(chance.accuracy - 0.5) < 0.2


def test_too_few_places_make_no_tree() -> None:
    traits = pd.DataFrame({"size": [1.0, 2.0]})
    assert small_tree(traits, pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}), pd.Series(["x", "y"])) is None
