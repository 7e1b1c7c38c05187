"""Writes which seed is typical of each story into it: ``python -m docs.writers.typical``.

Where one simulated region has to stand for all - in `run`, in a film, in the first curves of the dashboard - it is the
one whose leads are nearest to the medians of sixteen.
"""

from __future__ import annotations

import re
from pathlib import Path

import typer

from analysis import compare
from analysis.runs.seeds import FIRST_SEED
from analysis.statistics.typical import typical_seed
from model.loading import library
from model.record import OUTCOMES

SEEDS = tuple(range(FIRST_SEED, FIRST_SEED + 16))
KEY = "typical_seed"


def find(story: str, jobs: int | None = None) -> int:
    """Run a story under the four regimes on sixteen seeds, and find which of these is typical."""
    return typical_seed(compare(story, seeds=SEEDS, jobs=jobs).findings.tables["series"], OUTCOMES[0])


def written(text: str, seed: int) -> str:
    """Put the seed into the text of a story, behind its title."""
    bare = re.sub(rf"^{KEY} = \d+\n", "", text, flags=re.MULTILINE)
    return re.sub(
        r"(^\[story\]\n(?:.*\n)*?title = .*\n)", rf"\g<1>{KEY} = {seed}\n", bare, count=1, flags=re.MULTILINE
    )


def main(jobs: int | None = None, stories: list[str] = typer.Argument(None)) -> None:  # noqa: B008
    """Write the typical seed into every story that ships, or into some."""
    for name in stories or library():
        path = Path(library()[name])
        seed = find(name, jobs)
        path.write_text(written(path.read_text("utf-8"), seed), "utf-8")
        typer.echo(f"{name}: {seed}")


if __name__ == "__main__":
    typer.run(main)
