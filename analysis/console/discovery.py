"""The command `discover`: under which conditions each regime leads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich import box
from rich.table import Table

from analysis.console.study import Figures, begin, present
from analysis.console.terminal import Terminal
from analysis.studies import discovery
from analysis.studies.study import Findings, short


def conduct(
    folder: Path,
    terminal: Terminal,
    *,
    outcome: str | None,
    regime: str | None,
    over: str | None,
    density: float | None,
    out: Path | None,
    theme: str | None,
) -> int:
    """Say under which conditions each regime leads in a sweep; see `analysis.studies.discovery`."""
    of = "level" if regime is not None else "lead"
    study = begin(folder, terminal, outcome=outcome, regime=regime, of=of, out=out)
    with terminal.progress(of="peelings") as bar:
        line = bar.add_task("boxes", total=discovery.peelings(study, over))
        found = discovery.findings(study, over, density, lambda: bar.advance(line))
    return present(
        found, terminal, tables=_tables, figures=_figures, theme=theme, out=out,
        following=f"robustness {folder}",
    )  # fmt: skip


def _tables(findings: Findings) -> list[Table]:
    boxes, limits, scores = _boxes(findings), _limits(findings), _scores(findings)
    return [table for table in (boxes, limits, scores) if table.row_count]


def _boxes(findings: Findings) -> Table:
    shown = _open("regime", ("leads at", "coverage", "density", "held out", "factors"))
    for row in findings.tables["boxes"].to_dict("records"):
        found = not np.isnan(row.get("density", np.nan))
        shares = [f"{row[name]:.0%}" for name in ("coverage", "density", "held_out_density") if found]
        cells = [*shares, f"{row['restricted']:.0f}"] if found else ["too few"]
        shown.add_row(row["regime"], f"{row['share']:.0%}", *cells)
    return shown


def _limits(findings: Findings) -> Table:
    shown = _open("box", ("from", "to", "quasi-p"))
    for regime, rows in findings.tables["limits"].groupby("regime", sort=False):
        shown.add_row(f"[bold]{regime}[/bold]")
        for row in rows.to_dict("records"):
            name, *cells = _limit(row)
            shown.add_row(f"  {name}", *cells)
    return shown


def _scores(findings: Findings) -> Table:
    table = findings.tables["scores"]
    if table.empty:
        return _open("feature scores", ())
    pivoted = table.pivot_table(index="factor", columns="regime", values="score", sort=False)
    shown = _open("feature scores", [str(regime).replace("_", "\n") for regime in pivoted])
    for factor, values in pivoted.iterrows():
        shown.add_row(str(factor), *(f"{value:.2f}" for value in values))
    told = table.drop_duplicates("regime").set_index("regime")
    shown.add_section()
    for name, column in (("told right, unseen", "accuracy"), ("without factors", "without")):
        shown.add_row(name, *(f"{float(told[column].to_dict()[regime]):.0%}" for regime in pivoted))
    return shown


def _open(first: str, headings: Sequence[str]) -> Table:
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    shown.add_column(first, no_wrap=True)
    for heading in headings:
        shown.add_column(heading, justify="right", no_wrap=True)
    return shown


def _limit(row: dict[Any, Any]) -> tuple[str, ...]:
    if isinstance(row["values"], str):
        return str(row["factor"]), row["values"], "", f"{row['quasi_p_low']:.2g}"
    ends = [float(str(row[name])) for name in ("low", "high")]
    probabilities = [float(str(row[name])) for name in ("quasi_p_low", "quasi_p_high")]
    return (
        str(row["factor"]),
        *("" if np.isnan(end) else short(end) for end in ends),
        ", ".join(f"{value:.2g}" for value in probabilities if not np.isnan(value)),
    )


def _figures(findings: Findings, theme: str) -> Figures:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures.discovered_boxes import discovered_boxes  # noqa: PLC0415
    from analysis.figures.feature_scores import feature_scores  # noqa: PLC0415
    from analysis.figures.peeling_trajectories import peeling_trajectories  # noqa: PLC0415

    study, tables = findings.study, findings.tables
    if tables["trajectories"].empty:
        return {}
    labels = {factor.name: factor.label for factor in study.results.factors}
    over = str(findings.asked["over"] or "all others")
    drawn: Figures = {
        "trajectories": lambda: peeling_trajectories(
            tables["trajectories"], tables["boxes"], over, theme=theme
        ),
        "scores": lambda: feature_scores(tables["scores"], labels, theme=theme),
    }
    if tables["limits"].empty:
        return drawn
    boxes = partial(discovered_boxes, tables["limits"], tables["boxes"], labels, over, theme=theme)
    return {**drawn, "boxes": boxes}
