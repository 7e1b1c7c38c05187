"""A horizon asked for on the command line: what lies beyond it is left out, and that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.regions.application import AS_PUBLISHED, Priorities, load_with_region
from analysis.runs.horizon import within
from model.scenario import Scenario


def load_with_horizon(
    reference: str,
    settings: Sequence[str],
    steps: int | None,
    warn: Callable[[str], None],
    region: str | None = None,
    priorities: Priorities = AS_PUBLISHED,
) -> Scenario:
    """Load a scenario and run it for another number of steps than it says.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    steps
        Horizon, if it differs; events and policymakers that would only come later are left out.
    warn
        Told what is left out.
    region
        A measured region in place of the scenario's own, if any.
    priorities
        What sectors are in that region, and what is nobody's priority.

    Returns
    -------
    Scenario
        The scenario, fully checked.

    Raises
    ------
    ScenarioError
        If the scenario is wrong in itself, events beyond its own horizon included, or the horizon is.
    """
    whole = load_with_region(reference, settings, region, priorities)
    if steps is None:
        return whole
    shorter, late = within(whole, steps)
    if not late:
        # Read again, so that a message names the option and the file.
        return load_with_region(reference, [*settings, f"steps={steps}"], region, priorities)
    warn(f"--steps {steps} ends before what the scenario plans; left out: {', '.join(late)}.")
    return shorter
