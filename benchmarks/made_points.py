"""Files of points whose values are known, written as people write them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.studies.sweep.description import describe_sweep
from model.scenario import Scenario

DRAWS: dict[str, Callable[[random.Random], Any]] = {
    "absorption.learning_rate": lambda luck: round(luck.uniform(0.1, 0.3), luck.choice([2, 4, 12])),
    "policy.budget": lambda luck: round(luck.uniform(0.005, 0.05), luck.choice([4, 12])),
    "ties.slots": lambda luck: luck.randint(2, 20),
    "firms.number": lambda luck: luck.randint(1_000, 1_020),
    "absorption.exchange": lambda luck: luck.choice(["gift", "barter"]),
    "channels.freeze_ties": lambda luck: luck.choice([True, False]),
}
WHOLE = {"ties.slots", "firms.number"}
WAYS = (
    "plain", "shuffled", "objects", "texts", "semicolon", "german", "tab", "thousands", "bom", "windows", "spaces",
    "quoted", "capitals", "trailing_rows", "whole_as_decimals",
)  # fmt: skip
FAULTS = ("fraction", "blank", "word", "twice", "odd_numbers", "unknown", "constant", "infinite")


def judge_points(seed: int, folder: Path) -> tuple[int, str, str]:
    """Write points, describe a sweep of them, and compare what it would run with what was meant.

    Parameters
    ----------
    seed
        Seed of points and of the way in which they are written.
    folder
        Where the file may be.

    Returns
    -------
    tuple
        Seed, verdict (right, refused, wrong), and why.
    """
    luck = random.Random(seed)  # noqa: S311
    names = luck.sample(list(DRAWS), luck.randint(1, 4))
    truth = pd.DataFrame({name: [DRAWS[name](luck) for _ in range(5)] for name in names})
    wrong = any((truth[name] == truth[name].iloc[0]).all() for name in names)
    fault = luck.choice(FAULTS) if luck.random() < 0.3 else ""
    given = truth.copy().astype(object)
    wrong |= _spoilt(given, fault, luck)
    way = luck.choice(WAYS)
    points = _written(given, way, folder, luck)
    told = f"{way} {fault} {names}"
    try:
        design = describe_sweep("t", [Scenario()], regimes=["none"], seeds="1", points=points)
    except RequestError as error:
        return seed, "refused", str(error)
    except Exception as error:  # noqa: BLE001
        return seed, "wrong", f"{told}: neither read nor refused: {error!r}"
    if wrong:
        return seed, "wrong", f"{told}: accepted {given.to_dict('list')}"
    scenario = next(iter(design.scenarios))
    for place in range(len(truth)):
        settings = design.settings(scenario, place)
        for name in names:
            meant, got = truth[name].iloc[place], settings.get(name)
            if got != meant or isinstance(got, float) is not isinstance(meant, float | np.floating):
                return seed, "wrong", f"{told}: point {place}, {name} is {got!r}, not {meant!r}"
    return seed, "right", ""


def _spoilt(given: pd.DataFrame, fault: str, luck: random.Random) -> bool:
    """Put a fault into points; whether there was room for it."""
    numbers = [name for name in given if not isinstance(given[name].iloc[0], str | bool | np.bool_)]
    place = luck.randrange(len(given))
    if fault == "fraction" and (whole := [name for name in given if name in WHOLE]):
        given.loc[place, whole[0]] += 0.5
    elif fault == "blank":
        given.loc[place, luck.choice(list(given))] = None
    elif fault in {"word", "infinite"} and numbers:
        given.loc[place, luck.choice(numbers)] = "n/a?" if fault == "word" else float("inf")
    elif fault == "unknown":
        given.insert(0, "firms.numbr", range(len(given)))
    elif fault == "odd_numbers":
        given.insert(0, "point", [5 + at for at in range(len(given))])
    elif fault == "constant" and numbers:
        given[numbers[0]] = given[numbers[0]].iloc[0]
    elif fault == "twice":
        given.insert(0, given.columns[0], given[given.columns[0]], allow_duplicates=True)
    else:
        return False
    return True


def _written(given: pd.DataFrame, way: str, folder: Path, luck: random.Random) -> Any:
    if way == "objects":
        return given
    if way == "texts":
        return given.map(lambda value: None if value is None else str(value))
    table = given
    if way == "shuffled" and "point" not in table:
        table = table.assign(point=range(len(table))).sample(frac=1, random_state=luck.randint(0, 99))
    if way == "capitals":
        table = table.map(lambda value: str(value).upper() if isinstance(value, bool) else value)
    if way == "whole_as_decimals":
        table = table.map(lambda value: f"{value}.0" if type(value) is int else value)
    if way == "thousands":
        table = table.map(lambda value: f"{value:,}" if type(value) is int else value)
    sign = {"semicolon": ";", "german": ";", "tab": "\t"}.get(way, ",")
    text = table.to_csv(
        index=False,
        sep=sign,
        decimal="," if way == "german" else ".",
        lineterminator="\r\n" if way == "windows" else "\n",
        quoting=1 if way == "quoted" else 0,
    )
    if way == "german":
        # Columns of mixed kinds are not turned by pandas.
        text = "\n".join(
            line if at == 0 else line.replace(".", ",") for at, line in enumerate(text.split("\n"))
        )
    if way == "spaces":
        text = text.replace(",", " , ")
    if way == "trailing_rows":
        text += "\n\n"
    path = folder / "points.csv"
    path.write_bytes(text.encode("utf-8-sig" if way == "bom" else "utf-8"))
    return path
