"""What a comparison found: regimes compared, over time and at the end, and everything that was recorded."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from analysis.regions.purse import Purse
from analysis.runs.results import Results
from analysis.statistics.certainty import clear_from, with_certainty
from analysis.statistics.comparison import baseline_of, compare
from analysis.statistics.gains import (
    averages,
    but_twins,
    changes_since_the_start,
    gains_over_time,
    money_and_mind,
)
from analysis.statistics.winners import who_wins
from analysis.studies.attribution import words as attribution
from analysis.studies.comparison import answer, chosen, money, over_time, policies, sections, turning, winners
from analysis.studies.comparison.compared import RANKED_BY, Compared
from analysis.studies.study import FindingsOfRuns
from analysis.words.document import Section, Table, Words, joined, words
from analysis.words.names import first_upper, regime
from model.loading import library
from model.record import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def tables_of(
    results: Results, discount: float = 0.0, against: str | None = None, purse: Purse | None = None
) -> dict[str, pd.DataFrame]:
    """Name the tables of a comparison.

    Parameters
    ----------
    results
        What it brought.
    discount
        Yearly rate at which later gains count less.
    against
        Regime that the others are compared with; ``none`` where it takes part, else the first.
    purse
        What the money of the region is in euros, where that is known.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``averages``, every outcome of every run averaged over the horizon, which is what is compared and ranked by;
        ``comparison`` (see `analysis.statistics.comparison.compare` and `analysis.statistics.certainty`; without
        lottery twins) and ``changes`` since the start under each regime; where there are several regimes ``gains``,
        ``clear_from``, ``costs`` (see `analysis.studies.comparison.money.costs_of`) where they can be told from none
        and, if firms were followed, ``who_wins``, and where a lottery twin is among them ``money_and_mind`` (see
        `analysis.statistics.gains`); ``priorities``, what was chosen; and everything that was recorded.
    """
    series, priorities = results.series(), results.priorities()
    regimes = but_twins(list(dict.fromkeys(series["regime"])))
    baseline = against if against in regimes and against is not None else baseline_of(regimes)
    own = series[series["regime"].isin(regimes)].reset_index(drop=True)
    average = averages(series, OUTCOMES, discount)
    compared = average[average["regime"].isin(regimes)].reset_index(drop=True)
    over_time: dict[str, pd.DataFrame] = {"changes": changes_since_the_start(own, OUTCOMES)}
    if len(regimes) > 1:
        over_time["gains"] = gains_over_time(own, OUTCOMES, baseline, discount)
        over_time["clear_from"] = clear_from(own, OUTCOMES, baseline)
        # What money does is a matter of having none, whatever else regimes are compared with.
        split = money_and_mind(series, OUTCOMES, baseline_of(list(dict.fromkeys(series["regime"]))), discount)
        over_time |= {"money_and_mind": split} if len(split) else {}
        firms = results.firms()
        winners = who_wins(firms[firms["regime"].isin(regimes)], baseline) if len(firms) else firms
        over_time |= {"who_wins": winners} if len(winners) else {}
        costs = money.costs_of(own, purse, discount)
        over_time |= {"costs": costs} if len(costs) else {}
    return {
        "comparison": with_certainty(compare(compared, OUTCOMES, baseline), compared),
        **over_time,
        **({"priorities": priorities} if len(priorities) else {}),
        "averages": average,
        "outcomes": results.outcomes(),
        "series": series,
        "account": results.account(),
        "memo_items": results.memo_items(),
        "ledger": results.ledger(),
        "organisations": results.organisations(),
        "domains": results.domains(),
    }


@dataclass(frozen=True, kw_only=True)
class ComparisonFindings(FindingsOfRuns):
    """What a comparison found; its tables are those of `tables_of`, and those of an attribution if one was asked for.

    Attributes
    ----------
    conditions
        Results of `surface` or `sweep` that say under which conditions the order turns; without any, those of the very
        same scenario beside the folder that the findings were opened from.
    """

    conditions: tuple[Path, ...] = ()

    kind: ClassVar[str] = "comparison"
    version: ClassVar[int] = 2
    printed: ClassVar[tuple[str, ...]] = (
        "comparison", "gains", "changes", "clear_from", "money_and_mind", "who_wins", "attribution",
    )  # fmt: skip

    @cached_property
    def compared(self) -> Compared:
        """The comparison as it is told."""
        return Compared(self.tables, self.manifest)

    @property
    def ranking(self) -> list[str]:
        """Regimes by their average gain over the horizon, the best first."""
        return self.compared.ranking

    @property
    def subtitle(self) -> str:
        """The question in short."""
        found = self.compared
        named = joined([regime(name) for name in found.regimes])
        return first_upper(f"{named} compared" if found.others else f"{named}, looked at alone")

    @property
    def seeds(self) -> int:
        """Simulated regions that every regime finished."""
        return self.compared.seeds

    @property
    def failed(self) -> list[dict[str, Any]]:
        """Runs that ended in an error, those with channels held still among them."""
        return [*super().failed, *(self._attribution.get("runs_failed") or ())]

    @property
    def finished(self) -> int:
        """Runs that were finished, those with channels held still among them."""
        return super().finished + int(self._attribution.get("runs_finished", 0))

    def described(self) -> dict[str, Any]:
        """Describe what was run, and by what regimes are ranked."""
        found = self.compared
        told = {
            **super().described(),
            "baseline": found.baseline,
            "ranking": found.ranking,
            "ranked_by": RANKED_BY,
        }
        told |= {
            key: self.manifest[key] for key in ("policies_as_written", "unused") if self.manifest.get(key)
        }
        if "attribution" in self.tables:
            told["attribution_in_words"] = attribution.sentences(self.tables["attribution"])
        return told

    def unused(self) -> tuple[Words, ...]:
        """Say what of the scenario was not used."""
        return tuple(words(each) for each in self.manifest.get("unused", ()))

    def depends(self) -> tuple[Words, ...]:
        """Say what the answer depends on: how far one looks, what is counted, conditions, and who one is."""
        found = self.compared
        if not found.seeds or not found.others:
            return ()
        tried = turning.conditions_in_short(found, self.home, self.conditions)
        return (turning.in_short(found), answer.other_outcomes(found), *tried, *winners.in_short(found))

    def costs(self) -> Table | None:
        """Show what each policy gains, spends and costs for each percent."""
        return sections.costs_in_short(self.compared) if self.seeds and self.compared.others else None

    def picture(self) -> Callable[[], Figure] | None:
        """Return what draws the lead of each policy, wide and low."""
        from analysis.studies.comparison.figures.lead import FLAT, lead_over_time  # noqa: PLC0415 - as below

        if not self.seeds or not self.compared.others:
            return super().picture()
        return partial(lead_over_time, self.compared, size=FLAT)

    def under(self, conditions: Sequence[Path]) -> ComparisonFindings:
        """Take conditions from certain surfaces and sweeps."""
        return replace(self, conditions=tuple(conditions))

    def represents(self) -> tuple[Words, ...]:
        """Say what policies that were written are, and what a run stands for."""
        return (*policies.in_words(self.manifest.get("policies_as_written") or {}), *super().represents())

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked, and of which region."""
        text = str(self.manifest["scenario"]["story"]["text"]).strip()
        return (answer.asked(self.compared), *((words(text),) if text else ()))

    def answer(self) -> tuple[Words, ...]:
        """Say who leads, how sure that is, and what it costs."""
        return answer.answer(self.compared)

    def mind(self) -> tuple[Words, ...]:
        """Say what another yardstick tells, and what is meant by likely."""
        return answer.mind(self.compared)

    def warnings(self) -> tuple[Words, ...]:
        """Say where nothing could be attributed."""
        attributed = self.tables.get("attribution")
        return (words(attribution.NOTHING_WHOLE),) if attributed is not None and attributed.empty else ()

    def sections(self) -> tuple[Section, ...]:
        """Show outcomes, gains over time, costs and where knowledge came from."""
        found = self.compared
        if not found.seeds:
            return ()
        attributed = self.tables.get("attribution")
        shown = (
            sections.outcomes(found) if found.others else sections.alone(found),
            *over_time.sections(found),
            sections.money_and_mind(found),
            winners.section(found),
            chosen.section(found),
            turning.turning(found, self.home, self.conditions),
            money.section(found) or sections.cost(found),
            sections.account(found),
            attribution.section(attributed) if attributed is not None else None,
            sections.ledger(found),
        )
        return tuple(section for section in shown if section is not None)

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws each figure that there is something to show in."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.comparison.figures.drawn import drawn  # noqa: PLC0415

        return drawn(self.tables, self.title, theme, self.compared)

    def further(self) -> tuple[str, ...]:
        """Name the commands that try other conditions, where none were tried."""
        return turning.further(self.compared, self.home, self.conditions)

    def following(self, folder: Path) -> str:
        """Name what comes next: a comparison after one run, and the sheet of a comparison."""
        if len(self.manifest["regimes"]) > 1:
            return f"report {shlex.quote(str(folder))} --brief"
        story = str(self.manifest["story"])
        scenario = story if story in library() else shlex.quote(str(folder / "scenario.toml"))
        return f"compare {scenario}"

    @property
    def _attribution(self) -> Mapping[str, Any]:
        return self.manifest.get("attribution") or {}
