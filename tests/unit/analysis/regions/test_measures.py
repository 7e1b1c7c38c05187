"""Measures against values worked out by hand, and against the same done in another way."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.regions import measures

NAN = float("nan")

EMPLOYMENT = np.array([[30.0, 10.0, 10.0], [10.0, 30.0, NAN], [0.0, 10.0, 40.0]])
# What is published: regions have 50, 40, 50; domains 40, 50, 50; altogether 140.
QUOTIENTS = np.array(
    [
        [(30 / 50) / (40 / 140), (10 / 50) / (50 / 140), (10 / 50) / (50 / 140)],
        [(10 / 40) / (40 / 140), (30 / 40) / (50 / 140), NAN],
        [0.0, (10 / 50) / (50 / 140), (40 / 50) / (50 / 140)],
    ]
)
SPECIAL = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 1, 1, 1]], bool)
# Ubiquity 3, 4, 4, 2; together: 01 3, 02 2, 03 1, 12 3, 13 1, 23 2.
PROXIMITY = np.array([[0, 3 / 4, 2 / 4, 1 / 3], [3 / 4, 0, 3 / 4, 1 / 4], [2 / 4, 3 / 4, 0, 2 / 4],
                      [1 / 3, 1 / 4, 2 / 4, 0]])  # fmt: skip


def test_location_quotients_count_what_is_published_only() -> None:
    np.testing.assert_allclose(measures.location_quotient(EMPLOYMENT), QUOTIENTS)


def test_blank_is_not_zero() -> None:
    zero = np.nan_to_num(EMPLOYMENT)
    quotients = measures.location_quotient(zero)
    assert quotients[1, 2] == 0.0
    assert np.isnan(measures.location_quotient(EMPLOYMENT)[1, 2])
    density = measures.relatedness_density(SPECIAL[:3, :3], PROXIMITY[:3, :3], ~np.isnan(EMPLOYMENT))
    # Domain 2 is not published for region 1: only 1 is known to be related to 0.
    assert density[1, 0] == pytest.approx(1.0)
    assert measures.relatedness_density(SPECIAL[:3, :3] & ~np.isnan(EMPLOYMENT), PROXIMITY[:3, :3])[
        1, 0
    ] == pytest.approx((3 / 4) / (3 / 4 + 2 / 4))


def test_nothing_at_all_has_no_quotient() -> None:
    quotients = measures.location_quotient(np.array([[1.0, 0.0], [3.0, 0.0], [0.0, 0.0]]))
    assert np.isnan(quotients[:, 1]).all()
    assert np.isnan(quotients[2]).all()
    assert not measures.specialised(quotients)[:, 1].any()


def test_proximity_by_hand() -> None:
    np.testing.assert_allclose(measures.proximity(SPECIAL), PROXIMITY)


def test_density_by_hand_leaves_the_domain_itself_out() -> None:
    density = measures.relatedness_density(SPECIAL, PROXIMITY + np.eye(4))
    assert density[0, 2] == pytest.approx((2 / 4 + 3 / 4) / (2 / 4 + 3 / 4 + 2 / 4))
    assert density[3, 3] == pytest.approx((2 / 4) / (1 / 3 + 1 / 4 + 2 / 4))


def test_variety_by_hand_and_its_sum() -> None:
    # Halves, one of them in two quarters: 1 bit between the groups, half a bit within.
    related, unrelated = measures.related_variety(
        np.array([[20.0, 10.0, 10.0], [40.0, 0.0, NAN]]), np.array([0, 1, 1])
    )
    np.testing.assert_allclose(unrelated, [1.0, 0.0])
    np.testing.assert_allclose(related, [0.5, 0.0], atol=1e-15)


def reflections(special: np.ndarray, rounds: int) -> tuple[np.ndarray, np.ndarray]:
    """The method of reflections as first published: averages of averages, again and again."""
    table = special.astype(float)
    diversity, ubiquity = table.sum(axis=1), table.sum(axis=0)
    regions, domains = diversity, ubiquity
    for _ in range(rounds):
        regions, domains = table @ domains / diversity, table.T @ regions / ubiquity
    return (regions - regions.mean()) / regions.std(), (domains - domains.mean()) / domains.std()


def test_complexity_is_what_the_method_of_reflections_tends_to() -> None:
    eci, pci = measures.complexity(SPECIAL)
    regions, domains = reflections(SPECIAL, 24)
    assert abs(np.corrcoef(eci, regions)[0, 1]) == pytest.approx(1.0, abs=1e-3)
    assert abs(np.corrcoef(pci, domains)[0, 1]) == pytest.approx(1.0, abs=1e-3)
    # Regions are as complex as what they do, on average: both signs agree.
    average = np.array([pci[row].mean() for row in SPECIAL])
    assert np.corrcoef(average, eci)[0, 1] == pytest.approx(1.0)
    assert eci.mean() == pytest.approx(0.0, abs=1e-12)
    assert eci.std() == pytest.approx(1.0)


def test_the_anchor_decides_the_sign_of_both() -> None:
    eci, pci = measures.complexity(SPECIAL, np.array([1.0, 2.0, NAN, 5.0, 4.0]))
    other, others = measures.complexity(SPECIAL, -np.array([1.0, 2.0, NAN, 5.0, 4.0]))
    np.testing.assert_allclose(eci, -other)
    np.testing.assert_allclose(pci, -others)
    assert eci[3] > eci[0]


def test_regions_and_domains_without_specialisations_have_no_complexity() -> None:
    wider = np.zeros((6, 5), bool)
    wider[:5, :4] = SPECIAL
    eci, pci = measures.complexity(wider)
    np.testing.assert_allclose(eci[:5], measures.complexity(SPECIAL)[0])
    assert np.isnan(eci[5])
    assert np.isnan(pci[4])


@pytest.mark.parametrize(
    ("special", "message"),
    [
        (np.ones((2, 5), bool), "at least three"),
        (np.ones((5, 5), bool), "same specialisations"),
        (np.kron(np.eye(2), np.ones((3, 3))).astype(bool), "share no domain"),
    ],
)
def test_complexity_that_is_not_defined_is_refused(special: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        measures.complexity(special)


def test_outlook_and_its_gain_by_hand() -> None:
    pci = np.array([-1.0, 0.0, 0.5, 2.0])
    density = measures.relatedness_density(SPECIAL, PROXIMITY)
    outlook = measures.complexity_outlook(SPECIAL, density, pci)
    assert outlook[0] == pytest.approx(density[0, 2] * 0.5 + density[0, 3] * 2.0)
    assert outlook[4] == 0.0
    gain = measures.complexity_outlook_gain(SPECIAL, PROXIMITY, pci)
    # Region 0 lacks 2 and 3: with 2 it comes nearer to 3, by the share of 2 in all that is related to 3.
    assert gain[0, 2] == pytest.approx((2 / 4) / (1 / 3 + 1 / 4 + 2 / 4) * 2.0)
    assert np.isnan(gain[0, 0])
