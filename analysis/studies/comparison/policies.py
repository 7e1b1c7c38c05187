"""Policies as they were written: which of them were run, which were not, and each as a scenario of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.errors import RequestError
from analysis.runs.experiment import Experiment
from analysis.runs.policies import AS_WRITTEN, QUARTERS, differences, is_regime
from analysis.words.document import Words, words
from analysis.words.names import regime
from model.loading import dump_scenario
from model.policy.regimes import REGIMES
from model.scenario import Scenario
from model.spec.events import BudgetChange, RegimeSwitch

NAMED_DIFFERENCES = 3


def named(references: Sequence[str], scenarios: Sequence[Scenario]) -> dict[str, Scenario]:
    """Name what several files write after the files, and see that all are policies for one and the same region.

    Parameters
    ----------
    references
        Names of stories, or paths of scenarios.
    scenarios
        What they say.

    Returns
    -------
    dict of str to Scenario
        Policies by name.

    Raises
    ------
    RequestError
        If two files have one name, a file has that of a regime, or two describe different regions.
    """
    names = [Path(reference).stem for reference in references]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise RequestError(
                f"two policies are called {name!r}: policies are named after their files; rename one of them."
            )
    found = dict(zip(names, scenarios, strict=True))
    check_regions(found)
    return found


def check_regions(written: Mapping[str, Scenario]) -> None:
    """See that policies are for one and the same region, and that none has the name of a regime.

    Raises
    ------
    RequestError
        If one has, or two describe different regions.
    """
    (first, region), *_ = written.items()
    for name, scenario in written.items():
        if name in region.all_regimes or name == AS_WRITTEN:
            raise RequestError(
                f"the policy {name!r} has the name of a regime; policies are named after their files: rename it."
            )
        differing = list(differences(region, scenario))
        if differing:
            more = (
                f" and {len(differing) - NAMED_DIFFERENCES} more"
                if len(differing) > NAMED_DIFFERENCES
                else ""
            )
            raise RequestError(
                f"{first} and {name} are not the same region: they differ in "
                f"{', '.join(differing[:NAMED_DIFFERENCES])}{more}. Policies are compared on one region: let both "
                "extend the same scenario and differ in policy, regimes and switches only, or name one region for "
                "both with --region."
            )


def is_compared(scenario: Scenario, names: Sequence[str]) -> bool:
    """Whether what a scenario writes as its policy is among policies that are compared."""
    return AS_WRITTEN in names or any(is_regime(scenario, name) for name in names)


def unused(experiment: Experiment) -> tuple[str, ...]:
    """Say what of a scenario was not used: its own policy, where others were run in its place."""
    scenario = experiment.scenario
    if experiment.policies or is_compared(scenario, experiment.regimes):
        return ()
    # Who names regimes knows that a single one is replaced; of more than that something would be lost unseen.
    if any(is_regime(scenario, name) for name in REGIMES):
        return ()
    told = (
        f"Not used: the policy that the scenario itself writes ({described(scenario)}). Each policy named "
        "below has the whole budget for the whole time instead. To compare it, too, name as_written among the regimes."
    )
    return (told,)


def described(scenario: Scenario) -> str:
    """Describe what a scenario writes as its policy, in words."""
    policymakers = scenario.policy.policymakers
    if not policymakers:
        return "no policymakers"
    told = []
    for each in policymakers:
        parts = [regime(each.regime)]
        if each.share != 1:
            parts.append(f"{100 * each.share:g}% of the budget")
        if each.start > 1:
            parts.append(f"from year {_year(each.start)} on")
        if each.stop < scenario.steps:
            parts.append(f"until the end of year {each.stop / QUARTERS:g}")
        told.append(f"{each.name}: {', '.join(parts)}")
    for event in scenario.events:
        if isinstance(event, RegimeSwitch):
            whose = event.policymaker or ("all" if len(policymakers) > 1 else policymakers[0].name)
            told.append(f"from year {_year(event.step)} on {whose}: {regime(event.regime)}")
        elif isinstance(event, BudgetChange):
            told.append(f"from year {_year(event.step)} on {event.factor:g} times the budget")
    return "; ".join(told)


def _year(step: int) -> str:
    """Year, counted from 1, in which a quarter is, and which quarter of it unless the first."""
    year, quarter = divmod(step - 1, QUARTERS)
    return f"{year + 1}" if not quarter else f"{year + 1} (quarter {quarter + 1})"


def as_run(experiment: Experiment) -> Scenario:
    """Give the scenario under a policy that was run: as it is written if that was, else under the last regime."""
    if experiment.policies:
        return next(each for name, each in experiment.policies if name in experiment.regimes)
    if is_compared(experiment.scenario, experiment.regimes):
        return experiment.scenario
    return experiment.scenarios()[experiment.regimes[-1]]


def texts(experiment: Experiment) -> dict[str, str]:
    """Write what was run: the scenario, and each policy as a scenario of its own."""
    scenarios = experiment.scenarios()
    policies = {f"policies/{file_name(name)}.toml": dump_scenario(each) for name, each in scenarios.items()}
    return {"scenario.toml": dump_scenario(as_run(experiment)), **(policies if len(scenarios) > 1 else {})}


def file_name(name: str) -> str:
    """Name of a file for a policy; that of a switch has characters that not every system takes."""
    return re.sub(r"[^\w.-]+", "-", name)


def in_words(written: Mapping[str, str]) -> tuple[Words, ...]:
    """Say in a sentence what policies that were written are, by name; nothing where there are none."""
    if not written:
        return ()
    each = "; ".join(f"{regime(name)} ({what})" for name, what in written.items())
    return (words(f"Policies: {each}."),)


def told(experiment: Experiment) -> Mapping[str, object]:
    """What the manifest says of policies."""
    written = {name: described(each) for name, each in experiment.policies if name in experiment.regimes}
    if AS_WRITTEN in experiment.regimes:
        written[AS_WRITTEN] = described(experiment.scenario)
    return {"policies_as_written": written, "unused": list(unused(experiment))}
