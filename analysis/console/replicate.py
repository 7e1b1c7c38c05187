"""What `run.py replicate` does: run a published model again, judge it, keep what came out."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from analysis import store
from analysis.console.running import carry_out, uninterrupted
from analysis.console.tables import number
from analysis.console.terminal import Terminal, command_line
from analysis.errors import RequestError
from analysis.execution import Execution
from analysis.publication import FORMATS
from analysis.replication.economy import EconomySpec
from analysis.replication.experiment import NAME, TREATMENTS, identity, run_network, tasks
from analysis.replication.outcome import Replication
from analysis.replication.statements import FAILS, HOLDS
from analysis.seeds import parse_seeds
from model.loading import load_section
from model.spec.problem import nearest

STUDIES = (NAME,)
FAILED = 1
INTERRUPTED = 130
FAILURES_SHOWN = 3
COMPILING = "Loading the compiled exchange; the first time it is compiled, which takes some seconds."
TINY = EconomySpec(agents=8, neighbours=2, experts=1)
COLOURS = {HOLDS: "green", FAILS: "red"}


def design(study: str, settings: Sequence[str], seeds: str) -> tuple[EconomySpec, tuple[int, ...]]:
    """Read what the command was asked for.

    Parameters
    ----------
    study
        Name of the published model.
    settings
        Changes to its parameters, ``"key=value"``.
    seeds
        Seeds as a user writes them.

    Returns
    -------
    tuple
        Parameters and seeds.

    Raises
    ------
    RequestError
        If there is no such study, or what is on the grid is set by hand.
    """
    if study not in STUDIES:
        meant = nearest(study, STUDIES)
        hint = f" Did you mean {meant!r}?" if meant else ""
        raise RequestError(f"There is no study {study!r} to replicate; there is {', '.join(STUDIES)}.{hint}")
    spec = load_section(EconomySpec, settings)
    if "rewiring" in spec.model_fields_set:
        raise RequestError(
            f"--set rewiring={spec.rewiring:g}: rewiring is what is varied, from 0 to 1; leave it out."
        )
    return spec, parse_seeds(seeds)


def conduct(
    spec: EconomySpec,
    seeds: tuple[int, ...],
    terminal: Terminal,
    *,
    out: Path | None = None,
    jobs: int | None = None,
    figures: bool = True,
) -> int:
    """Make the runs, show what came out and write it to a folder.

    Parameters
    ----------
    spec
        Parameters.
    seeds
        Seeds of the runs.
    terminal
        Where to speak.
    out
        Folder for the results; one under ``results/`` by default.
    jobs
        Processes to use; all cores by default.
    figures
        Whether to draw figures.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    folder = out or store.default_folder(NAME, identity(spec, seeds))
    store.check_folder(folder)
    with terminal.waiting(COMPILING), uninterrupted():
        run_network(TINY, 0)
    begun = time.perf_counter()
    asked = tasks(spec, seeds)
    execution = Execution(asked, jobs, run_network)
    stopped = carry_out(execution, NAME, len(asked), terminal)
    replication = Replication(spec, seeds, execution.records())
    seconds = time.perf_counter() - begun
    if not replication.finished:
        return _nothing_finished(replication, terminal, stopped=stopped)
    if stopped:
        kept = len(replication.finished)
        terminal.warn(f"stopped; keeping the {kept} networks that were finished, of {len(asked)}.")
    _show(replication, seconds, terminal)
    folder = folder if replication.complete else store.beside(folder)
    with terminal.waiting("Writing tables and figures ..."), uninterrupted():
        _publish(replication, folder, seconds, figures=figures)
    terminal.emit(_machine_readable(replication, folder, stopped=stopped))
    _conclude(replication, folder, terminal, figures=figures)
    if stopped:
        return INTERRUPTED
    return FAILED if replication.failed else 0


def _nothing_finished(replication: Replication, terminal: Terminal, *, stopped: bool) -> int:
    _report_failures(replication, terminal)
    terminal.warn("no network was finished; nothing was written.")
    return INTERRUPTED if stopped else FAILED


def _report_failures(replication: Replication, terminal: Terminal) -> None:
    for record in replication.failed[:FAILURES_SHOWN]:
        place = f"p = {record.task.scenario.rewiring:g}, seed {record.task.seed}"
        terminal.warn(f"{place} failed: {escape(str(record.error))}")
    hidden = len(replication.failed) - FAILURES_SHOWN
    if hidden > 0:
        terminal.warn(f"... and {hidden} more.")


def _show(replication: Replication, seconds: float, terminal: Terminal) -> None:
    seeds, networks = len(replication.seeds), len(replication.finished)
    terminal.show("\n[bold]Cowan & Jonard (2004): barter of knowledge on networks from ring to random[/bold]")
    terminal.show(
        f"{seeds} {'seed' if seeds == 1 else 'seeds'}, {networks} networks with {len(TREATMENTS)} treatments "
        f"each, in {seconds:.1f} s"
    )
    terminal.show(levels_table(replication.means, replication.reconstruction))
    terminal.show(spread_table(replication.means))
    terminal.show(verdicts_table(replication.statements))
    terminal.show(
        "Weakest: the least clear of the differences between p = .09, .16 and both ends, seed by seed; of the last\n"
        "statement the largest gap. A control holds when the peak is gone."
    )
    terminal.show(f"\n{replication.sentence}")


def levels_table(means: pd.DataFrame, reconstruction: pd.DataFrame) -> Table:
    """Lay out mean levels, their intervals, the earlier reconstruction, and the controls.

    Parameters
    ----------
    means
        Means over seeds.
    reconstruction
        Means against those of the earlier reconstruction; may be empty.

    Returns
    -------
    rich.table.Table
        A row for each rewiring.
    """
    table = _table(
        "p", "mean\nlevel", "95% interval", "earlier", "gap in\ns.e.", "without\nexperts", "stopped", "gift"
    )
    value = _values(means)
    known = {row["rewiring"]: row for row in reconstruction.to_dict("records")}
    barter = means[(means["treatment"] == "barter") & (means["measure"] == "mean_level")]
    for row in barter.to_dict("records"):
        p, low, high = row["rewiring"], row["low"], row["high"]
        earlier = known.get(p, {})
        table.add_row(
            f"{p:g}",
            number(row["mean"], 2),
            f"{low:.2f} to {high:.2f}" if math.isfinite(low) else "",
            number(earlier.get("reconstruction", math.nan), 1),
            number(earlier.get("in_standard_errors", math.nan), 1, sign="+"),
            *(number(value[name, "mean_level", p], 2) for name in ("without_experts", "stopped", "gift")),
        )
    return table


def spread_table(means: pd.DataFrame) -> Table:
    """Lay out how unequal agents are after barter, how long it took, and what the networks are like.

    Parameters
    ----------
    means
        Means over seeds.

    Returns
    -------
    rich.table.Table
        A row for each rewiring.
    """
    table = _table("p", "variance", "coefficient\nof variation", "rounds", "path\nlength", "clustering")
    shown = (("barter", "variance", 1), ("barter", "coefficient_of_variation", 3), ("barter", "rounds", 0),
             ("network", "path_length", 2), ("network", "clustering", 3))  # fmt: skip
    value = _values(means)
    for p in dict.fromkeys(means["rewiring"]):
        table.add_row(f"{p:g}", *(number(value[name, measure, p], digits) for name, measure, digits in shown))
    return table


def _values(means: pd.DataFrame) -> dict[tuple[str, str, float], float]:
    return {
        (row["treatment"], row["measure"], row["rewiring"]): row["mean"] for row in means.to_dict("records")
    }


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def verdicts_table(statements: pd.DataFrame) -> Table:
    """Lay out statements and verdicts.

    Parameters
    ----------
    statements
        Every statement, see `analysis.replication.statements.statements_table`.

    Returns
    -------
    rich.table.Table
        A row for each.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("statement")
    for heading in ("weakest", "95% interval", "in s.e.", "verdict"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in statements.to_dict("records"):
        low, high = row["low"], row["high"]
        table.add_row(
            row["statement"],
            number(row["difference"], 3, sign="+"),
            f"{low:+.3f} to {high:+.3f}" if math.isfinite(low) else "",
            number(row["in_standard_errors"], 1, sign="+"),
            Text(row["verdict"], style=COLOURS.get(row["verdict"], "")),
        )
    return table


def _publish(replication: Replication, folder: Path, seconds: float, *, figures: bool) -> None:
    """Write tables, figures and manifest into a folder, whole or not at all."""

    def fill(fresh: Path) -> None:
        for name, table in replication.tables().items():
            store.write_table(fresh / "data", name, table)
        if figures:
            _draw(replication, fresh / "figures")
        store.write_manifest(fresh, replication.manifest(seconds))

    store.write_folder(folder, fill)


def _draw(replication: Replication, folder: Path) -> None:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures import style  # noqa: PLC0415
    from analysis.figures.barter_heterogeneity import barter_heterogeneity  # noqa: PLC0415
    from analysis.figures.barter_networks import barter_networks  # noqa: PLC0415

    means, region = replication.means, replication.small_world
    folder.mkdir()
    for name, figure in (
        ("barter_networks", barter_networks(means, replication.reconstruction, region)),
        ("barter_heterogeneity", barter_heterogeneity(means, region)),
    ):
        for suffix in FORMATS:
            style.save(figure, folder / f"{name}.{suffix}")


def _machine_readable(replication: Replication, folder: Path, *, stopped: bool) -> dict[str, Any]:
    return {
        "study": NAME,
        "results": str(folder),
        "complete": replication.complete,
        "interrupted": stopped,
        "seeds": list(replication.seeds),
        "failed": [replication.failure(record) for record in replication.failed],
        "sentence": replication.sentence,
        "statements": _rows(replication.statements),
        "reconstruction": _rows(replication.reconstruction),
        "means": _rows(replication.means),
    }


def _rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.astype(object).where(table.notna(), None).to_dict("records")


def _conclude(replication: Replication, folder: Path, terminal: Terminal, *, figures: bool) -> None:
    _report_failures(replication, terminal)
    contents = "tables in data/, pictures in figures/" if figures else "tables in data/"
    terminal.show(f"\nResults: [bold]{escape(str(folder))}[/bold] ({contents})")
    following = "compare --set ties.network=watts_strogatz --set absorption.exchange=barter"
    terminal.show(f"Try next: [bold]{escape(command_line(following))}[/bold]")
