"""Findings on disk: the one place that writes them, and opens them again."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.errors import RequestError
from analysis.runs import results_folder
from analysis.runs.crate import write_crate
from analysis.studies.registry import findings_of
from analysis.studies.study import Findings

FORMATS = ("png", "svg")
WORDS, FIGURES = "findings.txt", "figures"


def save(
    findings: Findings,
    folder: Path | str,
    *,
    theme: str | None = "light",
    warn: Callable[[str], None] = lambda text: warnings.warn(text, stacklevel=3),
) -> Path:
    """Write findings into a folder: all but figures whole or not at all, then figures.

    ``data/`` has every table as Parquet and CSV, ``figures/`` every figure as PNG and SVG, ``findings.txt`` the answer,
    ``manifest.json`` of what kind they are and how they came about.

    Parameters
    ----------
    findings
        What was found.
    folder
        Where to; earlier results there are replaced.
    theme
        ``"light"`` or ``"dark"`` figures, None for no figures.
    warn
        Told, in a line, of figures that cannot be drawn.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    folder = Path(folder)
    save_tables(findings, folder)
    if theme is not None:
        draw(findings, folder, theme, warn)
    return folder


def save_tables(findings: Findings, folder: Path) -> None:
    """Write all findings but figures into a folder, whole or not at all; see `save`."""

    def fill(fresh: Path) -> None:
        for name, table in findings.tables.items():
            results_folder.write_table(fresh / "data", name, table)
        for name, text in {**findings.texts, WORDS: "\n".join(findings.sentences()) + "\n"}.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_text(text, "utf-8", newline="\n")
        results_folder.write_manifest(fresh, _manifest(findings))

    results_folder.write_folder(folder, fill)


def _manifest(findings: Findings) -> dict[str, Any]:
    return {"kind": findings.kind, "kind_version": findings.version, **findings.manifest}


def draw(findings: Findings, folder: Path, theme: str, warn: Callable[[str], None]) -> int:
    """Draw the figures of findings that were saved into their folder; none that fails costs another.

    Parameters
    ----------
    findings
        What was found.
    folder
        Where they were saved.
    theme
        ``"light"`` or ``"dark"``.
    warn
        Told, in a line, of figures that cannot be drawn.

    Returns
    -------
    int
        How many there are.
    """
    drawn, reasons = 0, dict[str, list[str]]()
    fresh = results_folder.fresh_name(folder / FIGURES, "new")
    try:
        fresh.mkdir()
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.figures import style  # noqa: PLC0415

        figures = findings.figures(theme)
        for name, make in figures.items():
            try:
                figure = make()
                for suffix in FORMATS:
                    style.save(figure, fresh / f"{name}.{suffix}")
            # What is installed beside us decides what may go wrong: LaTeX, fonts, a backend.
            except Exception as error:  # noqa: BLE001
                reasons.setdefault(_reason(error), []).append(name)
                for suffix in FORMATS:
                    (fresh / f"{name}.{suffix}").unlink(missing_ok=True)
            else:
                drawn += 1
        _put_in(fresh, folder, findings)
    except Exception as error:  # noqa: BLE001 - the same
        reasons, drawn = {_reason(error): ["figures"]}, 0
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    for reason, names in reasons.items():
        warn(f"not drawn: {', '.join(names)} ({reason}); all tables are written.")
    return drawn


def _put_in(fresh: Path, folder: Path, findings: Findings) -> None:
    """Put figures beside the tables that they show, and beside no others."""
    written = results_folder.read_manifest(folder)
    told = json.loads(json.dumps(_manifest(findings)))
    if written is None or not told.items() <= written.items():
        raise RequestError(f"{folder} was replaced by another command meanwhile")
    if any(fresh.iterdir()):
        fresh.replace(folder / FIGURES)
        write_crate(folder, written)


def _reason(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def open_results(folder: Path | str) -> Findings:
    """Open findings that were saved.

    Parameters
    ----------
    folder
        Where they are.

    Returns
    -------
    Findings
        Findings of the kind that the folder says.

    Raises
    ------
    RequestError
        If there are none, of a kind that is not known, or of another version.
    """
    folder = Path(folder)
    manifest = results_folder.read_manifest(folder)
    if manifest is None:
        raise RequestError(
            f"{folder}: holds no results; name a folder that run.py wrote, such as results/trial."
        )
    # The first of a kind did not say their version.
    kind, version = str(manifest.get("kind")), manifest.get("kind_version", 1)
    found = findings_of(kind)
    if found is None:
        raise RequestError(f"{folder}: holds results of another kind ({kind}).")
    if version != found.version:
        raise RequestError(
            f"{folder}: was written by another version (results of kind {kind} {version}, not {found.version}); "
            "run its command again."
        )
    return found.opened(folder, manifest)
