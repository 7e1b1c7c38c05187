"""What `run.py replicate` does: run a published model again, judge it, keep what came out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis import store
from analysis.console.replication_tables import levels_table, spread_table, verdicts_table
from analysis.console.running import (
    conclude,
    destination,
    exit_code,
    make_runs,
    nothing_finished,
    report_failures,
    uninterrupted,
    writing,
)
from analysis.console.tables import plain_rows
from analysis.console.terminal import Terminal
from analysis.errors import RequestError
from analysis.execution import Execution, Record
from analysis.publication import FORMATS
from analysis.replication.economy import EconomySpec
from analysis.replication.experiment import NAME, TREATMENTS, identity, run_network, tasks
from analysis.replication.outcome import Replication
from analysis.seeds import parse_seeds
from model.loading import load_section
from model.spec.problem import nearest

STUDIES = (NAME,)
FOLLOWING = "compare --set ties.network=watts_strogatz --set absorption.exchange=barter"
COMPILING = "Loading the compiled exchange; the first time it is compiled, which takes some seconds."
TINY = EconomySpec(agents=8, neighbours=2, experts=1)


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
    theme: str | None = "light",
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
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.

    Returns
    -------
    int
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    folder = destination(out, NAME, identity(spec, seeds))
    asked = tasks(spec, seeds)
    made = make_runs(
        Execution(asked, jobs, run_network), NAME, len(asked), terminal, lambda: _compile(terminal)
    )
    stopped = made.stopped
    replication = Replication(spec, seeds, made.records)
    if not replication.finished:
        report_failures(replication.failed, terminal, _name)
        return nothing_finished(replication.failed, terminal, stopped=stopped, what="network")
    if stopped:
        kept = len(replication.finished)
        terminal.warn(f"stopped; keeping the {kept} networks that were finished, of {len(asked)}.")
    _show(replication, made.seconds, terminal)
    folder = folder if replication.complete else store.beside(folder)
    with writing(terminal, stopped=stopped):
        _publish(replication, folder, made.seconds, theme=theme)
    terminal.emit(_machine_readable(replication, folder, stopped=stopped))
    report_failures(replication.failed, terminal, _name)
    conclude(folder, FOLLOWING, terminal, figures=theme is not None)
    return exit_code(replication.failed, stopped=stopped)


def _compile(terminal: Terminal) -> None:
    with terminal.waiting(COMPILING), uninterrupted():
        run_network(TINY, 0)


def _name(record: Record[Any]) -> str:
    return f"p = {record.task.scenario.rewiring:g}, seed {record.task.seed}"


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


def _publish(replication: Replication, folder: Path, seconds: float, *, theme: str | None) -> None:
    """Write tables, figures and manifest into a folder, whole or not at all."""

    def fill(fresh: Path) -> None:
        for name, table in replication.tables().items():
            store.write_table(fresh / "data", name, table)
        if theme is not None:
            _draw(replication, theme, fresh / "figures")
        store.write_manifest(fresh, replication.manifest(seconds))

    store.write_folder(folder, fill)


def _draw(replication: Replication, theme: str, folder: Path) -> None:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures import style  # noqa: PLC0415
    from analysis.figures.barter_heterogeneity import barter_heterogeneity  # noqa: PLC0415
    from analysis.figures.barter_networks import barter_networks  # noqa: PLC0415

    means, region = replication.means, replication.small_world
    folder.mkdir()
    for name, figure in (
        ("barter_networks", barter_networks(means, replication.reconstruction, region, theme=theme)),
        ("barter_heterogeneity", barter_heterogeneity(means, region, theme=theme)),
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
        "statements": plain_rows(replication.statements),
        "reconstruction": plain_rows(replication.reconstruction),
        "means": plain_rows(replication.means),
    }
