"""Money in euros: what the wages of a region are, and what a budget is of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from analysis.errors import RequestError
from analysis.regions.catalogue import RegionReference, find_region
from analysis.regions.pay import SOURCE, average_pay
from analysis.regions.traits import people_in

AS_GIVEN = "as given"
_SIZES = {"": 1.0, "k": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_AMOUNT = re.compile(
    r"(?:€|eur(?:os?)?)?\s*(\d+(?:[ _']\d{3})*(?:\.\d+)?)\s*(k|mn?|mio|million|bn|billion)?\.?\s*(?:€|eur(?:os?)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Purse:
    """What the money of a simulated region is in euros.

    Attributes
    ----------
    wage_bill
        Wages a year, in euros.
    people
        People at work; None where that is not known.
    population
        Inhabitants; None where that is not known.
    source
        Where the wages come from, in words.
    """

    wage_bill: float
    people: float | None
    population: float | None
    source: str

    def told(self) -> dict[str, Any]:
        """Give it as plain data for JSON."""
        return asdict(self)


def opened(told: Mapping[str, Any] | None) -> Purse | None:
    """Read what `Purse.told` gave."""
    return None if told is None else Purse(**told)


def purse(region: str | None, wage_bill: str | None) -> Purse | None:
    """Say what the wages of a region are.

    Parameters
    ----------
    region
        Reference of a measured region, if there is one.
    wage_bill
        Wages a year as a user writes them, which have the first word.

    Returns
    -------
    Purse or None
        None where nothing is known: no region, or one of a country whose average pay is not published.
    """
    found = None if region is None else find_region(region)
    people = None if found is None else float(people_in(found.members)[found.code])
    population = None if found is None else _number(found, "population")
    if wage_bill is not None:
        return Purse(euros("wage_bill", wage_bill), people, population, AS_GIVEN)
    pay = None if found is None else average_pay(found)
    if pay is None or people is None:
        return None
    return Purse(
        pay * people, people, population, f"{people:,.0f} people at work times {pay:,.0f} euros: {SOURCE}"
    )


def budget_share(budget: str, known: Purse | None) -> float:
    """Give a budget in euros a year as the share of wages that the model takes.

    Raises
    ------
    RequestError
        If the wages are not known, or the budget is more than all of them.
    """
    share = _share(budget)
    if share is not None:
        raise RequestError(
            field="budget", value=budget, rule="is a share of wages, and not euros a year",
            remedy=f"Write it as {{policy.budget={share:g}}}, or euros as 60m.",
        )  # fmt: skip
    amount = euros("budget", budget)
    if known is None:
        raise RequestError(
            field="budget", value=budget, rule="euros can only be converted where the wages of the region are known",
            remedy="Add {wage_bill}, wages a year in euros, or a {region} of a country whose average pay ships.",
        )  # fmt: skip
    share = amount / known.wage_bill
    if share > 1:
        raise RequestError(
            field="budget", value=budget, remedy="Write euros a year, such as 60m.",
            rule=f"is more than all wages of the region, {known.wage_bill:,.0f} euros a year",
        )  # fmt: skip
    return share


def euros(field: str, text: str) -> float:
    """Read an amount of money: ``60m``, ``1.2bn``, ``60 000 000``, ``€5 million``.

    Raises
    ------
    RequestError
        If it is none, above zero.
    """
    found = _AMOUNT.fullmatch(text.strip())
    amount = (
        0.0 if found is None else float(re.sub("[ _']", "", found[1])) * _SIZES[(found[2] or "").casefold()]
    )
    if amount <= 0:
        raise RequestError(
            field=field,
            value=text,
            rule="must be an amount of euros a year, above 0",
            remedy="Write it as 60m or 1.2bn.",
        )
    return amount


def _share(text: str) -> float | None:
    """Read what is rather a share than an amount: ``5%``, ``0.05`` or ``0,05``."""
    found = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*", text)
    if found is None:
        return None
    value = float(found[1].replace(",", ".")) / (100 if found[2] else 1)
    return value if found[2] or 0 < value < 1 else None


def _number(region: RegionReference, name: str) -> float | None:
    value = float(region.row.get(name, float("nan")))
    return value if value == value else None  # noqa: PLR0124 - NaN is not itself
