"""What is wanted, and what must be kept: objectives and constraints, computed from readings side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import RequestError
from analysis.runs.suggestion import did_you_mean
from model.scenario import Scenario

NONE, LOTTERY = "none", "lottery"
BASE = ""
"""The scenario as it is, among the futures."""
TAIL = 0.25
"""Share of futures whose mean is the worst case: the single worst of several noisy means is mostly bad luck."""

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Objective:
    """Something that is wanted.

    Attributes
    ----------
    name, label
        Name for commands, and in a sentence.
    column
        Which reading it is.
    less
        Whether less of it is better.
    over_futures
        Whether it is the worst case over futures of that reading.
    """

    name: str
    label: str
    column: str
    less: bool = False
    over_futures: bool = False

    @property
    def unit(self) -> str:
        """What numbers of it are in."""
        return "percent of the budget" if self.column == "spent" else "percent of no policy"

    def better(self, values: Values) -> Values:
        """Turn values such that more is better."""
        return -values if self.less else values


OBJECTIVES: Mapping[str, Objective] = MappingProxyType({
    each.name: each
    for each in (
        Objective("value", "knowledge at what it is worth", "value_weighted_knowledge"),
        Objective("knowledge", "knowledge of the region", "knowledge_per_region"),
        Objective("breadth", "breadth of knowledge", "breadth"),
        Objective("output", "output", "output"),
        Objective("jobs", "jobs", "employment"),
        Objective("cost", "money spent", "spent", less=True),
        Objective("worst", "knowledge at what it is worth, worst case", "value_weighted_knowledge", over_futures=True),
    )
})  # fmt: skip


def _not_there(field: str, value: str, what: str, there: Sequence[str], name: str) -> RequestError:
    rule = f"there is no {what} {name!r}; there are {', '.join(there)}"
    return RequestError(field=field, value=value, rule=rule, remedy=did_you_mean(name, there))


def find_objectives(names: Sequence[str]) -> tuple[Objective, ...]:
    """Find objectives by their names.

    Raises
    ------
    RequestError
        If one is not known, none is named, or one twice, or if all that is wanted is to spend little.
    """
    asked = ",".join(names)
    for name in names:
        if name not in OBJECTIVES:
            raise _not_there("objectives", asked, "objective", tuple(OBJECTIVES), name)
    if not names or len(set(names)) < len(names):
        raise RequestError(
            field="objectives", value=asked, rule="must name one objective or several, each once"
        )
    if names[0] == "cost":
        raise RequestError(
            field="objectives", value=asked, rule="the first objective ranks policies, and doing nothing is cheapest",
            remedy="put another one before cost, such as {objectives=value,cost}.",
        )  # fmt: skip
    return tuple(OBJECTIVES[name] for name in names)


@dataclass(frozen=True)
class Constraint:
    """Something that must be kept.

    Attributes
    ----------
    text
        As the user wrote it.
    column
        Which reading it is.
    limit
        Percent of what it is without policy (of the budget, for money).
    most
        Whether that is an upper limit.
    """

    text: str
    column: str
    limit: float
    most: bool = False

    def short(self, level: Values) -> Values:
        """Say by how much levels miss it; negative where they keep it."""
        return level - self.limit if self.most else self.limit - level


_WRITTEN = re.compile(r"\s*(?:(sector|place):)?([^=:]+?)\s*=\s*(\d+\.?\d*)\s*%?\s*")


def parse_constraints(
    at_least: Sequence[str], at_most: Sequence[str], scenario: Scenario
) -> tuple[Constraint, ...]:
    """Read constraints as a user writes them.

    Parameters
    ----------
    at_least
        ``"sector:NAME=95"`` or ``"place:1=95"``, jobs at the end in percent of those without policy, or an objective,
        ``"output=100"``, on average over the horizon.
    at_most
        The same with an upper limit; ``"cost=75"`` is money in percent of the budget.
    scenario
        Where sectors have their names.

    Returns
    -------
    tuple of Constraint
        Constraints.

    Raises
    ------
    RequestError
        If one cannot be read or names what is not there.
    """
    asked = [("at_least", text, False) for text in at_least] + [("at_most", text, True) for text in at_most]
    return tuple(_parsed(field, text, scenario, most=most) for field, text, most in asked)


def _parsed(field: str, text: str, scenario: Scenario, *, most: bool) -> Constraint:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise RequestError(
            field=field, value=text, rule="cannot be read",
            remedy=f"write {{{field}=sector:NAME=95}}, {{{field}=place:1=95}} or {{{field}=output=100}}, in percent of "
            "what it is without policy.",
        )  # fmt: skip
    group, name, limit = found[1], found[2], float(found[3])
    if group is None:
        known = {each.name: each.column for each in OBJECTIVES.values() if not each.over_futures}
        if name not in known:
            raise _not_there(field, text, "objective", ("sector:NAME", "place:NUMBER", *known), name)
        return Constraint(text, known[name], limit, most)
    count = scenario.knowledge_space.sectors if group == "sector" else scenario.firms.places
    numbers = tuple(str(number) for number in range(1, count + 1))
    names = scenario.knowledge_space.all_sector_names if group == "sector" else numbers
    places = {**dict(zip(numbers, numbers, strict=True)), **dict(zip(names, numbers, strict=True))}
    if name not in places:
        raise _not_there(field, text, group, tuple(names), name)
    return Constraint(text, f"{group}_{places[name]}_jobs", limit, most)


def gains(readings: pd.DataFrame, objective: Objective, cell: str = BASE) -> pd.DataFrame:
    """Lay out what policies gain on an objective, by seed and policy.

    Parameters
    ----------
    readings
        See `analysis.studies.laboratory.bench.Bench.answer`; `NONE` and `LOTTERY` must have been run on all seeds.
    objective
        Which one; of a worst case, what it is in one future.
    cell
        Which future.

    Returns
    -------
    pandas.DataFrame
        A column for each policy and a row for each seed on which any was run, NaN where it was not. Gains over no
        policy on the same seed, in percent of the mean without policy; money in percent of the budget of a lottery.
    """
    own = readings[readings["cell"] == cell]
    wide = own.pivot_table(index="seed", columns="regime", values=objective.column, sort=False)
    if objective.column == "spent":
        budget = own.loc[own["regime"] == LOTTERY, "budget"].mean()
        return 100 * wide / budget
    without = wide[NONE]
    return 100 * wide.sub(without, axis=0) / abs(without.mean())


def reached(readings: pd.DataFrame, objective: Objective, futures: Sequence[str]) -> pd.Series:
    """Return what each policy reaches on an objective, mean over the seeds on which it was run."""
    if not objective.over_futures:
        return gains(readings, objective).mean()
    means = pd.DataFrame({cell: gains(readings, objective, cell).mean() for cell in futures}).dropna()
    worst = max(1, round(TAIL * len(futures)))
    return pd.Series(np.sort(means.to_numpy(), axis=1)[:, :worst].mean(axis=1), index=means.index)


def levels(readings: pd.DataFrame, constraint: Constraint) -> pd.DataFrame:
    """Lay out what a constraint is about, in percent of no policy (or of the budget), by seed and policy."""
    own = readings[readings["cell"] == BASE]
    wide = own.pivot_table(index="seed", columns="regime", values=constraint.column, sort=False)
    if constraint.column == "spent":
        return 100 * wide / own.loc[own["regime"] == LOTTERY, "budget"].mean()
    return 100 * wide / wide[NONE].mean()


def missed(readings: pd.DataFrame, constraints: Sequence[Constraint]) -> pd.DataFrame:
    """Return by how much each policy misses each constraint, mean over its seeds; a row for each policy."""
    means = {each: levels(readings, each).mean() for each in constraints}
    return pd.DataFrame({
        each.text: pd.Series(each.short(mean.to_numpy(np.float64)), index=mean.index) for each, mean in means.items()
    })  # fmt: skip
