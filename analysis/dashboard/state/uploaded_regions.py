"""Regions that somebody brings as a table: checked, held for their session, and gone with it."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.dashboard.state.limits import MOST_DOMAINS
from analysis.errors import RequestError
from analysis.regions.catalogue import RegionReference, shipped
from analysis.regions.importing.importer import Imported, import_table
from analysis.regions.importing.options import DoubtError
from analysis.regions.importing.sizes import sizes_in_words
from analysis.regions.region_set import RegionSet
from model.spec import phrases

MOST_TABLE_BYTES = 500_000
"""Three hundred regions and seventy domains take 0.4 MB, in a row each."""

MOST_TABLES, MOST_SIZES = 3, 3
OWN = "own:"
"""What references of uploaded regions begin with; a digest of the table and the region's code follow."""


@dataclass(frozen=True)
class Table:
    """A table that was uploaded.

    Attributes
    ----------
    name
        Name of its file.
    digest
        A few digits that only this table has.
    members
        Its regions.
    notes
        What was read, computed, borrowed and left out.
    """

    name: str
    digest: str
    members: RegionSet
    notes: tuple[str, ...]

    def reference(self, code: str) -> str:
        """Give the reference of a region in an address."""
        return f"{OWN}{self.digest}:{code}"

    @property
    def choices(self) -> list[list[str]]:
        """References and names of its regions."""
        codes = map(str, self.members.regions.index)
        return [[self.reference(code), RegionReference(self.members, code).name] for code in codes]


ON_THE_PAGE = {
    "Give --sectors": "Bring a file with sectors in its name",
    "with --sectors": "in a file with sectors in its name",
    "with --relatedness": "in a file with relatedness in its name, chosen together with the table",
    " as you said (--layout)": "",
    "--select": "run.py regions import --select",
    ", or as .xlsx if it is a workbook": "",
}
"""What messages call options of the command line, and what is done on the page instead."""

OPTION = re.compile(r"(?<!regions import )(?<![\w-])(--[a-z]+)")
"""An option that has nothing in its place here."""


class DoubtfulError(RequestError):
    """A table that is read only if whoever brings it says that it is meant so.

    Attributes
    ----------
    kind
        What to say it of; one of `analysis.regions.importing.options.DOUBTS`.
    """

    def __init__(self, told: str, kind: str) -> None:
        super().__init__(told)
        self.kind = kind


def shipped_region(code: str) -> RegionReference:
    """Find a region that ships by its code; never a folder, as an address may come from anybody.

    Raises
    ------
    RequestError
        If there is no such region.
    """
    if code not in shipped().regions.index:
        raise RequestError(f"There is no region {phrases.value(code, 60)}; the list has all that ship.")
    return RegionReference(shipped(), code)


def is_uploaded(reference: str) -> bool:
    """Whether a reference is that of a region which somebody uploaded."""
    return reference.startswith(OWN)


class Uploads:
    """The tables of a session; the oldest makes room for a fourth."""

    def __init__(self) -> None:
        self._tables: OrderedDict[str, Table] = OrderedDict()

    @property
    def tables(self) -> tuple[Table, ...]:
        """What was uploaded, the latest first."""
        return tuple(reversed(self._tables.values()))

    def take(
        self, files: Sequence[tuple[str, bytes]], size: int, measure: str, accept: Collection[str] = ()
    ) -> Table:
        """Read and check a table, with what may come along with it.

        Parameters
        ----------
        files
            Names and contents: the table; a matrix, if one of the names has "relatedness" in it; a table of
            domains, if one has "sectors".
        size
            Bytes of all together, also of what was too large to be sent.
        measure
            What the amounts are; see `analysis.regions.region_set.MEASURES`.
        accept
            Doubts that somebody has looked at; see `DoubtfulError`.

        Returns
        -------
        Table
            The regions in it.

        Raises
        ------
        DoubtfulError
            If it can be read, but looks as if it were not meant so.
        RequestError
            If it is no small table of regions and domains; says where and what to do.
        """
        _check_files(files, size)
        tables = {"": [], "relatedness": [], "sectors": []}  # type: dict[str, list[tuple[str, bytes]]]
        for name, content in files:
            kind = next((each for each in tables if each and each in name.lower()), "")
            tables[kind].append((_shown(name), content))
        if [len(each) for each in tables.values()] not in ([1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]):
            raise RequestError(
                "Choose one table of regions and, if there are any, a file with relatedness in its name and one with "
                f"sectors; these were {', '.join(_shown(name) for name, _ in files)}."
            )
        ((name, content),) = tables[""]
        more = {kind: each[0] for kind, each in tables.items() if kind and each}
        imported = _imported(name, content, measure, more, accept)
        members = imported.assembly.members
        regions, domains = members.amounts.shape
        if domains > MOST_DOMAINS:
            raise RequestError(
                f"{name}: has {domains} domains; the dashboard runs at most {MOST_DOMAINS}. Add finer ones up."
            )
        read = f"{regions} regions, {domains} domains in {members.domains['sector'].nunique()} sectors"
        everything = b"".join(each for _, each in files) + ",".join((measure, *sorted(accept))).encode()
        digest = hashlib.blake2b(everything, digest_size=4).hexdigest()
        sizes = sizes_in_words(members)
        more_sizes = [f"... and {len(sizes) - MOST_SIZES} more regions."] if len(sizes) > MOST_SIZES else []
        sizes = [*sizes[:MOST_SIZES], *more_sizes]
        notes = (
            f"{read} ({imported.reading.layout})",
            *sizes,
            *imported.assembly.dropped,
            *imported.assembly.notes,
        )
        notes = tuple(map(_on_the_page, notes))
        table = Table(name, digest, members, notes)
        self._tables[digest] = table
        self._tables.move_to_end(digest)
        while len(self._tables) > MOST_TABLES:
            self._tables.popitem(last=False)
        return table

    def find(self, reference: str) -> RegionReference:
        """Find a region: one that ships, or one of these tables.

        Raises
        ------
        RequestError
            If there is no such region, or its table is not here.
        """
        if not is_uploaded(reference):
            return shipped_region(reference)
        digest, _, code = reference.removeprefix(OWN).partition(":")
        table = self._tables.get(digest)
        if table is None or code not in table.members.regions.index:
            raise RequestError(
                f"The region {phrases.value(code, 60)} was uploaded as a table, which no link can hold: bring the "
                "same table (menu, Upload regions), then choose the region."
            )
        return RegionReference(table.members, code)


def _check_files(files: Sequence[tuple[str, bytes]], size: int) -> None:
    names = ", ".join(_shown(name) for name, _ in files)
    if max(size, sum(len(content) for _, content in files)) > MOST_TABLE_BYTES:
        raise RequestError(
            f"{names}: has {size / 1e6:.1f} MB; tables that are uploaded here have at most "
            f"{MOST_TABLE_BYTES / 1e6:.1f} MB together. Keep to the regions and the year that matter, or use "
            "run.py regions import."
        )
    for name, content in files:
        if not content.strip():
            raise RequestError(f"{_shown(name)}: is empty; save the table again.")
        if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
            raise RequestError(f"{_shown(name)}: is a workbook; save its sheet as CSV (UTF-8).")


def _imported(
    name: str, content: bytes, measure: str, more: Mapping[str, tuple[str, bytes]], accept: Collection[str]
) -> Imported:
    try:
        return import_table(name, content, measure, **more, accept=accept)
    except DoubtError as error:
        raise DoubtfulError(_named(name, error.doubted), error.kind) from None
    except RequestError as error:
        raise RequestError(_named(name, str(error))) from None


def _named(name: str, message: str) -> str:
    told = _on_the_page(message)
    return told if told.startswith(name) else f"{name}: {told}"


def _shown(name: str) -> str:
    return phrases.value(name, 80)[1:-1]


def _on_the_page(told: str) -> str:
    for option, here in ON_THE_PAGE.items():
        told = told.replace(option, here)
    return OPTION.sub(r"run.py regions import \1", told)
