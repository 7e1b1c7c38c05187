"""All figures about facts: the one list of what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from analysis.studies.facts.figures.density_and_entry import density_and_entry
from analysis.studies.facts.figures.learning_and_distance import learning_and_distance
from analysis.studies.facts.figures.size_and_growth import size_and_growth
from analysis.studies.facts.figures.verdicts import verdicts

PICTURES = {
    "inverted_u": learning_and_distance,
    "relatedness_and_entry": density_and_entry,
    "size_and_degree": size_and_growth,
}


def drawings(
    table: pd.DataFrame, pictures: Mapping[str, pd.DataFrame], theme: str = "light"
) -> dict[str, Callable[[], Figure]]:
    """Return what draws the verdicts, and every fact that has a picture.

    Parameters
    ----------
    table
        One row a claim, see `analysis.studies.facts.estimates.tables_of`.
    pictures
        Tables by the name of their fact.
    theme
        ``"light"`` or ``"dark"``.

    Returns
    -------
    dict
        What draws each figure, by name.
    """
    found: dict[str, Callable[[], Figure]] = {}
    if table["effect"].notna().any():
        found["facts"] = partial(verdicts, table, theme=theme)
    for name, picture in pictures.items():
        if name in PICTURES and len(picture):
            found[name] = partial(PICTURES[name], picture, theme=theme)
    return found
