"""Where domains lie on the page: on it, apart, and linked however little is related."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.dashboard.panels.space_layout import FEWEST, RELATED, links, positions
from analysis.regions.catalogue import shipped
from model.loading import load_scenario
from model.space import build_space
from model.streams import Streams


def test_related_domains_are_linked_and_nearer() -> None:
    phi = build_space(load_scenario("machine_building_meets_iot").knowledge_space, Streams(1)).relatedness
    at, linked = np.array(positions(phi)), links(phi)
    assert all(phi[one, other] >= RELATED for one, other in linked)
    far = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    assert np.mean([far[one, other] for one, other in linked]) < 0.6 * far[np.triu_indices(len(at), 1)].mean()


def test_in_a_measured_space_the_strongest_are_linked_and_nobody_far_out_takes_all_room() -> None:
    phi = shipped().relatedness.to_numpy() ** 3
    at, linked = np.array(positions(phi)), links(phi)
    assert FEWEST * len(phi) <= len(linked) <= FEWEST * len(phi) + 5 or phi[phi < 1].max() >= RELATED
    assert at.min() >= 0
    assert at.max() <= 1
    middle = (at > 0.15).all(axis=1) & (at < 0.85).all(axis=1)
    assert middle.mean() > 0.35


@pytest.mark.parametrize("domains", [1, 2, 4])
def test_few_domains_have_places_too(domains: int) -> None:
    phi = np.zeros((domains, domains))
    assert len(positions(phi)) == domains
    assert links(phi) == []
