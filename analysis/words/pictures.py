"""Figures that were drawn into a results folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analysis.words.document import Picture
from analysis.words.names import readable


def pictures(folder: Path, captions: Mapping[str, str]) -> tuple[Picture, ...]:
    """Take those figures of a folder that were drawn, in order; a name may end in anything behind a hyphen."""
    found = []
    for name, caption in captions.items():
        drawn = sorted((folder / "figures").glob(f"{name}-*.svg"))
        if (path := folder / "figures" / f"{name}.svg").is_file():
            drawn.insert(0, path)
        found += [
            Picture(
                path, caption if path.stem == name else f"{caption} ({readable(path.stem.partition('-')[2])})"
            )
            for path in drawn
        ]
    return tuple(found)
