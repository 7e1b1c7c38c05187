"""A table with a header, and where in the file each row stood."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A table of text cells.

    Attributes
    ----------
    label
        Name of the file in messages, with the sheet of a workbook.
    header
        Names of columns.
    rows
        Cells, as many in each row as there are columns.
    lines
        Line of the file, or row of the sheet, of each row.
    notes
        What was noticed while reading.
    percent
        Whether a workbook shows its numbers as percentages.
    short
        How many cells those rows have that have fewer than the header, by line.
    around
        What stands above the table and under its header, as it is written there.
    below
        What stands below it.
    """

    label: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    notes: list[str] = field(default_factory=list)
    percent: bool = False
    short: dict[int, int] = field(default_factory=dict)
    around: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def place(self, row: int, column: int) -> str:
        """Say where a cell stands: file, row and column."""
        return f"{self.label}, row {self.lines[row]}, column {self.header[column]!r}"

    def column(self, column: int) -> list[str]:
        """Give all cells of a column."""
        return [row[column] for row in self.rows]
