"""Sentences of ablations, organisations, surfaces and sweeps claim what their tables say, and no more."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.statistics.factorial import factorial_effects, walks
from analysis.studies.ablation import words as ablation
from analysis.studies.ablation.treatments import arrange_treatments
from analysis.studies.organisations import words as organisations
from analysis.studies.organisations.findings import contributions, label
from analysis.studies.surface import words as surface
from analysis.studies.sweep import words as sweep
from analysis.words.names import regime
from model.loading import load_scenario
from model.record import OUTCOMES
from tests.unit.analysis.report.english import check, text

PRIMARY = OUTCOMES[0]
SCENARIO = load_scenario("thin_rural_region")
TREATMENTS = arrange_treatments(SCENARIO, ("sector", "cluster"))
RUNS = st.integers(0, 2**32 - 1)


def outcomes(names: list[str], seeds: int, luck: int, effect: float) -> pd.DataFrame:
    """Make up outcomes: luck of the seed, luck of the run, and an effect for names that are long."""
    import numpy as np  # noqa: PLC0415 - one function needs it

    generator = np.random.default_rng(luck)
    common = 100 + generator.normal(0, 10, seeds)
    rows = []
    for place, name in enumerate(names):
        for seed in range(seeds):
            value = common[seed] + generator.normal(0, 1) + effect * (place % 2)
            rows.append({"regime": name, "seed": seed, **dict.fromkeys(OUTCOMES, max(0.0, float(value)))})
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("seeds", "effect"), [(1, 20.0), (3, 0.0), (4, 20.0), (4, -20.0)])
def test_ablations_name_what_is_more_than_chance(seeds: int, effect: float) -> None:
    runs = outcomes(list(TREATMENTS.names), seeds, 1, effect)
    effects = factorial_effects(runs, TREATMENTS.corners, (PRIMARY,))
    flips = walks(runs, TREATMENTS.flips, (PRIMARY,))
    told = list(ablation.answer(effects, flips))
    for sentence in told:
        check(sentence)
    if seeds == 1:
        assert len(told) == 1
        return
    switches, pairs, *policies = map(text, told)
    main = effects[effects["kind"] == "main"]
    assert ("None of the five" in switches) == (not (main["adjusted_probability"] < 0.05).any())
    named = effects[(effects["kind"] == "interaction") & (effects["adjusted_probability"] < 0.05)]
    assert ("No two switches" in pairs) == named.empty
    if not named.empty:
        strongest = named.loc[named["relative"].abs().idxmax()]
        assert ("strengthen" in pairs) == (strongest["effect"] > 0)
    assert len(policies) == flips["origin"].nunique() == 2
    for said, (_, own) in zip(policies, flips.groupby("origin", sort=False), strict=True):
        sure = own[own["adjusted_probability"] < 0.05]
        assert ("neither gains nor loses" in said) == sure.empty
        assert ("loses most with" in said) == (sure["difference"] < 0).any()
        assert ("gains most with" in said) == (sure["difference"] > 0).any()


@settings(max_examples=10)
@given(seeds=st.integers(1, 5), luck=RUNS, effect=st.sampled_from([0.0, 20.0, -20.0]))
def test_organisations_are_named_where_they_are_missed(seeds: int, luck: int, effect: float) -> None:
    kinds = ("university", "training")
    regimes = ("none", "cluster")
    names = [label(name, kind) for name in regimes for kind in ("", *kinds)]
    table = contributions(outcomes(names, seeds, luck, effect), regimes, kinds)
    told = organisations.answer(table)
    for sentence in told:
        check(sentence)
    if seeds > 1:
        sure = table[table["distinguishable"]]
        first = text(told[0])
        assert ("No kind of organisation changes" in first) == (PRIMARY not in set(sure["outcome"]))
        assert ("Every kind makes a difference somewhere" in text(told[2])) == (
            set(sure["kind"]) == set(kinds)
        )


CELLS = st.lists(
    st.tuples(st.sampled_from(["sector", "cluster", "none", "is"]), st.booleans()), min_size=1, max_size=9
)


@given(made=CELLS)
def test_surfaces_count_leaders_and_the_best(made: list[tuple[str, bool]]) -> None:
    cells = pd.DataFrame({"best": [n for n, _ in made], "leader": [n if sure else None for n, sure in made]})
    told = surface.answer(cells, ["none", "sector", "cluster", "is"])
    for sentence in told:
        check(sentence)
    first, second, last = map(text, told)
    led = cells["leader"].dropna()
    assert ("can one policy be told" in first) == led.empty
    for name, number in led.value_counts().items():
        assert f"leads in {number}" in first
        assert name == "none" or regime(str(name)).lower() in first.lower()
    assert ("In all of them one policy leads" in second) == (len(led) == len(cells))
    assert last.count(" in ") >= cells["best"].nunique()


MEANS = st.lists(st.lists(st.sampled_from([0.0, 1.0, 2.5, 100.0]), min_size=3, max_size=3), max_size=6)


@given(made=MEANS, alone=st.booleans())
def test_sweeps_say_who_comes_first_how_often(made: list[list[float]], alone: bool) -> None:  # noqa: FBT001
    names = ["none"] if alone else ["none", "sector", "is"]
    means = pd.DataFrame([row[: len(names)] for row in made], columns=names, dtype=float)
    told = sweep.answer(means, names)
    for sentence in told:
        check(sentence)
    if not means.empty and not alone:
        first = means.idxmax(axis=1).value_counts()
        assert f"comes first in {first.iloc[0]} of {len(means)}" in text(told[0])
        assert len(told) == (3 if (means["none"] > 0).all() else 1)
    assert math.isfinite(len(told))
