"""Commands that say what a sweep means: sensitivity, discovery, robustness, replicates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from analysis.commands.options import LIGHT, FiguresOption, JsonOption, OutOption, QuietOption
from analysis.commands.speaking import speaking

if TYPE_CHECKING:
    from analysis.studies.study import Study

SweepArgument = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Folder of a sweep, see `run.py sweep`.")
]
OutcomeOption = Annotated[
    str | None,
    typer.Option(
        "--outcome",
        metavar="NAME",
        help="Observable at the end; default: the primary outcome.",
        show_default=False,
    ),
]
RegimeOption = Annotated[
    str | None,
    typer.Option(
        "--regime", metavar="NAME", help="Speak of this regime only; default: all.", show_default=False
    ),
]
OfOption = Annotated[
    str,
    typer.Option(
        "--of",
        metavar="WHAT",
        help="`lead` over none on the same seeds, in percent of its mean at the point, or `level`.",
    ),
]
MethodOption = Annotated[
    str | None,
    typer.Option(
        "--method",
        metavar="NAME",
        help="`sobol`, `morris` or `pawn`; default: what the design allows.",
        show_default=False,
    ),
]
OverOption = Annotated[
    str | None,
    typer.Option(
        "--over", metavar="NAME", help="Regime to lead over; default: all others.", show_default=False
    ),
]
DensityOption = Annotated[
    float | None,
    typer.Option(
        "--density",
        metavar="SHARE",
        help="Take the widest box that is so dense; default: balance density and coverage.",
        show_default=False,
    ),
]
ThresholdOption = Annotated[
    float | None,
    typer.Option(
        "--threshold",
        metavar="VALUE",
        help="What is good enough: more than this, in percent for leads.",
        show_default="0 for leads",
    ),
]
OptimismOption = Annotated[
    float,
    typer.Option("--optimism", metavar="SHARE", help="Weight of the best case in the criterion of Hurwicz."),
]
HalfWidthOption = Annotated[
    float,
    typer.Option("--half-width", metavar="PERCENT", help="Half-width of a 95% interval that is wanted."),
]


def _answer(
    design: Callable[..., Study],
    folder: Path,
    out: Path | None,
    speaker: Mapping[str, bool],
    theme: str | None,
    **asked: object,
) -> NoReturn:
    """Ask a sweep what was asked, and leave with the exit code of that."""
    from analysis.console.conduct import conduct
    from analysis.console.terminal import Terminal

    terminal = Terminal(**speaker)
    with terminal.waiting("Reading the sweep ..."):
        study = design(folder, **asked)
    raise typer.Exit(conduct(study, terminal, out=out, theme=theme))


def sensitivity(
    folder: SweepArgument,
    outcome: OutcomeOption = None,
    regime: RegimeOption = None,
    of: OfOption = "lead",
    method: MethodOption = None,
    out: OutOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Say which factors the lead of each regime depends on, and how much of that is luck.

    Sobol indices with intervals for a Sobol design, elementary effects for a Morris design, PAWN for points
    at random or on a grid. A Sobol or Morris block with a failed run is left out whole, with a warning.

    Examples:

    - run.py sensitivity results/screening

    - run.py sensitivity results/deep_uncertainty --regime cluster --of level --outcome breadth
    """
    with speaking():
        from analysis.studies.sensitivity.design import design

        _answer(
            design, folder, out, {"quiet": quiet, "machine_readable": json}, figures.theme,
            outcome=outcome, regime=regime, of=of, method=method,
        )  # fmt: skip


def discover(
    folder: SweepArgument,
    outcome: OutcomeOption = None,
    regime: RegimeOption = None,
    over: OverOption = None,
    density: DensityOption = None,
    out: OutOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Find the conditions under which each regime leads (PRIM and feature scores; needs the EMA workbench).

    For each regime a box of conditions, with coverage, density and quasi-p values, and how dense such boxes
    are on points that they were not made for.

    Examples:

    - run.py discover results/deep_uncertainty

    - run.py discover results/deep_uncertainty --regime smart_specialisation --over sector --density 0.8
    """
    with speaking():
        from analysis.studies.discovery.design import design

        _answer(
            design, folder, out, {"quiet": quiet, "machine_readable": json}, figures.theme,
            outcome=outcome, regime=regime, over=over, density=density,
        )  # fmt: skip


def robustness(
    folder: SweepArgument,
    outcome: OutcomeOption = None,
    regime: RegimeOption = None,
    of: OfOption = "lead",
    threshold: ThresholdOption = None,
    optimism: OptimismOption = 0.5,
    out: OutOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Say which regime does well whatever future comes.

    Regret against the best regime of each future (mean, 90th percentile, maximum), the share of futures that are
    good enough, worst case, and the mix of Hurwicz.

    Examples:

    - run.py robustness results/deep_uncertainty

    - run.py robustness results/deep_uncertainty --threshold 5 --outcome output
    """
    with speaking():
        from analysis.studies.robustness.design import design

        _answer(
            design, folder, out, {"quiet": quiet, "machine_readable": json}, figures.theme,
            outcome=outcome, regime=regime, of=of, threshold=threshold, optimism=optimism,
        )  # fmt: skip


def replicates(
    folder: SweepArgument,
    half_width: HalfWidthOption = 1.0,
    outcome: OutcomeOption = None,
    regime: RegimeOption = None,
    of: OfOption = "lead",
    out: OutOption = None,
    figures: FiguresOption = LIGHT,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Say how many seeds give intervals as narrow as wanted, and what common seeds save.

    Examples:

    - run.py replicates results/deep_uncertainty

    - run.py replicates results/deep_uncertainty --half-width 0.5 --regime cluster
    """
    with speaking():
        from analysis.studies.replicates.design import design

        _answer(
            design, folder, out, {"quiet": quiet, "machine_readable": json}, figures.theme,
            outcome=outcome, regime=regime, of=of, half_width=half_width,
        )  # fmt: skip
