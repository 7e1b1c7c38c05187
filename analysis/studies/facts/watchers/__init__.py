"""What is looked at while a region is stepped, beyond what every run records."""

from __future__ import annotations

from analysis.studies.facts.watchers.firms import FirmPanel
from analysis.studies.facts.watchers.lessons import Lessons
from analysis.studies.facts.watchers.members import Members
from analysis.studies.facts.watchers.recombinations import Recombinations
from analysis.studies.facts.watchers.ties import TieEvents
from analysis.studies.facts.watchers.watcher import Watcher

WATCHERS: dict[str, type[Watcher]] = {
    watcher.name: watcher for watcher in (FirmPanel, Lessons, Members, Recombinations, TieEvents)
}
