"""Regions that somebody brings as a table: checked, held for their session, and gone with it."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from analysis.dashboard.limits import MOST_DOMAINS
from analysis.errors import RequestError
from analysis.regions.catalogue import RegionReference, shipped
from analysis.regions.importing.importer import import_table
from analysis.regions.region_set import RegionSet
from model.spec import phrases

MOST_TABLE_BYTES = 1_000_000
"""Three hundred regions and seventy domains in a row each take 0.4 MB."""

MOST_TABLES = 3
OWN = "own:"
"""What references of brought regions begin with; a digest of the table and the region's code follow."""


@dataclass(frozen=True)
class Table:
    """A table that was brought.

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


def is_brought(reference: str) -> bool:
    """Whether a reference is that of a region which somebody brought."""
    return reference.startswith(OWN)


class Brought:
    """The tables of a session; the oldest makes room for a fourth."""

    def __init__(self) -> None:
        self._tables: OrderedDict[str, Table] = OrderedDict()

    @property
    def tables(self) -> tuple[Table, ...]:
        """What was brought, the latest first."""
        return tuple(reversed(self._tables.values()))

    def take(self, name: str, content: bytes, measure: str) -> Table:
        """Read and check a table.

        Parameters
        ----------
        name
            Name of the file, for messages.
        content
            What is in it.
        measure
            What the amounts are; see `analysis.regions.region_set.MEASURES`.

        Returns
        -------
        Table
            The regions in it.

        Raises
        ------
        RequestError
            If it is no small table of regions and domains; says where and what to do.
        """
        shown = phrases.value(name, 80)[1:-1]
        if len(content) > MOST_TABLE_BYTES:
            raise RequestError(
                f"{shown}: has {len(content) / 1e6:.1f} MB; a table that is brought here has at most "
                f"{MOST_TABLE_BYTES / 1e6:.0f} MB. Keep to the regions and the year that matter, or use "
                "run.py regions import."
            )
        if not content.strip():
            raise RequestError(f"{shown}: is empty; save the table again.")
        if content[:2] == b"PK":
            raise RequestError(f"{shown}: is a workbook; save its sheet as CSV (UTF-8).")
        imported = import_table(shown, content, measure)
        assembly = imported.assembly
        regions, domains = assembly.members.amounts.shape
        if domains > MOST_DOMAINS:
            raise RequestError(
                f"{shown}: has {domains} domains; the dashboard runs at most {MOST_DOMAINS}. Add finer ones up."
            )
        sectors = assembly.members.domains["sector"].nunique()
        read = f"{regions} regions, {domains} domains in {sectors} sectors ({imported.reading.layout})"
        digest = hashlib.blake2b(content + measure.encode(), digest_size=4).hexdigest()
        table = Table(shown, digest, assembly.members, (read, *assembly.dropped, *assembly.notes))
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
        if not is_brought(reference):
            return shipped_region(reference)
        digest, _, code = reference.removeprefix(OWN).partition(":")
        table = self._tables.get(digest)
        if table is None or code not in table.members.regions.index:
            raise RequestError(
                f"The region {phrases.value(code, 60)} was brought as a table, which no link can hold: bring the "
                "same table (menu, Bring regions), then choose the region."
            )
        return RegionReference(table.members, code)
