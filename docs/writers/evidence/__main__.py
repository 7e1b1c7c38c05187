"""Keeps results and writes docs/evidence.md: ``python -m docs.writers.evidence [FOLDER...]``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from analysis.errors import RequestError
from analysis.runs.results_folder import read_manifest
from docs.writers import documentation
from docs.writers import facts as facts_page
from docs.writers import replication as replication_page
from docs.writers.evidence.keeping import DOCS, keep, keep_figure
from docs.writers.evidence.page import page
from docs.writers.evidence.reading import read_evidence

PAGE = DOCS / "evidence.md"


def main(folders: Annotated[list[Path] | None, typer.Argument(metavar="[FOLDER...]")] = None) -> None:
    """Keep what the evidence page needs of results folders, if some are given, and write it and the pages behind it.

    Folders are results of facts, replicate, validate europe, sensitivity (of the sweep screening) and organisations.
    """
    try:
        for folder in folders or ():
            _take_in(folder)
    except RequestError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from None
    PAGE.write_text(page(read_evidence()), encoding="utf-8", newline="\n")
    typer.echo(f"written: {PAGE.name}")


def _take_in(folder: Path) -> None:
    """Keep results, and write the page that is about them alone, if there is one."""
    if "treatments" in (manifest := read_manifest(folder) or {}) and "facts" in manifest:
        text = json.dumps(facts_page.read_result(folder), indent=1) + "\n"
        facts_page.RESULT.write_text(text, encoding="utf-8", newline="\n")
        kept = facts_page.page(json.loads(text))
        facts_page.PAGE.write_text(kept, encoding="utf-8", newline="\n")
        keep_figure(folder, "facts", "facts")
        return
    name = keep(folder)
    if name == "replication":
        path = replication_page.PAGE
        text = replication_page.refill(path.read_text("utf-8"), replication_page.measured_parts(folder))
        path.write_text(text, encoding="utf-8", newline="\n")
    if name == "organisations":
        documentation.main()


if __name__ == "__main__":
    typer.run(main)
