"""What happened in the step: discovery, turnover, recombination."""

from __future__ import annotations

import numpy as np

from model.kernels import constants as c
from model.observables.observable import Floats, Moment, Observable, ObservableGroup

_COUNTED = np.array([
    c.ACTIVE_DOMAINS, c.DISCOVERED_DOMAINS, c.ENTRIES, c.EXITS, c.TIES_FORMED, c.TIES_DROPPED, c.INTERNAL_ATTEMPTS,
    c.INTERNAL_SUCCESSES, c.INTERNAL_GAIN, c.NETWORKED_ATTEMPTS, c.NETWORKED_SUCCESSES, c.NETWORKED_GAIN,
])  # fmt: skip


def _events(moment: Moment, out: Floats) -> None:
    world = moment.world
    counts = world.counts
    supported, networked = counts[c.SUPPORTED], counts[c.NETWORKED_SUCCESSES]
    last = len(_COUNTED)
    out[:last] = counts[_COUNTED]
    out[last] = counts[c.REPEATED_SUCCESSES] / networked if networked else 0.0
    out[last + 1] = world.wage
    out[last + 2] = counts[c.BEYOND_REACH] / supported if supported else 0.0


EVENT_OBSERVABLES = ObservableGroup(
    (
        Observable("active_domains", "Active domains", "domains", "Domains that at least one firm holds."),
        Observable("discovered_domains", "Discovered domains", "domains",
                   "Domains held in the region that nobody there held before the run."),
        Observable("entries", "Entry", "firms/quarter", "Firms that entered."),
        Observable("exits", "Exit", "firms/quarter", "Firms that left."),
        Observable("ties_formed", "Ties formed", "ties/quarter", "Ties that came about."),
        Observable("ties_dropped", "Ties dropped", "ties/quarter", "Ties that were given up."),
        Observable("internal_attempts", "Internal attempts", "1/quarter", "Internal recombinations tried."),
        Observable("internal_successes", "Internal successes", "1/quarter", "Internal recombinations achieved."),
        Observable("internal_gain", "Internal gain", "frontier units/quarter", "Knowledge from internal ones."),
        Observable("networked_attempts", "Networked attempts", "1/quarter", "Networked recombinations tried."),
        Observable("networked_successes", "Networked successes", "1/quarter", "Networked ones achieved."),
        Observable("networked_gain", "Networked gain", "frontier units/quarter", "Knowledge from networked ones."),
        Observable("repeat_tie_share", "Repeat ties", "share",
                   "Share of networked recombinations on ties that had recombined before."),
        Observable("wage", "Wage", "wages at the start", "Wage level."),
        Observable("beyond_reach_share", "Unrealistic leaps", "share",
                   "Share of support spent beyond what the firms supported can reach."),
    ),
    _events,
)  # fmt: skip
