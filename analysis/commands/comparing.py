"""Commands that run a scenario: under several regimes, or under its own policy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import (
    COMPARED,
    DEFAULT_STORY,
    LIGHT,
    NOBODY,
    AttributeOption,
    BudgetOption,
    FigureColours,
    FiguresOption,
    JobsOption,
    JsonOption,
    LeaveOutOption,
    OutOption,
    QuietOption,
    RegionOption,
    SectorsOption,
    SeedsOption,
    SettingsOption,
    StepsOption,
    StoryArgument,
    StrategyOption,
    WageBillOption,
)
from analysis.commands.speaking import speaking


def compare(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIO...]",
            help="Name of a story (see `scenarios list`) or path of a TOML file. Of several, all of one region, "
            "the policies that they write are compared with each other and with no policy.",
            show_default=DEFAULT_STORY,
        ),
    ] = None,
    region: RegionOption = None,
    regimes: Annotated[
        str | None,
        typer.Option(
            "--regimes",
            metavar="NAMES",
            help="Regimes, with commas between; `as_written` is the scenario's own policy, and "
            "`sector:smart_specialisation@5` smart specialisation after 5 years of sector support. With several "
            "scenarios: those beside their policies (`none`).",
            show_default="all four, a lottery, and what the scenario writes",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="NAME",
            help="Policy that the others are compared with; default: `none`, or else the first.",
            show_default=False,
        ),
    ] = None,
    seeds: SeedsOption = "16",
    steps: StepsOption = None,
    attribute: AttributeOption = False,
    twins: Annotated[
        bool | None,
        typer.Option(
            "--twins/--no-twins",
            help="Split each gain into what money does and what mind adds, by a lottery twin of each regime; default: "
            "where no regimes are named and nothing is attributed.",
            show_default=False,
        ),
    ] = None,
    sectors: SectorsOption = None,
    leave_out: LeaveOutOption = None,
    strategy: StrategyOption = None,
    wage_bill: WageBillOption = None,
    budget: BudgetOption = None,
    discount: Annotated[
        float,
        typer.Option(
            "--discount",
            min=0.0,
            help="Yearly rate at which later gains count less in averages over the whole time.",
        ),
    ] = 0.0,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Compare regimes on the same region and the same luck.

    Every regime gets the same budget and meets the same seeds. For each outcome: the mean, the paired
    difference from `none` with its 95% interval, and how often each regime is best; gains over time and since the
    start; who wins, and what was chosen; and of each gain, what money does and what mind adds.

    Examples:

    - run.py compare

    - run.py compare thin_rural_region --seeds 64

    - run.py compare --regimes none,cluster --set firms.number=400

    - run.py compare stay.toml switch.toml

    - run.py compare --region RO21 --regimes none,sector,sector:smart_specialisation@5 --against sector

    - run.py compare --region ITH5

    - run.py compare --region RO21 --budget 60m

    - run.py compare --region RO21 --sectors C10-C12,C13-C15,C25+C28,J --leave-out non_tradables

    - run.py compare --strategy estonia

    - run.py compare --attribute

    - run.py compare my_region.toml --out results/my_region --json
    """
    first, *others = scenarios or [DEFAULT_STORY]
    usual = regimes is None and not others
    _conduct(
        first,
        settings,
        steps,
        seeds,
        (NOBODY if others else COMPARED) if regimes is None else regimes,
        out,
        jobs,
        figures,
        quiet,
        json,
        region,
        others=others,
        own=usual and not attribute,
        attribute=attribute,
        twins=(usual and not attribute) if twins is None else twins,
        strategy=strategy,
        discount=discount,
        against=against,
        wage_bill=wage_bill,
        budget=budget,
        sectors=sectors,
        leave_out=leave_out,
    )


def run(
    scenario: StoryArgument = DEFAULT_STORY,
    region: RegionOption = None,
    regime: Annotated[
        str | None,
        typer.Option(
            "--regime",
            metavar="NAME",
            help="Give the whole budget to this regime; default: the scenario's own policy.",
        ),
    ] = None,
    seeds: SeedsOption = "typical",
    steps: StepsOption = None,
    sectors: SectorsOption = None,
    leave_out: LeaveOutOption = None,
    wage_bill: WageBillOption = None,
    budget: BudgetOption = None,
    settings: SettingsOption = None,
    out: OutOption = None,
    jobs: JobsOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Run one scenario with the policy that it declares, on the seed that is typical of its story.

    Examples:

    - run.py run

    - run.py run food_meets_nutrition --seeds 8 --steps 120

    - run.py run --regime cluster --seeds 10003-10003

    - run.py run --region RO21 --regime sector --budget 60m
    """
    _conduct(
        scenario,
        settings,
        steps,
        seeds,
        regime,
        out,
        jobs,
        figures,
        quiet,
        json,
        region,
        wage_bill=wage_bill,
        budget=budget,
        sectors=sectors,
        leave_out=leave_out,
    )


def _conduct(
    scenario: str,
    settings: list[str] | None,
    steps: int | None,
    seeds: str,
    regimes: str | None,
    out: Path | None,
    jobs: int | None,
    figures: FigureColours,
    quiet: bool,
    json: bool,
    region: str | None,
    *,
    others: Sequence[str] = (),
    own: bool = False,
    attribute: bool = False,
    twins: bool = False,
    strategy: str | None = None,
    discount: float = 0.0,
    against: str | None = None,
    wage_bill: str | None = None,
    budget: str | None = None,
    sectors: str | None = None,
    leave_out: str | None = None,
) -> None:
    with speaking():
        from analysis.console.conduct import conduct
        from analysis.console.terminal import Terminal
        from analysis.regions.application import Priorities
        from analysis.regions.purse import budget_share, purse
        from analysis.studies.comparison.design import Comparison, design

        terminal = Terminal(quiet=quiet, machine_readable=json)
        planned = None
        if strategy is not None:
            from analysis.regions.strategies import find_strategy, region_for

            planned = find_strategy(strategy)
            region = region_for(planned, region)
        known = purse(region, wage_bill)
        if budget is not None:
            settings = [*(settings or ()), f"policy.budget={budget_share(budget, known)!r}"]
        asked = design(
            scenario,
            settings or (),
            steps,
            seeds,
            regimes,
            others=others,
            own=own,
            attribute=attribute,
            twins=twins,
            region=region,
            priorities=Priorities(sectors, leave_out),
            warn=terminal.warn,
        )
        if planned is not None and region is not None:
            from analysis.studies.comparison.strategies import add_strategy

            asked = add_strategy(asked, planned, region, terminal.say, terminal.warn)
        study = Comparison(asked, discount, against, known)
        raise typer.Exit(conduct(study, terminal, out=out, jobs=jobs, theme=figures.theme))
