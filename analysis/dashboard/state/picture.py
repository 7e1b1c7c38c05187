"""What there is to draw at a moment, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.dashboard.scheduling.sample import NOTHING, Sample
from analysis.dashboard.state.history import History
from analysis.dashboard.state.mission import UNKNOWN, Mission
from analysis.dashboard.state.settings import Setting
from analysis.dashboard.state.view import View
from model.scenario import twin_of


@dataclass(frozen=True)
class Picture:
    """What there is to draw at a moment.

    Attributes
    ----------
    history
        The view, and those before.
    setting
        Scenario that is shown.
    sample
        Runs of the present setting, as far as they have come.
    before
        Runs of the setting before on the same seeds.
    mission
        What absorptive capacity and networked recombination do here, as far as it is known.
    problem
        Why there is nothing to show, or nothing new.
    version
        Counts pictures.
    """

    history: History
    setting: Setting
    sample: Sample = NOTHING
    before: Sample = NOTHING
    mission: Mission = UNKNOWN
    problem: str = ""
    version: int = 0

    @property
    def view(self) -> View:
        """What is looked at."""
        return self.history.view

    @property
    def finished(self) -> bool:
        """Whether all runs of the present setting are there."""
        return self.sample.whole

    @property
    def chart(self) -> str:
        """What the large chart shows: a lead needs somebody to lead over."""
        chart = self.view.chart
        if chart == "mind" and not self.twins:
            chart = "lead"
        return "levels" if chart == "lead" and len(self.view.regimes) < 2 else chart

    @property
    def twins(self) -> dict[str, str]:
        """Regimes that are shown, and the twin of each that draws lots."""
        known = self.setting.scenario.all_regimes
        return {name: twin_of(name) for name in self.view.regimes if twin_of(name) in known}


def fitting(view: View, setting: Setting) -> tuple[View, str]:
    """Leave out of a view what its scenario does not have, and say what that was."""
    known = setting.known
    chosen = tuple(regime for regime in view.regimes if regime in known) or View.regimes
    odd = [f"regimes: {name}" for name in view.regimes if name not in known]
    kept = {name for name, _ in view.changes}
    odd += setting.left_out
    left_out = {each.partition(":")[0] for each in setting.left_out}
    wanted = kept - left_out
    changes = tuple(
        change
        for change in view.changes
        if change[0] in wanted and change[0].rpartition(".")[0] not in left_out
    )
    fitted = replace(view, regimes=chosen, changes=changes)
    for side in ("left", "right"):
        if getattr(view, side) not in setting.scenario.regimes:
            fitted = replace(fitted, **{side: getattr(View, side)})
    if setting.without:
        odd.append(f"left out, as it makes no sense here: {', '.join(setting.without)}")
    return fitted, "; ".join(odd)
