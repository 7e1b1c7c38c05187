"""Sections of findings on a terminal: headings, sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.cells import cell_len
from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from analysis.console.terminal import Terminal
from analysis.words.document import Cell, Number, Section, Words
from analysis.words.document import Table as Written

LONGEST_LABEL = 36
"""Cells of the longest first column that is kept on one line, so that rows are rows."""
LONGEST_LINE = 10_000


def show_section(section: Section, terminal: Terminal) -> None:
    """Show a section; its figures are in the folder of results, so that one of figures alone is left out."""
    if not (section.paragraphs or section.tables or section.lists):
        return
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
    room = width - _frame(len(written.headings))
    if sum(least for least, _ in _widths(written)) <= room:
        yield rendered(written, room)
        return
    for first, *others in rows:
        yield Text("\n").append_text(first)
        for heading, cell in zip(written.headings[1:], others, strict=True):
            yield Text(f"  {heading}: ").append_text(cell)


def _frame(columns: int) -> int:
    """Count the cells of a line that the frame of a table takes: edges, what parts columns, and their padding."""
    return 2 + (columns - 1) + (columns - 1)


def _widths(written: Written) -> list[tuple[int, int]]:
    """Give the least width of each column, in which no word is broken, and the one in which no line is."""
    cells = [list(written.headings), *([_cell(cell).plain for cell in row] for row in written.rows)]
    return [
        (
            max(cell_len(word) for text in column for word in text.split() or ("",)),
            max(map(cell_len, column)),
        )
        for column in zip(*cells, strict=True)
    ]


def _shared(widths: list[tuple[int, int]], room: int) -> list[int]:
    """Share room among columns: each gets its least, and the rest goes to those that still break lines.

    The first, which names the row, has the first claim if its label is short enough for one line.
    """
    shared = [least for least, _ in widths]
    left = room - sum(shared)
    wanted = widths[0][1] - shared[0]
    if widths[0][1] <= LONGEST_LABEL and 0 < wanted <= left:
        shared[0] += wanted
        left -= wanted
    while left > 0:
        tight = [place for place, (_, most) in enumerate(widths) if shared[place] < most]
        if not tight:
            break
        # The one that would break into most lines.
        place = max(tight, key=lambda each: widths[each][1] / shared[each])
        shared[place] += 1
        left -= 1
    return shared


def rendered(written: Written, room: int = LONGEST_LINE) -> Table:
    """Lay out a table in so many cells, its frame aside."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    shared = _shared(_widths(written), room)
    for place, (heading, width) in enumerate(zip(written.headings, shared, strict=True)):
        justify: JustifyMethod = "left" if written.of_words or not place else "right"
        table.add_column(heading, overflow="fold", width=width, justify=justify)
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
