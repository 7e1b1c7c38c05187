"""What columns are: by their names, by what the user says, or by what is in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.errors import RequestError
from analysis.regions.importing.cells import is_missing
from analysis.regions.importing.codes import looks_like_domains
from analysis.regions.importing.numbers import looks_numeric
from analysis.regions.importing.periods import are_periods
from analysis.regions.importing.sheet import Sheet
from analysis.regions.region_set import CONDITIONS
from model.spec.problem import nearest

NAMES: dict[str, tuple[str, ...]] = {
    "region": ("reg_id", "region", "geo", "ref_area", "code", "region_code", "region_id", "nuts", "nuts_code",
               "nuts_id", "nuts1", "nuts2", "nuts_2", "nuts3", "nuts_3", "territory", "geography", "area_code",
               "lau", "kreis", "raumeinheit", "regione", "provincia", "departement", "county", "state", "exporter",
               "reporter", "fips", "area_fips", "geoid", "ags", "insee", "bundesland", "canton", "kanton",
               "gemeinde", "comune"),
    "name": ("name", "region_name", "geo_label", "label", "reference_area", "nuts_name", "name_latn", "area_name"),
    "domain": ("isic4", "domain", "nace", "nace_r2", "nace_r1", "nace2", "nace_rev2", "nace_rev_2", "industry",
               "industry_code", "division", "activity", "economic_activity", "class", "product", "product_code",
               "commodity", "technology", "ipc", "cpc", "cpa", "sector", "isic", "isic_rev4", "naics", "sic", "hs",
               "hs2", "hs4", "hs6", "sitc", "wz", "wz08", "wz2008", "ateco", "naf", "branch", "branche",
               "wirtschaftszweig", "domain_code"),
    "value": ("obs_value", "value", "values", "amount", "employment", "persons", "persons_employed", "employees",
              "firms", "patents", "exports", "count", "observation_value", "wert", "valeur", "valore", "export_value"),
    "period": ("time", "year", "period", "time_period", "date", "jahr", "annee", "anno", "quarter", "ref_period"),
    "firm": ("firm", "firm_id", "company", "company_id", "enterprise", "establishment", "business", "vat"),
    "flag": ("obs_flag", "obs_status", "flag", "flags", "observation_status", "observation_flag", "status"),
    "confidentiality": ("conf_status", "confidentiality", "obs_conf", "confidentiality_status", "disclosure_code",
                        "disclosure", "suppression", "suppressed"),
    "multiplier": ("unit_mult", "unit_multiplier", "powercode_code", "powercode"),
}  # fmt: skip
"""Names of columns, the first that is there is taken."""

DECLARED = (*NAMES, "sum", "ignore", "country", *CONDITIONS)
"""What a column can be said to be with --columns."""

SILENT = (
    "dataflow",
    "last_update",
    "structure",
    "structure_id",
    "structure_name",
    "action",
    "decimals",
    "obs_footnote",
)
DIMENSIONS = re.compile(
    r"^(unit|indic|measure|freq|sex|age|size|wstatus|currenc|adjust|s_adj|price|transformation|variable|indicator|item|"
    r"na_item|sizeclas|nationality|citizen|isced|worktime|stock|flow|table_identifier|"
    r"einheit|merkmal|kennzahl|indik|geschlecht|sexe|sesso|sexo|unité|unite|unidad|unità)"
)
"""Columns of which one value must be chosen, whatever they go along with."""
IDENTITY = ("id", "index", "unnamed_0", "fid", "objectid", "row", "no", "nr")
MEASURES = {"employment": ("employment", "persons", "persons_employed", "employees"), "firms": ("firms",),
            "patents": ("patents",), "exports": ("exports", "export_value")}  # fmt: skip
BACI = ("t", "i", "j", "k", "v")


def plain(name: str) -> str:
    """Write the name of a column as names are looked up: ``GEO (Labels)`` and ``geo: Region`` are ``geo``."""
    code = re.sub(r"\(.*?\)|\[.*?\]", "", name.partition(":")[0] or name)
    return re.sub(r"[\W]+", "_", code.strip().casefold()).strip("_")


@dataclass
class Roles:
    """What each column of a table is.

    Attributes
    ----------
    sheet
        The table.
    of
        Column by role, for roles that one column has.
    summed, ignored
        Columns over which amounts are added up, and columns that are left alone.
    said
        Columns that the user named.
    notes
        What was told by what is in columns rather than by their names.
    """

    sheet: Sheet
    of: dict[str, int] = field(default_factory=dict)
    summed: set[int] = field(default_factory=set)
    ignored: set[int] = field(default_factory=set)
    said: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def get(self, role: str) -> int | None:
        """Give the column that has a role; None if none has."""
        return self.of.get(role)

    def need(self, role: str, what: str) -> int:
        """Give the column that has a role, or refuse the table.

        Raises
        ------
        RequestError
            If there is none; shows the first rows and how to name columns.
        """
        column = self.of.get(role)
        if column is None:
            raise RequestError(
                f"{self.sheet.label}: has no column of {what}; {how_to_name(self.sheet, role)}"
            )
        return column

    @property
    def used(self) -> set[int]:
        """All columns that are something."""
        return set(self.of.values()) | self.summed | self.ignored


def how_to_name(sheet: Sheet, role: str) -> str:
    """Say what the first rows look like and how to name a column."""
    names = ", ".join(map(repr, sheet.header[:10]))
    first = ", ".join(cell[:20] or "blank" for cell in sheet.rows[0][:10])
    return (
        f"its columns are {names}, its first row {first}. Say which it is, such as --columns COLUMN={role}."
    )


def roles_of(sheet: Sheet, columns: Mapping[str, str], measure: str | None) -> Roles:
    """Find out what columns are, by what the user says and by their names.

    Parameters
    ----------
    sheet
        The table.
    columns
        Role by name of a column, as the user says.
    measure
        What amounts are, if the user says it: chooses among columns of amounts.

    Returns
    -------
    Roles
        What is known.

    Raises
    ------
    RequestError
        If a column that was named is not there, or there are two of amounts.
    """
    roles = Roles(sheet)
    header = [plain(name) for name in sheet.header]
    _declare(roles, header, columns)
    if set(BACI) <= set(header) and not roles.said:
        places = {
            role: header.index(name)
            for role, name in zip(("period", "region", "domain", "value"), "tikv", strict=True)
        }
        roles.of.update(places)
        roles.summed.add(header.index("j"))
        roles.ignored |= {header.index("q")} & set(range(len(header))) if "q" in header else set()
        roles.notes.append(
            "Columns t, i, j, k, v are those of BACI (CEPII): exports of i in thousand dollars, added up over "
            "partners j."
        )
        return roles
    for role, names in NAMES.items():
        if role in roles.of:
            continue
        found = [
            header.index(name) for name in names if name in header and header.index(name) not in roles.used
        ]
        if role == "region":
            # A column of codes may hold those of domains.
            found = [
                at for at in found if header[at] != "code" or not looks_like_domains(set(sheet.column(at)))
            ]
        if found:
            roles.of[role] = _one_of_amounts(roles, found, measure) if role == "value" else found[0]
    roles.ignored |= {at for at, name in enumerate(header) if name in SILENT and at not in roles.used}
    return roles


def _declare(roles: Roles, header: list[str], columns: Mapping[str, str]) -> None:
    for name, role in columns.items():
        exact = [at for at, each in enumerate(roles.sheet.header) if each == name]
        alike = exact or [at for at, each in enumerate(header) if each == plain(name)]
        if not alike:
            meant = nearest(plain(name), header)
            hint = f"; did you mean {meant}?" if meant else f"; it has {', '.join(roles.sheet.header[:12])}."
            raise RequestError(f"--columns {name}={role}: {roles.sheet.label} has no column {name!r}{hint}")
        if role not in DECLARED:
            raise RequestError(f"--columns {name}={role}: a column is one of {', '.join(DECLARED)}.")
        column = alike[0]
        roles.said.add(column)
        if role in {"sum", "ignore"}:
            (roles.summed if role == "sum" else roles.ignored).add(column)
        elif role in roles.of:
            raise RequestError(f"--columns {name}={role}: two columns cannot both be {role}.")
        else:
            roles.of[role] = column


def _one_of_amounts(roles: Roles, found: list[int], measure: str | None) -> int:
    """Choose the column of amounts: that of observations, the only one, or the one of the measure."""
    names = [plain(roles.sheet.header[at]) for at in found]
    if len(found) == 1 or names[0] == "obs_value" or ("domain" not in roles.of and "region" not in roles.of):
        return found[0]
    fitting = [at for at, name in zip(found, names, strict=True) if name in MEASURES.get(measure or "", ())]
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(roles.sheet.header[at] for at in found)
    raise RequestError(
        f"{roles.sheet.label}: has {len(found)} columns of amounts ({listed}); say which, such as --columns "
        f"{roles.sheet.header[found[0]]}=value."
    )


@dataclass(frozen=True)
class Look:
    """What the cells of a column look like."""

    distinct: int
    filled: int
    numeric: bool
    period: bool


def look(sheet: Sheet, column: int) -> Look:
    """Look at the cells of a column."""
    cells = [cell for cell in sheet.column(column) if cell]
    distinct = set(cells)
    numeric = sum(map(looks_numeric, cells)) >= 0.9 * len(cells) and not all(map(is_missing, cells))
    return Look(len(distinct), len(cells), numeric, are_periods(distinct))


def is_identity(sheet: Sheet, column: int) -> bool:
    """Whether a column only numbers the rows."""
    cells = [str(cell) for cell in sheet.column(column)]
    if plain(sheet.header[column]) not in {*IDENTITY, ""} or not all(cell.isdigit() for cell in cells):
        return False
    first = int(cells[0])
    return [int(cell) for cell in cells] == list(range(first, first + len(cells)))


def depends(sheet: Sheet, column: int, on: int) -> bool:
    """Whether a column says nothing that another does not, such as the name of a region beside its code."""
    told: dict[str, str] = {}
    return all(told.setdefault(row[on], row[column]) == row[column] for row in sheet.rows)
