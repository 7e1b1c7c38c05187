"""Import tables whose amounts are known: `python -m benchmarks.imports --tables 10000`.

Each is distorted in up to four of the ways in which files of people are, and imported. What is read must be what was
meant, amount by amount; else the import must refuse.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import RequestError
from analysis.regions.importing.files import read_sheet
from analysis.regions.importing.interpretation import read_table
from analysis.regions.importing.options import Options
from benchmarks.distortions import DISTORTIONS, make
from benchmarks.made_files import write
from benchmarks.made_tables import Draft

Outcome = tuple[int, str, str, tuple[str, ...]]
"""Seed, verdict (right, refused, wrong), why, and what was done to the table."""


def judge(seed: int, folder: Path) -> Outcome:
    """Make a table, import it, and compare what was read with what was meant.

    Parameters
    ----------
    seed
        Seed of the table.
    folder
        Where its file may be.

    Returns
    -------
    tuple
        What came of it.
    """
    made = make(seed)
    path = write(made, folder)
    done = (made.layout, *made.done)
    sheet = made.options.pop("sheet", None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = read_table(read_sheet(path, sheet), Options(**made.options)).amounts
    except RequestError as error:
        return seed, "refused", str(error).replace(str(folder), ""), done
    except Exception as error:  # noqa: BLE001
        return seed, "wrong", f"neither read nor refused: {error!r}", done
    if made.must_refuse:
        return seed, "wrong", "read, though there are no amounts in it that could be right", done
    return (seed, *_compared(made, found), done)


def _compared(made: Draft, found: pd.DataFrame) -> tuple[str, str]:
    truth = made.truth.copy()
    truth.columns = [str(code) for code in truth.columns]
    regions = list(dict.fromkeys([*truth.index, *found.index]))
    domains = list(dict.fromkeys([*truth.columns, *found.columns]))
    wanted = truth.reindex(index=regions, columns=domains).to_numpy(float)
    got = found.reindex(index=regions, columns=domains).to_numpy(float)
    if made.layout == "firms":
        wanted, got = np.nan_to_num(wanted), np.nan_to_num(got)
    apart = ~np.isclose(wanted, got, rtol=1e-8, atol=0, equal_nan=True)
    if not apart.any():
        return "right", ""
    row, column = np.argwhere(apart)[0]
    place = f"{regions[row]} {domains[column]}"
    return (
        "wrong",
        f"{place}: {wanted[row, column]} meant, {got[row, column]} read ({int(apart.sum())} of {apart.size})",
    )


def _some(seeds: range) -> list[Outcome]:
    with tempfile.TemporaryDirectory() as folder:
        return [judge(seed, Path(folder)) for seed in seeds]


def main() -> None:
    """Import many tables, and count what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=0, help="how many refusals to show")
    asked = parser.parse_args()
    begun = time.perf_counter()
    parts = [
        range(at, min(at + 100, asked.first + asked.tables))
        for at in range(asked.first, asked.first + asked.tables, 100)
    ]
    with multiprocessing.get_context("spawn").Pool(asked.jobs) as pool:
        outcomes = [each for part in pool.imap_unordered(_some, parts) for each in part]
    verdicts = Counter(verdict for _, verdict, _, _ in outcomes)
    for seed, _, why, done in [each for each in outcomes if each[1] == "refused"][: asked.show]:
        print(f"refused {seed} {' '.join(done)}: {why}")
    for seed, _, why, done in sorted(each for each in outcomes if each[1] == "wrong"):
        print(f"WRONG {seed} {' '.join(done)}: {why}")
    _by_distortion(outcomes)
    told = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in ("right", "refused", "wrong"))
    print(
        f"{len(outcomes)} tables, {len(DISTORTIONS)} distortions: {told}; {time.perf_counter() - begun:.0f} s"
    )
    raise SystemExit(1 if verdicts["wrong"] else 0)


def _by_distortion(outcomes: list[Outcome]) -> None:
    counts: dict[str, Counter[str]] = {}
    for _, verdict, _, done in outcomes:
        for name in done:
            counts.setdefault(name, Counter())[verdict] += 1
    for name, count in sorted(counts.items()):
        print(f"{name:24} {count['right']:6} right {count['refused']:6} refused {count['wrong']:4} wrong")


if __name__ == "__main__":
    main()
