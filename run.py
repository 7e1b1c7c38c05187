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
for command in (
    comparing.compare,
    comparing.run,
    evidence.replicate,
    conditions.surface,
    evidence.facts,
    conditions.ablate,
    conditions.organisations,
    dashboard.dashboard,
    sweeps.sweep,
    sweeps.status,
    sweeps.resume,
    sweeps.export,
    reporting.report,
    understanding.sensitivity,
    understanding.discover,
    understanding.robustness,
    understanding.replicates,
):
    app.command()(command)


def _group(name: str, explanation: str, **commands: object) -> None:
    """Put commands under a common name: ``run.py NAME COMMAND``."""
    group = typer.Typer(no_args_is_help=True, help=explanation, rich_markup_mode="markdown")
    for each, function in commands.items():
        group.command(each)(function)  # type: ignore[type-var]
    app.add_typer(group, name=name)


_group(
    "scenarios",
    "List, show and check scenarios.",
    list=scenarios.list_scenarios,
    show=scenarios.show_scenario,
    validate=scenarios.validate_scenarios,
)
_group(
    "regions",
    "List, find, show and import measured regions.",
    list=regions.list_regions,
    search=regions.search_regions,
    show=regions.show_region,
    **{"import": regions.import_regions},
)
_group("validate", "Hold the model against what happened in real regions.", europe=validating.europe)
_group("estimate", "Estimate parameters on real regions.", europe=validating.estimate_europe)
_group(
    "calibrate",
    "Set unit costs before regimes are compared, and check them.",
    adjust=calibrating.adjust_costs,
    check=calibrating.check_costs,
)

if __name__ == "__main__":
    app()
