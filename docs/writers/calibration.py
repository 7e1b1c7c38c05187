"""What calibration leaves in the project: unit costs that ship, and the page of documentation about their yields."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.studies.calibration.procedure import REFERENCE, TOLERANCE
from analysis.studies.calibration.words import verdict
from analysis.studies.study import Findings
from analysis.words.document import text_of
from model.region import DEFAULT_SCENARIO

ROOT = Path(__file__).resolve().parents[2]
COSTS_FILE = ROOT / "model" / "spec" / "unit_costs.py"
TABLE = ROOT / "docs" / "calibration.csv"
PAGE = ROOT / "docs" / "calibration.md"


def write_costs(findings: Findings) -> None:
    """Write the unit costs that follow from adjusting to the file from which instruments take their defaults."""
    found = findings.tables["unit_costs"]
    costs = dict(zip(found["instrument"], found["unit_cost"], strict=True))
    COSTS_FILE.write_text(costs_module(costs), encoding="utf-8", newline="\n")


def costs_module(costs: Mapping[str, float]) -> str:
    """Write unit costs as a module; the reference costs 1 by definition and is left out."""
    lines = "".join(f'    "{name}": {float(cost)!r},\n' for name, cost in costs.items() if name != REFERENCE)
    return HEAD + "UNIT_COSTS: dict[str, float] = {\n" + lines + "}\n"


HEAD = '''"""Unit costs in wages, calibrated before regimes were compared: written by `run.py calibrate adjust`."""

from __future__ import annotations

'''


def write_page(findings: Findings) -> None:
    """Write the table of the documentation, and the page that shows it, from a check."""
    seeds = findings.manifest["seeds"]
    table = findings.tables["yields"].assign(first_seed=min(seeds), last_seed=max(seeds))
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
        verdict=" ".join(map(text_of, verdict(table))),
        tolerance=f"{TOLERANCE:.0%}",
    )


PAGE_TEXT = """# Calibration of unit costs

Before regimes are compared, unit costs are set such that every instrument yields about the same for the same money
when nobody is chosen: the whole budget goes to one instrument, for whoever comes (the regime `lottery`), on the
story `{story}`. The yield is the gain of the primary outcome at the end over no policy, in
percent, on the same seeds. Start-up support is excepted: its yield comes through entry and is reported, not set.

    python run.py calibrate adjust --seeds 64 --write
    python run.py calibrate check --seeds {first}-{last} --write

`adjust` tries the costs on seeds of their own in every round and moves each to the mean of what all rounds ask for,
later ones weighing more. A round in which an instrument showed no clear gain asks for the cost
that it had: what is limited by partners, candidates or chances to enter, and not by money, would only be bought more
often.
`adjust` ends by writing `model/spec/unit_costs.py`, from which instruments take their defaults.
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
