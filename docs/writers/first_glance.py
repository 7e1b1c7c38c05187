"""Writes what README and the front page of the site open with: ``python -m docs.writers.first_glance``.

A picture of an answer, for light and for dark pages, and a short film of two policies.
"""

from __future__ import annotations

import io
from pathlib import Path

import typer
from PIL import Image

from analysis import compare
from analysis.dashboard.fountains.film import Shooting, make_film
from analysis.figures.style import THEMES
from model.loading import load_scenario

FOLDER = Path(__file__).resolve().parents[1] / "figures" / "first_glance"
STORY = "machine_building_meets_iot"
SEEDS = 16
FIGURE = "lead"
WIDTH = 1000
FILM = Shooting(
    load_scenario(STORY), ("sector", "smart_specialisation"), first=12, quarters=9, width=720, height=450,
    pictures=8, seconds=0.85,
)  # fmt: skip


def main() -> None:
    """Make both, and say how large they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = compare(STORY, seeds=SEEDS)
    for theme in THEMES:
        drawn = io.BytesIO()
        found.plot(FIGURE, theme=theme).savefig(drawn, format="png", dpi=160)
        picture = Image.open(drawn).convert("RGB")
        if picture.width > WIDTH:
            picture = picture.resize(
                (WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS
            )
        _write(f"answer_{theme}.png", _small(picture))
    _write("fountains.gif", make_film(FILM, typer.echo))


def _small(picture: Image.Image) -> bytes:
    """Write a picture with a palette: lines and letters need few colours."""
    made = io.BytesIO()
    picture.quantize(128).save(made, format="PNG", optimize=True)
    return made.getvalue()


def _write(name: str, content: bytes) -> None:
    (FOLDER / name).write_bytes(content)
    typer.echo(f"written: {name}, {len(content) / 1e3:.0f} kB")


if __name__ == "__main__":
    typer.run(main)
