"""An import from beginning to end: files in, regions and a report out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from analysis.errors import RequestError
from analysis.regions.importing.assembly import Assembly, assemble
from analysis.regions.importing.files import read_sheet, text_sheet
from analysis.regions.importing.interpretation import read_table
from analysis.regions.importing.options import Options
from analysis.regions.importing.reading import Reading
from analysis.regions.importing.report import check_report
from analysis.regions.region_set import MEASURES, About


@dataclass(frozen=True)
class Request:
    """What is to be imported.

    Attributes
    ----------
    file
        The table.
    measure
        What its amounts are; by default what the table says, or employment.
    layout, sheet, period
        How it is to be read, where that is not to be found out.
    select
        Values to choose in further columns.
    relatedness, sectors, before, conditions
        Further tables, if there are any.
    title, source
        What the regions are called together, and who is to be named for the data.
    columns, decimal, classification, accept
        See `analysis.regions.importing.options.Options`.
    anchor
        What complexity is to rise with.
    """

    file: Path
    measure: str | None = None
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
    columns: Mapping[str, str] = field(default_factory=dict)
    decimal: str | None = None
    classification: str | None = None
    accept: Collection[str] = ()
    conditions: Path | None = None
    anchor: str | None = None

    def options(self, period: str | None) -> Options:
        """Give what is said of how a table of one period is to be read."""
        return Options(
            self.layout,
            period,
            self.select,
            self.columns,
            self.decimal,
            self.classification,
            self.measure,
            self.accept,
        )


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
    _check_measure("--measure", request.measure)
    reading = _read(request.file, request.sheet, request.options(request.period))
    before = None
    if request.before is not None or request.period_before is not None:
        file, sheet = (request.file, request.sheet) if request.before is None else (request.before, None)
        before = _read(file, sheet, request.options(request.period_before))
    further = (
        None if path is None else read_sheet(path)
        for path in (request.relatedness, request.sectors, request.conditions)
    )  # fmt: skip
    relatedness, sectors, conditions = further
    about = _about(request, reading, before)
    assembly = assemble(reading, about, relatedness, sectors, before, conditions, request.anchor)
    return Imported(assembly, reading, check_report(request.file.name, reading, assembly))


def _read(file: Path, name: str | None, options: Options) -> Reading:
    """Read a table; where it cannot be read, the other sheets of a workbook are mentioned."""
    sheet = read_sheet(file, name)
    try:
        return read_table(sheet, options)
    except RequestError as error:
        others = next((note for note in sheet.notes if "--sheet" in note), "")
        raise RequestError(f"{error} {others}".strip()) from None


def import_table(
    name: str,
    content: bytes,
    measure: str | None = None,
    relatedness: tuple[str, bytes] | None = None,
    sectors: tuple[str, bytes] | None = None,
    accept: Collection[str] = (),
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
    accept
        Doubts that the user has looked at; see `Options`.

    Returns
    -------
    Imported
        Regions and report.

    Raises
    ------
    RequestError
        If anything is wrong; names file, row, column, value and remedy.
    """
    _check_measure("measure", measure)
    request = Request(Path(name), measure, accept=accept)
    reading = read_table(text_sheet(name, content), request.options(None))
    assembly = assemble(
        reading,
        _about(request, reading, None),
        text_sheet(*relatedness) if relatedness is not None else None,
        text_sheet(*sectors) if sectors is not None else None,
    )
    return Imported(assembly, reading, check_report(name, reading, assembly))


def _check_measure(option: str, measure: str | None) -> None:
    if measure is not None and measure not in MEASURES:
        raise RequestError(f"{option} {measure}: must be one of {', '.join(MEASURES)}.")


def _about(request: Request, reading: Reading, before: Reading | None) -> About:
    # A list of firms says itself what was added up.
    measure = reading.measure if reading.layout == "firms" else request.measure or reading.measure
    try:
        return About.model_validate(
            {
                "title": (request.title or request.file.stem)[:60].strip(),
                "measure": measure or "employment",
                "period": reading.period,
                "period_before": before.period if before is not None else "",
                "source": request.source,
            }
        )
    except ValidationError as error:
        key = error.errors()[0]["loc"][0]
        raise RequestError(f"--{key}: must be a line of text without control characters.") from None
