"""From the table of carriers to agents and back, so that any two states can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from model.meso import KIND_CODES
from model.meso.account import ENTRIES
from model.region import Region
from model.state import COLUMNS, Carriers
from model.streams import Streams
from model.world import World
from tests.reference.carriers import NOBODY, ReferenceCarrier, ReferenceFirm, Tie, Vacancy
from tests.reference.ledger import ReferenceLedger
from tests.reference.organisations import ReferenceOrganisation
from tests.reference.policymaker import ReferencePolicymaker

if TYPE_CHECKING:
    from tests.reference.region import ReferenceRegion

KIND_NAMES = {code: name for name, code in KIND_CODES.items()}
TIE_FIELDS = {
    "tie_age": "age",
    "tie_origin": "origin",
    "tie_project": "project",
    "tie_success": "success",
    "tie_project_success": "project_success",
    "tie_value": "value",
    "tie_gain": "gain",
}
"""Columns per tie, and what a tie calls them."""

_OWN_WAY = {"id", "kind", "degree", "link"}
NUMBERS = tuple(column.name for column in COLUMNS if column.block == "number")
INTEGERS = tuple(
    column.name for column in COLUMNS if column.block == "integer" and column.name not in _OWN_WAY
)

QUANTITIES = (
    "wage",
    "world_mass",
    "competition",
    "competition_usual",
    "demand_total",
    "lead",
    "labour_force",
    "belief",
    "belief_precision",
    "publicity",
    "effort",
    "budget_factor",
    "initial_wage_bill",
    "price",
    "discovered",
    "experiments",
    "domain_density",
    "domain_knowledge",
    "holders",
    "account",
    "memos",
    "counts",
    "supported_entries",
    "closing",
)
"""What a world holds beside carriers and space, by the same name in both models."""


def _copied(value: Any) -> Any:
    return value.copy() if hasattr(value, "copy") else value


def copy_world(world: World, region: ReferenceRegion) -> None:
    """Make agents of the rows of a world, and copy all that it holds."""
    region.now = world.step
    for name in QUANTITIES:
        setattr(region, name, _copied(getattr(world, name)))
    table = world.carriers
    region.next_id = table.next_id
    region.carriers = [_make(region, table, row) for row in range(table.rows)]
    for row, carrier in enumerate(region.carriers):
        _read_row(table, row, carrier, region.carriers)


def _make(region: ReferenceRegion, table: Carriers, row: int) -> ReferenceCarrier:
    identity, kind = int(table.id[row]), int(table.kind[row])
    if identity == NOBODY:
        return Vacancy(region, int(table.seat[row]))
    if kind == 0:
        return ReferenceFirm(region, identity)
    return ReferenceOrganisation(region, identity, KIND_NAMES[kind])


def _read_row(table: Carriers, row: int, carrier: ReferenceCarrier, carriers: list[ReferenceCarrier]) -> None:
    for name in NUMBERS:
        setattr(carrier, name, float(getattr(table, name)[row]))
    for name in INTEGERS:
        setattr(carrier, name, int(getattr(table, name)[row]))
    carrier.knowledge = table.knowledge[row].astype(np.float64)
    carrier.density = table.density[row].copy()
    link = int(table.link[row])
    carrier.link = carriers[link] if link >= 0 else None
    for slot in range(int(table.degree[row])):
        tie = Tie(carriers[table.partners[row, slot]])
        for column, name in TIE_FIELDS.items():
            setattr(tie, name, getattr(table, column)[row, slot].item())
        carrier.ties.append(tie)


def copy_decisions(region: Region, copy: ReferenceRegion) -> None:
    """Copy policymakers, what organisations keep for themselves, and the last record."""
    for organisation, twin in zip(region.organisations, copy.organisations, strict=True):
        twin.own_money = organisation.own_money
        done = organisation.account.entries[max(1, organisation.born) : region.world.step + 1]
        twin.account = [dict(zip(ENTRIES, entries, strict=True)) for entries in done.tolist()]
        twin.funded_at = organisation.funded_at
    for number, original in enumerate(region.policymakers):
        twin = ReferencePolicymaker(copy, original.spec, number)
        twin.regime = original.regime
        twin.memory, twin.orders = original.memory, original.orders
        twin.next_review, twin.priority_match = original.next_review, original.priority_match
        twin.employment_before = original._employment.copy()
        twin.experiments_before = original._experiments.copy()
        twin.demand_before, twin.reviewed_at = original._demand.copy(), original._reviewed
        twin.signals, twin.trials = original._signals.copy(), original._trials.copy()
        twin.ledger = ReferenceLedger.copy_of(original.ledger, region.world.step)
        copy.policymakers.append(twin)
    last = region.result().series().iloc[region.world.step].drop("step")
    copy.series.append({str(name): float(value) for name, value in last.items()})


def to_world(region: ReferenceRegion) -> World:
    """Make a table of carriers from agents; a world that shares nothing with the region."""
    slots = region.parameters.ties.slots
    table = Carriers(region.space.domains, slots, max(1, len(region.carriers)))
    table.append(len(region.carriers))
    rows = {carrier.seat: row for row, carrier in enumerate(region.carriers)}
    for row, carrier in enumerate(region.carriers):
        _write_row(table, row, carrier, rows)
    table.next_id = region.next_id
    world = World(region.parameters, Streams(region.run_seed), table, region.space, step=region.now)
    for name in QUANTITIES:
        setattr(world, name, _copied(getattr(region, name)))
    return world


def _write_row(table: Carriers, row: int, carrier: ReferenceCarrier, rows: dict[int, int]) -> None:
    for name in (*NUMBERS, *INTEGERS, "kind", "degree", "knowledge", "density"):
        getattr(table, name)[row] = getattr(carrier, name)
    table.id[row] = carrier.unique_id
    table.link[row] = -1 if carrier.link is None else rows[carrier.link.seat]
    for slot, tie in enumerate(carrier.ties):
        table.partners[row, slot] = rows[tie.partner.seat]
        for column, name in TIE_FIELDS.items():
            getattr(table, column)[row, slot] = getattr(tie, name)
