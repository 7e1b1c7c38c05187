"""What the best policies are worth, on seeds that had no part in choosing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.statistics.aims import Aim, judge
from analysis.statistics.comparison import interval
from analysis.statistics.fronts import dominates
from analysis.statistics.multiplicity import holm, paired_probability
from analysis.studies.laboratory.protocol import Wanted
from analysis.studies.optimisation.levers import Policy, chooses
from analysis.studies.optimisation.objectives import BASE, NONE, OBJECTIVES, Objective, gains, levels
from analysis.studies.optimisation.setting import Archive, Setting, Tables
from model.loading import load_scenario
from model.scenario import BY_LOT, twin_of

SHOWN = tuple(each for each in OBJECTIVES.values() if not each.over_futures)
"""Objectives that every report tells, asked for or not."""
LEVEL = 0.05


def wanted(setting: Setting, policies: Mapping[str, Policy]) -> Wanted:
    """Ask for the finalists, the lottery twin of the winner if it chooses at all, and all regimes on fresh seeds."""
    tried = setting.tasks(policies, setting.regimes, (BASE,))
    winner = next(iter(policies))
    if chooses(policies[winner]):
        twin = load_scenario(tried[BASE, winner], {f"regimes.{winner}.by_lot": True})
        tried[BASE, twin_of(winner)] = twin
    return Wanted(tried, setting.seeds)


def tables_of(archive: Archive, chosen: Sequence[str], readings: pd.DataFrame) -> Tables:
    """Say what finalists gain, how far regimes are from the winner, who is on the front and what is kept.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``found``: a row for each finalist and objective: ``gain`` over no policy with its 95% interval, ``behind``
        the winner with its interval, and what the search itself saw, ``seen`` on ``seen_seeds`` (which flatters).
        ``distances``: the same for regimes, strategies and twins, with ``told_apart`` (Holm over all of an objective)
        and ``reached``, their gain as a share of the winner's.
        ``front``: whether one is dominated, by its means on the objectives that were asked for.
        ``constraints``: what is kept, with a verdict.
    """
    setting = archive.setting
    seen, counts = archive.scores(), archive.seeds()
    found, distances = [], []
    for objective in SHOWN:
        wide = gains(readings, objective).dropna(axis=1, how="all").dropna()
        own = [name for name in chosen if name in wide]
        if not own or own[0] != chosen[0]:
            continue
        for place, name in enumerate(own):
            saw = seen[objective.name][name] if objective.name in seen else np.nan
            told = {"seen": saw, "seen_seeds": int(counts[name])}
            found.append({"policy": name, "place": place, **_row(wide, objective, name, chosen[0]), **told})
        others = [str(name) for name in wide if name not in chosen]
        leads = wide[others].sub(wide[chosen[0]], axis=0).to_numpy(np.float64)
        chances = holm(np.array([paired_probability(lead) for lead in leads.T]))
        distances += [
            {"name": name, **_row(wide, objective, name, chosen[0]), "probability": chance,
             "told_apart": bool(chance < LEVEL)}
            for name, chance in zip(others, chances, strict=True)
        ]  # fmt: skip
    tables = {"found": pd.DataFrame(found), "distances": pd.DataFrame(distances)}
    if found:
        tables |= {
            "front": _front(tables, setting.objectives),
            "constraints": _kept(archive, chosen, readings),
        }
    return tables


def _row(wide: pd.DataFrame, objective: Objective, name: str, winner: str) -> dict[str, object]:
    own, best = wide[name].to_numpy(np.float64), wide[winner].to_numpy(np.float64)
    gain, low, high = interval(own)
    sign = -1 if objective.less else 1
    behind = interval(sign * (best - own))
    return {
        "objective": objective.name, "seeds": len(wide), "gain": gain, "low": low, "high": high,
        **dict(zip(("behind", "behind_low", "behind_high"), behind, strict=True)),
        "reached": gain / best.mean() if best.mean() else np.nan,
    }  # fmt: skip


def _front(told: Tables, objectives: Sequence[Objective]) -> pd.DataFrame:
    """Lay out policies and regimes on the objectives that were asked for, and say who is dominated."""
    asked = [each for each in objectives if not each.over_futures] or [OBJECTIVES["value"]]
    both = pd.concat([told["found"].rename(columns={"policy": "name"}).assign(kind="policy"),
                      told["distances"].assign(kind="regime")])  # fmt: skip
    both = both[~both["name"].str.endswith(BY_LOT)]
    wide = both.pivot_table(
        index=["kind", "name"], columns="objective", values=["gain", "low", "high"], sort=False
    )
    wide.columns = wide.columns.map(lambda column: f"{column[1]}_{column[0]}")
    wide = wide[[f"{each.name}_{what}" for each in asked for what in ("gain", "low", "high")]].dropna()
    better = np.column_stack([each.better(wide[f"{each.name}_gain"].to_numpy(np.float64)) for each in asked])
    return wide.assign(on_front=[not beaten.any() for beaten in dominates(better).T]).reset_index()


def _kept(archive: Archive, chosen: Sequence[str], readings: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for each in archive.setting.constraints:
        wide = levels(readings, each)
        for name in [*chosen, *(name for name in wide if name not in chosen and name != NONE)]:
            level, low, high = interval(wide[name].dropna().to_numpy(np.float64))
            aim = Aim(most=each.limit) if each.most else Aim(least=each.limit)
            rows.append({
                "constraint": each.text, "name": name, "level": level, "low": low, "high": high,
                "limit": each.limit, "verdict": judge(aim, level, low, high),
            })  # fmt: skip
    columns = ["constraint", "name", "level", "low", "high", "limit", "verdict"]
    return pd.DataFrame(rows, columns=columns)
