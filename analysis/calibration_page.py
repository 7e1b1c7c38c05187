"""What calibration leaves in the project: unit costs that ship, and the page of documentation about their yields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.calibration import EXCEPTED, REFERENCE, TOLERANCE
from model.region import DEFAULT_SCENARIO

ROOT = Path(__file__).resolve().parent.parent
COSTS_FILE = ROOT / "model" / "spec" / "unit_costs.py"
TABLE = ROOT / "docs" / "calibration.csv"
PAGE = ROOT / "docs" / "calibration.md"


def write_costs(costs: Mapping[str, float], path: Path | None = None) -> None:
    """Write unit costs to the file from which instruments take their defaults.

    Parameters
    ----------
    costs
        Unit cost of each instrument; the reference has 1 by definition and is left out.
    path
        File to write; by default the one that ships.
    """
    lines = "".join(f'    "{name}": {float(cost)!r},\n' for name, cost in costs.items() if name != REFERENCE)
    (path or COSTS_FILE).write_text(
        HEAD + "UNIT_COSTS: dict[str, float] = {\n" + lines + "}\n", encoding="utf-8"
    )


HEAD = '''"""Unit costs in wages, calibrated before regimes were compared: written by `run.py calibrate adjust`."""

from __future__ import annotations

'''


def verdict(yields: pd.DataFrame) -> str:
    """Say in a sentence or two which instruments are within tolerance, and how sure that is.

    Parameters
    ----------
    yields
        What `analysis.calibration.judge` gives.

    Returns
    -------
    str
        Sentences for people.
    """
    rows = yields.set_index("instrument")
    wanted = float(rows["yield"].to_dict()[REFERENCE])
    outside = list(rows.index[rows["verdict"] == "outside"])
    within = rows[rows["verdict"] == "within"]
    reach = TOLERANCE * abs(wanted)
    surely = list(within.index[(within["difference_low"] > -reach) & (within["difference_high"] < reach)])
    told = rows[(rows["difference_low"] > 0) | (rows["difference_high"] < 0)]
    differing = [name for name in told.index if name not in (REFERENCE, EXCEPTED)]
    return (
        f"The tolerance is {reach:.2f} percentage points, {TOLERANCE:.0%} of the {wanted:.2f}% that the reference "
        f"yields. Outside it: {', '.join(outside) or 'none'}. Within it with the whole 95% interval: "
        f"{', '.join(surely) or 'none'}. Yield can be told from that of the reference: "
        f"{', '.join(differing) or 'none'}."
    )


def write_page(yields: pd.DataFrame, seeds: Sequence[int]) -> None:
    """Write the table of the documentation, and the page that shows it.

    Parameters
    ----------
    yields
        What `analysis.calibration.judge` gives.
    seeds
        Seeds on which it was measured.
    """
    table = yields.assign(first_seed=min(seeds), last_seed=max(seeds))
    table.to_csv(TABLE, index=False, float_format="%.4f", lineterminator="\n")
    PAGE.write_text(page(pd.read_csv(TABLE)), encoding="utf-8", newline="\n")


def page(table: pd.DataFrame) -> str:
    """Write the page of documentation about the yields at the unit costs that ship.

    Parameters
    ----------
    table
        The committed table.

    Returns
    -------
    str
        Markdown.
    """
    rows = [
        f"| `{row['instrument']}` | {row['unit_cost']:g} | {row['yield']:+.2f} | "
        f"{row['yield_low']:+.2f} to {row['yield_high']:+.2f} | {row['difference']:+.2f} | "
        f"{row['difference_low']:+.2f} to {row['difference_high']:+.2f} | {row['verdict']} |"
        for row in table.to_dict("records")
    ]
    return PAGE_TEXT.format(
        rows="\n".join(rows),
        first=table["first_seed"].iloc[0],
        last=table["last_seed"].iloc[0],
        count=table["seeds"].iloc[0],
        story=DEFAULT_SCENARIO,
        verdict=verdict(table),
        tolerance=f"{TOLERANCE:.0%}",
    )


PAGE_TEXT = """# Calibration of unit costs

Before regimes are compared, unit costs are set such that every instrument yields about the same for the same money
when nobody is chosen: the whole budget goes to one instrument, for whoever comes (the regime `untargeted`), on the
story `{story}`. The yield is the gain of the primary outcome at the end over no policy, in
percent, on the same seeds. Start-up support is excepted: its yield comes through entry and is reported, not set.

    python run.py calibrate adjust --write
    python run.py calibrate check --write

`adjust` tries the costs on seeds of their own in every round and moves each to the mean of what all rounds ask for,
later ones weighing more; it ends by writing `model/spec/unit_costs.py`, from which instruments take their defaults.
`check` measures yields at the costs that ship on seeds that `adjust` has not used, and writes the table
`docs/calibration.csv` and this page. Both use seeds below 1,000 only, keep every finished run, and go on from there
after Ctrl-C; reported comparisons use seeds from 10,000 on. A scenario of your own may be checked, too:
`python run.py calibrate check my_region.toml`.

An instrument is within tolerance if its yield differs from that of the reference, `rd_grant`, by at most {tolerance}
of it. Measured on {count} seeds, {first} to {last}; intervals are 95% intervals of paired differences:

| instrument | unit cost | yield, % | interval | from the reference | interval | verdict |
|---|---|---|---|---|---|---|
{rows}

{verdict}

A yield is a difference between runs that chance soon drives apart, so that intervals stay wide. Unit costs are for a
region of the default size and budget; yields are not proportional to money, and another region may order them
differently.
"""
