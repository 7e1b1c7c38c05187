"""Robust, not only best: policies over futures, what it costs to be robust, and a sign at which to switch."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError
from analysis.runs.axes import find_axis
from analysis.statistics.comparison import interval
from analysis.statistics.robustness import criteria, held_out, regret, with_held_out
from analysis.studies.laboratory.protocol import Wanted
from analysis.studies.laboratory.readings import QUARTERS
from analysis.studies.optimisation.levers import Policy
from analysis.studies.optimisation.objectives import LOTTERY, NONE, gains
from analysis.studies.optimisation.policy import settings_of
from analysis.studies.optimisation.readings import SIGNS, sign
from analysis.studies.optimisation.setting import Request, Setting, Tables
from analysis.studies.sweep.factors import parse_factor
from analysis.studies.sweep.sampling import POINT, Sampling, make_points
from model.loading import ScenarioError, load_scenario
from model.scenario import BY_LOT, Scenario

Values = npt.NDArray[np.float64]
Rule = tuple[str, float, bool]

UNCERTAIN: Mapping[str, str] = {
    "absorptive_capacity": "0.6:1.4",
    "recombination": "0:2",
    "openness": "0.1:0.7",
    "relatedness": "0.6:1.4",
    "life_cycles.turbulence": "0:1",
    "market.exit_hazard": "0.005:0.04",
}
"""What futures differ in unless it is said: conditions that nobody knows, by the ends of their range."""
SWITCH_AFTER = 5
"""Years after which a sign is looked at."""
SIGNS_SEEN = [sign(name, SWITCH_AFTER) for name in SIGNS]
QUANTILES = (0.2, 0.35, 0.5, 0.65, 0.8)
FEWEST_PAIRS = 8
RELAY, FIRST, SECOND = "relay", "first", "second"


def draw_futures(
    scenario: Scenario, count: int, uncertain: Sequence[str]
) -> tuple[dict[str, dict[str, Any]], pd.DataFrame]:
    """Draw futures evenly from ranges (Latin hypercube; McKay et al. 1979).

    Parameters
    ----------
    scenario
        Where they are to hold.
    count
        How many.
    uncertain
        Conditions and their ranges, ``"recombination=0:2"``; those of `UNCERTAIN` that can move by default.

    Returns
    -------
    tuple
        Settings of each future by its name, and the table of values: ``future`` and a column for each condition.

    Raises
    ------
    RequestError
        If there is no such condition, or a value cannot be.
    """
    chosen = dict(text.partition("=")[::2] for text in uncertain) or {
        name: ends for name, ends in UNCERTAIN.items() if _moves(name, scenario)
    }
    factors = [
        parse_factor("--uncertain", name.strip(), ends or None, scenario) for name, ends in chosen.items()
    ]
    points = make_points(Sampling("latin_hypercube", count), factors)
    setters = {factor.name: factor.setter(scenario) for factor in factors}
    drawn = points.assign(future=[f"future_{place:02d}" for place in points[POINT] + 1]).drop(columns=POINT)
    futures: dict[str, dict[str, Any]] = {}
    for row in drawn.to_dict("records"):
        settings = {
            key: value for name, setter in setters.items() for key, value in setter(row[name]).items()
        }
        try:
            load_scenario(scenario, settings)
        except ScenarioError as error:
            raise RequestError(field="uncertain", rule=f"a future cannot be: {error}") from None
        futures[str(row["future"])] = settings
    return futures, drawn[["future", *setters]]


def _moves(name: str, scenario: Scenario) -> bool:
    if name == "life_cycles.turbulence" and scenario.knowledge_space.measured.given:
        # Divisions of a classification are too coarse to be born and die.
        return False
    try:
        find_axis(name, scenario)
    except RequestError:
        return False
    return True


def most_runs(setting: Setting) -> int:
    """Count the runs that may be asked for over futures."""
    # The relay, and what it is measured against, come once more.
    tried = setting.size.robust + len(_regimes(setting)) + 3
    return len(setting.futures) * setting.size.future_seeds * tried


def over(
    setting: Setting, chosen: Mapping[str, Policy], on_fresh: pd.DataFrame, left: int
) -> Generator[Request, pd.DataFrame, Tables]:
    """Try the best and the regimes in every future.

    Parameters
    ----------
    setting
        What is searched.
    chosen
        Finalists by name, the winner first.
    on_fresh
        Readings on fresh seeds.
    left
        Runs that may be asked for.

    Yields
    ------
    Request
        Runs that are wanted.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``robustness``: criteria with held-out values and intervals, see `analysis.statistics.robustness`;
        ``over_futures``: the mean gain of each in each future, with ``regret``; ``price`` and ``signpost``, see below.
        None where no future could be run under all of them.
    """
    cells, seeds = tuple(setting.futures), setting.seeds[: setting.size.future_seeds]
    policies = dict(list(chosen.items())[: setting.size.robust])
    wanted = Wanted(setting.tasks(policies, _regimes(setting), cells), seeds)
    readings = yield Request(wanted, left - len(wanted), "futures")
    board = _board(setting, list(policies), readings)
    if not board.cells:
        return {}
    performance = board.responses.mean(axis=2)
    judged = with_held_out(criteria(performance, board.names, 0.0), held_out(board.responses, 0.0))
    long = pd.DataFrame({
        "future": np.repeat(board.cells, len(board.names)), "name": [*board.names] * len(board.cells),
        "gain": performance.ravel(), "regret": regret(performance).ravel(),
    })  # fmt: skip
    found = {"robustness": judged.rename(columns={"regime": "name"}), "over_futures": long}
    found["price"] = _price(setting, board, len(policies), on_fresh)
    if len(board.names) > 1 and setting.scenario.steps > SWITCH_AFTER * QUARTERS + 1:
        added = np.maximum(0, performance[:, 1:] - performance[:, :1]).mean(axis=0)
        second = board.names[1 + int(added.argmax())]
        relay = {
            (cell, RELAY): _handed_over(
                load_scenario(setting.scenario, dict(setting.futures[cell])),
                policies[board.names[0]], policies.get(second, second),
            )
            for cell in cells
        }  # fmt: skip
        wanted = Wanted({**relay, **setting.tasks({}, (NONE, LOTTERY), cells)}, seeds)
        relayed = yield Request(wanted, 0, "switching")
        found |= _signpost(setting, board, second, readings, relayed)
    return found


def _regimes(setting: Setting) -> list[str]:
    return [name for name in setting.regimes if not name.endswith(BY_LOT)]


@dataclass(frozen=True)
class _Board:
    """Gains, shape (futures, names, seeds), of policies first and then regimes; complete futures only."""

    names: list[str]
    cells: list[str]
    responses: Values


def _board(setting: Setting, policies: Sequence[str], readings: pd.DataFrame) -> _Board:
    objective = setting.objectives[0]
    names = [*policies, *(name for name in _regimes(setting) if name != NONE)]
    found = {}
    for cell in readings["cell"].unique():
        wide = gains(readings, objective, cell).reindex(columns=names).dropna()
        if len(wide) == setting.size.future_seeds:
            found[str(cell)] = objective.better(wide.to_numpy(np.float64)).T
    return _Board(names, list(found), np.array(list(found.values())))


def _price(setting: Setting, board: _Board, policies: int, on_fresh: pd.DataFrame) -> pd.DataFrame:
    """Say what it costs to be robust.

    Returns
    -------
    pandas.DataFrame
        One row: ``winner``, ``robust`` (least mean regret over futures), ``price`` with its 95% interval, the
        lead of the winner over it as expected, and ``bought`` with its interval, the mean regret that it spares.
    """
    # Among policies of the search alone: what is priced is a choice between them.
    held = held_out(board.responses, None)["regret_mean"][:, :policies]
    robust = int(held.mean(axis=0).argmin())
    expected = gains(on_fresh, setting.objectives[0])[[board.names[0], board.names[robust]]].dropna()
    lead = setting.objectives[0].better((expected.iloc[:, 0] - expected.iloc[:, 1]).to_numpy(np.float64))
    # What it spares is measured on seeds that did not choose it.
    rest = [np.delete(held, seed, axis=0).mean(axis=0).argmin() for seed in range(len(held))]
    spared = held[:, 0] - held[np.arange(len(held)), rest]
    ends = [f"{what}{end}" for what in ("price", "bought") for end in ("", "_low", "_high")]
    row = (board.names[0], board.names[robust], *interval(lead), *interval(spared))
    return pd.DataFrame([row], columns=["winner", "robust", *ends])


def _handed_over(scenario: Scenario, first: Policy, second: Policy | str) -> Scenario:
    """Put one policy into a scenario until the sign, and another one, or a regime, from the next step on."""
    step = SWITCH_AFTER * QUARTERS
    settings = settings_of(first, scenario, FIRST)
    makers = [
        maker | {"stop": min(step, int(maker.get("stop", step)))}
        for maker in settings["policy.policymakers"]
        if int(maker.get("start", 1)) <= step
    ]
    if isinstance(second, str):
        makers.append({"name": SECOND, "regime": second, "share": 1.0, "start": step + 1})
    else:
        more = settings_of(second, scenario, SECOND)
        settings[f"regimes.{SECOND}"] = more[f"regimes.{SECOND}"]
        makers += [
            maker | {"name": f"later {maker['name']}", "start": max(step + 1, int(maker.get("start", 1)))}
            for maker in more["policy.policymakers"]
            if int(maker.get("stop", step + 1)) > step
        ]
    return load_scenario(scenario, {**settings, "policy.policymakers": makers})


def _signpost(
    setting: Setting, board: _Board, second: str, readings: pd.DataFrame, relayed: pd.DataFrame
) -> Tables:
    """Look for a sign at which to switch from the winner to another policy (dynamic adaptive pathways; Haasnoot 2013).

    Until the switch, a run that will switch is the run that will not: what a rule gains follows from the two. The rule
    is learnt on half of the futures and measured on the other, and the other way round.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``signpost``, one row: ``winner``, ``second``, ``after`` (years), ``sign``, ``threshold`` in percent of the
        start, ``below`` (whether one switches below it), ``switched`` (share of regions that would), ``gain`` over
        never switching with its 95% interval over futures, and ``always``, what switching in any case would gain.
        None in too few runs.
    """
    winner, objective = board.names[0], setting.objectives[0]
    both = pd.concat([readings[readings["regime"].isin([NONE, LOTTERY, winner])],
                      relayed[relayed["regime"] == RELAY]])  # fmt: skip
    seen = readings[readings["regime"] == winner].set_index(["cell", "seed"])[SIGNS_SEEN]
    leads = {}
    for cell in board.cells:
        wide = gains(both, objective, cell)
        if RELAY in wide:
            leads[cell] = (-1 if objective.less else 1) * (wide[RELAY] - wide[winner]).dropna()
    if sum(map(len, leads.values())) < FEWEST_PAIRS:
        return {}
    table = seen.join(pd.concat(leads, names=["cell", "seed"]).rename("lead"), how="inner").reset_index()
    half = table["cell"].map({name: place for place, name in enumerate(leads)}) % 2
    won = pd.concat([_won(_learnt(table[half != part]), table[half == part]) for part in (0, 1)])
    name, threshold, below = rule = _learnt(table)
    means = won.groupby(table["cell"]).mean().to_numpy(np.float64)
    row = {
        "winner": winner, "second": second, "after": SWITCH_AFTER, "sign": name, "threshold": threshold, "below": below,
        "switched": float(_says(rule, table).mean()), "always": float(table["lead"].mean()),
        **dict(zip(("gain", "low", "high"), interval(means), strict=True)),
    }  # fmt: skip
    return {"signpost": pd.DataFrame([row])}


def _learnt(table: pd.DataFrame) -> Rule:
    """Find the sign, threshold and side that would have gained most."""
    rules: list[Rule] = [
        (name, float(threshold), below)
        for name in SIGNS_SEEN
        for threshold in table[name].quantile(list(QUANTILES))
        for below in (True, False)
    ]
    return max(rules, key=lambda rule: float(_won(rule, table).mean()))


def _won(rule: Rule, table: pd.DataFrame) -> pd.Series:
    return table["lead"].where(_says(rule, table), 0.0)


def _says(rule: Rule, table: pd.DataFrame) -> pd.Series:
    name, threshold, below = rule
    return table[name] < threshold if below else table[name] >= threshold
