"""What somebody meant who wrote a number as people write it: ``5%``, ``0,01``, ``2 million euros``."""

from __future__ import annotations

import re

from model.spec.declarations import Declaration
from model.spec.phrases import number

_PERCENT = re.compile(r"([-+]?\d+(?:[.,]\d+)?) ?(?:%|per ?cent|percent)$", re.IGNORECASE)
_COMMA = re.compile(r"[-+]?\d+,\d+$")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:(?P<sign>[., '’_])\d{3})(?:(?P=sign)\d{3})*$")
_MONEY = re.compile(
    r"€|\beur(?:os?)?\b|\$|£|\busd\b|\bgbp\b|^\d[\d.,]* ?(?:m|mn|mio|bn|million|billion)\b", re.IGNORECASE
)
_OF_WAGES = "share of wage bill"
OF_EUROS = (
    "euros a quarter divided by the wages of a quarter make such a share: 3 million on wages of 100 million are 0.03; "
    "compare takes euros a year as --budget, with --wage-bill"
)
"""How a budget in euros becomes a share."""


def what_to_write(given: object, declaration: Declaration) -> str:
    """Say what to write in place of a text or of an amount of money where a number is asked for.

    Parameters
    ----------
    given
        What was written.
    declaration
        The parameter, a number.

    Returns
    -------
    str
        The rest of a sentence: ``"write 0.05"``; empty where nothing better is known.
    """
    unit, highest = declaration.unit, declaration.bounds.le
    if unit == _OF_WAGES and (_is_money(given) or (_is_amount(given) and float(str(given)) >= 100)):
        return OF_EUROS
    if not isinstance(given, str) or len(given) > 40:
        return ""
    text = given.strip().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    if percent := _PERCENT.match(text):
        value = float(percent[1].replace(",", "."))
        return f"write {_fitting(value, unit, highest)}"
    if grouped := _GROUPED.match(text):
        whole = text.replace(grouped["sign"], "")
        # One group may as well be decimals.
        other = text.replace(",", ".") if grouped["sign"] in ",." and text.count(grouped["sign"]) == 1 else ""
        other = "" if declaration.kind == "integer" else other
        return f"write {whole}" + (f", or {_plain(other)} if the sign begins the decimals" if other else "")
    if _COMMA.match(text):
        return f"write {_plain(text.replace(',', '.'))}, with a point"
    return ""


def _is_money(given: object) -> bool:
    return isinstance(given, str) and _MONEY.search(given.strip()) is not None


def _is_amount(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)


def _fitting(value: float, unit: str, highest: float | None) -> str:
    """Write percent as the parameter takes them: as they are where its unit is percent, else as a share."""
    as_percent = "%" in unit or "percent" in unit
    return _plain(
        str(value if as_percent or (highest is not None and value / 100 > highest) else value / 100)
    )


def _plain(text: str) -> str:
    return number(round(float(text), 12))
