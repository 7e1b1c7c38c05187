"""Writes what `run.py europe` found into docs/europe.md: ``python -m docs.writers.europe FOLDER``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from analysis.errors import RequestError
from analysis.figures import style
from analysis.regions.catalogue import SHIPPED
from analysis.studies.atlas.findings import AtlasFindings
from analysis.studies.publisher import open_results
from analysis.words.document import Cell, Number, Section, text_of
from analysis.words.origin import command_of

DOCS = Path(__file__).resolve().parents[1]
PAGE, FIGURES = DOCS / "europe.md", DOCS / "figures" / "europe"
TABLE = SHIPPED.parent / "europe_answer.csv"
BLOCK = re.compile(r"(<!-- measured: europe -->\n).*?(<!-- end of measured -->)", re.DOTALL)
KEPT = ("region", "best", "rival", "lead", "lead_low", "lead_high", "certainty", "q", "leader")
AT_ONCE, OWN = re.compile(r" in [\d.,]+ \w+$"), re.compile(r" --(?:out|jobs) \S+")
DECIMALS = 3


def block(found: AtlasFindings) -> str:
    """Write what was found: size and command, the answer, the map, and the tables that sum it up."""
    # Where it was run and how long that took says something about a machine only.
    size, command = AT_ONCE.sub("", found.size()), OWN.sub("", command_of(found.manifest))
    told = [f"{size}; `{command}`."]
    told += [" ".join(text_of(sentence) for sentence in (*found.represents(), *found.answer()))]
    told += [picture("map", "Map of circles: which policy leads where")]
    wanted = ("What policies add", "What kind of region")
    told += [tables(section) for section in found.sections() if section.heading in wanted]
    told += [picture("gains", "What each policy adds, region by region: a dot is a region")]
    return "\n\n".join(told) + "\n"


def picture(name: str, text: str) -> str:
    """Show a figure."""
    return f"![{text}]({(FIGURES / f'{name}.png').relative_to(DOCS).as_posix()})"


def kept(found: AtlasFindings) -> pd.DataFrame:
    """Say in a row for each region who leads there, how surely, and what every policy adds."""
    gains = found.tables["gains"]
    added = gains[gains["against"] == found.baseline].pivot_table(
        index="region", columns="regime", values="gain"
    )
    own = found.tables["regions"][list(KEPT)].set_index("region")
    return own.join(added.add_prefix("gain_")).assign(seeds=found.seeds).round(DECIMALS).reset_index()


def tables(section: Section) -> str:
    """Write the tables of a section in Markdown."""
    written = []
    for table in section.tables:
        rows = [table.headings, ("---",) * len(table.headings), *table.rows]
        lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
        written.append(f"{table.caption}\n\n" + "\n".join(lines))
    return "\n\n".join(written)


def _cell(cell: Cell) -> str:
    return cell.text if isinstance(cell, Number) else cell


def write(folder: Path) -> None:
    """Write the block of the page, its figures, and the table that ships with the regions.

    Parameters
    ----------
    folder
        Results of `run.py europe`.

    Raises
    ------
    RequestError
        If the folder holds no such results.
    """
    found = open_results(folder)
    if not isinstance(found, AtlasFindings):
        raise RequestError(f"{folder}: holds no results of run.py europe.")
    page = PAGE.read_text("utf-8")
    PAGE.write_text(BLOCK.sub(lambda marks: f"{marks[1]}{block(found)}{marks[2]}", page), "utf-8")
    FIGURES.mkdir(parents=True, exist_ok=True)
    for name, draw in found.figures("light").items():
        style.save(draw(), FIGURES / f"{name}.png")
    kept(found).to_csv(TABLE, index=False, encoding="utf-8", lineterminator="\n")


def main(folder: Annotated[Path, typer.Argument(help="Results of run.py europe.")]) -> None:
    """Write docs/europe.md from results."""
    write(folder)


if __name__ == "__main__":
    typer.run(main)
