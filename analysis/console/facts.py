"""The command `facts`: make the runs, judge the claims, show and keep what came out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from analysis import store
from analysis.console.running import (
    conclude,
    destination,
    exit_code,
    make_runs,
    nothing_finished,
    report_failures,
    writing,
)
from analysis.console.tables import decimals, number, plain_rows, probability
from analysis.console.terminal import Terminal, command_line
from analysis.execution import Execution, Record
from analysis.facts.investigation import Findings, Investigation
from analysis.facts.publication import publish
from analysis.facts.registry import FACTS, chosen
from analysis.facts.request import parse_facts
from analysis.seeds import parse_seeds

NAME_WIDTH = 27
COLOURS = {"holds": "green", "by construction": "blue", "partly": "yellow", "does not hold": "red"}


def design(only: str | None, seeds: str, settings: Sequence[str]) -> Investigation:
    """Read what the command was asked for.

    Parameters
    ----------
    only
        Numbers of facts with commas between; None for all.
    seeds
        Seeds as a user writes them.
    settings
        Changes to all treatments, ``"key=value"``.

    Returns
    -------
    Investigation
        What is to be run; every scenario has been resolved, so that mistakes show before anything runs.
    """
    investigation = Investigation(chosen(parse_facts(only)), parse_seeds(seeds), tuple(settings))
    _ = investigation.scenarios
    return investigation


def conduct(
    investigation: Investigation,
    terminal: Terminal,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    theme: str | None = "light",
) -> int:
    """Make the runs, show the verdicts and write everything to a folder.

    Parameters
    ----------
    investigation
        What is to be run.
    terminal
        Where to speak.
    out
        Folder for the results; one under ``results/`` by default.
    jobs
        Processes to use; all cores by default.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.

    Returns
    -------
    int
        Exit code: 0 whatever the verdicts, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    folder = destination(out, "facts", investigation.identity())
    tasks = investigation.tasks()
    if not tasks:
        _refer(investigation, terminal)
        return 0
    made = make_runs(Execution(tasks, jobs, investigation.laboratory()), "facts", len(tasks), terminal)
    stopped, seconds = made.stopped, made.seconds
    findings = Findings(investigation, made.records)
    if not findings.runs:
        report_failures(findings.failed, terminal, _name)
        return nothing_finished(findings.failed, terminal, stopped=stopped)
    with terminal.waiting("Judging ..."):
        table = findings.table()
    _introduce(findings, seconds, terminal, stopped=stopped)
    terminal.show(verdict_table(table))
    folder = folder if findings.complete else store.beside(folder)
    with writing(terminal, stopped=stopped):
        publish(findings, table, folder, theme=theme, seconds=seconds)
    terminal.emit(_machine_readable(findings, table, folder, stopped=stopped))
    _conclude(findings, folder, terminal)
    return exit_code(findings.failed, stopped=stopped)


def _name(record: Record[Any]) -> str:
    return f"treatment {record.task.regime}, seed {record.task.seed}"


def _introduce(findings: Findings, seconds: float, terminal: Terminal, *, stopped: bool) -> None:
    investigation = findings.investigation
    if stopped:
        asked = len(investigation.tasks())
        terminal.warn(f"stopped; judging by the {len(findings.records)} runs that were finished, of {asked}.")
    seeds = len(investigation.seeds)
    terminal.show(
        f"\n{seeds} {'seed' if seeds == 1 else 'seeds'}, {len(findings.records)} runs in {seconds:.1f} s"
    )
    if seeds == 1:
        terminal.show("One seed: no intervals, so no verdicts. Try --seeds 16.")


def verdict_table(table: pd.DataFrame) -> Table:
    """Lay out verdicts for people.

    Parameters
    ----------
    table
        What `analysis.facts.investigation.Findings.table` gives.

    Returns
    -------
    rich.table.Table
        A block for each fact, a row for each claim.
    """
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    shown.add_column("", min_width=NAME_WIDTH)
    for heading in ("effect", "95% interval", "rule", "p", ""):
        shown.add_column(heading, justify="right", no_wrap=True)
    for position, (_, rows) in enumerate(table.groupby("number", sort=False)):
        if position:
            shown.add_section()
        first = rows.iloc[0]
        fact, judged = FACTS[int(first["number"])], str(first["verdict"])
        shown.add_row(
            Text(f"{fact.number} {fact.name.replace('_', ' ')}\n  ", style="bold").append(
                judged, style=COLOURS.get(judged, "dim")
            )
        )
        for row in rows.dropna(subset=["claim"]).to_dict("records"):
            shown.add_row(*_claim(row))
    return shown


def _claim(row: dict[Any, Any]) -> list[str]:
    digits = decimals(max(abs(row["effect"]), abs(row["high"] - row["low"])), 3)
    holds = "" if row["rule"].startswith("no rule") else "yes" if row["claim_holds"] else "no"
    interval = f"{number(row['low'], digits)} to {number(row['high'], digits)}"
    return [
        f"  {row['claim'].replace('_', ' ')}",
        number(row["effect"], digits),
        interval if row["seeds"] > 1 else "",
        _rule(row["rule"]) if holds else "",
        probability(row["adjusted_probability"]),
        f"{holds}*" if holds == "yes" and row["by_construction"] else holds,
    ]


def _rule(rule: str) -> str:
    """Write where an estimate must lie with few characters."""
    side, _, bounds = rule.partition(" ")
    if side == "between":
        low, high = (float(bound) for bound in bounds.split(" and "))
        return f"{low:.1f}-{high:.1f}" if low > 0 else "= 0" if high < 1e-6 else f"± {high:g}"
    return f"{'>' if side == 'above' else '<'} {bounds}"


def _refer(investigation: Investigation, terminal: Terminal) -> None:
    for fact in investigation.facts:
        command = command_line(getattr(fact, "command", ""))
        terminal.show(f"{fact.number} {fact.name.replace('_', ' ')}: see [bold]{escape(command)}[/bold]")
    terminal.emit({"facts": [fact.name for fact in investigation.facts], "results": None})


def _conclude(findings: Findings, folder: Path, terminal: Terminal) -> None:
    report_failures(findings.failed, terminal, _name)
    terminal.show(
        "yes: the whole interval keeps the rule; *: an equation of the model contains it; p: adjusted for the "
        "number of claims (Holm). docs/facts.md explains each fact."
    )
    others = [str(n) for n in FACTS if FACTS[n] not in findings.investigation.facts]
    conclude(folder, f"facts --only {others[0]}" if others else "facts --seeds 20000-20063", terminal)


def _machine_readable(
    findings: Findings, table: pd.DataFrame, folder: Path, *, stopped: bool
) -> dict[str, Any]:
    return {
        "results": str(folder),
        "complete": findings.complete,
        "interrupted": stopped,
        "seeds": list(findings.investigation.seeds),
        "settings": list(findings.investigation.settings),
        "failed": [
            {"treatment": record.task.regime, "seed": record.task.seed, "error": record.error}
            for record in findings.failed
        ],
        "facts": plain_rows(table),
    }
