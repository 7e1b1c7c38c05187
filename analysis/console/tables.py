"""Tables on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from model.record import OBSERVABLES

NAME_WIDTH = 22
"""Characters that the longest name of a regime takes, indented; longer texts are broken."""


def heading(table: Table, outcome: str) -> None:
    """Begin the block of an outcome with its name and unit."""
    if table.row_count:
        table.add_section()
    table.add_row(name_of(outcome))


def name_of(outcome: str) -> Text:
    """Write the name of an outcome with its unit."""
    observable = OBSERVABLES[outcome]
    return Text.assemble((observable.label, "bold"), (f" ({observable.unit})", "dim"))


def open_table(headings: Sequence[str], name_width: int = NAME_WIDTH) -> Table:
    """Start a table with a column of names and columns of numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("", min_width=name_width)
    for each in headings:
        table.add_column(each, justify="right", no_wrap=True)
    return table
