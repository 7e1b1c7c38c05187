"""Sections of findings on a terminal: headings, sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from analysis.console.terminal import Terminal
from analysis.words.document import Cell, Number, Section, Words
from analysis.words.document import Table as Written

LONGEST_LABEL = 36
"""Cells of the longest first column that is kept on one line, so that rows are rows."""


def show_section(section: Section, terminal: Terminal) -> None:
    """Show a section; its figures are in the folder of results."""
    terminal.show(Text(f"\n{section.heading}", style="bold"))
    for paragraph in section.paragraphs:
        terminal.show(text(paragraph))
    for table in section.tables:
        terminal.show(Text(table.caption, style="dim"))
        for part in laid_out(table, terminal.output.width):
            terminal.show(part)
    for item in section.lists:
        terminal.show(Text("- ").append_text(text(item)))


def laid_out(written: Written, width: int) -> Iterator[Table | Text]:
    """Lay out a table, or row by row where it would be broken within words and numbers.

    Parameters
    ----------
    written
        The table.
    width
        Characters in a line.
    """
    rows = [[_cell(cell) for cell in row] for row in written.rows]
    columns = [[Text(heading) for heading in written.headings], *rows]
    least = sum(1 + max(map(_longest_word, column)) for column in zip(*columns, strict=True))
    if least <= width:
        yield rendered(written)
        return
    for first, *others in rows:
        yield Text("\n").append_text(first)
        for heading, cell in zip(written.headings[1:], others, strict=True):
            yield Text(f"  {heading}: ").append_text(cell)


def _longest_word(cell: Text) -> int:
    return max(map(cell_len, cell.plain.split()), default=0)


def rendered(written: Written) -> Table:
    """Lay out a table."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    longest = max((cell_len(_cell(row[0]).plain) for row in written.rows), default=0)
    columns = zip(*([Text(each) for each in written.headings], *([_cell(c) for c in row] for row in written.rows)),
                  strict=True)  # fmt: skip
    for place, (heading, column) in enumerate(zip(written.headings, columns, strict=True)):
        table.add_column(
            heading, overflow="fold", min_width=max(map(_longest_word, column)),
            justify="left" if written.of_words or not place else "right",
            no_wrap=not place and longest <= LONGEST_LABEL,
        )  # fmt: skip
    for row in written.rows:
        table.add_row(*map(_cell, row))
    return table


def text(sentence: Words) -> Text:
    """Write a sentence, what is sure of it in colour."""
    return Text.assemble(*map(_cell, sentence))


def _cell(part: Cell) -> Text:
    if not isinstance(part, Number):
        return Text(part)
    return Text(part.text, style=("green" if part.value > 0 else "red") if part.sure else "")
