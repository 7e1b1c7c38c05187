"""What regimes, sources and instruments are called in a report."""

from __future__ import annotations

REGIMES = {
    "none": "no policy",
    "sector": "sector support",
    "cluster": "cluster support",
    "smart_specialisation": "smart specialisation",
}


def regime(name: str) -> str:
    """Name a regime as in a sentence."""
    return REGIMES.get(name, name.replace("_", " "))


def readable(name: str) -> str:
    """Write a key as words."""
    return name.replace("_", " ")


def first_upper(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]
