"""The whole of it: search, race, fresh seeds, futures, a sign at which to switch, and which lever does the work."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd

from analysis.statistics.emulator import LEAST_ROWS, encoded, importance, train
from analysis.studies.optimisation import fresh, futures
from analysis.studies.optimisation.levers import TOGETHER
from analysis.studies.optimisation.objectives import gains
from analysis.studies.optimisation.search import finalists, race, search
from analysis.studies.optimisation.setting import Archive, Request, Searching, Setting, StoppedError, Tables


def most_runs(setting: Setting) -> int:
    """Count the runs that may be asked for."""
    return setting.size.search_runs(len(setting.cells)) + setting.size.race + _after(setting)


def optimise(setting: Setting) -> Searching:
    """Search, and say on fresh seeds what was found.

    Whoever makes the runs may throw `StoppedError` in: what is known until then is returned.

    Parameters
    ----------
    setting
        What is searched, where and for what.

    Yields
    ------
    Request
        Runs that are wanted.

    Returns
    -------
    tuple
        Tables, and whether it was stopped. ``tried`` and ``policies`` (levers of all), and as far as it came those of
        `analysis.studies.optimisation.fresh`, `analysis.studies.optimisation.futures` and `levers_of`.
    """
    archive = Archive(setting)
    found: Tables = {}
    stopped = False
    try:
        yield from search(archive, setting.size.race + _after(setting))
        if archive.policies:
            yield from race(archive, _after(setting))
        chosen = {name: archive.policies[name] for name in finalists(archive)} if archive.policies else {}
        if chosen:
            later = futures.most_runs(setting)
            on_fresh = yield Request(fresh.wanted(setting, chosen), later, "fresh seeds")
            found |= fresh.tables_of(archive, list(chosen), on_fresh)
            if setting.futures:
                found |= yield from futures.over(setting, chosen, on_fresh, later)
            found |= levers_of(archive)
    except (StoppedError, KeyboardInterrupt):
        # Ctrl-C may come while runs are made, or while somebody proposes.
        stopped = True
    return {**_tried(archive), **found}, stopped


def _tried(archive: Archive) -> Tables:
    if not archive.policies:
        return {}
    order = archive.ordered()
    tried = archive.scores(order).join(archive.short(order)).rename_axis("policy").reset_index()
    tried.insert(1, "batch", tried["policy"].map(archive.batches))
    tried.insert(2, "seeds", tried["policy"].map(archive.seeds()))
    rows = [{"policy": name, **policy} for name, policy in archive.policies.items()]
    return {"tried": tried, "policies": pd.DataFrame(rows)}


def _after(setting: Setting) -> int:
    """Most runs after the race."""
    on_fresh = (setting.size.finalists + 1 + len(setting.regimes)) * len(setting.seeds)
    return on_fresh + futures.most_runs(setting)


def levers_of(archive: Archive) -> Tables:
    """Say what each lever contributes, and how much is luck.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``importance``, see `analysis.statistics.emulator.importance`, and ``emulator``, one row: its accuracy. Neither
        where too few policies were tried.
    """
    scores = archive.scores()[archive.setting.objectives[0].name]
    if len(scores) < LEAST_ROWS:
        return {}
    table = pd.DataFrame([archive.policies[str(name)] for name in scores.index])
    inputs, stand = encoded(table, TOGETHER)
    output = scores.to_numpy(np.float64)
    accuracy = train(inputs, output, noise=_noise(archive, scores.index)).accuracy
    more = {"of_explicable": accuracy.of_explicable, "good": accuracy.good, "refusal": accuracy.refusal()}
    ranked = importance(inputs, output, stand)
    # Where the emulator knows nothing of policies that it has not seen, it knows nothing of levers.
    ranked["told_apart"] &= accuracy.explained > 0
    return {"importance": ranked, "emulator": pd.DataFrame([asdict(accuracy) | more])}


def _noise(archive: Archive, names: pd.Index) -> np.ndarray:
    """Return the variance of the mean of each policy that is luck of its seeds, after what seeds share is taken out."""
    wide = gains(archive.readings, archive.setting.objectives[0])[list(names)]
    # With two seeds each policy knows its own variance badly; all together know it well.
    own = float(wide.sub(wide.mean(axis=1), axis=0).var(ddof=1).mean())
    return own / wide.notna().sum().to_numpy(np.float64)
