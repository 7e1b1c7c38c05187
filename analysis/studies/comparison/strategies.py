"""A strategy of a real region as one more regime of a comparison."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analysis.regions.strategies import Strategy, with_strategy
from analysis.runs.experiment import Experiment

CAUTION = "The divisions of the strategy were assigned by hand: an illustration, not evidence."


def add_strategy(
    asked: Experiment,
    strategy: Strategy,
    place: str,
    say: Callable[[str], None],
    warn: Callable[[str], None],
) -> Experiment:
    """Put a strategy beside the regimes of a comparison.

    Parameters
    ----------
    asked
        The comparison, in the region of the strategy.
    strategy
        The strategy.
    place
        Reference of its region.
    say, warn
        Told what is simulated, and what cannot be.

    Returns
    -------
    Experiment
        The regimes that were asked for, and the strategy as one more.
    """
    scenario, missing = with_strategy(asked.scenario, strategy)
    simulated = len(strategy.divisions) - len(missing)
    say(f"{strategy.territory}, {strategy.period}: {simulated} divisions as priorities. {CAUTION}")
    if missing:
        warn(f"not published for {place}, and left out: {', '.join(missing)}.")
    return replace(asked, scenario=scenario, regimes=(*asked.regimes, strategy.regime))
