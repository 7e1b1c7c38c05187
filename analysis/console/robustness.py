"""The command `robustness`: which regime does well whatever future comes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rich import box
from rich.table import Table

from analysis.console.study import Figures, begin, present
from analysis.console.terminal import Terminal
from analysis.studies import robustness
from analysis.studies.study import Findings, short

ROWS = {
    "mean": "mean (Laplace)", "worst": "worst case (Wald)", "hurwicz": "best and worst (Hurwicz)",
    "regret_mean": "regret: mean", "regret_mean_held_out": "regret: mean, held out",
    "regret_percentile_90": "regret: 90th percentile",
    "regret_maximum": "regret: maximum (Savage)", "satisficing": "good enough (Starr)",
    "satisficing_for_sure": "good enough for sure", "best": "best of all",
}  # fmt: skip
SHARES = ("satisficing", "satisficing_for_sure", "best")


def conduct(
    folder: Path,
    terminal: Terminal,
    *,
    outcome: str | None,
    regime: str | None,
    of: str,
    threshold: float | None,
    optimism: float,
    out: Path | None,
    theme: str | None,
) -> int:
    """Judge regimes over the sampled futures; see `analysis.studies.robustness`."""
    study = begin(folder, terminal, outcome=outcome, regime=regime, of=of, out=out)
    with terminal.waiting("Judging regimes ..."):
        found = robustness.findings(study, threshold, optimism)
    return present(
        found, terminal, tables=_tables, figures=_figures, theme=theme, out=out,
        following=f"replicates {folder}",
    )  # fmt: skip


def _tables(findings: Findings) -> list[Table]:
    table = findings.tables["criteria"].set_index("regime")
    chosen = findings.tables["choices"].set_index("criterion")["choice"]
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    shown.add_column(f"in {findings.study.unit}", no_wrap=True)
    for regime in table.index:
        shown.add_column(str(regime).replace("_", "\n"), justify="right", no_wrap=True)
    for name, label in ROWS.items():
        if name not in table:
            continue
        best = str(chosen[name]).split(", ") if name in chosen.index else []
        cells = [
            f"[bold green]{_text(value, share=name in SHARES)}[/bold green]"
            if regime in best
            else _text(value, share=name in SHARES)
            for regime, value in table[name].items()
        ]
        shown.add_row(label, *cells)
    return [shown]


def _text(value: float, *, share: bool) -> str:
    if np.isnan(value):
        return ""
    return f"{value:.0%}" if share else short(value)


def _figures(findings: Findings, theme: str) -> Figures:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures.regret_curves import regret_curves  # noqa: PLC0415
    from analysis.figures.satisficing_curves import satisficing_curves  # noqa: PLC0415

    study, futures = findings.study, findings.tables["futures"]
    threshold = findings.asked["threshold"]
    return {
        "regret": lambda: regret_curves(futures, study.label, study.unit, theme=theme),
        "satisficing": lambda: satisficing_curves(
            futures, study.label, study.unit, threshold, study.baseline, theme=theme
        ),
    }
