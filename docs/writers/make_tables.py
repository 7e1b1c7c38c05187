"""Makes the European tables that ship: ``python -m docs.writers.make_tables DATA``.

``DATA`` is a folder with the tables of employment, units and conditions from Eurostat that ATTRIBUTION.md
names; they are not part of the project.
"""

from __future__ import annotations

import argparse
import json
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.regions import measures
from analysis.regions.application import region_settings
from analysis.regions.catalogue import SHIPPED, RegionReference
from analysis.regions.nace import SECTIONS, short_name
from analysis.regions.region_set import About, RegionSet, read_region_set
from analysis.regions.strategies import STRATEGIES
from model.loading.library import AS_SCENARIOS

LEAST_DOMAINS = 40
"""Regions with fewer published divisions say too little to count in relatedness and complexity."""

TOLD = ("DE21", "EE00", "ITH5")
"""Regions of which the library tells stories; they are kept as scenarios."""

SOURCE = (
    "Source: Eurostat (sbs_r_nuts06_r2; naio_10_cp1700; tgs00003/10/26/40/96), own processing. Modified: "
    "averaged over years, NUTS codes recoded forward, location quotients and proximity computed."
)
_ATTRIBUTION = f"""# Where these tables come from

{SOURCE}

Names and coordinates of regions: Innova Integra (2017), MIT licence.

Reuse follows Commission Decision 2011/833/EU (CC BY 4.0 for editorial content): it is free, also for
commercial purposes, if the source is named and changes are stated. Keep the line above with whatever you make
of these tables.

- `amounts.csv`, `amounts_before.csv`: persons employed by NUTS 2 region and NACE Rev. 2 division, means of
  2014-15 and 2008-09. **A blank cell was not published: it is not zero.** Agriculture, finance, public
  services, education and health are not covered.
- `domains.csv`: divisions, sections, mean persons per local unit in the European Union in 2013-14, and
  complexity (computed; rises with GDP per head of the regions that specialise in a division).
- `relatedness.csv`: proximity of divisions by co-location in 2014-15 (computed over regions with at least
  {LEAST_DOMAINS} published divisions).
- `regions.csv`: names and conditions of 2015 (patents: mean of 2009-12).
- `as_scenarios/`: regions of the library's stories, with all of that for each.
- `strategies.csv`: priorities of six strategies of smart specialisation, 2014-20, with the pages of the documents.
  Their divisions were **assigned by hand**: an illustration, not evidence.
- `places.csv`: larger cities by which a region is found, assigned by hand and checked against their coordinates; and
  where the coordinates of `regions.csv` are missing or far from all of these cities, the mean of theirs (GeoNames,
  CC BY 4.0).
- `pay.csv`: average full-time adjusted salary per employee by country in 2023, in euros a year, rounded to hundreds
  (Eurostat nama_10_fte, as published in November 2024; not published for the Netherlands, the United Kingdom, Norway
  and Iceland). Employers' social contributions come on top.

Made with `python -m docs.writers.make_tables DATA`.
"""
_COUNTRIES = {
    "AT": "Austria", "BE": "Belgium", "BG": "Bulgaria", "CY": "Cyprus", "CZ": "Czechia", "DE": "Germany",
    "DK": "Denmark", "EE": "Estonia", "EL": "Greece", "ES": "Spain", "FI": "Finland", "FR": "France",
    "HR": "Croatia", "HU": "Hungary", "IE": "Ireland", "IS": "Iceland", "IT": "Italy", "LT": "Lithuania",
    "LU": "Luxembourg", "LV": "Latvia", "MT": "Malta", "NL": "Netherlands", "NO": "Norway", "PL": "Poland",
    "PT": "Portugal", "RO": "Romania", "SE": "Sweden", "SI": "Slovenia", "SK": "Slovakia",
    "UK": "United Kingdom",
}  # fmt: skip
_STRATEGIES = {
    "EE00": "estonia", "LT00": "lithuania", "LU00": "luxembourg", "FI19": "south_ostrobothnia",
    "NL11": "northern_netherlands", "NL12": "northern_netherlands", "NL13": "northern_netherlands",
    "NL31": "western_netherlands", "NL32": "western_netherlands", "NL33": "western_netherlands",
    "NL34": "western_netherlands",
}  # fmt: skip
_CONDITIONS = {
    "lat": "latitude",
    "lon": "longitude",
    "population": "population",
    "gdp_pc_eur": "gdp_per_head",
    "hh_disp_income_pps": "household_income",
    "unemployment_pct": "unemployment",
    "epo_patents_per_mhab": "patents",
}


def make_tables(data: Path) -> RegionSet:
    """Make the European tables.

    Parameters
    ----------
    data
        Folder with the tables from which they are made.

    Returns
    -------
    RegionSet
        283 regions, 68 divisions.
    """
    amounts = _read(data / "eu_nuts2_employment_2014_15.csv")
    regions = _regions(_read(data / "eu_nuts2_regions.csv"), amounts.index)
    labels = _read(data / "nace2_divisions_labels.csv").loc[amounts.columns]
    units = _read(data / "eu_mean_local_unit_size_by_nace_2013_14.csv").loc[amounts.columns]
    telling = amounts.notna().to_numpy().sum(axis=1) >= LEAST_DOMAINS
    special = measures.specialised(measures.location_quotient(amounts[telling].to_numpy(np.float64)))
    _, complexity = measures.complexity(special, np.log(regions["gdp_per_head"].to_numpy()[telling]))
    relatedness = measures.proximity(special)
    domains = pd.DataFrame(
        {
            "name": [short_name(str(code), str(label)) for code, label in labels["label"].items()],
            "sector": labels["section"],
            "sector_name": labels["section"].map(SECTIONS),
            "unit_size": units["mean_local_unit_size"],
            "complexity": complexity,
        }
    )
    about = About(title="European regions (NUTS 2)", period="2014-15", period_before="2008-09", source=SOURCE)
    before = _read(data / "eu_nuts2_employment_2008_09.csv").reindex(columns=amounts.columns)
    table = pd.DataFrame(relatedness, amounts.columns, amounts.columns)
    return RegionSet(about, regions, domains, amounts, table, before)


def make_strategies(data: Path) -> pd.DataFrame:
    """Make the table of strategies: one row for each region and priority."""
    table = _read(data / "s3_priorities_6_strategies_handcoded.csv").reset_index()
    return pd.DataFrame(
        {
            "strategy": table["geo"].map(_STRATEGIES),
            "region": table["geo"],
            "territory": table["territory"],
            "period": table["period"],
            "priority": table["priority"],
            "divisions": table["nace_divisions_analyst_mapping"].fillna(""),
            "source": table["source_document"],
            "page": table["page"],
        }
    )


def scenario_text(region: RegionReference, yardstick: RegionSet | None = None) -> str:
    """Write a region as a scenario that stories can extend.

    Parameters
    ----------
    region
        The region.
    yardstick
        Regions from whose medians priors are taken; those that ship by default.

    Returns
    -------
    str
        TOML.
    """
    sections: dict[str, list[str]] = {}
    for key, value in region_settings(region, yardstick).items():
        section, _, name = key.rpartition(".")
        sections.setdefault(section, []).append(f"{name} = {_toml(value)}")
    lines = [
        "#:schema ../../../schema.json",
        "# Made by python -m docs.writers.make_tables; for stories to extend.",
    ]
    for section, entries in sections.items():
        lines += ["", f"[{section}]", *entries]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    """Write a value; numbers of a long list stand side by side, texts below one another."""
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    entries = [f"{json.dumps(entry, ensure_ascii=False)}," for entry in value]
    if value and not isinstance(value[0], str):
        entries = textwrap.wrap(" ".join(entries), 110)
    return "\n    ".join(["[", *entries]) + "\n]"


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, index_col=0, encoding="utf-8", keep_default_na=False, na_values=[""])


def _regions(known: pd.DataFrame, codes: pd.Index) -> pd.DataFrame:
    table = known.reindex(codes)
    # A region whose employment is known and whose name is not: Iceland.
    countries = pd.Series([_COUNTRIES[str(code)[:2]] for code in codes], codes)
    names = {
        "name": table["name_local"].fillna(countries),
        "name_english": table["name_en"].fillna(countries),
        "country": countries,
    }
    return pd.DataFrame({**names, **{new: table[old] for old, new in _CONDITIONS.items()}})


def main(arguments: Any = None) -> None:
    """Make the tables and write them where they ship, or elsewhere."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with the tables from which they are made")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder for the tables")
    chosen = parser.parse_args(arguments)
    make_tables(chosen.data).write(chosen.out)
    strategies = make_strategies(chosen.data)
    strategies.to_csv(chosen.out / STRATEGIES, index=False, encoding="utf-8", lineterminator="\n")
    (chosen.out / AS_SCENARIOS).mkdir(exist_ok=True)
    # Read back: what ships is rounded, and a story must be the region that ships.
    written = read_region_set(chosen.out)
    for code in TOLD:
        text = scenario_text(RegionReference(written, code), written)
        (chosen.out / AS_SCENARIOS / f"{code}.toml").write_text(text, encoding="utf-8", newline="\n")
    (chosen.out / "ATTRIBUTION.md").write_text(_ATTRIBUTION, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
