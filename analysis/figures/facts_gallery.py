"""All figures about facts: the one list of what is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.density_and_entry import density_and_entry
from analysis.figures.learning_and_distance import learning_and_distance
from analysis.figures.size_and_growth import size_and_growth
from analysis.figures.verdicts import verdicts

PICTURES = {
    "inverted_u": learning_and_distance,
    "relatedness_and_entry": density_and_entry,
    "size_and_degree": size_and_growth,
}


def draw(
    table: pd.DataFrame, pictures: Mapping[str, pd.DataFrame], theme: str = "light"
) -> Iterator[tuple[str, Figure]]:
    """Draw the verdicts, and every fact that has a picture.

    Parameters
    ----------
    table
        One row a claim, see `analysis.facts.investigation.Findings.table`.
    pictures
        Tables by the name of their fact.
    theme
        ``"light"`` or ``"dark"``.

    Yields
    ------
    tuple of str and matplotlib.figure.Figure
        Name and figure, one at a time.
    """
    if table["effect"].notna().any():
        yield "facts", verdicts(table, theme=theme)
    for name, picture in pictures.items():
        if name in PICTURES and len(picture):
            yield name, PICTURES[name](picture, theme=theme)
