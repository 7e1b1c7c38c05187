"""What of results is kept in docs/evidence/: small tables, and which command made them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import pandas as pd

from analysis.errors import RequestError
from analysis.runs import results_folder
from analysis.studies.europe.halves import HELD_OUT

DOCS = Path(__file__).resolve().parents[2]
KEPT = DOCS / "evidence"
SOURCES = KEPT / "sources.json"
DIGITS = 6
UNTOLD = {"--out", "--jobs", "--figures"}
"""Options that have nothing to do with what comes out; so have the switches."""

SWITCHES = {"--quiet", "--json"}


@dataclass(frozen=True)
class Kind:
    """A kind of results that the page tells of.

    Attributes
    ----------
    name
        Name of the table that is kept.
    is_one
        Tells from a manifest whether a folder holds such results.
    table
        Reads what is kept of them.
    command
        Gives what a reader types to have them again, a line each.
    figure
        Figure of the folder that is kept, too.
    """

    name: str
    is_one: Callable[[Mapping[str, Any]], bool]
    table: Callable[[Path], pd.DataFrame]
    command: Callable[[Mapping[str, Any]], tuple[str, ...]]
    figure: str = ""


def keep(folder: Path) -> str:
    """Keep what the page needs of a results folder.

    Parameters
    ----------
    folder
        Results of `run.py replicate`, `validate europe`, `sensitivity` or `organisations`, complete.

    Returns
    -------
    str
        Name of the kind.

    Raises
    ------
    RequestError
        If the folder holds no such results, or they are not complete.
    """
    manifest = results_folder.read_manifest(folder)
    kind = next((each for each in KINDS if manifest is not None and each.is_one(manifest)), None)
    if manifest is None or kind is None:
        raise RequestError(
            f"{folder}: holds no results that the evidence page tells of; these it does: facts, replicate, "
            "validate europe, sensitivity, organisations."
        )
    if not manifest.get("complete", False) or manifest.get("runs_failed"):
        raise RequestError(f"{folder}: the page is written from complete results; run its command again.")
    table = kind.table(folder)
    KEPT.mkdir(exist_ok=True)
    table.to_csv(table_of(kind.name), index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")
    if kind.figure:
        keep_figure(folder, kind.figure, kind.name)
    sources = read_sources() | {kind.name: _source(kind, manifest)}
    text = json.dumps(dict(sorted(sources.items())), indent=1) + "\n"
    SOURCES.write_text(text, encoding="utf-8", newline="\n")
    return kind.name


def keep_figure(folder: Path, figure: str, name: str) -> None:
    """Keep a figure of a results folder for the page, if it was drawn."""
    drawn = folder / "figures" / f"{figure}.svg"
    if drawn.is_file():
        KEPT.mkdir(exist_ok=True)
        # Its lines end in blanks, which no other file here does.
        lines = (line.rstrip() for line in drawn.read_text("utf-8").splitlines())
        (KEPT / f"{name}.svg").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def table_of(name: str) -> Path:
    """Give the file in which the table of a kind is kept."""
    return DOCS / "organisations.csv" if name == "organisations" else KEPT / f"{name}.csv"


def read_sources() -> dict[str, Any]:
    """Give what each kept table was made with."""
    if not SOURCES.is_file():
        return {}
    sources: dict[str, Any] = json.loads(SOURCES.read_text("utf-8"))
    return sources


def _source(kind: Kind, manifest: Mapping[str, Any]) -> dict[str, Any]:
    commit = manifest.get("commit") or {}
    return {
        "commands": list(kind.command(manifest)),
        "version": manifest.get("version"),
        "commit": str(commit.get("hash", ""))[:12],
        "changed_since": bool(commit.get("changed_since", False)),
        "written": str(manifest.get("written", ""))[:10],
    }


def typed(manifest: Mapping[str, Any]) -> str:
    """Give the command that made results, without what changes nothing and without anybody's folders."""
    words = [str(word) for word in manifest.get("command", ())]
    kept, skip = ["python", PurePath(words[0]).name] if words else [], False
    for word in words[1:]:
        name = word.partition("=")[0]
        if not skip and name not in UNTOLD | SWITCHES:
            kept.append(word)
        skip = not skip and word in UNTOLD
    return " ".join(kept)


def _replication(folder: Path) -> pd.DataFrame:
    columns = ["statement", "source", "difference", "low", "high", "in_standard_errors", "seeds", "verdict"]
    return pd.read_parquet(folder / "data" / "statements.parquet")[columns]


def _europe(folder: Path) -> pd.DataFrame:
    table = pd.read_parquet(folder / "data" / "comparison.parquet")
    means = table.drop(columns="seed").groupby("variant", sort=False).mean()
    return means.T.rename_axis("measure").reset_index()


def _is_of_europe(told: Mapping[str, Any]) -> bool:
    """Tell whether the defaults were tried on all of Europe."""
    return told.get("kind") == "europe" and told.get("half") is None and not told.get("estimated")


def _is_of_held_out(told: Mapping[str, Any]) -> bool:
    """Tell whether parameters estimated on one half of Europe were tried on the other."""
    return told.get("kind") == "europe" and told.get("half") == HELD_OUT and bool(told.get("estimated"))


def _sensitivity(folder: Path) -> pd.DataFrame:
    columns = [
        "scenario", "regime", "factor", "mu_star", "mu_star_half_width", "mu", "luck", "influential", "points", "seeds",
    ]  # fmt: skip
    table = pd.read_parquet(folder / "data" / "indices.parquet")
    if "mu_star" not in table:
        raise RequestError(
            f"{folder}: the page tells of a Morris screening; make one with run.py sweep screening."
        )
    return table[columns]


def _screened(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    name = manifest["sweep"]["name"]
    return f"python run.py sweep {name}", f"python run.py sensitivity results/{name}"


def _contributions(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder / "data" / "contributions.parquet")


KINDS = (
    Kind(
        "replication",
        lambda told: told.get("kind") == "replication",
        _replication,
        lambda told: (typed(told),),
        "barter_networks",
    ),
    Kind(
        "europe",
        _is_of_europe,
        _europe,
        lambda told: (typed(told),),
    ),
    Kind(
        "europe_estimated",
        _is_of_held_out,
        _europe,
        lambda told: (typed(told),),
    ),
    Kind("sensitivity", lambda told: told.get("kind") == "sensitivity", _sensitivity, _screened, "indices"),
    Kind(
        "organisations",
        lambda told: told.get("kind") == "organisations",
        _contributions,
        lambda told: (typed(told),),
        "contributions",
    ),
)
