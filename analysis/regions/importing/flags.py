"""Flags that statistical offices put beside numbers: the official letters, and which of them withhold a number.

Letters behind a number are those of Eurostat (page "Database" of its site, "Flags"): those in use until 26 January
2025 (c, s, z among them) and since, when these became C, i and m. In a column of their own also those of SDMX, code
list CL_OBS_STATUS (2.0 and later), and of confidentiality, CL_CONF_STATUS. Other letters are no flags: 5m may be five
million, as m says that there is no number, and stands behind none.
"""

from __future__ import annotations

import re

EUROSTAT = {
    "b": "break in time series", "c": "confidential", "d": "definition differs", "e": "estimated", "f": "forecast",
    "i": "imputed by Eurostat", "n": "not significant", "p": "provisional", "r": "revised", "s": "Eurostat estimate",
    "u": "low reliability", "z": "not applicable",
}  # fmt: skip
SDMX = {
    "A": "normal", "B": "break in time series", "D": "definition differs", "E": "estimated", "F": "forecast",
    "G": "experimental", "H": "missing, holiday", "I": "imputed", "J": "derogation", "K": "included elsewhere",
    "L": "missing, not collected", "M": "missing, cannot exist", "N": "not significant", "O": "missing",
    "P": "provisional", "Q": "missing, suppressed", "S": "strike or special event", "U": "low reliability",
    "V": "unvalidated", "W": "includes another category", "_Z": "not applicable",
}  # fmt: skip
ALONE = "m"
"""Letter of Eurostat that says that data cannot exist: in a column, or behind a colon, never behind a number."""
WITHHELD = frozenset({"c", "z", ALONE, "C", "Z", "H", "K", "L", "M", "O", "Q", "_Z", "_M"})
"""Flags that say that there is no number; a zero beside them is none."""

WORDS = ("confidential", "suppressed", "withheld", "missing", "not available", "not applicable", "secret")
UNITS = frozenset({"bn", "pc", "pcs", "eur", "sfr", "un", "mn", "cr"})
"""Letters that may be meant for units, and so are no flags."""

_BEHIND = re.compile(
    r"^(?P<number>[-+\u2212]?[0-9.,][^A-Za-z%]*?)\s*[(\[]?(?P<flag>[a-z]{1,4})[)\]]?$", re.IGNORECASE
)


def flag_of(cell: str) -> tuple[str, str]:
    """Part a cell into number and flag.

    Parameters
    ----------
    cell
        Such as ``"12 bp"``.

    Returns
    -------
    tuple
        The number as text, and official flag letters in lower case; the whole cell and nothing if there are none.
    """
    found = _BEHIND.match(cell)
    if found is None:
        return cell, ""
    letters = found["flag"].casefold()
    if letters in UNITS or not set(letters) <= set(EUROSTAT):
        return cell, ""
    return found["number"].strip(), letters


def is_flag(cell: str) -> bool:
    """Whether a cell of a column of its own holds official flags and nothing else."""
    parts = re.split(r"[\s,;]+", cell.strip())
    return all(part in SDMX or set(part) <= {*EUROSTAT, ALONE} or set(part) <= set(SDMX) for part in parts)


def withholds(flag: str) -> bool:
    """Whether a flag, or a status of confidentiality, says that no number is given."""
    text = flag.strip()
    if any(word in text.casefold() for word in WORDS):
        return True
    parts = re.split(r"[\s,;]+", text)
    return any(
        part in WITHHELD or (part.isalpha() and len(part) <= 4 and set(part) & WITHHELD) for part in parts
    )


def withholds_in_confidence(status: str) -> bool:
    """Whether a status of CL_CONF_STATUS says that a number may not be published: all but blank and F (free)."""
    return status.strip().casefold() not in {"", "f", "free"}
