"""The profile of a measured region as a study that runs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.regions.application import AS_PUBLISHED, Priorities
from analysis.regions.catalogue import RegionReference, find_region, shipped
from analysis.regions.profile import region_profile
from analysis.regions.strategies import seat_of_priorities, strategy_of
from analysis.runs.progress import Listener, ignore
from analysis.runs.provenance import environment
from analysis.studies.profile.findings import ProfileFindings
from analysis.studies.study import Study
from model.loading import dump_scenario
from model.scenario import Scenario


@dataclass(frozen=True)
class RegionProfile(Study):
    """A region beside those of its set; see `design`."""

    reference: str
    region: RegionReference
    priorities: Priorities = AS_PUBLISHED

    @property
    def name(self) -> str:
        """Name of the folder of its results."""
        return f"{self.region.code}-profile"

    def identity(self) -> str:
        """Say what is asked."""
        others = "" if self.priorities == AS_PUBLISHED else f", {self.priorities}"
        return f"profile of {self.reference}{others}"

    def run(
        self, *, jobs: int | None = None, progress: Listener = ignore, store: Path | None = None
    ) -> ProfileFindings:
        """Measure the region; nothing is run."""
        del jobs, progress, store
        profile, members = region_profile(self.region), self.region.members
        strategy = strategy_of(self.region.code) if members is shipped() else None
        tables = {"domains": profile.domains, "summary": profile.summary}
        told = {}
        if strategy is not None:
            tables["priorities"] = seat_of_priorities(strategy, profile.domains)
            told = {"name": strategy.name, "territory": strategy.territory, "period": strategy.period}
        manifest = {
            "title": self.region.name,
            "identity": self.identity(),
            "complete": True,
            "region": self.region.code,
            "short_name": self.region.short_name,
            "reference": self.reference,
            "strategy": told,
            "compared_with": profile.compared_with,
            "measure": members.about.measure,
            "period": members.about.period,
            "not_published": len(members.domains) - len(profile.domains),
            "source": members.about.source,
            **environment(),
        }
        scenario = dump_scenario(self.priorities.applied(Scenario(), self.region))
        return ProfileFindings(tables=tables, manifest=manifest, texts={"scenario.toml": scenario})


def design(reference: str, priorities: Priorities = AS_PUBLISHED) -> RegionProfile:
    """Find the region that is asked about.

    Parameters
    ----------
    reference
        Code, or folder and code.
    priorities
        What sectors are in the scenario of the region, and what is nobody's priority.

    Returns
    -------
    RegionProfile
        What is to be measured.
    """
    return RegionProfile(reference, find_region(reference), priorities)
