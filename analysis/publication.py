"""The results folder of an experiment: what is in it, and under which name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis import store
from analysis.attribution import CHANNELS
from analysis.comparison import baseline_of, compare
from analysis.counterfactuals import Attribution
from analysis.execution import Record
from analysis.provenance import environment
from analysis.results import Results
from model.loading import dump_scenario
from model.record import OUTCOMES

FORMATS = ("png", "svg")


def publish(
    results: Results,
    folder: Path,
    *,
    theme: str | None = "light",
    seconds: float | None = None,
    attribution: Attribution | None = None,
) -> Path:
    """Write everything about an experiment into a folder, whole or not at all.

    ``data/`` has every table as Parquet and CSV, ``figures/`` every figure as PNG and SVG,
    ``scenario.toml`` the scenario as resolved, ``manifest.json`` how it came about. Two identical
    experiments differ in the manifest only.

    Parameters
    ----------
    results
        What an experiment brought; at least one run must have finished.
    folder
        Where to; earlier results there are replaced.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.
    seconds
        Time that it took, for the manifest.
    attribution
        What channels contribute to the leads of regimes, if that was asked for.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    comparison = compare(results.outcomes(), OUTCOMES)

    def fill(fresh: Path) -> None:
        for name, table in tables(results, comparison, attribution).items():
            store.write_table(fresh / "data", name, table)
        if theme is not None:
            _draw(results, comparison, attribution, theme, fresh / "figures")
        (fresh / "scenario.toml").write_text(dump_scenario(results.experiment.scenario), "utf-8")
        store.write_manifest(fresh, manifest(results, seconds, attribution))

    store.write_folder(folder, fill)
    return folder


def tables(
    results: Results, comparison: pd.DataFrame, attribution: Attribution | None = None
) -> dict[str, pd.DataFrame]:
    """Name the tables of an experiment.

    Parameters
    ----------
    results
        What the experiment brought.
    comparison
        Its regimes compared.
    attribution
        What channels contribute to the leads of regimes, if that was asked for.

    Returns
    -------
    dict of str to pandas.DataFrame
        Tables by the name of their file.
    """
    attributed = {}
    if attribution is not None:
        attributed = {"attribution": attribution.contributions, "counterfactuals": attribution.outcomes}
    return {
        "comparison": comparison,
        "outcomes": results.outcomes(),
        "series": results.series(),
        "account": results.account(),
        "memo_items": results.memo_items(),
        "ledger": results.ledger(),
        "organisations": results.organisations(),
        "domains": results.domains(),
        **attributed,
    }


def manifest(
    results: Results, seconds: float | None = None, attribution: Attribution | None = None
) -> dict[str, Any]:
    """Say what was run, what became of it, and with what.

    Parameters
    ----------
    results
        What the experiment brought.
    seconds
        Time that it took.
    attribution
        What channels contribute to the leads of regimes, if that was asked for.

    Returns
    -------
    dict
        Plain content for JSON.
    """
    experiment = results.experiment
    return {
        "story": experiment.story,
        "title": experiment.scenario.story.title,
        "identity": experiment.identity(),
        "complete": results.complete and (attribution is None or attribution.complete),
        "regimes": list(experiment.regimes),
        "baseline": baseline_of(experiment.regimes),
        "seeds": list(experiment.seeds),
        "runs_finished": len(results.finished),
        "runs_failed": _failures(results.failed),
        "attribution": _attribution(attribution) if attribution is not None else None,
        "seconds": seconds,
        "scenario": experiment.scenario.model_dump(mode="json"),
        **environment(),
    }


def _attribution(attribution: Attribution) -> dict[str, Any]:
    seeds = attribution.contributions["seeds"]
    return {
        "channels": list(CHANNELS),
        "seeds": int(seeds.min()) if len(seeds) else 0,
        "runs_finished": len(attribution.finished),
        "runs_failed": _failures(attribution.failed),
    }


def _failures(records: tuple[Record, ...]) -> list[dict[str, Any]]:
    return [
        {
            "regime": record.task.regime,
            "seed": record.task.seed,
            "error": record.error,
            "trace": record.trace,
        }
        for record in records
    ]


def _draw(
    results: Results, comparison: pd.DataFrame, attribution: Attribution | None, theme: str, folder: Path
) -> None:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures import gallery, style  # noqa: PLC0415

    folder.mkdir()
    contributions = None if attribution is None else attribution.contributions
    for name, figure in gallery.draw(results, comparison, theme, contributions):
        for suffix in FORMATS:
            style.save(figure, folder / f"{name}.{suffix}")
