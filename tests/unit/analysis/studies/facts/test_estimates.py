"""One number for each seed and claim, also where only all seeds together tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from analysis.studies.facts.estimates import estimate
from analysis.studies.facts.fact import Claim, Fact
from analysis.studies.facts.treatments import Treatment

CONDITION = Treatment("condition")
SEEDS: list[Any] = [{"condition": value} for value in np.random.default_rng(3).random(40)]
VALUES = np.array([runs["condition"] for runs in SEEDS])


def above_the_mean(material: Sequence[float]) -> list[float]:
    """A threshold that depends on all seeds: it moves, and some seeds cross it, when one is left out."""
    return [float(value > np.mean(material)) for value in material]


def fact(**what: Any) -> Fact:
    return Fact(1, "fact", "Something.", "nobody", (Claim("claim", "A share.", "1"),), (CONDITION,), **what)


def mean(material: Sequence[float]) -> Mapping[str, float]:
    return {"claim": float(np.mean(material))}


def test_pseudo_values_of_a_mean_are_the_values() -> None:
    found = estimate(fact(collect=lambda runs: runs["condition"], pool=mean), SEEDS)
    np.testing.assert_allclose(found["claim"], VALUES)


def test_what_depends_on_all_seeds_by_leaps_is_prepared_once() -> None:
    wanted = np.array(above_the_mean(VALUES.tolist()))
    prepared = fact(collect=lambda runs: runs["condition"], prepare=above_the_mean, pool=mean)
    np.testing.assert_allclose(estimate(prepared, SEEDS)["claim"], wanted, atol=1e-12)
    anew = fact(collect=lambda runs: runs["condition"], pool=lambda material: mean(above_the_mean(material)))
    assert estimate(anew, SEEDS)["claim"].mean() != pytest.approx(wanted.mean(), abs=0.01)
