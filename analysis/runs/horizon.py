"""Another number of steps than a scenario says: what it plans for later is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.loading import load_scenario
from model.scenario import Scenario


def within(
    scenario: Scenario, steps: int, settings: Mapping[str, object] | Sequence[str] = ()
) -> tuple[Scenario, tuple[str, ...]]:
    """Run a scenario for another number of steps, without the events and policymakers that would come later.

    Parameters
    ----------
    scenario
        Scenario, valid in itself.
    steps
        Horizon.
    settings
        Further settings on top.

    Returns
    -------
    tuple
        The scenario, and what was left out, in words.

    Raises
    ------
    ScenarioError
        If a scenario cannot have so many steps, or nobody would act in them.
    """
    changes = {**settings, "steps": steps} if isinstance(settings, Mapping) else [*settings, f"steps={steps}"]
    everybody = scenario.policy.policymakers
    in_time = tuple(policymaker for policymaker in everybody if policymaker.start <= steps)
    late = [f"{event.kind} at step {event.step}" for event in scenario.events if event.step > steps]
    late += [f"policymaker {p.name!r} from step {p.start} on" for p in everybody if p.start > steps]
    if steps < 1 or not late or (everybody and not in_time):
        return load_scenario(scenario, changes), ()
    policy = scenario.policy.model_copy(update={"policymakers": in_time})
    events = tuple(event for event in scenario.events if event.step <= steps)
    kept = scenario.model_copy(update={"events": events, "policy": policy})
    return load_scenario(kept, changes), tuple(late)
