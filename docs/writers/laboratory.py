"""Writes docs/laboratory.md from what was measured: ``python -m docs.writers.laboratory [FOLDER...]``.

Folders are results of ``run.py laboratory``; of each measure the folder that is named last counts. What the page needs
is kept in ``docs/laboratory.json``, from which it is written again when no folder is named.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from analysis.errors import RequestError
from analysis.figures import style
from analysis.studies.laboratory.figures import measures as draw
from analysis.studies.laboratory.findings import LaboratoryFindings
from analysis.studies.laboratory.measures import MEASURES
from analysis.studies.laboratory.tables import interval_of, number_of
from analysis.studies.publisher import open_results

DOCS = Path(__file__).resolve().parents[1]
PAGE, RESULT, FIGURE = DOCS / "laboratory.md", DOCS / "laboratory.json", DOCS / "evidence" / "laboratory.svg"
DIGITS = 4
FRESH = ("fresh", "map_seeds", "mind_seeds", "surface_seeds", "effect_seeds", "place_seeds", "split_seeds")
"""Sizes of which no more than the seeds that were given could be run."""


def take_in(folder: Path) -> dict[str, Any]:
    """Take out of a results folder what the page needs.

    Parameters
    ----------
    folder
        Results of `run.py laboratory`.

    Returns
    -------
    dict
        Plain content for JSON by measure.

    Raises
    ------
    RequestError
        If the folder holds no such results.
    """
    found = open_results(folder)
    if not isinstance(found, LaboratoryFindings):
        raise RequestError(f"{folder}: holds no results of run.py laboratory.")
    told, table = found.manifest, found.tables["measures"]
    commit = told["commit"]
    made = {
        "story": told["story"],
        "first_seed": min(told["seeds"]),
        "size": {
            key: min(size, len(told["seeds"])) if key in FRESH else size for key, size in told["size"].items()
        },
        "model": commit["hash"][:12] if commit else told["version"],
    }
    return {
        name: {
            **taken,
            **made,
            "lines": [_plain(row) for row in table[table["measure"] == name].to_dict("records")],
        }
        for name, taken in told["measures"].items()
    }


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    def rounded(value: Any) -> Any:
        if not isinstance(value, float):
            return value
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None

    return {str(name): rounded(value) for name, value in row.items()}


def page(result: Mapping[str, Any]) -> str:
    """Write the page.

    Parameters
    ----------
    result
        What `take_in` gives, of one or several folders.

    Returns
    -------
    str
        Markdown.
    """
    taken = {name: result[name] for name in MEASURES if name in result}
    aimed = [line for each in taken.values() for line in each["lines"] if line["aim"]]
    counts = ", ".join(
        f"{sum(line['verdict'] == verdict for line in aimed)} {said}"
        for verdict, said in (("met", "met"), ("missed", "missed"), ("cannot be told", "that cannot be told"))
    )
    rows = [row for name, each in taken.items() for row in _rows(name, each)]
    table = _table(("measure", "", "estimate", "95% interval", "aim", "verdict"), rows)
    how = _table(
        ("measure", "question", "seeds and sizes", "runs", "processor seconds", "model"),
        map(_how, taken.items()),
    )
    left = [name for name in MEASURES if name not in taken]
    missing = f"\nNot taken yet: {', '.join(left)}.\n" if left else ""
    stories = ", ".join(dict.fromkeys(f"`{each['story']}`" for each in taken.values()))
    return HEAD.format(
        count=len(aimed), counts=counts, table=table, how=how, missing=missing, stories=stories
    )


def _rows(name: str, taken: Mapping[str, Any]) -> Iterable[tuple[str, ...]]:
    for line in taken["lines"]:
        row: dict[str, Any] = {key: math.nan if value is None else value for key, value in line.items()}
        verdict = f"**{row['verdict']}**" if row["verdict"] else ""
        yield (name, row["label"], number_of(row).text, interval_of(row), row["aim"], verdict)


def _how(item: tuple[str, Mapping[str, Any]]) -> tuple[str, ...]:
    name, taken = item
    sizes = ", ".join(f"{key.replace('_', ' ')} {taken['size'][key]}" for key in SIZES[name])
    return (
        name,
        taken["question"],
        sizes,
        f"{taken['runs']:,}",
        f"{taken['seconds']:,.0f}",
        f"`{taken['model']}`",
    )


SIZES = {
    "latent": ("fresh",),
    "seeds": ("fresh",),
    "effect": ("effect_seeds",),
    "mind": ("mind_seeds",),
    "places": ("split_seeds", "split_regions"),
    "surface": ("surface_seeds",),
    "steadiness": ("screen_seeds", "place_seeds", "followed", "stories", "regions"),
    "spread": ("map_seeds",),
    "value": ("map_seeds",),
    "headroom": ("policies", "search_seeds", "oracle_seeds", "fresh"),
}

HEAD = """# The laboratory

What the model can decide, against aims that were set before anything was measured. `python -m docs.writers.laboratory`
wrote this page from results of `python run.py laboratory`; the numbers are kept in `docs/laboratory.json`, and none is
typed by hand. Story: {stories}. Each measure says on how many seeds it was taken, and with which
commit of the model.

Of {count} aims: {counts}.

![Every measure beside its aim](evidence/laboratory.svg)

{table}
{missing}
Not measured here: the facts that hold ([Facts](facts.md), `run.py facts`), and the misfit to Europe
([Evidence](evidence.md), `run.py validate europe`).

## How it is measured

{how}
**Seeds.** Policies are searched, and regions looked through, on seeds 0 to 999; whatever is reported was run on seeds
from 30000 on. The best of many on the seeds that picked it is flattered, and would halve on others.

**Points** are percent of the mean without policy on the same seeds. Outcomes, the primary one unless another is named,
are averaged over the horizon. Intervals are 95%, paired by seed; those of a map hold together over the whole map
(Bonferroni), and their p is adjusted by Holm (1979).

**Verdicts.** *Met*: the whole interval lies where it is to lie (where an aim names its lower end: the estimate does,
and that end too). *Missed*: the whole interval lies outside. *Cannot be told*: anything between; more seeds would tell.
Counts of what is clear have no interval.

- `latent`: domains that nobody in the region holds at the start, and that somebody has held since. If none opens,
  nothing can be discovered; if most do, everybody finds them anyway.
- `seeds`: from the paired standard deviation of average gains, for the noisiest pair among the lottery, sector, cluster
  and smart specialisation; power 80%.
- `effect`: output after 20 years, and output gained over all years for each unit spent, mean of the lottery and the
  three regimes; beside what evaluations and RHOMOLO (JRC136790) report.
- `mind`: each regime minus its lottery twin, which has the same money and instruments and draws its priorities.
- `places`: the same in every story and in measured regions. Regime and twin buy the same, so that the split needs no
  equal yields of instruments, which hold only where unit costs were adjusted; intervals hold together over all places.
- `surface`: leads over the lottery at three levels of absorptive capacity (skill and own R&D) and of recombination.
- `steadiness`: all measured regions, in calm times, are looked through on a few selection seeds; those that moved
  furthest, and every story without its events, are run on fresh ones. What seeds differ by is pooled over places.
- `spread`: best minus worst of a fixed list, sector, cluster, smart specialisation and the lottery on a map of
  turbulence, critical mass and skill. Half of the seeds picks the pair that the other half measures.
- `value`: where on that map a regime leads its twin and all others at once (intersection-union test, Berger 1982).
- `headroom`: random policies (shares of money, priorities, targeting, scope, search, reviews) go through successive
  halving (Jamieson & Talwalkar 2016) with common random numbers. Perfect information is smart specialisation that is
  told the hidden potential of every domain: a yardstick, no policy.

## How to run it

```shell
python run.py laboratory
python run.py laboratory --measures mind,seeds
python run.py laboratory thin_rural_region --measures headroom --seeds 96
```

Stopped by Ctrl-C or killed, the same command makes only what is missing; so does a larger `--seeds` or `--policies`.
A change of the model makes all runs anew. Each measure is a file in `analysis/studies/laboratory/measures/` and a line
in its `__init__.py`: it yields the runs that it wants, is sent readings of them, and returns lines with their aims.
"""


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(headings)]
    lines += [["---"] * len(lines[0]), *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main(folders: Annotated[list[Path] | None, typer.Argument(metavar="[FOLDER...]")] = None) -> None:
    """Keep what was measured, if folders are given, and write docs/laboratory.md."""
    kept = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    try:
        for folder in folders or ():
            kept |= take_in(folder)
    except RequestError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from None
    kept = {name: kept[name] for name in MEASURES if name in kept}
    RESULT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    PAGE.write_text(page(kept), encoding="utf-8", newline="\n")
    lines = pd.DataFrame([line for each in kept.values() for line in each["lines"]])
    numbers = ["estimate", "low", "high", "least", "most"]
    style.save(draw(lines.astype(dict.fromkeys(numbers, float))), FIGURE)
    typer.echo(f"written: {PAGE.name}")


if __name__ == "__main__":
    typer.run(main)
