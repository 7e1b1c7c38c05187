"""Writes docs/facts.md from a result: ``python -m docs.writers.facts FOLDER``, or again from the result kept."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from analysis.errors import RequestError
from analysis.runs import results_folder
from analysis.runs.seeds import FIRST_SEED
from analysis.studies.facts.fact import Claim, Fact, Reference
from analysis.studies.facts.registry import FACTS
from analysis.words.phrases import ADJUSTED

DOCS = Path(__file__).resolve().parents[1]
PAGE, RESULT = DOCS / "facts.md", DOCS / "facts.json"
KEPT = (
    "number",
    "fact",
    "claim",
    "effect",
    "low",
    "high",
    "seeds",
    "adjusted_probability",
    "claim_holds",
    "verdict",
)
DIGITS = 4


def read_result(folder: Path) -> dict[str, Any]:
    """Take out of a results folder what the page needs.

    Parameters
    ----------
    folder
        Results of `run.py facts`: all facts, on reported seeds, nothing changed.

    Returns
    -------
    dict
        Plain content for JSON, numbers with four significant digits.

    Raises
    ------
    RequestError
        If the folder holds no such results.
    """
    manifest = results_folder.read_manifest(folder)
    if manifest is None or manifest.get("kind") != "facts":
        raise RequestError(f"{folder}: holds no results of run.py facts.")
    if not manifest["complete"] or len(manifest["facts"]) < len(FACTS) or manifest["settings"]:
        raise RequestError(
            f"{folder}: the page is written from complete results of all facts, nothing changed."
        )
    if min(manifest["seeds"]) < FIRST_SEED:
        raise RequestError(f"{folder}: seeds below {FIRST_SEED:,} are for exploring; report on others.")
    table = pd.read_parquet(folder / "data" / "facts.parquet")[list(KEPT)]
    rows = [{name: _plain(value) for name, value in row.items()} for row in table.to_dict("records")]
    seeds = manifest["seeds"]
    return {
        "seeds": [min(seeds), max(seeds)],
        "count": len(seeds),
        "version": manifest["version"],
        "claims": rows,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    return None if value is None or pd.isna(value) else value


def page(result: Mapping[str, Any]) -> str:
    """Write the page.

    Parameters
    ----------
    result
        What :func:`read_result` gives.

    Returns
    -------
    str
        Markdown.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in result["claims"]:
        rows.setdefault(row["fact"], []).append(row)
    first, last = result["seeds"]
    head = HEAD.format(count=result["count"], first=first, last=last, summary=_summary(rows))
    return head + "".join(_section(fact, rows[fact.name]) for fact in FACTS.values())


def _summary(rows: Mapping[str, list[dict[str, Any]]]) -> str:
    return _table(
        ("", "fact", "verdict"),
        ((str(f.number), _cell(f.statement), rows[f.name][0]["verdict"]) for f in FACTS.values()),
    )


def _section(fact: Fact | Reference, rows: list[dict[str, Any]]) -> str:
    title = fact.name.replace("_", " ").capitalize()
    text = f"\n## {fact.number}. {title}\n\n{fact.statement} ({fact.source})\n\n"
    if isinstance(fact, Reference):
        return text + f"Tested by a command of its own, `{fact.command}`.\n"
    text += f"Verdict: **{rows[0]['verdict']}**.\n\n"
    found = {row["claim"]: row for row in rows}
    text += _table(
        (
            "claim",
            "what is estimated",
            "unit",
            "rule",
            "effect",
            "95% interval",
            "seeds",
            ADJUSTED,
            "holds",
        ),
        (_claim(claim, found[claim.name]) for claim in fact.claims),
    )
    built_in = [f"- `{claim.name}`: {claim.construction}\n" for claim in fact.claims if claim.construction]
    if built_in:
        text += "\nBy construction, as equations contain it:\n\n" + "".join(built_in)
    if fact.tried:
        text += "\nWhat was tried with the first model, on seeds below 1,000:\n\n" + "".join(
            f"- {line}\n" for line in fact.tried
        )
    return text


def _claim(claim: Claim, row: Mapping[str, Any]) -> tuple[str, ...]:
    p = row["adjusted_probability"]
    holds = "" if claim.side == "shown" else "yes" if row["claim_holds"] else "no"
    if holds == "yes" and claim.construction:
        holds = "yes, built in"
    return (
        f"`{claim.name}`",
        _cell(claim.measure),
        claim.unit,
        f"{claim.rule} (or another of these)" if claim.any_of else claim.rule,
        _number(row["effect"]),
        f"{_number(row['low'])} to {_number(row['high'])}",
        f"{row['seeds']:.0f}",
        "" if p is None else "<.001" if p < 0.001 else f"{p:.3f}",
        holds,
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(headings)]
    lines += [["---"] * len(lines[0])]
    lines += [[cell or " " for cell in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


HEAD = """# Facts

Twenty stylised facts are held against the model: the first fourteen, with their rules and estimators, were fixed
before the first model was tuned, the others before they were run for the first time. This page was written by
`python -m docs.writers.facts results/facts` from what

```shell
python run.py facts --seeds {first}-{last} --out results/facts
```

brought on {count} seeds; the numbers are kept in `docs/facts.json`. None of them is typed by hand.

{summary}
## How verdicts come about

A fact is one or several *claims*: numbers that every seed gives, each with a rule on where it must lie. Rules and
estimators were fixed on seeds below 1,000. A claim holds if its whole 95% interval over seeds (Student's t) keeps
the rule. Where only all seeds together give an estimate, as for regions in fact 4, the interval is that of the
jackknife over seeds. All claims of a fact hold: **holds**; some: **partly**; none: **does not hold**. If equations of
the model contain every claim that holds, the fact says nothing about the model and is labelled **by construction**;
that the realised pattern agrees is then all that is shown. Numbers without a rule are shown beside and have no part
in the verdict. As many claims are tested at once, p is adjusted for all claims of the command (Holm 1979); a claim
that holds with a p above .05 is weak.

Facts 6 to 9 and 15 to 19 compare policies. Their effects change with the parameters of regimes, and may be small
against what differs between regions.

`run.py facts --only 1,4` tests some, `--seeds 10000-10127` on other seeds, `--set KEY=VALUE` with another parameter
in all treatments. Tables and figures go to `results/facts`. Each fact is a file in
`analysis/studies/facts/claims/` and a line in `analysis/studies/facts/registry.py`; the model is watched from outside
while it runs (`analysis/studies/facts/watchers/`).
"""

app = typer.Typer(add_completion=False, help=__doc__)


@app.command()
def main(folder: Annotated[Path | None, typer.Argument()] = None) -> None:
    """Keep the result in FOLDER, if one is given, and write docs/facts.md."""
    if folder is not None:
        text = json.dumps(read_result(folder), indent=1) + "\n"
        RESULT.write_text(text, encoding="utf-8", newline="\n")
    PAGE.write_text(page(json.loads(RESULT.read_text("utf-8"))), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    app()
