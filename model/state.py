"""The columns of the knowledge carriers: declared once, rows born and retired, persistent ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from model.kernels.population import retire_rows, vacate_rows

Block = Literal["number", "integer", "knowledge", "density", "tie_integer", "tie_number"]
Array = NDArray[Any]


@dataclass(frozen=True)
class Column:
    """One column of the table of carriers.

    Attributes
    ----------
    name
        Name of the column.
    block
        Array that holds it: one value a row (``number``, ``integer``), one a domain (``knowledge``,
        ``density``) or one a tie (``tie_number``, ``tie_integer``).
    owner
        Process that writes it; others contribute through accumulators.
    unit
        Unit of its values.
    description
        What it means.
    default
        Value of a new row.
    """

    name: str
    block: Block
    owner: str
    unit: str
    description: str
    default: float = 0


COLUMNS: tuple[Column, ...] = (
    Column("size", "number", "grow", "employees", "Employees."),
    Column("cash", "number", "grow", "wages", "Cash."),
    Column("revenue", "number", "sell", "wages/quarter", "Revenue of the last step."),
    Column("margin", "number", "grow", "share", "Profit over revenue of the last step."),
    Column("skill", "number", "learn", "1", "Skill of employees."),
    Column("skill_base", "number", "entry", "1", "Skill towards which skill decays."),
    Column("rd_stock", "number", "research", "wages/employee", "R&D stock per employee."),
    Column(
        "rd_spending",
        "number",
        "grow",
        "wages/employee/quarter",
        "Own R&D per employee planned for the step.",
    ),
    Column("rd_cost", "number", "research", "wages/quarter", "Own R&D actually paid in the step."),
    Column("openness", "number", "entry", "1", "0 exploits, 1 explores."),
    Column("absorptive_capacity", "number", "learn", "1", "Absorptive capacity."),
    Column("absorptive_capacity_start", "number", "entry", "1", "Absorptive capacity at the start.", -1.0),
    Column(
        "absorptive_capacity_untrained",
        "number",
        "learn",
        "1",
        "Absorptive capacity without what training has added to skill.",
    ),
    Column("subsidy", "number", "support", "wages/employee/quarter", "R&D subsidy per employee of the step."),
    Column("efficiency", "number", "support", "1", "Added research efficiency of the step."),
    Column("transfer", "number", "support", "1", "Added reach of the step."),
    Column(
        "survival", "number", "support", "quarters", "Wage bills of debt that support lets a firm survive."
    ),
    Column("support", "number", "support", "wages/quarter", "Money spent on the carrier in the step."),
    Column(
        "membership_value",
        "number",
        "membership",
        "frontier units/quarter",
        "Smoothed gain from the cluster.",
    ),
    Column("link_strength", "number", "support", "1", "Strength of the link to a meso-organisation."),
    Column("standing", "number", "organisations", "1", "Standing of a meso-organisation with firms.", 0.5),
    Column("learned", "number", "absorb", "frontier units/quarter", "Knowledge absorbed in the step."),
    Column("id", "integer", "entry", "1", "Persistent id."),
    Column(
        "seat",
        "integer",
        "entry",
        "1",
        "Whose luck it has: an entrant takes over the seat of a firm that left.",
    ),
    Column("kind", "integer", "entry", "code", "0 for a firm, else the kind of meso-organisation."),
    Column("sector", "integer", "entry", "index", "Sector."),
    Column("place", "integer", "entry", "index", "Place."),
    Column("age", "integer", "grow", "quarters", "Age."),
    Column("focus", "integer", "research", "index", "Domain of current R&D."),
    Column(
        "cluster",
        "integer",
        "membership",
        "id",
        "Persistent id of the cluster organisation, -1 for none.",
        -1,
    ),
    Column("membership_age", "integer", "membership", "quarters", "Quarters of membership."),
    Column("degree", "integer", "ties", "ties", "Number of ties."),
    Column(
        "link",
        "integer",
        "support",
        "row",
        "Row of the meso-organisation that serves the firm, -1 for none.",
        -1,
    ),
    Column("members", "integer", "membership", "firms", "Members of a cluster organisation."),
    Column("clients", "integer", "support", "firms", "Clients of a meso-organisation in the step."),
    Column("parent", "integer", "entry", "id", "Persistent id of the parent of a spin-off, -1 for none.", -1),
    Column("born", "integer", "entry", "step", "Step of entry."),
    Column("support_domain", "integer", "support", "index", "Domain that support aimed at, -1 for none.", -1),
    Column("earmark", "integer", "support", "index", "Domain that a grant must be spent on, -1 for any.", -1),
    Column("knowledge", "knowledge", "account", "frontier units", "Knowledge in each domain."),
    Column("density", "density", "learn", "1", "Relatedness density in each domain."),
    Column("partners", "tie_integer", "ties", "row", "Rows of partners, packed to the left."),
    Column("tie_age", "tie_integer", "ties", "quarters", "Age of each tie."),
    Column("tie_origin", "tie_integer", "ties", "code", "0 own search, 1 brokered."),
    Column("tie_project", "tie_integer", "ties", "quarters", "Quarters left of a joint project."),
    Column("tie_success", "tie_integer", "recombine", "count", "Successful recombinations on each tie."),
    Column(
        "tie_project_success", "tie_integer", "recombine", "count", "Those since the joint project began."
    ),
    Column("tie_value", "tie_number", "ties", "frontier units/quarter", "Smoothed learning on each tie."),
    Column("tie_gain", "tie_number", "absorb", "frontier units/quarter", "Learning on each tie in the step."),
)

_DTYPES: dict[str, Any] = {
    "number": np.float64,
    "integer": np.int64,
    "knowledge": np.float32,
    "density": np.float32,
    "tie_integer": np.int32,
    "tie_number": np.float32,
}


class Carriers:
    """Table of all knowledge carriers, firms and meso-organisations alike.

    Every column of :data:`COLUMNS` is an attribute: a view on the live rows of its block. Columns of
    one kind lie in one block, so that rows are moved by one compiled call.

    Parameters
    ----------
    domains
        Number of knowledge domains.
    slots
        Most ties a carrier can hold.
    capacity
        Rows for which room is made at once.
    """

    def __init__(self, domains: int, slots: int, capacity: int) -> None:
        self.domains = domains
        self.slots = slots
        self.rows = 0
        self.next_id = 0
        self.version = 0
        self._places: dict[str, tuple[str, int]] = {}
        defaults: dict[str, list[float]] = {block: [] for block in _DTYPES}
        for column in COLUMNS:
            self._places[column.name] = (column.block, len(defaults[column.block]))
            defaults[column.block].append(column.default)
        self.blocks: dict[str, Array] = {
            block: np.zeros(self._shape(block, len(defaults[block]), max(4, capacity)), dtype)
            for block, dtype in _DTYPES.items()
        }
        self._defaults = {
            block: np.array(values, _DTYPES[block]).reshape(-1, *[1] * (self.blocks[block].ndim - 1))
            for block, values in defaults.items()
        }
        self._plain_defaults = tuple(values.ravel() for values in self._defaults.values())
        self._referring = tuple(self._places[n][1] for n in ("partners", "degree", "link", "seat", "id"))
        self._columns = self._whole_columns()
        self._bind()

    def __getstate__(self) -> dict[str, Any]:
        """Leave out views: a copy of one would be a column of its own."""
        views = {*self._places, "_columns"}
        return {name: value for name, value in self.__dict__.items() if name not in views}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._columns = self._whole_columns()
        self._bind()

    def _whole_columns(self) -> list[tuple[str, Array]]:
        return [(name, self.blocks[block][index]) for name, (block, index) in self._places.items()]

    def _shape(self, block: str, count: int, capacity: int) -> tuple[int, ...]:
        width = {
            "knowledge": (self.domains,),
            "density": (self.domains,),
            "tie_integer": (self.slots,),
            "tie_number": (self.slots,),
        }.get(block, ())
        return (count, capacity, *width)

    @property
    def capacity(self) -> int:
        """Rows for which there is room."""
        return int(self.blocks["number"].shape[1])

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Array:
            """Give a column; while running they are bound in ``_bind``: a method would slow every access down."""

    def _bind(self) -> None:
        rows, attributes = self.rows, self.__dict__
        for name, array in self._columns:
            attributes[name] = array[:rows]
        self.version += 1

    def append(self, count: int) -> slice:
        """Add rows with default values and fresh persistent ids.

        Parameters
        ----------
        count
            Number of rows to add.

        Returns
        -------
        slice
            The new rows.
        """
        first, last = self.rows, self.rows + count
        if last > self.capacity:
            self._enlarge(max(last, 2 * self.capacity))
        for block, array in self.blocks.items():
            array[:, first:last] = self._defaults[block]
        self.rows = last
        self._bind()
        self.seat[first:last] = self.identify(np.arange(first, last))
        return slice(first, last)

    def identify(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give rows fresh persistent ids.

        Parameters
        ----------
        rows
            Rows, in the order in which ids are given.

        Returns
        -------
        numpy.ndarray
            The ids, shape of ``rows``.
        """
        fresh = np.arange(self.next_id, self.next_id + len(rows))
        self.id[rows] = fresh
        self.next_id += len(rows)
        return fresh

    def row_of(self, identity: int) -> int:
        """Find the row of a carrier; -1 if it is not there.

        Parameters
        ----------
        identity
            Persistent id.
        """
        found = np.flatnonzero(self.id == identity)
        return int(found[0]) if len(found) else -1

    def vacate(self, gone: NDArray[np.bool_]) -> None:
        """Empty rows whose firms have left, for entrants to take over; ties to them end, their seats stay.

        Parameters
        ----------
        gone
            True for each live row that becomes vacant, shape (rows,).
        """
        vacate_rows(gone, tuple(self.blocks.values()), self._plain_defaults, self._referring)
        self.version += 1

    def _enlarge(self, capacity: int) -> None:
        for block, old in self.blocks.items():
            new = np.zeros((old.shape[0], capacity, *old.shape[2:]), old.dtype)
            new[:, : self.rows] = old[:, : self.rows]
            self.blocks[block] = new
        self._columns = self._whole_columns()

    def retire(self, gone: NDArray[np.bool_]) -> None:
        """Remove rows; the others keep their order and all references follow them.

        Parameters
        ----------
        gone
            True for each live row that leaves, shape (rows,).
        """
        partners, degree, link, *_ = self._referring
        self.rows = int(
            retire_rows(
                gone,
                self.rows,
                self.blocks["number"],
                self.blocks["integer"],
                self.blocks["knowledge"],
                self.blocks["density"],
                self.blocks["tie_integer"],
                self.blocks["tie_number"],
                partners,
                degree,
                link,
            )
        )
        self._bind()
