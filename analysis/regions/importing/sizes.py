"""How large regions are that were brought, and how large the simulations are that stand for them."""

from __future__ import annotations

from analysis.errors import RequestError
from analysis.regions.application import region_settings
from analysis.regions.catalogue import RegionReference
from analysis.regions.region_set import RegionSet
from analysis.regions.representation import Representation, firms_for, in_words, units_of
from analysis.words.document import text_of

COUNTED = ("employment", "firms")
"""Measures that say how many people there are."""


def sizes_of(members: RegionSet) -> dict[str, Representation]:
    """Say of every region what stands for it.

    Parameters
    ----------
    members
        The regions.

    Returns
    -------
    dict
        By code; regions of which too little is published are left out, and all where amounts are no people.
    """
    found = {}
    for code in map(str, members.regions.index if members.about.measure in COUNTED else ()):
        try:
            settings = region_settings(RegionReference(members, code))
        except RequestError:
            continue
        employment = settings["knowledge_space.measured.employment"]
        sizes = settings["knowledge_space.measured.unit_size"]
        units, firms, persons = units_of(employment, sizes), firms_for(employment, sizes), sum(employment)
        found[code] = Representation(persons, units, firms, firms * persons / units)
    return found


def sizes_in_words(members: RegionSet) -> list[str]:
    """Say in lines how large each region is, and what stands for it.

    Parameters
    ----------
    members
        The regions.

    Returns
    -------
    list of str
        A line for each region.
    """
    if members.about.measure not in COUNTED:
        told = f"Amounts are {members.about.measure}: how many people and firms a region has is not known. "
        return [
            f"{told}A simulation takes its mix of domains; --set firms.number says how many firms it has."
        ]
    counted = members.about.measure == "firms"
    told = "Firms were counted; people are firms times their usual size. " if counted else ""
    return [f"{code}: {told}{text_of(in_words(each))}" for code, each in sizes_of(members).items()]
