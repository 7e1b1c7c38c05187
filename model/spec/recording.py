"""What is recorded, how often."""

from __future__ import annotations

from model.spec.section import Section, parameter


class RecordingSpec(Section):
    """Costly observables are taken every few steps and carried forward in between."""

    network_every: int = parameter(
        8,
        "Steps between measurements of clustering, path length and modularity.",
        unit="quarters",
        ge=1,
        le=10_000,
    )
    path_length_sources: int = parameter(
        16, "Firms from which path length is sampled.", unit="firms", ge=1, le=10_000
    )
