"""The sentences of a comparison are right, cautious and good English, whatever came out."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.studies.comparison.answer import LIKELY, NOTHING_SHARED, ONE_REGION, answer, asked, mind
from analysis.studies.comparison.compared import PRIMARY
from analysis.studies.comparison.price import price_of
from analysis.words.document import Number, percent, share, written
from analysis.words.names import regime
from tests.unit.analysis.report.english import check, number, text
from tests.unit.analysis.studies.comparison.made_up import MadeUp

NAMES = ("sector", "cluster", "smart_specialisation", "grants_for_all", "is", "The-", "x" * 60)
VALUES = st.one_of(
    st.sampled_from([0.0, 1.0, 1.0001, 100.0, 1e9]),
    st.floats(1e-3, 1e6),
    st.just(math.nan),
)


def read(found: MadeUp) -> list[str]:
    return [text(each) for each in (*answer(found), *mind(found), asked(found))]


@st.composite
def comparisons(draw: st.DrawFn) -> MadeUp:
    names = draw(st.lists(st.sampled_from(NAMES), max_size=4, unique=True))
    if draw(st.booleans()) or not names:
        names.insert(0, "none")
    seeds = draw(st.integers(1, 5))
    ends = {name: draw(st.lists(VALUES, min_size=seeds, max_size=seeds)) for name in names}
    if not any(math.isfinite(value) for values in ends.values() for value in values):
        ends[names[0]][0] = 1.0
    spent = {name: draw(st.sampled_from([0.0, 0.001, 400.0, 1e8])) for name in names if name != "none"}
    return MadeUp(ends, spent, steps=draw(st.sampled_from([1, 2, 4, 6, 80])))


@given(found=comparisons())
@example(found=MadeUp({"none": [1.0, 2.0], "sector": [1.0, 2.0]}))
@example(found=MadeUp({"none": [0.0, 0.0], "sector": [0.0, 0.0]}))
@example(found=MadeUp({"none": [1.0], "sector": [math.nan]}))
@example(found=MadeUp({"none": [1.0, math.nan], "sector": [math.nan, 1.0]}))
def test_sentences_are_english_and_do_not_claim_too_much(found: MadeUp) -> None:
    told = answer(found)
    assert 1 <= len(told) <= 3
    for sentence in (*told, *mind(found), asked(found)):
        check(sentence)
    for part in (part for sentence in told for part in sentence if isinstance(part, Number)):
        assert math.isfinite(part.value), part
        scale = 100 if "probability" in part.source else 1
        assert number(part) == pytest.approx(scale * part.value, rel=0.06, abs=0.51), part
    if len(told) == 3 and found.seeds > 1:
        check_claims(found, text(told[0]), text(told[1]))


def check_claims(found: MadeUp, first: str, second: str) -> None:
    """Hold what is said of chance against the intervals, computed anew."""
    wide = found.by_regime(PRIMARY)
    best = wide.mean().idxmax()
    gains = {name: wide[name] - wide[found.baseline] for name in found.others}
    clear = [name for name in told_together(gains) if gains[name].mean() > 0]
    leads = f"{regime(str(best))} gives the region the most knowledge"
    if "could explain" in first:
        assert not clear
    if "chance would explain, too" in first or first.endswith(", more than chance would explain."):
        assert best in clear
    if leads in first and math.isfinite(found.entry(PRIMARY, str(best), "relative")):
        assert ("chance" in first) == (len(found.others) > 0)
    if "), more than chance would explain" in second:
        second_best = sorted(wide.columns, key=lambda name: -wide[name].mean())[1]
        lead = wide[best] - wide[second_best]
        assert lead.mean() > 0.99 * t(lead)


def told_together(gains: Mapping[str, pd.Series]) -> list[str]:
    """Differences that are told from none together, step by step from the surest (Holm 1979)."""
    from scipy.stats import t as student  # noqa: PLC0415 - slow to import

    surest = []
    for name, gain in gains.items():
        error = gain.std(ddof=1) / len(gain) ** 0.5
        if error:
            surest.append((2 * student.sf(abs(gain.mean() / error), len(gain) - 1), name))
        else:
            surest.append((0.0 if gain.mean() else 1.0, name))
    told = []
    for place, (probability, name) in enumerate(sorted(surest)):
        if probability * (len(surest) - place) >= 0.05:
            break
        told.append(name)
    return told


def t(sample: object) -> float:
    from scipy.stats import t as student  # noqa: PLC0415 - slow to import

    values = np.asarray(sample, np.float64)
    return float(student.ppf(0.975, len(values) - 1) * values.std(ddof=1) / len(values) ** 0.5)


def test_what_is_said_where_one_regime_clearly_leads() -> None:
    found = MadeUp(
        {"none": [100, 101, 99], "sector": [110, 111.2, 109], "cluster": [100, 99, 101]},
        {"sector": 40, "cluster": 40},
    )
    first, second, third = (text(each) for each in answer(found))
    assert first == (
        "On average over 20 years and 3 simulated regions, sector support gives the region the most knowledge: "
        "10.1% more than no policy (likely +9.8% to +10.4%); no other policy gains more than chance would explain."
    )
    assert second.endswith("It comes first in 3 of the 3 regions, too few to speak of a probability.")
    assert third == (
        "In average yearly salaries, each 1% more knowledge costs about 0.99 (likely 0.97 to 1.0) under "
        "sector support; for cluster support no price can be given, as its gain may be chance."
    )
    cost, low, high = price_of(found, "sector")
    assert cost == pytest.approx(10 / 10.0667, rel=1e-3)
    assert low < cost < high


def test_a_probability_is_given_where_there_are_enough_regions() -> None:
    rising = [float(value) for value in range(16)]
    found = MadeUp(
        {
            "none": [value + (place < 4) for place, value in enumerate(rising)],
            "sector": [v + 0.5 for v in rising],
        }
    )
    assert text(answer(found)[1]).endswith(
        "It comes first in 12 of the 16 regions, a probability of about 75% (likely 51% to 90%) in any one of them."
    )


def test_where_no_policy_is_best_nobody_is_said_to_lead() -> None:
    found = MadeUp({"none": [100, 101, 99], "sector": [90, 92, 91]}, {"sector": 40})
    first, second, third = (text(each) for each in answer(found))
    assert (
        "no policy tried here does better than no policy at all: the closest, sector support, gives" in first
    )
    assert "9.0% less knowledge" in first
    assert second.startswith("The lead of having no policy over the runner-up")
    assert third.endswith("what it gains may be chance, so that no price can be put on it.")


def test_ties_are_told_as_ties() -> None:
    found = MadeUp({"none": [1.0, 2.0], "sector": [1.0, 2.0], "cluster": [0.5, 0.5]})
    first, second, _ = (text(each) for each in answer(found))
    assert "having no policy and sector support give the region equally much knowledge" in first
    assert second.startswith("Which of them is best cannot be told")


def test_one_region_and_one_regime() -> None:
    one = MadeUp({"none": [1.0], "sector": [2.0]}, {"sector": 4.0})
    assert text(answer(one)[1]) == ONE_REGION
    assert LIKELY not in read(one)
    alone = [text(each) for each in answer(MadeUp({"cluster": [3.0]}))]
    assert alone[0].endswith("grows by 200.0% in 20 years, in the one region that was simulated.")
    assert text(answer(MadeUp({"cluster": [0.5, 0.5]}))[0]).startswith(
        "Under cluster support, the knowledge of the region shrinks by 50.0%"
    )


def test_regimes_that_never_finished_are_left_out() -> None:
    found = MadeUp({"none": [math.nan, math.nan], "sector": [1.0, 2.0], "cluster": [1.5, 2.5]})
    assert found.baseline == "sector"
    assert "than sector support" in text(answer(found)[0])
    nothing = MadeUp({"none": [1.0, math.nan], "sector": [math.nan, 2.0]})
    assert [text(each) for each in answer(nothing)] == [NOTHING_SHARED]


def test_own_regimes_stand_in_quotation_marks() -> None:
    assert regime("is") == "“is”"
    assert regime("open_clusters") == "“open clusters”"
    assert regime("sector") == "sector support"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(0, "0%"), (1, "100%"), (0.002, "0.2%"), (0.9999, "99.99%"), (0.5, "50%"), (0.005, "0.5%")],
)
def test_extremes_are_told_only_where_they_are_meant(value: float, wanted: str) -> None:
    assert share(value, "").text == wanted


def test_zero_has_no_sign_and_minus_is_a_minus() -> None:
    assert percent(-0.04, "").text == "0.0%"
    assert percent(0.04, "").text == "0.0%"
    assert percent(-1.26, "").text == "\N{MINUS SIGN}1.3%"
    assert written(-12345.6, 0) == "\N{MINUS SIGN}12,346"
    assert percent(math.nan, "").text == "\N{EN DASH}"
