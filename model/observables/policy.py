"""What policy did in the step."""

from __future__ import annotations

import math

from model.observables.observable import Floats, Moment, Observable, ObservableGroup


def _policy(moment: Moment, out: Floats) -> None:
    step = moment.world.step
    out[0] = sum(policymaker.ledger.budget[step] for policymaker in moment.policymakers)
    out[1] = sum(policymaker.ledger.spent for policymaker in moment.policymakers)
    matches = [p.priority_match for p in moment.policymakers if p.active and not math.isnan(p.priority_match)]
    out[2] = sum(matches) / len(matches) if matches else 0.0


POLICY_OBSERVABLES = ObservableGroup(
    (
        Observable("budget", "Budget", "wages/quarter", "Budget of all policymakers."),
        Observable("spending", "Spending", "wages/quarter", "Money spent by all policymakers."),
        Observable("priority_match", "Match of priorities", "share",
                   "Share of priority domains that are among as many with the highest true potential."),
    ),
    _policy,
)  # fmt: skip
