"""What regimes, sources and instruments are called in a report."""

from __future__ import annotations

import re

from analysis.runs.policies import switch_of
from model.scenario import BY_LOT

REGIMES = {
    "none": "no policy",
    "sector": "sector support",
    "cluster": "cluster support",
    "smart_specialisation": "smart specialisation",
    "composed": "a composed policy",
    "as_written": "the policy as written",
    "lottery": "a lottery",
}


NOBODY = "none"
SOURCES = {
    "research": "Own research",
    "absorption_same_sector": "Learning from partners in the same sector",
    "absorption_cross_sector": "Learning from partners in other sectors",
    "absorption_from_organisations": "Learning from universities and other organisations",
    "absorption_from_outside": "Learning from outside the region",
    "recombination_internal_same_sector": "Own recombination within the sector",
    "recombination_internal_cross_sector": "Own recombination across sectors",
    "recombination_networked_same_sector": "Recombination with partners, same sector",
    "recombination_networked_cross_sector": "Recombination with partners, across sectors",
    "discovery_pilots": "Discovery pilots",
    "forgetting": "Forgetting",
    "obsolescence": "Obsolescence",
    "employment": "Growth and decline of firms",
    "exit": "Firms that closed",
    "entry": "New firms",
}

ORGANISATIONS = {
    "university": "universities",
    "technology_transfer": "technology transfer centres",
    "training": "training providers",
    "business_support": "business support agencies",
    "cluster_organisation": "cluster organisations",
    "discovery_platform": "discovery platforms",
}


def regime(name: str) -> str:
    """Name a regime as in a sentence: a user's own in quotation marks, as it may be any word."""
    switch = switch_of(name)
    if switch is not None:
        years = f"{switch.years:g} {'year' if switch.years == 1 else 'years'}"
        return f"{regime(switch.then)} after {years} of {regime(switch.first)}"
    own = name.removesuffix(BY_LOT)
    if own != name:
        return f"{regime(own)} by lot"
    return REGIMES.get(name, f"“{readable(name)}”")


def subject(name: str) -> str:
    """Name a regime where it does something: "no policy leads" would say that none does."""
    return "having no policy" if name == NOBODY else regime(name)


def source(name: str) -> str:
    """Name a source of the growth account."""
    return SOURCES.get(name, first_upper(readable(name)))


def sector(name: str) -> str:
    """Name a sector, or a cluster of one, without the letter of its section in NACE."""
    return re.sub(r"^[A-U] (?=[a-z])", "", name)


def readable(name: str) -> str:
    """Write a key as words."""
    return name.replace("_", " ")


def parameter(name: str) -> str:
    """Write the key of a parameter as words: its last part."""
    return readable(name.rpartition(".")[2])


def first_upper(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]
