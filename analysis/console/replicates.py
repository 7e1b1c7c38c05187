"""The command `replicates`: how many seeds are enough."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from rich import box
from rich.table import Table

from analysis.console.sensitivity import by_scenario
from analysis.console.study import Figures, begin, present
from analysis.console.terminal import Terminal
from analysis.studies import replicates
from analysis.studies.study import Findings, short


def conduct(
    folder: Path,
    terminal: Terminal,
    *,
    outcome: str | None,
    regime: str | None,
    of: str,
    half_width: float,
    out: Path | None,
    theme: str | None,
) -> int:
    """Say how many seeds a sweep needs; see `analysis.studies.replicates`."""
    study = begin(folder, terminal, outcome=outcome, regime=regime, of=of, out=out)
    with terminal.waiting("Following intervals ..."):
        found = replicates.findings(study, half_width)
    return present(
        found, terminal, tables=_tables, figures=_figures, theme=theme, out=out,
        following=f"sensitivity {folder}" if study.results.factors else f"export {folder} --to runs.csv",
    )  # fmt: skip


def _tables(findings: Findings) -> list[Table]:
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    several = len(findings.study.samples) > 1
    shown.add_column("", no_wrap=True)
    for heading in ("spread\n%", "half-width\n%", "seeds\nneeded", "95% interval", "saved"):
        shown.add_column(heading, justify="right", no_wrap=True)
    regime = ""
    for row in findings.tables["summary"].to_dict("records"):
        saved = row["saved_by_pairing"]
        in_scenario = f" in {row['scenario']}" if several else ""
        if f"{row['regime']}{in_scenario}" != regime:
            regime = f"{row['regime']}{in_scenario}"
            shown.add_row(f"[bold]{regime}[/bold]")
        shown.add_row(
            f"  {row['measure']}", f"{row['deviation']:.3g}", f"{row['half_width']:.3g}", str(row["needed"]),
            f"{row['needed_low']} to {row['needed_high']}", "" if np.isnan(saved) else f"{short(saved)} x",
            style="dim" if row["measure"] == replicates.UNPAIRED else "",
        )  # fmt: skip
    return [shown]


def _figures(findings: Findings, theme: str) -> Figures:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures.half_widths import half_widths  # noqa: PLC0415
    from analysis.figures.running_means import running_means  # noqa: PLC0415

    study, wanted = findings.study, float(findings.asked["half_width"])
    made: Figures = {}
    for suffix, rows in by_scenario(findings, "widths"):
        made[f"half_widths{suffix}"] = partial(half_widths, rows, study.label, wanted, theme=theme)
    for suffix, rows in by_scenario(findings, "running"):
        made[f"running_means{suffix}"] = partial(running_means, rows, study.label, theme=theme)
    return made
