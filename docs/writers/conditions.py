"""Writes docs/conditions.md from the maps of the laboratory: ``python -m docs.writers.conditions FOLDER``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from analysis.errors import RequestError
from analysis.figures import style
from analysis.studies.laboratory.figures import surfaces
from analysis.studies.laboratory.findings import LaboratoryFindings
from analysis.studies.laboratory.readings import BESIDE, PRIMARY
from analysis.studies.publisher import open_results
from analysis.words.document import MINUS
from analysis.words.names import readable

DOCS = Path(__file__).resolve().parents[1]
PAGE, RESULT, FIGURE = DOCS / "conditions.md", DOCS / "conditions.json", DOCS / "evidence" / "conditions.svg"
TABLES = ("surface", "mind", "spread")
DIGITS = 4
NOTICED = 1.05
"""Spending against that of the twin from which on it is spoken of."""


def take_in(folder: Path) -> dict[str, Any]:
    """Take the maps out of results of `run.py laboratory`.

    Parameters
    ----------
    folder
        Where they are.

    Returns
    -------
    dict
        Rows of each map, and the commit of the model.

    Raises
    ------
    RequestError
        If the folder holds no such results, or not all of the maps.
    """
    found = open_results(folder)
    if not isinstance(found, LaboratoryFindings) or not set(TABLES) <= set(found.tables):
        raise RequestError(f"{folder}: holds no results of run.py laboratory with {', '.join(TABLES)}.")
    commit = found.manifest["commit"]
    maps = {name: found.tables[name].round(DIGITS).to_dict("records") for name in TABLES}
    return {"model": commit["hash"][:12] if commit else found.manifest["version"], **maps}


def page(kept: dict[str, Any]) -> str:
    """Write the page.

    Parameters
    ----------
    kept
        What `take_in` gives.

    Returns
    -------
    str
        Markdown.
    """
    surface, mind, spread = (pd.DataFrame(kept[name]) for name in TABLES)
    low, high = (
        surface[surface["absorptive_capacity"] == end(surface["absorptive_capacity"])] for end in (min, max)
    )
    cells = surface.groupby("cell", sort=False)
    first = [str(own["regime"].iloc[int(own["lead"].argmax())]) for _, own in cells]
    return TEXT.format(
        model=kept["model"],
        told=int(surface["told_apart"].sum()),
        leads=len(surface),
        first=_counted(first),
        cells=len(first),
        low=_means(low),
        high=_means(high),
        calm=_best(spread, "turbulence 0,"),
        restless=_best(spread, "turbulence 1,"),
        worlds=mind["turbulence"].nunique(),
        minds=_minds(mind),
        more=_more_spent(mind),
        widest=_number(float(spread["spread"].max())),
        surface=_table(
            ("absorptive capacity", "recombination", "regime", "lead over the lottery", "95% interval", "on output"),
            (
                (f"x {row['absorptive_capacity']:g}", f"x {row['recombination']:g}", readable(str(row["regime"])),
                 _bold(row, "lead"), _interval(row), _number(row["output"]))
                for row in surface.to_dict("records")
            ),
        ),
        mind=_table(
            ("regime", "turbulence", "outcome", "money", "mind", "95% interval", "spent against the twin"),
            (
                (readable(str(row["regime"])), f"{row['turbulence']:g}", _outcome(row), _number(row["money"]),
                 _bold(row, "mind"), _interval(row), f"{row['spent_share']:.2f}")
                for row in mind.to_dict("records")
            ),
        ),
        spread=_table(
            ("conditions", "best", "worst", "best minus worst", "95% interval"),
            (
                (str(row["cell"]), readable(str(row["best"])), readable(str(row["worst"])),
                 _number(row["spread"]), _interval(row))
                for row in spread.to_dict("records")
            ),
        ),
    )  # fmt: skip


def _number(value: float) -> str:
    return f"{value:+.1f}".replace("-", MINUS)


def _interval(row: dict[Any, Any]) -> str:
    return f"{_number(row['low'])} to {_number(row['high'])}"


def _bold(row: dict[Any, Any], name: str) -> str:
    return f"**{_number(row[name])}**" if row["told_apart"] else _number(row[name])


def _outcome(row: dict[Any, Any]) -> str:
    return {PRIMARY: "knowledge", BESIDE: "output"}[row["outcome"]]


def _means(rows: pd.DataFrame) -> str:
    means = rows.groupby("regime", sort=False)["lead"].mean().to_dict()
    return ", ".join(f"{readable(str(name))} {_number(value)}" for name, value in means.items())


def _minds(mind: pd.DataFrame) -> str:
    knowledge = mind[mind["outcome"] == PRIMARY]
    sure = (knowledge["told_apart"] & (knowledge["mind"] > 0)).groupby(knowledge["regime"], sort=False).sum()
    return ", ".join(f"{readable(str(name))} in {count}" for name, count in sure.items())


def _more_spent(mind: pd.DataFrame) -> str:
    most = mind.groupby("regime", sort=False)["spent_share"].max()
    more = most[most > NOTICED]
    told = (f"{readable(str(name))} spends up to {share:.2f} times as much" for name, share in more.items())
    return ", ".join(told) or "none spends noticeably more"


def _counted(names: list[str]) -> str:
    counts = pd.Series(names).value_counts().to_dict()
    return ", ".join(f"{readable(str(name))} in {count}" for name, count in counts.items())


def _best(spread: pd.DataFrame, condition: str) -> str:
    return _counted([str(name) for name in spread[spread["cell"].str.startswith(condition)]["best"]])


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(headings)]
    lines += [["---"] * len(lines[0]), *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


TEXT = """# When does which regime lead?

What the laboratory found on its maps, with the parameters that ship, on seeds from 30,000 on, which nothing was tuned
on. `python -m docs.writers.conditions results/laboratory` wrote this page from what

```shell
python run.py laboratory --out results/laboratory
```

brought with commit `{model}`. No number is typed by hand. Leads are in percent of having no policy, averaged over 20
years; intervals are 95% and hold together over a whole map; bold numbers differ from zero for sure (p adjusted by
Holm 1979).

## In one paragraph
Whom one supports with the same money matters, and it depends on the region. Of {leads} leads over a lottery that
spends the money on grants for whoever comes, {told} are clear. Of {cells} combinations of absorptive capacity and
recombination, ahead is: {first}.
**Where absorptive capacity is low**, the mean leads are: {low}; **where it is high**: {high}.
In a calm world a list that was fixed at the start is often best (best of five: {calm}); in a restless one it has aged
(best of five: {restless}).
The choice among sensible policies is worth up to {widest} points.

Most of a lead is what a regime *buys* and how it matches firms, not which priorities it *chooses*. Against twins that
buy the same and draw their priorities by lot, knowledge is ahead for sure, of {worlds} degrees of turbulence: {minds}.
Where a regime finds takers for more of its money than its twin does, that is part of its lead: {more}.
That networks pay more where absorptive capacity is high holds for clusters, and not for brokerage and joint
projects alone ([Facts](facts.md), fact 18).

![Leads over the lottery by absorptive capacity and recombination](evidence/conditions.svg)

## Absorptive capacity and recombination

{surface}
## Money and mind

Money: what the twin that draws lots gains over no policy. Mind: the regime minus its twin.

{mind}
## What the choice is worth

Best minus worst of a fixed list, sector, cluster, smart specialisation and the lottery; one half of the seeds picks
the pair that the other half measures.

{spread}
## How far this goes
One story at one budget, 24 seeds a cell (48 for money and mind). A regime that leads its twin *and* all others for
sure was found under no condition ([The laboratory](laboratory.md), `value`). [Facts](facts.md) 15 to 18 look at
single mechanisms: support that stays where it was ages with turbulence, too many priorities are thin.
"""


def main(folder: Annotated[Path | None, typer.Argument(metavar="[FOLDER]")] = None) -> None:
    """Keep the maps of a laboratory, if a folder is given, and write docs/conditions.md."""
    kept = take_in(folder) if folder is not None else json.loads(RESULT.read_text("utf-8"))
    RESULT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8", newline="\n")
    PAGE.write_text(page(kept), encoding="utf-8", newline="\n")
    style.save(surfaces(pd.DataFrame(kept["surface"])), FIGURE)
    typer.echo(f"written: {PAGE.name}")


if __name__ == "__main__":
    typer.run(main)
