"""The command line of The Knowledge Fountains; `python run.py --help` tells what it can do."""

from __future__ import annotations

import typer

# What commands need beyond this is imported inside them: help must come at once.
from analysis.commands import (
    calibrating,
    comparing,
    conditions,
    dashboard,
    evidence,
    regions,
    reporting,
    scenarios,
    sweeps,
    understanding,
    validating,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""How does a region's knowledge grow when innovation policy supports sectors, clusters or smart
    specialisation? An agent-based model.

    Start with: **run.py compare**
    """,
)
COMPARE = "Compare regimes"
CONDITIONS = "Why, and under which conditions"
SWEEPS = "Sweeps of any size"
UNDERSTANDING = "What a sweep says"
EVIDENCE = "Evidence for the model"
INPUT = "Scenarios and regions"

for panel, command in (
    (COMPARE, comparing.compare),
    (COMPARE, comparing.run),
    (COMPARE, dashboard.dashboard),
    (COMPARE, reporting.report),
    (CONDITIONS, conditions.surface),
    (CONDITIONS, conditions.ablate),
    (CONDITIONS, conditions.organisations),
    (SWEEPS, sweeps.sweep),
    (SWEEPS, sweeps.status),
    (SWEEPS, sweeps.resume),
    (SWEEPS, sweeps.export),
    (UNDERSTANDING, understanding.sensitivity),
    (UNDERSTANDING, understanding.discover),
    (UNDERSTANDING, understanding.robustness),
    (UNDERSTANDING, understanding.replicates),
    (EVIDENCE, evidence.facts),
    (EVIDENCE, evidence.replicate),
):
    app.command(rich_help_panel=panel)(command)


def _group(panel: str, name: str, explanation: str, also: str | None = None, **commands: object) -> None:
    """Put commands under a common name: ``run.py NAME COMMAND``; ``also`` is another one, which help does not show."""
    group = typer.Typer(no_args_is_help=True, help=explanation, rich_markup_mode="markdown")
    for each, function in commands.items():
        group.command(each)(function)  # type: ignore[type-var]
    app.add_typer(group, name=name, rich_help_panel=panel)
    if also is not None:
        app.add_typer(group, name=also, hidden=True)


_group(
    INPUT,
    "scenarios",
    "List, show and check scenarios.",
    list=scenarios.list_scenarios,
    show=scenarios.show_scenario,
    validate=scenarios.validate_scenarios,
)
_group(
    INPUT,
    "regions",
    "List, find, show and import measured regions.",
    also="region",
    list=regions.list_regions,
    search=regions.search_regions,
    show=regions.show_region,
    **{"import": regions.import_regions},
)
_group(
    EVIDENCE,
    "validate",
    "Hold the model against what happened in real regions.",
    europe=validating.europe,
)
_group(
    EVIDENCE,
    "estimate",
    "Estimate parameters on half of the real regions.",
    europe=validating.estimate_europe,
)
_group(
    EVIDENCE,
    "calibrate",
    "Set unit costs before regimes are compared, and check them.",
    adjust=calibrating.adjust_costs,
    check=calibrating.check_costs,
)

if __name__ == "__main__":
    app()
