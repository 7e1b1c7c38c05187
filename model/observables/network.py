"""The network of ties between firms."""

from __future__ import annotations

from model.kernels import measure as m
from model.observables.observable import Floats, Moment, Observable, ObservableGroup


def _network(moment: Moment, out: Floats) -> None:
    world = moment.world
    spec, carriers = world.scenario.recording, world.carriers
    if world.step % spec.network_every == 0 or world.step == world.scenario.steps:
        out[:] = m.measure_network(
            carriers.kind, carriers.sector, carriers.degree, carriers.partners, spec.path_length_sources
        )


NETWORK_OBSERVABLES = ObservableGroup(
    (
        Observable("clustering", "Clustering", "1", "Mean local clustering of firms with two ties or more."),
        Observable("path_length", "Path length", "ties", "Mean length of sampled shortest paths."),
        Observable("modularity", "Modularity", "1", "Modularity of the network by sector."),
    ),
    _network,
)
