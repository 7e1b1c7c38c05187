"""The drawing of the fountains, in the browser's own language: the page and the film use the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "drawing"
ORDER = ("basin", "water", "stage", "tales", "poster", "filming")

GIF = FOLDER.parent / "vendor" / "gifenc.js"
"""What writes GIFs (gifenc, MIT); its licence lies beside it."""


@cache
def script() -> str:
    """Give the whole drawing as one script."""
    encoder = (
        f"const gifenc = (() => {{ const exports = {{}};\n{GIF.read_text('utf-8')}\nreturn exports; }})();"
    )
    return "\n".join([encoder, *((FOLDER / f"{name}.js").read_text("utf-8") for name in ORDER)])


SECTOR_COLOURS: tuple[str, ...] = (
    "#b79cff", "#ff8552", "#5fe0e6", "#b5e550", "#f2a3d8", "#9db4d8", "#d9c3a0", "#35d0a0", "#d07a6a", "#7f8cff",
    "#c8d0d8", "#a3a93a", "#c58bd0",
)  # fmt: skip
"""Colours of sectors on dark water: none is that of money or of a spring."""
