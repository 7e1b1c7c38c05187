"""Writes down what attribution found: ``docs/attribution-results.md``, from results folders.

``python run.py compare STORY --attribute`` makes a folder for each story;
``python -m docs.writers.attribution FOLDER...`` turns them into the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from analysis.errors import RequestError
from analysis.runs.results_folder import read_manifest
from analysis.statistics.shapley import CHANNELS, CONTRIBUTION, LEAD, REMAINDER, distinguishable
from analysis.studies.attribution.words import sentences
from analysis.words import names
from analysis.words.phrases import DIRECT_EFFECT
from model.record import OBSERVABLES, OUTCOMES

PAGE = Path(__file__).resolve().parents[1] / "attribution-results.md"
PARTS = ((LEAD, ""), *((CONTRIBUTION, channel) for channel in CHANNELS), (REMAINDER, ""))

INTRODUCTION = """# What attribution found

What [attribution](attribution.md) finds for the primary outcome, {outcome}, averaged over
the horizon, in stories that ship. In percent of the mean of the baseline with all channels live; ± reaches to the
bounds of the 95% interval over seeds, and bold means that the interval excludes zero. Each interval stands alone: of
twenty that are truly zero, about one is bold.

`python -m docs.writers.attribution` wrote this page from the results of
`python run.py compare STORY --attribute`. What each story was run with is said below it; after a change
of the model that the changelog marks with **results**, these numbers are old.
"""


def page(folders: Sequence[Path]) -> str:
    """Write the page.

    Parameters
    ----------
    folders
        Results of ``compare --attribute``, a story each.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    RequestError
        If a folder does not hold the results of an attribution.
    """
    sections = [_section(folder) for folder in folders]
    introduction = INTRODUCTION.format(outcome=OBSERVABLES[OUTCOMES[0]].label.lower())
    return "\n".join([introduction, *sections])


def _section(folder: Path) -> str:
    manifest, table = read_manifest(folder), folder / "data" / "attribution.parquet"
    if manifest is None or not table.exists():
        raise RequestError(f"{folder}: holds no results of compare --attribute; make them first.")
    contributions = pd.read_parquet(table)
    told = sentences(contributions, called=names.regime)
    words = "\n".join(f"- {names.first_upper(sentence)}" for sentence in told)
    numbers = "\n".join(_rows(contributions))
    return f"## {manifest['title']}\n\n{_provenance(manifest)}\n\n{numbers}\n\n{words}\n"


def _provenance(manifest: dict[str, Any]) -> str:
    seeds, commit = manifest["seeds"], manifest["commit"]
    failed = len(manifest["runs_failed"]) + len(manifest["attribution"]["runs_failed"])
    runs = manifest["runs_finished"] + manifest["attribution"]["runs_finished"]
    whole = manifest["attribution"]["seeds"]
    of_them = f" ({whole} of them finished with every set of channels)" if whole < len(seeds) else ""
    made = f"commit `{commit['hash'][:12]}`" if commit else f"version {manifest['version']}"
    return (
        f"Story `{manifest['story']}`, {manifest['scenario']['steps']} quarters, seeds {min(seeds)} to "
        f"{max(seeds)}{of_them}: {runs:,} runs, {failed} failed; {made}."
    )


def _rows(contributions: pd.DataFrame) -> Iterator[str]:
    primary = contributions[contributions["outcome"] == OUTCOMES[0]]
    headings = [LEAD, *(channel.replace("_", " ") for channel in CHANNELS), DIRECT_EFFECT]
    yield f"| regime | {' | '.join(headings)} |"
    yield f"|{'---|' * (len(headings) + 1)}"
    for regime, block in primary.groupby("regime", sort=False):
        cells = {(row["quantity"], row["channels"]): _cell(row) for row in block.to_dict("records")}
        yield f"| {names.regime(str(regime))} | {' | '.join(cells[part] for part in PARTS)} |"


def _cell(row: Any) -> str:
    text = f"{row['relative']:+.1f} ± {(row['relative_high'] - row['relative_low']) / 2:.1f}"
    return f"**{text}**" if distinguishable(row["low"], row["high"]) else text


app = typer.Typer(add_completion=False, help=__doc__)


@app.command()
def write(folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...")]) -> None:
    """Write docs/attribution-results.md from results folders."""
    try:
        text = page(folders)
    except RequestError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from None
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    typer.echo(f"written: {PAGE.name}")


if __name__ == "__main__":
    app()
