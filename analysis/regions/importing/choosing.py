"""Which rows of a table are read: of a period, and of one value of each further column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.errors import RequestError
from analysis.regions.importing.cells import is_missing
from analysis.regions.importing.entries import Entry
from analysis.regions.importing.periods import MOST, in_order
from analysis.regions.importing.roles import DIMENSIONS, Roles, depends, look, plain
from analysis.regions.importing.sheet import Sheet
from model.spec.problem import nearest


def selected(sheet: Sheet, select: Mapping[str, str]) -> Sheet:
    """Keep the rows that have the values chosen in further columns.

    Raises
    ------
    RequestError
        If there is no such column, or value.
    """
    header = [plain(name) for name in sheet.header]
    keep = list(range(len(sheet.rows)))
    for name, wanted in select.items():
        if plain(name) not in header:
            meant = nearest(plain(name), header)
            hint = f"; did you mean {meant}?" if meant else "."
            raise RequestError(f"--select {name}={wanted}: {sheet.label} has no column {name!r}{hint}")
        column = header.index(plain(name))
        known = sorted({sheet.rows[row][column] for row in keep})
        keep = [row for row in keep if sheet.rows[row][column] == wanted]
        if not keep:
            raise RequestError(f"--select {name}={wanted}: it is not among {', '.join(known[:20])}.")
    rows, lines = [sheet.rows[row] for row in keep], [sheet.lines[row] for row in keep]
    return Sheet(sheet.label, sheet.header, rows, lines, sheet.notes, sheet.percent)


def one_period(
    label: str, entries: Sequence[Entry], asked: str | None, name: str | None
) -> tuple[str, list[Entry], list[str]]:
    """Choose a period: the one asked for, or the latest that most regions publish.

    Parameters
    ----------
    label
        Name of the file, for messages.
    entries
        All amounts.
    asked
        What the user asks for.
    name
        Name of the column of periods; None if there is none.

    Returns
    -------
    tuple
        The period, its amounts, and a note that says why; empty without periods.

    Raises
    ------
    RequestError
        If there is no such period, or several that cannot be ordered.
    """
    if name is None:
        if asked is not None:
            raise RequestError(
                f"{label}: --period {asked}: the table has no column of periods; leave it out."
            )
        return "", list(entries), []
    known = sorted({each.period for each in entries})
    if asked is not None:
        if asked not in known:
            raise RequestError(
                f"{label}: --period {asked} is not in column {name!r}; there are {', '.join(known[:20])}."
            )
        return asked, [each for each in entries if each.period == asked], []
    ordered = in_order(known)
    if ordered is None:
        raise RequestError(
            f"{label}: periods in column {name!r} are of several kinds ({', '.join(known[:12])}); choose one with "
            f"--period {known[-1]}."
        )
    chosen, note = _latest(entries, ordered)
    return chosen, [each for each in entries if each.period == chosen], [note] if note else []


def _latest(entries: Sequence[Entry], ordered: list[str]) -> tuple[str, str]:
    regions: dict[str, set[str]] = {period: set() for period in ordered}
    cells = dict.fromkeys(ordered, 0)
    for each in entries:
        if not is_missing(each.cell):
            regions[each.period].add(each.region)
            cells[each.period] += 1
    most = max(len(each) for each in regions.values())
    many = max(cells.values())
    enough = [p for p in ordered if len(regions[p]) > MOST * most and cells[p] > MOST * many] or ordered
    chosen = enough[-1]
    if len(ordered) == 1:
        return chosen, ""
    count = len(regions[chosen])
    note = f"Of {len(ordered)} periods ({ordered[0]} to {ordered[-1]}), {chosen} was read: "
    note += f"the latest that most regions publish ({count} of {most})."
    later = ordered[ordered.index(chosen) + 1 :]
    if later:
        note += (
            f" {', '.join(f'{p} has {len(regions[p])} regions and {cells[p]} amounts' for p in later[:3])}."
        )
    return chosen, note


def one_of_each(sheet: Sheet, roles: Roles, rows: Sequence[int]) -> list[str]:
    """Refuse further columns with several values: which of them is meant, nobody can guess.

    Parameters
    ----------
    sheet
        The table.
    roles
        What its columns are.
    rows
        Rows that are read.

    Returns
    -------
    list of str
        Notes on columns that were not used.

    Raises
    ------
    RequestError
        If a column divides the table further; says which, and how to choose.
    """
    read = Sheet(
        sheet.label, sheet.header, [sheet.rows[row] for row in rows], [sheet.lines[row] for row in rows]
    )
    keys = [roles.of[role] for role in ("region", "domain") if role in roles.of]
    unused, constant = [], []
    for column, name in enumerate(sheet.header):
        if column in roles.used or not read.rows:
            continue
        values = sorted(set(read.column(column)))
        if len(values) == 1:
            constant += [f"{name} = {values[0]}"] if values[0] and DIMENSIONS.match(plain(name)) else []
        elif not DIMENSIONS.match(plain(name)) and (
            any(depends(read, column, key) for key in keys) or _is_measure(read, column)
        ):
            unused.append(name)
        else:
            raise RequestError(
                f"{sheet.label}: column {name!r} has several values ({', '.join(values[:12])}); choose one with "
                f"--select {name}={next(filter(None, values))}, or say --columns {name}=sum to add up over it, "
                "or =ignore."
            )
    notes = [f"Columns that were not used: {', '.join(unused[:12])}."] if unused else []
    return [*notes, *([f"All rows have {', '.join(constant[:8])}."] if constant else [])]


def _is_measure(sheet: Sheet, column: int) -> bool:
    """Whether a column holds other amounts, as numbers that hardly repeat do."""
    seen = look(sheet, column)
    return seen.numeric and seen.distinct > 0.5 * seen.filled and seen.filled > 3
