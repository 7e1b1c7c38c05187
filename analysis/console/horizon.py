"""A horizon asked for on the command line: what lies beyond it is left out, and that is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from model.loading import load_scenario
from model.scenario import Scenario


def load_with_horizon(
    reference: str, settings: Sequence[str], steps: int | None, warn: Callable[[str], None]
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

    Returns
    -------
    Scenario
        The scenario, fully checked.

    Raises
    ------
    ScenarioError
        If the scenario is wrong in itself, events beyond its own horizon included, or the horizon is.
    """
    if steps is None:
        return load_scenario(reference, settings)
    whole = load_scenario(reference, settings)
    events = tuple(event for event in whole.events if event.step <= steps)
    everybody = whole.policy.policymakers
    in_time = tuple(policymaker for policymaker in everybody if policymaker.start <= steps)
    late = [f"{event.kind} at step {event.step}" for event in whole.events if event.step > steps]
    late += [f"policymaker {p.name!r} from step {p.start} on" for p in everybody if p.start > steps]
    if steps < 1 or not late or (everybody and not in_time):
        return load_scenario(reference, [*settings, f"steps={steps}"])
    warn(f"--steps {steps} ends before what the scenario plans; left out: {', '.join(late)}.")
    policy = whole.policy.model_copy(update={"policymakers": in_time})
    kept = whole.model_copy(update={"events": events, "policy": policy})
    return load_scenario(kept, [f"steps={steps}"])
