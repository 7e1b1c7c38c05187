"""What the profile of a region shows: strengths, candidates, and where priorities of its strategy sit."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from analysis.regions.profile import candidates, strengths
from analysis.studies.profile import words
from analysis.studies.study import Findings
from analysis.words.document import Section, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, kw_only=True)
class ProfileFindings(Findings):
    """What the profile of a region shows.

    Tables are ``domains`` and ``summary``, see `analysis.regions.profile.Profile`, and of a region with a strategy
    ``priorities``, see `analysis.regions.strategies.seat_of_priorities`.
    """

    kind: ClassVar[str] = "profile"
    printed: ClassVar[tuple[str, ...]] = ("summary", "domains", "priorities")
    cautions: ClassVar[tuple[str, ...]] = words.LIMITS

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "What it is good at, and what is near to that"

    @property
    def seeds(self) -> int:
        """None: nothing was run."""
        return 0

    def size(self) -> str:
        """Say what was measured, and of how much nothing is known."""
        told, known = self.manifest, len(self.tables["domains"])
        period = f", {told['period']}" if told["period"] else ""
        return (
            f"{told['measure']}{period}; compared with {told['compared_with']}. Not published, hence not known: "
            f"{told['not_published']} of {known + told['not_published']} domains."
        )

    def described(self) -> dict[str, Any]:
        """Describe what was measured."""
        told = self.manifest
        return {"region": told["region"], "name": told["title"], "compared_with": told["compared_with"]}

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return ((words.ASKED,), (f"Measured in {self.size()}",))

    def answer(self) -> tuple[Words, ...]:
        """Say what the region is good at, and what is near to that."""
        return words.answer(self.tables["domains"])

    def mind(self) -> tuple[Words, ...]:
        """Say who assigned the priorities of a strategy."""
        return ((words.CAUTION,),) if "priorities" in self.tables else ()

    def sections(self) -> tuple[Section, ...]:
        """Show measures, strengths, candidates and priorities."""
        domains, strategy = self.tables["domains"], self.manifest["strategy"]
        others = "Candidates: what it is not specialised in, by the ranks of density and complexity"
        drawn = "Relatedness and complexity of its domains."
        shown = (
            words.summary_section(self.tables["summary"]),
            words.domains_section("Strengths", strengths(domains), {"strengths": "Its specialisations."}),
            words.domains_section(others, candidates(domains), {"relatedness_and_complexity": drawn}),
        )
        if not strategy:
            return shown
        title = f"Priorities of {strategy['territory']}, {strategy['period']}"
        return (*shown, words.priorities_section(title, self.tables["priorities"]))

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws the map of relatedness and complexity, and strengths."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.regions.figures.region_opportunities import region_opportunities  # noqa: PLC0415
        from analysis.regions.figures.region_strengths import region_strengths  # noqa: PLC0415

        domains, title, seats = (
            self.tables["domains"],
            self.manifest["short_name"],
            self.tables.get("priorities"),
        )
        marked = None if seats is None else tuple(dict.fromkeys(seats["code"]))
        return {
            "relatedness_and_complexity": partial(
                region_opportunities, domains, title, priorities=marked, theme=theme
            ),
            "strengths": partial(region_strengths, domains, title, theme=theme),
        }

    def following(self, folder: Path) -> str:
        """Name the command that runs the region, with its strategy if it has one."""
        del folder
        strategy = self.manifest["strategy"]
        more = f" --strategy {strategy['name']}" if strategy else ""
        return f"compare --region {shlex.quote(self.manifest['reference'])}{more}"
