"""What optimisation found: the best policies, how far regimes are from them, and which lever does the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from analysis.studies.optimisation import words as told
from analysis.studies.optimisation.policy import as_toml
from analysis.studies.optimisation.sections import DESCRIBED, sections
from analysis.studies.study import Findings
from analysis.words.document import Section, Words, text_of
from model.scenario import Scenario

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BEST_TOML = "best.toml"


@dataclass(frozen=True, kw_only=True)
class OptimisationFindings(Findings):
    """What optimisation found; its tables are those of `analysis.studies.optimisation.conduct.optimise`."""

    kind: ClassVar[str] = "optimisation"
    printed: ClassVar[tuple[str, ...]] = (
        "found", "distances", "front", "constraints", "importance", "emulator", "robustness", "price", "signpost",
    )  # fmt: skip
    contents: ClassVar[str] = f"{BEST_TOML}, tables in data/"

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "Which policy does best here with this money, and how far regimes are from it"

    @property
    def seeds(self) -> int:
        """Fresh seeds."""
        found = self.tables.get("found")
        return int(found["seeds"].max()) if found is not None and len(found) else 0

    def size(self) -> str:
        """Say how much was run."""
        runs = sum(self.manifest["runs"].values())
        return (
            f"{len(self.tables['tried']):,} policies, {runs:,} runs of {self.manifest['scenario']['steps']} quarters, "
            f"reported on {self.seeds} fresh seeds, {self.manifest['seconds']:.0f} s"
        )

    def described(self) -> dict[str, Any]:
        """Describe what was asked."""
        names = (
            "story",
            "objectives",
            "levers",
            "constraints",
            "compared",
            "size",
            "sampler",
            "runs",
            "seconds",
        )
        policy = text_of(told.minister(self.tables, self.manifest)) if told.places_of(self.tables) else ""
        return {**{name: self.manifest[name] for name in names}, **super().described(), "policy": policy}

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return (told.asked(self.manifest),)

    def answer(self) -> tuple[Words, ...]:
        """Say what was found."""
        return tuple(told.answer(self.tables, self.manifest))

    def mind(self) -> tuple[Words, ...]:
        """Say how selection flatters, and what is told apart."""
        return tuple(told.mind(self.tables, self.manifest))

    def warnings(self) -> tuple[Words, ...]:
        """Say what is not finished or not kept."""
        return tuple(told.warnings(self.tables, self.manifest))

    def sections(self) -> tuple[Section, ...]:
        """Show the policies and what is behind them."""
        return tuple(sections(self.tables, self.manifest))

    def figures(self, theme: str) -> Mapping[str, Callable[[], Figure]]:
        """Return what draws the figures."""
        # Matplotlib takes a second to import, which nobody waits for who wants no figures.
        from analysis.studies.optimisation import figures  # noqa: PLC0415

        tables, manifest = self.tables, self.manifest
        drawn: dict[str, Callable[[], Figure]] = {}
        if told.places_of(tables):
            drawn["distances"] = partial(figures.distances, tables, manifest, theme=theme)
            if len(told.asked_for(manifest)) > 1:
                drawn["front"] = partial(figures.front, tables, manifest, theme=theme)
        if "importance" in tables:
            drawn["importance"] = partial(figures.levers, tables, theme=theme)
        if "over_futures" in tables:
            drawn["futures"] = partial(figures.futures, tables, theme=theme)
        return drawn

    def following(self, folder: Path) -> str | None:
        """Name the command that holds the best policy against the regimes."""
        if BEST_TOML not in self.texts:
            return None
        return f"compare {folder / BEST_TOML} --regimes none,lottery,as_written"


def toml_of(
    findings: OptimisationFindings, scenario: Scenario, extends: str | None, changes: Mapping[str, Any]
) -> dict[str, str]:
    """Write the best policies as scenarios that ``compare`` runs, by name of the file."""
    found = findings.tables.get("found")
    if found is None or found.empty:
        return {}
    first = str(found["objective"].iloc[0])
    names = found[found["objective"] == first].sort_values("place")["policy"].head(DESCRIBED)
    written = {}
    for place, name in enumerate(names):
        file = BEST_TOML if place == 0 else f"policies/{place + 1}.toml"
        text = told.head_of_toml(findings.tables, findings.manifest, str(name), file)
        written[file] = as_toml(told.policy_in(findings.tables, str(name)), scenario, extends, changes, text)
    return written
