"""What Europe at a glance shows: who leads where, what each policy adds, and which regions are alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from analysis.regions.catalogue import positions
from analysis.regions.region_set import RegionSet
from analysis.regions.traits import traits_of
from analysis.statistics.comparison import baseline_of
from analysis.statistics.gains import but_twins, twins_among
from analysis.statistics.places import gains, leading, peers
from analysis.statistics.tree import small_tree
from analysis.studies.atlas import words as told
from analysis.studies.study import FindingsOfRuns
from analysis.words.document import Section, Words
from model.record import OUTCOMES
from model.scenario import twin_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PRIMARY = OUTCOMES[0]
QUARTERS = 4
PEERS = 5
"""Regions like another one that are named."""


def tables_of(outcomes: pd.DataFrame, members: RegionSet, regimes: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Find who leads where, by the average of the primary outcome over the years.

    Parameters
    ----------
    outcomes
        One row a run: ``region``, ``regime``, ``seed``, every outcome and ``spent``.
    members
        The regions.
    regimes
        Regimes and lottery twins.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``regions``: name, country, position, traits and who leads in each (see `analysis.statistics.places.leading`);
        ``gains``: what each regime adds to the baseline, and each that has a lottery twin to its twin; ``tree`` and
        ``held_out``: what kind of region has which best regime, and how often that is right in countries that were not
        looked at (see `analysis.statistics.tree`); ``peers``: regions that are alike; ``outcomes``.
    """
    finished = set(outcomes["regime"])
    regimes = [name for name in regimes if name in finished]
    rivals, baseline = but_twins(regimes), baseline_of(regimes)
    led = leading(outcomes, rivals, baseline, PRIMARY).set_index("region")
    known = members.regions.loc[led.index]
    traits = traits_of(members).loc[led.index]
    pairs = [(name, baseline) for name in rivals if name != baseline]
    minds = [(name, twin_of(name)) for name in twins_among(regimes) if name != baseline]
    added = gains(outcomes, [*pairs, *minds], baseline, PRIMARY)
    over = added[added["against"] == baseline].pivot_table(index="region", columns="regime", values="gain")
    over = over.reindex(led.index).assign(**{baseline: 0.0})[rivals]
    tree = small_tree(traits, over, known["country"])
    names = known[["name", "name_english", "country"]].join(positions())
    return {
        "regions": names.join(traits).join(led).reset_index(names="region"),
        "gains": added,
        "tree": pd.DataFrame(columns=["rule", "best", "places", "share"]) if tree is None else tree.rules,
        "held_out": _held_out(tree),
        "peers": peers(traits_of(members), PEERS),
        "outcomes": outcomes,
    }


def _held_out(tree: Any) -> pd.DataFrame:
    columns = ["who", "right", "gain"]
    if tree is None:
        return pd.DataFrame(columns=columns)
    rows = [("tree", tree.accuracy, tree.followed), ("one policy for all", tree.guessed, tree.everywhere)]
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True, kw_only=True)
class AtlasFindings(FindingsOfRuns):
    """What Europe at a glance shows; its tables are those of `tables_of`."""

    kind: ClassVar[str] = "atlas"
    printed: ClassVar[tuple[str, ...]] = ("regions", "gains", "tree", "held_out")

    @property
    def regimes(self) -> list[str]:
        """Regimes that compete, in order; lottery twins do not."""
        return but_twins(list(self.manifest["regimes"]))

    @property
    def baseline(self) -> str:
        """Regime that the others are compared with."""
        return str(self.manifest["baseline"])

    @property
    def region(self) -> str | None:
        """Region that is told of, if any."""
        named = self.manifest.get("region")
        return None if named is None else str(named)

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "Which policy leads in which region"

    def size(self) -> str:
        """Say how much was run."""
        count = len(self.tables["regions"])
        return f"{count} {'region' if count == 1 else 'regions'}; {super().size()}"

    def represents(self) -> tuple[Words, ...]:
        """Say what the runs stand for."""
        return (told.represents(self.manifest),)

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return told.asked(self.tables["regions"], self.regimes, self.seeds)

    def answer(self) -> tuple[Words, ...]:
        """Say who leads where, what policies add on average, and what kind of region decides."""
        return told.answer(self.tables, self.regimes, self.baseline)

    def mind(self) -> tuple[Words, ...]:
        """Say when a policy is said to lead."""
        return told.MIND

    def sections(self) -> tuple[Section, ...]:
        """Show the map, countries, what policies add, the tree, and the region that is told of."""
        tables = self.tables
        own = () if self.region is None else told.of_a_region(tables, self.region, self.baseline)
        shown = (
            *own,
            told.map_section(),
            told.gains_section(tables["gains"], self.baseline),
            told.tree_section(tables),
            told.countries_section(tables["regions"], self.regimes),
            told.regions_section(tables["regions"]),
        )
        return tuple(section for section in shown if section is not None)

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws the map and what policies add."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.atlas.figures import cartogram, gains_by_region  # noqa: PLC0415

        steps = int(self.manifest["scenario"]["steps"])
        title = self.manifest["scenario"]["story"]["title"]
        setting = f"{self.seeds} seeds, {steps // QUARTERS} years, policy as in “{title}”"
        regions = self.tables["regions"]
        return {
            "map": partial(cartogram, regions, self.regimes, setting, marked=self.region, theme=theme),
            "gains": partial(gains_by_region, self.tables["gains"], self.baseline, setting, theme=theme),
        }

    def following(self, folder: Path) -> str:
        """Name a command for the region that is told of, or for the one with the clearest leader."""
        del folder
        regions = self.tables["regions"].sort_values(["q", "lead"], ascending=[True, False])
        return f"compare --region {self.region or regions['region'].iloc[0]}"
