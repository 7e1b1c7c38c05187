"""Tables that were made, in the layouts that people use: a grid of cells."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.made_tables import Draft

Cells = list[list[Any]]
_HEADERS = {
    "region": ("geo", "region", "NUTS_ID", "Region code"),
    "domain": ("nace_r2", "industry", "activity", "domain"),
    "period": ("year", "TIME_PERIOD", "time"),
    "value": ("value", "OBS_VALUE", "employees", "persons"),
    "flag": ("flag", "OBS_FLAG"),
}


def number(made: Draft, value: float) -> str:
    """Write a number in the ways of a table."""
    if made.suffix == "scientific":
        return f"{value:.12e}".replace(".", made.decimal)
    if made.suffix in {"k", "m", " mio", " bn", " Tsd."}:
        return f"{value:.1f}".replace(".", made.decimal) + made.suffix
    if made.decimals is None:
        text = f"{value:.0f}" if value == round(value) else f"{value:.10g}"
    else:
        text = f"{value:.{made.decimals}f}"
    whole, point, rest = text.partition(".")
    if made.thousands and "e" not in text:
        whole = f"{int(whole):,}".replace(",", made.thousands)
    return whole + (made.decimal if point else "") + rest + made.suffix


def _cell(made: Draft, region: str, domain: str, factor: float = 1.0) -> Any:
    value = float(made.written.loc[region, domain]) * factor
    if (region, domain) in made.withheld_as_zero:
        value = 0.0
    if np.isnan(value) or factor == 0:
        return made.missing
    if factor != 1:
        value = round(value)
    text = number(made, value)
    if not made.flag_column and (flag := made.flags.get((region, domain))):
        return f"{text} {flag}" if made.luck.random() < 0.7 else text + flag
    plain = not made.suffix and made.decimal == "." and not made.thousands
    return float(text) if "workbook" in made.file and plain else text


def _periods(made: Draft) -> list[tuple[str, float]]:
    return [*made.periods, (made.period, 1.0)]


def _thin(made: Draft, factor: float, region: str) -> float:
    """Give a factor by which a thin period is published in one region only."""
    return 1.0 if factor == 0 and region == made.written.index[0] and len(made.written) > 2 else factor


def _wide(made: Draft) -> Cells:
    domains = list(made.written.columns)
    flags = made.flag_column and bool(made.flags)
    beside = made.luck.choice(["{}_flag", "{} flag", ""])
    named = [name for domain in domains for name in ((domain, beside.format(domain)) if flags else (domain,))]
    first = (
        made.luck.choice(["region", "geo", "code"])
        if made.known_header
        else made.luck.choice(["", "ua", "Land"])
    )
    header = [first, *(["year"] if made.periods else []), *named]
    grid: Cells = [header]
    for period, factor in _periods(made):
        for region in made.written.index:
            row: list[Any] = [region, *([period] if made.periods else [])]
            for domain in domains:
                row.append(_cell(made, region, domain, _thin(made, factor, region)))
                if flags:
                    row.append(made.flags.get((region, domain), ""))
            grid.append(row)
    return _beside(made, grid)


def _beside(made: Draft, grid: Cells) -> Cells:
    """Put columns that are no domains into a wide table."""
    columns: list[tuple[str, list[Any]]] = []
    if "conditions" in made.file:
        count = len(grid) - 1
        columns.append(("population", [number_of_people(made, at) for at in range(count)]))
        columns.append(("unemployment", [("5,3" if made.decimal == "," else "5.3") for _ in range(count)]))
    if "area" in made.file:
        columns.append(("area_km2", [str(4000 + at) for at in range(len(grid) - 1)]))
    if "words" in made.file:
        columns.append(("Bundesland", [f"Land {at}" for at in range(len(grid) - 1)]))
    for name, cells in columns:
        grid[0].insert(1, name)
        for row, cell in zip(grid[1:], cells, strict=True):
            row.insert(1, cell)
    if "numbered" in made.file:
        grid[0].insert(0, made.luck.choice(["id", "", "index"]))
        for at, row in enumerate(grid[1:]):
            row.insert(0, str(at))
    return grid


def number_of_people(made: Draft, at: int) -> str:
    """Write a population, in the convention of the table."""
    return f"{1_234_567 + at:,}".replace(",", made.thousands)


def _turned(made: Draft) -> Cells:
    header = [made.luck.choice(["nace_r2", "industry"]) if made.known_header else "", *made.written.index]
    return [
        header,
        *(
            [domain, *(_cell(made, region, domain) for region in made.written.index)]
            for domain in made.written.columns
        ),
    ]


def _rows(made: Draft) -> list[tuple[str, str, str, Any, str]]:
    found = []
    for period, factor in _periods(made):
        for domain in made.written.columns:
            for region in made.written.index:
                cell = _cell(made, region, domain, _thin(made, factor, region))
                flag = made.flags.get((region, domain), "") if made.flag_column else ""
                if cell == "" and flag == "" and made.luck.random() < 0.3 and len(made.truth) > 2:
                    continue
                found.append((period, domain, region, cell, flag))
    return found


def _long(made: Draft) -> Cells:
    names = {role: made.luck.choice(names) for role, names in _HEADERS.items()}
    if not made.known_header:
        names = {"region": "ua", "domain": "ind", "period": "jj", "value": "emp", "flag": "anm"}
        if made.luck.random() < 0.6 or made.flag_column:
            made.options["columns"] = {name: role for role, name in names.items()}
    roles = ["region", "domain"]
    made.luck.shuffle(roles)
    timed = bool(made.periods) or made.luck.random() < 0.5
    roles += ["period"] if timed else []
    roles += ["value", *(["flag"] if made.flag_column else [])]
    if "columns" in made.options:
        made.options["columns"] = {names[role]: role for role in roles}
    grid: Cells = [[*made.extra, *(names[role] for role in roles)]]
    for at, (period, domain, region, cell, flag) in enumerate(_rows(made)):
        told = {"region": region, "domain": domain, "period": period, "value": cell, "flag": flag}
        grid.append([*(each(at) for each in made.extra.values()), *(told[role] for role in roles)])
    if "numbered" in made.file:
        grid = [["id" if at == 0 else str(at - 1), *row] for at, row in enumerate(grid)]
    return grid


def _sdmx(made: Draft) -> Cells:
    header = ["DATAFLOW", "LAST UPDATE", "freq", *made.extra, "nace_r2", "geo", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG",
              "CONF_STATUS"]  # fmt: skip
    rows = [
        ["ESTAT:SBS(1.0)", "01/07/26 23:00:00", "A", *(each(at) for each in made.extra.values()), domain, region,
         period, cell, flag, ""]
        for at, (period, domain, region, cell, flag) in enumerate(_rows(made))
    ]  # fmt: skip
    return [header, *rows]


def _oecd(made: Draft) -> Cells:
    header = ["STRUCTURE", "REF_AREA", "Reference area", "MEASURE", "ACTIVITY", "TIME_PERIOD", "OBS_VALUE",
              "OBS_STATUS", *made.extra]  # fmt: skip
    rows = [
        ["DATAFLOW", region, f"Name {region}", "EMP", domain, period, cell, flag.upper() or "A",
         *(each(at) for each in made.extra.values())]
        for at, (period, domain, region, cell, flag) in enumerate(_rows(made))
    ]  # fmt: skip
    return [header, *rows]


def _bulk(made: Draft) -> Cells:
    periods = _periods(made)
    extra = list(made.extra)
    header = [
        ",".join(["freq", *extra, "nace_r2", "geo\\TIME_PERIOD"]),
        *(f"{period} " for period, _ in periods),
    ]
    grid: Cells = [header]
    for domain in made.written.columns:
        for region in made.written.index:
            cells = [_cell(made, region, domain, _thin(made, factor, region)) for _, factor in periods]
            cells = [":" if cell == "" else cell for cell in cells]
            first = ",".join(["A", *(each(len(grid)) for each in made.extra.values()), domain, region])
            grid.append([first, *(f"{cell} " for cell in cells)])
    return grid


def _years(made: Draft) -> Cells:
    names = ["geo", "nace_r2"] if made.known_header else ["ua", "ind"]
    periods = _periods(made)
    grid: Cells = [[*names, *(period for period, _ in periods)]]
    for region in made.written.index:
        for domain in made.written.columns:
            cells = [_cell(made, region, domain, _thin(made, factor, region)) for _, factor in periods]
            grid.append([region, domain, *cells])
    return grid


def _firms(made: Draft) -> Cells:
    grid: Cells = [["firm", "region", "nace", "employees"]]
    made.flags.clear()
    for region in made.written.index:
        for domain in made.written.columns:
            value = float(made.written.loc[region, domain])
            if np.isnan(value) or value == 0:
                continue
            first = round(value / 3, made.decimals or 0)
            for part in (first, value - first):
                grid.append([f"f{len(grid)}", region, domain, number(made, part)])
    return grid


LAYOUTS = {
    "wide": _wide, "turned": _turned, "long": _long, "sdmx": _sdmx, "oecd": _oecd, "bulk": _bulk, "years": _years,
    "firms": _firms,
}  # fmt: skip
