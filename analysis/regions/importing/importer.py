"""An import from beginning to end: files in, a folder of regions and a report out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from analysis.errors import RequestError
from analysis.regions.importing.assembly import Assembly, assemble
from analysis.regions.importing.layouts import Reading, read_layout
from analysis.regions.importing.report import REPORT, check_report
from analysis.regions.importing.sheet import read_sheet, text_sheet
from analysis.regions.region_set import ABOUT, MEASURES, About
from analysis.store import write_folder


@dataclass(frozen=True)
class Request:
    """What is to be imported.

    Attributes
    ----------
    file
        The table.
    measure
        What its amounts are.
    layout, sheet, period
        How it is to be read, where that is not to be found out.
    select
        Values to choose in further columns.
    relatedness, sectors, before
        Further tables, if there are any.
    title, source
        What the regions are called together, and who is to be named for the data.
    """

    file: Path
    measure: str = "employment"
    layout: str | None = None
    sheet: str | None = None
    period: str | None = None
    select: Mapping[str, str] = field(default_factory=dict)
    relatedness: Path | None = None
    sectors: Path | None = None
    before: Path | None = None
    period_before: str | None = None
    title: str = ""
    source: str = ""


@dataclass(frozen=True)
class Imported:
    """What an import brought: the regions, what the table said, and the report."""

    assembly: Assembly
    reading: Reading
    report: str


def import_regions(request: Request) -> Imported:
    """Read and check tables; nothing is written.

    Parameters
    ----------
    request
        What is to be imported.

    Returns
    -------
    Imported
        Regions and report.

    Raises
    ------
    RequestError
        If anything is wrong; names file, row, column, value and remedy.
    """
    if request.measure not in MEASURES:
        raise RequestError(f"--measure {request.measure}: must be one of {', '.join(MEASURES)}.")
    reading = read_layout(
        read_sheet(request.file, request.sheet), request.layout, request.period, request.select
    )
    before = None
    if request.before is not None:
        before = read_layout(
            read_sheet(request.before), request.layout, request.period_before, request.select
        )
    elif request.period_before is not None:
        sheet = read_sheet(request.file, request.sheet)
        before = read_layout(sheet, request.layout, request.period_before, request.select)
    about = _about(request, reading, before)
    assembly = assemble(
        reading,
        about,
        read_sheet(request.relatedness) if request.relatedness is not None else None,
        read_sheet(request.sectors) if request.sectors is not None else None,
        before,
    )
    return Imported(assembly, reading, check_report(request.file.name, reading, assembly))


def import_table(
    name: str,
    content: bytes,
    measure: str = "employment",
    relatedness: tuple[str, bytes] | None = None,
    sectors: tuple[str, bytes] | None = None,
) -> Imported:
    """Read and check a table that somebody sent; nothing touches the disk.

    Parameters
    ----------
    name
        Name of the file, for messages and as title.
    content
        What is in it: CSV or TSV in any layout.
    measure
        What its amounts are.
    relatedness, sectors
        Names and contents of further tables, if there are any; see `Request`.

    Returns
    -------
    Imported
        Regions and report.

    Raises
    ------
    RequestError
        If anything is wrong; names file, row, column, value and remedy.
    """
    request = Request(Path(name), measure)
    if measure not in MEASURES:
        raise RequestError(f"measure {measure}: must be one of {', '.join(MEASURES)}.")
    reading = read_layout(text_sheet(name, content))
    assembly = assemble(
        reading,
        _about(request, reading, None),
        text_sheet(*relatedness) if relatedness is not None else None,
        text_sheet(*sectors) if sectors is not None else None,
    )
    return Imported(assembly, reading, check_report(name, reading, assembly))


def _about(request: Request, reading: Reading, before: Reading | None) -> About:
    try:
        return About.model_validate(
            {
                "title": (request.title or request.file.stem)[:60].strip(),
                "measure": reading.measure or request.measure,
                "period": reading.period,
                "period_before": before.period if before is not None else "",
                "source": request.source,
            }
        )
    except ValidationError as error:
        key = error.errors()[0]["loc"][0]
        raise RequestError(f"--{key}: must be a line of text without control characters.") from None


def check_destination(folder: Path) -> None:
    """Make sure that a folder may be written: new, empty, or regions that were imported before.

    Raises
    ------
    RequestError
        If something else is there.
    """
    if folder.is_file():
        raise RequestError(f"--out {folder}: this is a file; name a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / ABOUT).is_file():
        raise RequestError(
            f"--out {folder}: this folder holds something other than regions, and would be replaced; name another."
        )


def write_import(imported: Imported, folder: Path) -> None:
    """Write regions and report, whole or not at all.

    Parameters
    ----------
    imported
        What an import brought.
    folder
        Where to.
    """

    def fill(fresh: Path) -> None:
        imported.assembly.members.write(fresh)
        (fresh / REPORT).write_text(imported.report, encoding="utf-8", newline="\n")

    write_folder(folder, fill)


def selections(texts: Sequence[str]) -> dict[str, str]:
    """Read ``NAME=VALUE`` choices of the command line."""
    chosen = {}
    for text in texts:
        name, separator, value = text.partition("=")
        if not separator or not name.strip():
            raise RequestError(f"--select {text}: must be COLUMN=VALUE, such as indic_sb=V16110.")
        chosen[name.strip()] = value.strip()
    return chosen
