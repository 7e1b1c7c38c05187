"""The command `sensitivity`: which factors matter, by the method that the sweep allows."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich import box
from rich.table import Table

from analysis.console.study import Figures, begin, present
from analysis.console.terminal import Terminal
from analysis.studies import sensitivity
from analysis.studies.study import Findings, short

HEADINGS = {
    "sobol": ("total", "alone", "luck"),
    "morris": ("effect", "with sign", "sigma", "luck"),
    "pawn": ("PAWN", "largest", "luck reaches"),
}


def conduct(
    folder: Path,
    terminal: Terminal,
    *,
    outcome: str | None,
    regime: str | None,
    of: str,
    method: str | None,
    out: Path | None,
    theme: str | None,
) -> int:
    """Say which factors matter in a sweep; see `analysis.studies.sensitivity`."""
    study = begin(folder, terminal, outcome=outcome, regime=regime, of=of, out=out)
    with terminal.waiting("Computing indices ..."):
        found = sensitivity.findings(study, method)
    return present(
        found, terminal, tables=_tables, figures=_figures, theme=theme, out=out,
        following=f"discover {folder}" if len(study.results.regimes) > 1 else f"replicates {folder} --of level",
    )  # fmt: skip


def _tables(findings: Findings) -> list[Table]:
    method = str(findings.asked["method"])
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    shown.add_column("", no_wrap=True)
    for heading in (*HEADINGS[method], "rank corr."):
        shown.add_column(heading, justify="right", no_wrap=True)
    several = len(findings.study.samples) > 1
    for (scenario, regime), rows in findings.tables["indices"].groupby(["scenario", "regime"], sort=False):
        if shown.row_count:
            shown.add_section()
        shown.add_row(f"[bold]{regime}[/bold]{f' in {scenario}' if several else ''}")
        for row in rows.to_dict("records"):
            correlation = "" if np.isnan(row["rank_correlation"]) else f"{row['rank_correlation']:+.2f}"
            shown.add_row(
                f"  {row['factor']}",
                *_cells(row, method),
                correlation,
                style="" if row["influential"] else "dim",
            )
    return [shown]


def _cells(row: dict[Any, Any], method: str) -> tuple[str, ...]:
    if method == "sobol":
        return (
            f"{row['total']:.2f} ± {row['total_half_width']:.2f}",
            f"{row['first_order']:.2f} ± {row['first_order_half_width']:.2f}",
            _number(row["luck"], ".2f"),
        )
    if method == "morris":
        return (
            f"{short(row['mu_star'])} ± {short(row['mu_star_half_width'])}", short(row["mu"]), short(row["sigma"]),
            "" if np.isnan(row["luck"]) else short(row["luck"]),
        )  # fmt: skip
    return (
        _number(row["pawn"], ".2f"),
        _number(row["pawn_maximum"], ".2f"),
        _number(row["threshold"], ".2f"),
    )


def _number(value: float, form: str) -> str:
    return "" if np.isnan(value) else format(value, form)


def _figures(findings: Findings, theme: str) -> Figures:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures.sensitivity_indices import sensitivity_indices  # noqa: PLC0415

    study, method = findings.study, str(findings.asked["method"])
    labels = {factor.name: factor.label for factor in study.results.factors}
    return {
        f"indices{suffix}": partial(
            sensitivity_indices, rows, method, study.label, labels, study.unit, theme=theme
        )
        for suffix, rows in by_scenario(findings, "indices")
    }


def by_scenario(findings: Findings, name: str) -> list[tuple[str, Any]]:
    """Split a table by scenario, and say what to add to the names of figures if there are several."""
    table = findings.tables[name]
    if len(findings.study.samples) == 1:
        return [("", table)]
    return [(f"-{scenario}", rows) for scenario, rows in table.groupby("scenario", sort=False)]
