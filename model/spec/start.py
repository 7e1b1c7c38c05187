"""Parameters of the start of a run."""

from __future__ import annotations

from model.spec.section import Section, parameter


class StartSpec(Section):
    """How a region comes to where it starts."""

    run_up: int = parameter(
        160,
        "Quarters without policy before the start, in which the region settles; 0 starts it as it was founded.",
        unit="quarters",
        ge=0,
        le=1000,
    )
