"""The facts, in order: one line each."""

from __future__ import annotations

from analysis.errors import RequestError
from analysis.studies.facts.claims import (
    clusters_and_lock_in,
    cowan_jonard,
    entry_and_growth,
    inverted_u,
    leaps_and_unfamiliar_combinations,
    networked_recombination,
    networks_and_capacity,
    networks_that_do_not_recombine,
    no_absorptive_capacity_no_gain,
    policy_driven_clusters,
    poorly_connected_firms,
    published_pilots,
    relatedness_and_entry,
    sector_support_and_flows,
    size_and_degree,
    small_worlds,
    smart_specialisation_conditions,
    static_support,
    too_many_priorities,
    value_of_information,
)
from analysis.studies.facts.fact import Fact, Reference

FACTS: dict[int, Fact | Reference] = {
    each.number: each
    for each in (
        inverted_u.FACT,
        no_absorptive_capacity_no_gain.FACT,
        networked_recombination.FACT,
        relatedness_and_entry.FACT,
        cowan_jonard.FACT,
        clusters_and_lock_in.FACT,
        policy_driven_clusters.FACT,
        sector_support_and_flows.FACT,
        smart_specialisation_conditions.FACT,
        size_and_degree.FACT,
        networks_that_do_not_recombine.FACT,
        leaps_and_unfamiliar_combinations.FACT,
        small_worlds.FACT,
        poorly_connected_firms.FACT,
        value_of_information.FACT,
        too_many_priorities.FACT,
        static_support.FACT,
        networks_and_capacity.FACT,
        published_pilots.FACT,
        entry_and_growth.FACT,
    )
}


def parse_facts(text: str | None) -> tuple[int, ...]:
    """Read numbers of facts, with commas between.

    Parameters
    ----------
    text
        ``"1,4"``; None for all facts.

    Returns
    -------
    tuple of int
        Numbers, each once, in the order of the facts.

    Raises
    ------
    RequestError
        If one is no number of a fact.
    """
    if text is None:
        return tuple(FACTS)
    numbers = set()
    for part in text.split(","):
        word = part.strip()
        if not (word.isdecimal() and word.isascii() and int(word) in FACTS):
            first, last = min(FACTS), max(FACTS)
            raise RequestError(
                f"--only {text}: {word!r} is not the number of a fact; write numbers from {first} to {last} with "
                f"commas between, such as --only {first},4."
            )
        numbers.add(int(word))
    return tuple(sorted(numbers))
