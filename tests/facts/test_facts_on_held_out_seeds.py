"""Claims that hold must hold on seeds that nothing was tuned or chosen on.

What is tested are claims that emerge or agree with the equations by a wide margin; verdicts on all of them are in
docs/facts.md. Claims about regimes are not tested: their effects change with the regimes.
"""

from __future__ import annotations

import pytest

from analysis.execution import execute
from analysis.facts.fact import Fact
from analysis.facts.investigation import Findings, Investigation
from analysis.facts.registry import FACTS

HOLDING: dict[int, tuple[str, ...]] = {
    1: ("rises_when_near", "falls_when_far", "peak_moves_with_capacity"),
    2: ("networks_without_capacity", "growth_without_capacity", "partners_without_ties"),
    3: ("region_gains_more", "who_tries_gains_more"),
    4: ("firm_entry", "firm_exit", "region_entry", "region_exit"),
    10: ("size_tail", "degree_skewed", "incumbents_dominate"),
    11: ("idle_ties_dissolve",),
    12: (
        "leaps_fail_more_often", "unrelated_lower_mean", "unfamiliar_higher_variance", "unfamiliar_worth_more",
    ),
    13: ("clustered", "short_paths"),
    14: ("gain_rises_with_degree", "poorly_connected"),
}  # fmt: skip
SEEDS = {4: 48}
USUAL = 16


@pytest.mark.slow
@pytest.mark.parametrize("number", HOLDING)
def test_the_claims_hold_on_held_out_seeds(number: int) -> None:
    fact = FACTS[number]
    assert isinstance(fact, Fact)
    first = 11_000 + 100 * number
    investigation = Investigation((fact,), tuple(range(first, first + SEEDS.get(number, USUAL))))
    findings = Findings(investigation, execute(investigation.tasks(), 1, run=investigation.laboratory()))
    assert not findings.failed
    judged = {each.claim.name: each for each in findings.judgements[fact.name]}
    failing = [str(judged[name]) for name in HOLDING[number] if not judged[name].holds]
    assert failing == []
