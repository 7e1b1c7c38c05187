"""What the command ``organisations`` does: every regime with and without each kind of meso-organisation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.markup import escape
from rich.table import Table

from analysis import store
from analysis.console.gathering import Gathered, gather
from analysis.console.running import conclude, destination, exit_code, report_failures
from analysis.console.tables import number, plain_rows, probability
from analysis.console.terminal import Terminal
from analysis.console.work import design
from analysis.provenance import environment
from analysis.publication import FORMATS
from analysis.removal import Removal, contributions, sentence
from model.loading import dump_scenario
from model.meso import ORGANISATION_KINDS
from model.record import OBSERVABLES, OUTCOMES


def plan(
    reference: str,
    settings: Sequence[str],
    steps: int | None,
    seeds: str,
    regimes: str,
    kinds: str | None,
    region: str | None = None,
) -> Removal:
    """Read what the command was asked for.

    Parameters
    ----------
    reference
        Name of a story, or path of a scenario.
    settings
        Changes to it, ``"key=value"``.
    steps
        Horizon, if it differs.
    seeds
        Seeds as a user writes them.
    regimes, kinds
        Names with commas between; None for all kinds.
    region
        A measured region in place of the scenario's own.

    Returns
    -------
    Removal
        What is to be run.
    """
    experiment = design(reference, settings, steps, seeds, regimes, region=region)
    chosen = ORGANISATION_KINDS if kinds is None else [name.strip() for name in kinds.split(",")]
    return Removal(experiment, tuple(chosen))


def conduct(
    removal: Removal, terminal: Terminal, *, out: Path | None, jobs: int | None, theme: str | None
) -> int:
    """Make the runs, show what each kind contributes, and write it to a folder.

    Parameters
    ----------
    removal
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
        Exit code: 0, 1 when a run failed, 130 when it was stopped by Ctrl-C.
    """
    folder = destination(out, f"{removal.experiment.story}-organisations", removal.identity())
    gathered = gather(removal.tasks(), "organisations", jobs, terminal, beside=folder)
    report_failures(gathered.failed, terminal)
    table = contributions(removal, gathered.outcomes)
    if table["seeds"].max() == 0:
        terminal.warn("no seed was finished with and without a kind; no table was written.")
        return exit_code((None,), stopped=gathered.stopped)
    _show(removal, table, terminal)
    folder = store.beside(folder) if gathered.stopped else folder
    _write(removal, gathered, table, folder, theme=theme)
    terminal.emit({"results": str(folder), "contributions": plain_rows(table)})
    conclude(folder, f"compare {folder / 'scenario.toml'}", terminal, figures=theme is not None)
    if gathered.stopped:
        terminal.warn("stopped; what was finished is kept, and the same command goes on from there.")
    return exit_code(gathered.failed, stopped=gathered.stopped)


def _show(removal: Removal, table: pd.DataFrame, terminal: Terminal) -> None:
    primary = OBSERVABLES[OUTCOMES[0]]
    terminal.show(f"\n[bold]{escape(removal.experiment.scenario.story.title)}[/bold]")
    terminal.show(
        f"What each kind of organisation contributes to {primary.label.lower()}: with it minus without it, "
        f"same {table['seeds'].max()} seeds."
    )
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for heading in ("", "in %", "95% interval", "p (Holm)", "outcomes told from zero"):
        shown.add_column(heading, justify="left" if heading in ("", "outcomes told from zero") else "right")
    for regime, rows in table.groupby("regime", sort=False):
        shown.add_row(f"[bold]{escape(str(regime))}[/bold]")
        for kind, own in rows.groupby("kind", sort=False):
            shown.add_row(f"  {kind}", *_cells(own))
        shown.add_section()
    terminal.show(shown)
    for regime, rows in table[table["outcome"] == OUTCOMES[0]].groupby("regime", sort=False):
        told = [sentence(row) for row in rows.to_dict("records") if row["distinguishable"]]
        terminal.show(f"Under {regime}: {'; '.join(told) or 'no kind can be told from zero'}.")


def _cells(rows: pd.DataFrame) -> tuple[str, str, str, str]:
    row: Any = rows[rows["outcome"] == OUTCOMES[0]].iloc[0]
    if pd.isna(row["probability"]):
        return "0", "", "", "does nothing here"
    told = rows[rows["distinguishable"]]
    return (
        number(row["relative"], 1, sign="+"),
        f"{row['relative_low']:+.1f} to {row['relative_high']:+.1f}",
        probability(row["adjusted_probability"]),
        ", ".join(told["outcome"]) or "none",
    )


def _write(
    removal: Removal, gathered: Gathered, table: pd.DataFrame, folder: Path, *, theme: str | None
) -> None:
    experiment = removal.experiment
    manifest = {
        "story": experiment.story,
        "title": experiment.scenario.story.title,
        "identity": removal.identity(),
        "complete": not gathered.stopped,
        "regimes": list(experiment.regimes),
        "kinds": list(removal.kinds),
        "seeds": list(experiment.seeds),
        "runs_failed": [
            {"regime": r.task.regime, "seed": r.task.seed, "error": r.error} for r in gathered.failed
        ],
        "seconds": gathered.seconds,
        **environment(),
    }

    def fill(fresh: Path) -> None:
        store.write_table(fresh / "data", "contributions", table)
        store.write_table(fresh / "data", "outcomes", gathered.outcomes.drop(columns="run"))
        (fresh / "scenario.toml").write_text(dump_scenario(experiment.scenario), "utf-8")
        if theme is not None:
            _draw(table, theme, fresh / "figures")
        store.write_manifest(fresh, manifest)

    store.write_folder(folder, fill)


def _draw(table: pd.DataFrame, theme: str, folder: Path) -> None:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures import style  # noqa: PLC0415
    from analysis.figures.contributions import contributions_of_organisations  # noqa: PLC0415

    folder.mkdir()
    figure = contributions_of_organisations(table, theme=theme)
    for suffix in FORMATS:
        style.save(figure, folder / f"contributions.{suffix}")
