"""Kinds of files that once gave other amounts than were meant: read right, remarked on, or refused in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.errors import RequestError
from analysis.regions.importing.files import text_sheet
from analysis.regions.importing.interpretation import read_table
from analysis.regions.importing.reading import Reading

REGIONS = ["AT11", "AT12", "AT21", "AT22", "AT31"]
DOMAINS = ["C10", "C13", "C16", "C25", "C28", "F41", "G47", "J62"]
AMOUNTS = np.array(
    [
        [5605, 2771, 6768, 1091, 1486, 1842, 6291, 1250],
        [8613, 3817, 914, 1708, 7404, 7151, 1444, 4243],
        [1786, 7255, 1268, 2328, 3957, 1313, 6799, 1112],
        [3922, 1063, 2481, 5044, 7167, 2663, 2229, 5354],
        [3261, 1988, 3378, 6401, 1896, 1328, 1276, 3674],
    ],
    dtype=float,
)


def wide(
    amounts: np.ndarray = AMOUNTS,
    regions: list[str] = REGIONS,
    domains: list[str] = DOMAINS,
    write: Callable[[float], str] = lambda value: f"{value:.12g}",
    sign: str = ",",
) -> str:
    rows = [
        ["region", *domains],
        *([code, *map(write, row)] for code, row in zip(regions, amounts, strict=True)),
    ]
    return "\n".join(sign.join(row) for row in rows) + "\n"


def with_row(row: np.ndarray, label: str) -> str:
    return wide(np.vstack([AMOUNTS, row]), [*REGIONS, label])


def read(text: str) -> Reading:
    return read_table(text_sheet("table.csv", text.encode()))


SHARES = 100 * AMOUNTS / AMOUNTS.sum(axis=1, keepdims=True)
LEVELS = np.vstack([AMOUNTS.sum(axis=0), AMOUNTS[:2].sum(axis=0), AMOUNTS[:2], AMOUNTS[4], AMOUNTS[4]])
BLOCKS = np.hstack(
    [AMOUNTS, AMOUNTS[:, :5].sum(axis=1, keepdims=True), AMOUNTS[:, 5:].sum(axis=1, keepdims=True)]
)

READ: dict[str, tuple[str, float, str]] = {
    "a mean without a label": (with_row(AMOUNTS.mean(axis=0).round(1), "X"), AMOUNTS.sum(), "the mean of all others"),
    "a mean by its label": (with_row(AMOUNTS.mean(axis=0).round(), "Durchschnitt"), AMOUNTS.sum(), "a statistic"),
    "a median": (with_row(np.median(AMOUNTS, axis=0), "Median"), AMOUNTS.sum(), "a statistic"),
    "sums of blocks that are not beside them": (
        wide(BLOCKS, domains=[*DOMAINS, "Z1", "Z2"]), AMOUNTS.sum(), "the sum of F41 to J62"),
    "levels with labels behind their codes": (
        wide(LEVELS, [f"{code} Land {code}" for code in ("AT", "AT1", "AT11", "AT12", "AT3", "AT31")]),
        AMOUNTS[[0, 1, 4]].sum(), "a total over AT31"),
    "exponents": (wide(write=lambda value: f"{value:.3E}"), AMOUNTS.sum(), ""),
    "codes of domains under a name of regions": (
        "city,code,n\n" + "".join(f"{town},{code},{AMOUNTS[i, j]:.0f}\n" for i, town in
                                  enumerate(("Wien", "Graz", "Linz", "Salzburg", "Tirol"))
                                  for j, code in enumerate(DOMAINS)), AMOUNTS.sum(), ""),
    "flags that are missing at the end of rows": (
        "region,domain,value,flag\n" + "".join(f"{region},{code},{AMOUNTS[i, j]:.0f}{',p' * (j % 2)}\n"
                                               for i, region in enumerate(REGIONS) for j, code in enumerate(DOMAINS)),
        AMOUNTS.sum(), ""),
}  # fmt: skip

REFUSED: dict[str, tuple[str, str]] = {
    "points and commas before three digits": (
        wide(write=lambda value: f"{value:,.0f}".replace(",", "." if value > 3000 else ","), sign=";"),
        "not both alike"),
    "a row with a cell too few": (wide().replace("AT12,8613,", "AT12,"), "row 3: has 8 cells and the header 9"),
    "a note with a comma": (wide() + "Source: office, 2021\n", "row 7: has 2 cells"),
    "a quote that is never closed": (wide().replace("AT12", '"AT12'), "row 3: has a quote that is closed rows later"),
    "a quote that is closed later": (wide(regions=['"AT11', "AT12", 'AT21"', "AT22", "AT31"]), "row 2: has a quote"),
    "shares of which some are left out": (wide(SHARES[:, :6].round(2), domains=DOMAINS[:6]), "somewhat less than 100"),
    "shares in whole percent": (wide(SHARES.round()), "these are shares"),
    "ranks": (wide(AMOUNTS.argsort(axis=0).argsort(axis=0) + 1.0), "these are ranks"),
    "thousands in the name of a column": (
        wide().replace("region", "region (1000 persons)"), "thousands or more"),
    "thousands in an abbreviated name": (
        "region,domain,emp_ths\n" + "".join(f"{region},{code},{AMOUNTS[i, j]:.0f}\n" for i, region in enumerate(REGIONS)
                                            for j, code in enumerate(DOMAINS)), "thousands or more"),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_read_right(kind: str) -> None:
    text, meant, told = READ[kind]
    found = read(text)
    assert np.nansum(found.amounts) == pytest.approx(meant)
    assert told in " ".join([*found.dropped, *found.notes])


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_with_its_cause(kind: str) -> None:
    text, told = REFUSED[kind]
    with pytest.raises(RequestError) as raised:
        read(text)
    assert told in str(raised.value)


def test_regions_of_several_levels_are_remarked_on() -> None:
    found = read(with_row(9 * AMOUNTS[0], "DE"))
    assert np.nansum(found.amounts) == AMOUNTS.sum() + 9 * AMOUNTS[0].sum()
    assert "codes of 4 characters, but not DE" in " ".join(found.notes)


def test_amounts_are_no_means_or_shares_by_chance() -> None:
    luck = np.random.default_rng(1)
    for _ in range(30):
        amounts = np.round(np.exp(luck.normal(5, 1, (12, 9))))
        domains = [*DOMAINS, "K64"]
        found = read(wide(amounts, [f"AT{number}" for number in range(11, 23)], domains))
        assert found.dropped == []
        assert np.nansum(found.amounts) == amounts.sum()
