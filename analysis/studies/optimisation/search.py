"""The search: batches of policies on few seeds, more seeds for the better half, and a race among the best."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from analysis.statistics.comparison import interval
from analysis.studies.laboratory.protocol import Wanted
from analysis.studies.optimisation.levers import Policy
from analysis.studies.optimisation.objectives import LOTTERY, NONE, gains
from analysis.studies.optimisation.policy import name_of
from analysis.studies.optimisation.proposals import propose
from analysis.studies.optimisation.setting import Archive, Asking, Request

REFERENCES = (NONE, LOTTERY)
BLOCK = 4
"""Seeds that each who is still in the race gets in a round."""
FEWEST = 3
"""Seeds below which nobody drops out."""
APART = 0.1
"""Least distance of finalists, as a share of the largest possible one: what differs less is one policy twice."""


def search(archive: Archive, after: int) -> Asking:
    """Try policies, batch by batch.

    Parameters
    ----------
    archive
        Where everything is kept.
    after
        Runs that will be asked for afterwards.

    Yields
    ------
    Request
        Runs that are wanted.
    """
    setting, size = archive.setting, archive.setting.size
    seeds = setting.selection(2 * size.first_seeds)
    wanted = Wanted(setting.tasks({}, REFERENCES, setting.cells), seeds)
    left = size.search_runs(len(setting.cells)) + after - len(wanted)
    archive.take((yield Request(wanted, left, "search")))
    if not set(REFERENCES) <= set(archive.readings["regime"]):
        # Nothing can be said where not even these can be run.
        return
    batch = 0
    while len(archive.policies) < size.policies:
        tried = archive.tried() if archive.policies else []
        count = min(size.policies - len(archive.policies), size.batch if archive.policies else size.at_random)
        new = propose(setting.levers, tried, count, setting.sampler, 1_000 * setting.search_seed + batch)
        proposed = {name_of(each): each for each in new}
        if not proposed:
            return
        archive.policies |= proposed
        archive.batches |= dict.fromkeys(proposed, batch)
        for on in (seeds[: size.first_seeds], seeds[size.first_seeds :]):
            wanted = Wanted(setting.tasks(proposed, (), setting.cells), on)
            left = max(0, left - len(wanted))
            archive.take((yield Request(wanted, left, "search")))
            kept = archive.ordered(list(proposed))[: math.ceil(len(proposed) / 2)]
            proposed = {name: proposed[name] for name in kept}
        batch += 1


def race(archive: Archive, after: int) -> Asking:
    """Give more seeds to the best, round by round, as long as they cannot be told apart.

    Whoever is behind another on every objective, on one of them by more than luck, drops out (racing: Maron & Moore
    1994; Birattari et al. 2002). The interval is that of one comparison: who drops out too early costs a
    good policy and flatters none, since nothing is reported on these seeds.

    Parameters
    ----------
    archive, after
        See `search`.

    Yields
    ------
    Request
        Runs that are wanted.
    """
    setting, size = archive.setting, archive.setting.size
    running = archive.ordered()[: size.racing]
    had, budget = 0, size.race
    while True:
        # Some have fewer seeds than others; in the race all have the same.
        count = BLOCK if had else 2 * size.first_seeds
        policies = {name: archive.policies[name] for name in running}
        wanted = Wanted(
            setting.tasks(policies, REFERENCES, setting.cells), setting.selection(had + count)[had:]
        )
        if had and (len(wanted) > budget or had + count > size.most_seeds or len(running) < 2):
            return
        budget -= len(wanted)
        archive.take((yield Request(wanted, max(0, budget) + after, "race")))
        had += count
        running = _still_in(archive, running)


def _still_in(archive: Archive, running: Sequence[str]) -> list[str]:
    names = archive.ordered(running)
    scores, short = archive.better(archive.scores(names)), archive.short(names).to_numpy()
    keeps = (short <= 0).all(axis=1)
    tables = [
        each.better(gains(archive.readings, each)[names].dropna().to_numpy())
        for each in archive.setting.objectives
        if not each.over_futures
    ]

    def beaten(place: int) -> bool:
        ahead = np.flatnonzero((scores >= scores[place]).all(axis=1) & keeps)
        return any(_surely(table[:, other] - table[:, place]) for other in ahead for table in tables)

    return [name for place, name in enumerate(names) if not beaten(place)]


def _surely(lead: np.ndarray) -> bool:
    return len(lead) >= FEWEST and interval(lead)[1] > 0


def finalists(archive: Archive) -> list[str]:
    """Choose who is run on fresh seeds: those with most seeds and best of them, each different from those before.

    Returns
    -------
    list of str
        Names, the winner first: it is chosen here, on seeds on which nothing is reported.
    """
    seen, chosen = archive.seeds(), list[str]()
    # Means over few seeds are flattering: who has fewer comes after all who have more.
    for name in sorted(archive.ordered(), key=lambda name: -int(seen[name])):
        if len(chosen) == archive.setting.size.finalists:
            break
        if all(distance(archive.policies[name], archive.policies[other]) >= APART for other in chosen):
            chosen.append(name)
    # Of a front, the end that is best in what was named first stands for it.
    if len(archive.setting.objectives) > 1 and chosen:
        first = archive.better(archive.scores(chosen))[:, 0]
        missing = np.maximum(0, archive.short(chosen).to_numpy()).sum(axis=1)
        return [chosen[place] for place in np.lexsort((-first, missing))]
    return chosen


def distance(one: Policy, other: Policy) -> float:
    """Say how far two policies are apart, from 0 to 1: half by their money, half by the other levers (Gower 1971)."""
    shares = [name for name in one if name.startswith("share_")]
    money = sum(abs(float(one[name]) - float(other[name])) for name in shares) / 200
    rest = [name for name in one if name not in shares and not name.startswith("theme_")]
    return (money + sum(one[name] != other[name] for name in rest) / len(rest)) / 2
