"""What is looked at while a region is stepped, beyond what every run records."""

from __future__ import annotations

from analysis.facts.watchers.firms import FirmPanel
from analysis.facts.watchers.lessons import Lessons
from analysis.facts.watchers.members import Members
from analysis.facts.watchers.recombinations import Recombinations
from analysis.facts.watchers.ties import TieEvents
from analysis.facts.watchers.watcher import Watcher

WATCHERS: dict[str, type[Watcher]] = {
    watcher.name: watcher for watcher in (FirmPanel, Lessons, Members, Recombinations, TieEvents)
}
