"""Puts measured tables into docs/replication.md: ``python -m docs.writers.replication FOLDER``.

The folder is one that ``run.py replicate cowan-jonard`` has written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from analysis.runs.results_folder import read_manifest
from analysis.studies.publisher import open_results
from analysis.studies.replication.experiment import NAME

PAGE = Path(__file__).resolve().parents[1] / "replication.md"
_PART = r"(<!-- measured: {name} -->\n).*?(<!-- end of measured -->)"


def refill(text: str, parts: Mapping[str, str]) -> str:
    """Put measured parts into a page.

    Parameters
    ----------
    text
        Markdown in which ``<!-- measured: NAME -->`` and ``<!-- end of measured -->`` enclose each part.
    parts
        Markdown of some of the parts; the others stay as they are.

    Returns
    -------
    str
        The page.

    Raises
    ------
    LookupError
        If the page has no such part.
    """
    for name, content in parts.items():
        found = re.search(_PART.format(name=name), text, re.DOTALL)
        if found is None:
            raise LookupError(f"the page has no part {name!r}")
        text = text[: found.end(1)] + content + text[found.start(2) :]
    return text


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table in Markdown."""
    lines = [list(headings)]
    lines += [["---"] * len(lines[0]), *map(list, rows)]
    return "".join(f"| {' | '.join(cell or ' ' for cell in line)} |\n" for line in lines)


def measured_parts(folder: Path) -> dict[str, str]:
    """Write the parts of the page that come from a replication.

    Parameters
    ----------
    folder
        Results of ``run.py replicate cowan-jonard``.

    Returns
    -------
    dict
        Name of the part and its Markdown.

    Raises
    ------
    ValueError
        If the folder holds something else.
    """
    manifest = read_manifest(folder)
    if manifest is None or manifest.get("kind") != "replication":
        raise ValueError(f"{folder} holds no results of run.py replicate {NAME}")
    found = {
        name: pd.read_parquet(folder / "data" / f"{name}.parquet")
        for name in ("means", "reconstruction", "statements")
    }
    return {
        "levels": levels(found["means"]),
        "spread": spread(found["means"]),
        "reconstruction": reconstruction(found["reconstruction"]),
        "statements": statements(found["statements"]),
        "sentence": f"{open_results(folder).sentences()[0]}\n",
    }


def levels(means: pd.DataFrame) -> str:
    """Mean levels of all treatments, with the half-width of their 95% intervals."""
    columns = {
        "barter": 2, "stopped": 2, "without_experts": 3, "gift": 3, "barter_by_tie": 2, "stopped_by_tie": 2,
    }  # fmt: skip
    chosen = means[means["measure"] == "mean_level"]
    return table(
        ("p", *(f"`{name}`" for name in columns)),
        (
            (f"{p:g}", *(_with_half_width(chosen, name, p, digits) for name, digits in columns.items()))
            for p in dict.fromkeys(chosen["rewiring"])
        ),
    )


def _with_half_width(means: pd.DataFrame, treatment: str, rewiring: float, digits: int) -> str:
    row = means[(means["treatment"] == treatment) & (means["rewiring"] == rewiring)].iloc[0]
    return f"{row['mean']:.{digits}f} ± {row['high'] - row['mean']:.{digits}f}"


def spread(means: pd.DataFrame) -> str:
    """Heterogeneity and duration of barter, and the networks."""
    chosen = means[means["treatment"].isin(["barter", "network"])]
    wide = chosen.pivot_table(index="rewiring", columns="measure", values="mean")
    digits = {
        "variance": 1, "coefficient_of_variation": 3, "rounds": 0, "path_length": 2, "clustering": 3,
    }  # fmt: skip
    headings = ("p", "variance", "coefficient of variation", "rounds", "path length", "clustering")
    return table(
        headings,
        (
            (f"{row['rewiring']:g}", *(f"{row[name]:.{places}f}" for name, places in digits.items()))
            for row in wide.reset_index().to_dict("records")
        ),
    )


def reconstruction(found: pd.DataFrame) -> str:
    """Mean levels beside those of the earlier reconstruction."""
    return table(
        ("p", "here", "95% interval", "earlier reconstruction", "gap", "gap in standard errors"),
        (
            (
                f"{row['rewiring']:g}", f"{row['mean']:.2f}", f"{row['low']:.2f} to {row['high']:.2f}",
                f"{row['reconstruction']:.1f}", f"{row['gap']:+.2f}", f"{row['in_standard_errors']:+.1f}",
            )
            for row in found.to_dict("records")
        ),
    )  # fmt: skip


def statements(found: pd.DataFrame) -> str:
    """Statements and their verdicts."""
    return table(
        ("statement", "source", "weakest difference", "95% interval", "in standard errors", "seeds", "verdict"),
        (
            (
                row["statement"], row["source"],
                f"{row['difference']:+.3f} ({_pair(row)})", f"{row['low']:+.3f} to {row['high']:+.3f}",
                f"{row['in_standard_errors']:+.1f}", f"{row['seeds']:.0f}", f"**{row['verdict']}**",
            )
            for row in found.to_dict("records")
        ),
    )  # fmt: skip


def _pair(row: dict[object, object]) -> str:
    against = row["against"]
    at = f"p = {row['rewiring']:g}"
    return at if pd.isna(against) else f"{at} less {against:g}"  # type: ignore[call-overload]


def main(folder: Annotated[Path, typer.Argument(help="Results of run.py replicate cowan-jonard.")]) -> None:
    """Bring the measured parts of docs/replication.md up to date."""
    PAGE.write_text(refill(PAGE.read_text("utf-8"), measured_parts(folder)), "utf-8", newline="\n")
    typer.echo(f"written: {PAGE.name}")


if __name__ == "__main__":
    typer.run(main)
