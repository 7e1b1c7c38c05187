"""The facts, in order: one line each."""

from __future__ import annotations

from analysis.facts import (
    clusters_and_lock_in,
    cowan_jonard,
    inverted_u,
    leaps_and_unfamiliar_combinations,
    networked_recombination,
    networks_that_do_not_recombine,
    no_absorptive_capacity_no_gain,
    policy_driven_clusters,
    poorly_connected_firms,
    relatedness_and_entry,
    sector_support_and_flows,
    size_and_degree,
    small_worlds,
    smart_specialisation_conditions,
)
from analysis.facts.fact import Fact, Reference

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
    )
}


def chosen(numbers: tuple[int, ...]) -> tuple[Fact | Reference, ...]:
    """Give facts by their numbers, all of them for none."""
    return tuple(FACTS[number] for number in numbers or FACTS)
