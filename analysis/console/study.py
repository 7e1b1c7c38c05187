"""How every study of a sweep is shown and kept: sentences, tables, warnings, a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from analysis import store
from analysis.console.running import conclude
from analysis.console.tables import plain_rows
from analysis.console.terminal import Terminal
from analysis.errors import RequestError
from analysis.studies.publication import identity, publish
from analysis.studies.study import Findings, Study, open_study
from model.record import OBSERVABLES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Figures = dict[str, Callable[[], "Figure"]]


def begin(
    folder: Path, terminal: Terminal, *, outcome: str | None, regime: str | None, of: str, out: Path | None
) -> Study:
    """Open a sweep with a question, and make sure that an answer can be written.

    Raises
    ------
    RequestError
        If the question makes no sense, or nothing can be written to ``out``.
    """
    if out is not None:
        store.check_folder(out)
        if out.exists() and (store.read_manifest(out) or {}).get("kind") == "sweep":
            raise RequestError(f"--out {out}: holds a sweep, which would be replaced; name another folder.")
    with terminal.waiting("Reading the sweep ..."):
        return open_study(folder, outcome, regime, of)


def present(
    findings: Findings,
    terminal: Terminal,
    *,
    tables: Callable[[Findings], list[Table]],
    figures: Callable[[Findings, str], Figures],
    theme: str | None,
    out: Path | None,
    following: str,
) -> int:
    """Show an answer and write it to a folder.

    Parameters
    ----------
    findings
        The answer.
    terminal
        Where to speak.
    tables
        Lays out what is shown.
    figures
        Gives what draws figures in a theme.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.
    out
        Folder; one beside the sweep by default.
    following
        Command to try next.

    Returns
    -------
    int
        Exit code 0.
    """
    study = findings.study
    folder = out or _folder(findings)
    store.check_folder(folder)
    terminal.show(f"\n[bold]{escape(study.results.design.title)}[/bold]")
    terminal.show(f"{escape(study.label)} ({study.outcome}), {_size(study)}")
    for table in tables(findings):
        terminal.show(table)
    for sentence in findings.sentences:
        terminal.show(f"- {escape(sentence)}")
    for warning in findings.warnings:
        terminal.warn(escape(warning))
    with terminal.waiting("Writing tables and figures ..."):
        publish(findings, folder, figures(findings, theme) if theme is not None else {})
    terminal.emit(_machine_readable(findings, folder))
    conclude(folder, following, terminal, figures=theme is not None)
    return 0


def _folder(findings: Findings) -> Path:
    """Choose a folder beside the sweep: what is asked in another way gets another one."""
    sweep = findings.study.results.folder.resolve()
    name = f"{sweep.name}-{findings.kind}"
    parent = sweep.parent if not Path.cwd().resolve().is_relative_to(sweep) else store.RESULTS
    folder = store.default_folder(name, identity(findings), parent)
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _size(study: Study) -> str:
    points = sum(len(sample.points) for sample in study.samples)
    seeds = min(len(sample.seeds) for sample in study.samples)
    kind, factors = study.results.sampling.kind.replace("_", " "), len(study.results.factors)
    if not factors:
        return f"{seeds:,} seeds at one point"
    return f"{points:,} points ({kind}) of {factors} factors, {seeds} seeds"


def _machine_readable(findings: Findings, folder: Path) -> dict[str, Any]:
    study = findings.study
    small = {name: table for name, table in findings.tables.items() if name in SHOWN}
    return {
        "sweep": str(study.results.folder),
        "results": str(folder),
        "outcome": study.outcome,
        "label": OBSERVABLES[study.outcome].label,
        "of": study.of,
        "baseline": study.baseline,
        **findings.asked,
        "sentences": list(findings.sentences),
        "warnings": list(findings.warnings),
        **{name: plain_rows(table) for name, table in small.items()},
    }


SHOWN = ("indices", "pairs", "boxes", "limits", "scores", "criteria", "choices", "summary")
"""Tables that are printed as JSON; the others grow with the sweep."""
