"""Names of NACE Rev. 2: the sections, and divisions in short."""

from __future__ import annotations

import re

SECTIONS = {
    "A": "agriculture, forestry and fishing",
    "B": "mining and quarrying",
    "C": "manufacturing",
    "D": "energy supply",
    "E": "water and waste",
    "F": "construction",
    "G": "trade",
    "H": "transport and storage",
    "I": "accommodation and food services",
    "J": "information and communication",
    "K": "finance and insurance",
    "L": "real estate",
    "M": "professional, scientific and technical services",
    "N": "administrative and support services",
    "O": "public administration",
    "P": "education",
    "Q": "health and social work",
    "R": "arts, entertainment and recreation",
    "S": "other services",
    "T": "households as employers",
    "U": "extraterritorial organisations",
}
LONGEST = 60
_CUTS = (
    r"^Manufacture of ",
    r"; .*$",
    r", except .*$",
    r" n\.e\.c\.",
    r"^other (?=non-metallic)",
    r"^basic pharmaceutical products and ",
)


def short_name(code: str, label: str) -> str:
    """Shorten the label of a division to a name that fits tables and figures.

    Parameters
    ----------
    code
        Code of the division.
    label
        Official label.

    Returns
    -------
    str
        Code and label, at most 60 characters, cut between words.
    """
    for cut in _CUTS:
        label = re.sub(cut, "", label)
    name = f"{code} {label[:1].lower()}{label[1:]}"
    if len(name) <= LONGEST:
        return name
    name = name[: LONGEST + 1].rpartition(" ")[0].rstrip(",")
    return re.sub(r" (activities|and|of|or)$", "", name)
