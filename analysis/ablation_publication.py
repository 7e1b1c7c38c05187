"""What an ablation found, and the folder that it is kept in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import publication, store
from analysis.ablation import factorial_effects, walks
from analysis.ablation_words import sentences
from analysis.results import Results
from analysis.treatments import Treatments
from model.loading import dump_scenario
from model.record import OUTCOMES


@dataclass(frozen=True)
class Ablation:
    """What an ablation found.

    Attributes
    ----------
    treatments
        What was tried.
    effects, walks
        See :mod:`analysis.ablation`.
    spending
        Mean money that each treatment spent, and that as a share of the most.
    words
        The finding in sentences.
    """

    treatments: Treatments
    effects: pd.DataFrame
    walks: pd.DataFrame
    spending: pd.DataFrame
    words: tuple[str, ...]


def analyse(results: Results, treatments: Treatments) -> Ablation:
    """Compute effects, walks and spending from finished runs.

    Parameters
    ----------
    results
        What the runs brought.
    treatments
        What was tried in them.

    Returns
    -------
    Ablation
        What was found.
    """
    outcomes = results.outcomes()
    effects = factorial_effects(outcomes, treatments.corners, OUTCOMES)
    flipped = walks(outcomes, treatments.flips, OUTCOMES)
    spending = _spending(results)
    return Ablation(treatments, effects, flipped, spending, tuple(sentences(effects, flipped)))


def publish(
    results: Results, found: Ablation, folder: Path, *, theme: str | None, seconds: float | None = None
) -> None:
    """Write everything about an ablation into a folder, whole or not at all.

    Parameters
    ----------
    results
        What the runs brought.
    found
        What was computed from them.
    folder
        Where to; earlier results there are replaced.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.
    seconds
        Time that it took, for the manifest.
    """

    def fill(fresh: Path) -> None:
        tables = {
            "effects": found.effects,
            "walks": found.walks,
            "spending": found.spending,
            "outcomes": results.outcomes(),
            "corners": found.treatments.corners,
            "flips": found.treatments.flips,
        }
        for name, table in tables.items():
            store.write_table(fresh / "data", name, table)
        if theme is not None:
            _draw(found, theme, fresh / "figures")
        (fresh / "scenario.toml").write_text(dump_scenario(results.experiment.scenario), "utf-8")
        (fresh / "findings.txt").write_text("\n".join(found.words) + "\n", "utf-8")
        store.write_manifest(fresh, publication.manifest(results, seconds))

    store.write_folder(folder, fill)


def _draw(found: Ablation, theme: str, folder: Path) -> None:
    # Matplotlib takes a second to import, which nobody waits for who wants no figures.
    from analysis.figures import regime_walks, style, switch_effects  # noqa: PLC0415

    folder.mkdir()
    drawn = {
        "switch_effects": switch_effects.switch_effects(found.effects, theme=theme),
        "regime_walks": regime_walks.regime_walks(found.walks, theme=theme),
    }
    for name, figure in drawn.items():
        for suffix in publication.FORMATS:
            style.save(figure, folder / f"{name}.{suffix}")


def _spending(results: Results) -> pd.DataFrame:
    rows = [
        {
            "regime": record.task.regime,
            "spent": sum(float(entries[:, :, 1].sum()) for entries in record.result.ledgers.values()),
        }
        for record in results.finished
        if record.result is not None
    ]
    spent = pd.DataFrame(rows).groupby("regime", sort=False, as_index=False).mean()
    return spent.assign(share_of_most=spent["spent"] / max(spent["spent"].max(), 1e-12))
