"""Points of a user, put in in any form: what was given is what runs, or it is refused."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.studies.sweep.description import describe_sweep
from analysis.studies.sweep.design import SweepDesign
from tests.unit.analysis.studies.sweep.sweeps import SMALL

DRAWS = {
    "absorptive_capacity": lambda luck: round(luck.uniform(0.5, 1.5), luck.choice([1, 4, 12])),
    "ties.slots": lambda luck: luck.randint(2, 20),
    "firms.number": lambda luck: luck.randint(10, 20),
    "absorption.exchange": lambda luck: luck.choice(["gift", "barter"]),
    "channels.freeze_ties": lambda luck: luck.choice([True, False]),
}
FORMS = ("csv", "frame", "objects", "texts", "nullable", "categories", "shuffled")


def table(luck: random.Random) -> pd.DataFrame:
    names = luck.sample(list(DRAWS), luck.randint(1, 4))
    rows = luck.randint(2, 6)
    return pd.DataFrame({name: [DRAWS[name](luck) for _ in range(rows)] for name in names})


def described(points: Any) -> SweepDesign:
    return describe_sweep(
        "t", ["thin_rural_region"], regimes=["none"], seeds="1", settings=SMALL, points=points
    )


def put_in(form: str, given: pd.DataFrame, folder: Path, luck: random.Random) -> Any:
    if form == "csv":
        given.to_csv(folder / "points.csv", index=False)
        return folder / "points.csv"
    if form == "shuffled":
        numbered = given.assign(point=range(len(given)))
        return numbered.sample(frac=1, random_state=luck.randint(0, 99))
    if form == "categories":
        return given.astype("category")
    return {
        "frame": given, "objects": given.astype(object), "texts": given.astype(str), "nullable": given.convert_dtypes(),
    }[form]  # fmt: skip


@pytest.mark.parametrize("seed", range(16))
def test_what_was_given_is_what_runs(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311
    given = table(luck)
    if any((column == column.iloc[0]).all() for _, column in given.items()):
        with pytest.raises(RequestError, match="at every point, so it is no factor"):
            described(put_in("frame", given, tmp_path, luck))
        return
    for form in luck.sample(FORMS, 3):
        design = described(put_in(form, given, tmp_path, luck))
        for name, column in given.items():
            factor = next(each for each in design.factors if each.name == name)
            found = [design.value(factor, point) for point in range(len(given))]
            assert found == column.tolist(), form
            assert [type(value) for value in found] == [type(value) for value in column.tolist()], form


@pytest.mark.parametrize("seed", range(5))
def test_a_fraction_of_a_whole_number_is_refused_in_any_form(tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)  # noqa: S311
    given = pd.DataFrame({"ties.slots": [8.0, 9.0, 16.0]})
    row = luck.randrange(3)
    given.loc[row, "ties.slots"] += 0.5
    for form in luck.sample(FORMS[:6], 2):
        with pytest.raises(RequestError, match=rf"row {row + 2}, ties.slots: .*\.5 is no whole number"):
            described(put_in(form, given, tmp_path, luck))
