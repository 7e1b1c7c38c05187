"""What distortions have in common: what a table is about, and where rows and columns are put."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.made_tables import DIVISIONS, Draft

TOTAL_WORDS = (
    "Total",
    "TOTAL",
    "Insgesamt",
    "Sum",
    "Summe",
    "Ensemble",
    "Totale",
    "total, all",
    "Gesamt",
    "Totaal",
)
UNKNOWN = ("AT99", "ZZ", "999", "Austria", "National", "Alpenland", "X")


def is_nace(made: Draft) -> bool:
    """Whether domains are divisions of NACE."""
    return all(code in DIVISIONS for code in made.truth.columns)


def median(made: Draft) -> float:
    """Give the median amount, 1 if there is none."""
    values = made.truth.to_numpy(float)
    return float(np.nanmedian(values)) if np.isfinite(values).any() else 1.0


def is_nuts(made: Draft) -> bool:
    """Whether regions are of NUTS 2."""
    return all(len(code) == 4 and code[:2] in {"AT", "CZ", "PT"} for code in made.truth.index)


def put_row(made: Draft, label: str, row: pd.Series, place: int | None = None) -> None:
    """Put a row into what is written, unless one is called so."""
    if label in made.written.index:
        return
    at = len(made.written) if place is None else place
    table = made.written
    made.written = pd.concat([table.iloc[:at], row.to_frame(label).T, table.iloc[at:]])


def put_column(made: Draft, label: str, column: pd.Series, place: int | None = None) -> None:
    """Put a column into what is written, unless one is called so."""
    if label not in made.written.columns:
        made.written.insert(made.written.shape[1] if place is None else place, label, column.to_numpy())


def hidden(made: Draft) -> pd.DataFrame:
    """Give amounts with something in the place of what is not published, as offices know it."""
    return made.truth.fillna(round(median(made)) if made.luck.random() < 0.5 else 0.0)
