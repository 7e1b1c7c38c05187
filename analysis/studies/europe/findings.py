"""What was found of the model and Europe: scores beside those of the data, and parameters that come near them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from analysis.studies.europe import words
from analysis.studies.study import Findings
from analysis.words.document import Section, Words


@dataclass(frozen=True, kw_only=True)
class EuropeFindings(Findings):
    """The model beside the data.

    Tables are ``comparison``, see `analysis.studies.europe.scores.comparison`, and of half of the countries
    ``standard_errors``: how sure the moments of the data are.
    """

    kind: ClassVar[str] = "europe"
    printed: ClassVar[tuple[str, ...]] = ("comparison",)
    cautions: ClassVar[tuple[str, ...]] = words.LIMITS

    @property
    def subtitle(self) -> str:
        """The question in short."""
        part = "" if self.manifest["half"] is None else f", the {self.manifest['half']} half of its countries"
        return f"Entry and exit from 2008-09 to 2014-15{part}"

    def size(self) -> str:
        """Say how much was run."""
        told = self.manifest
        return (
            f"{len(told['regions'])} regions of {told['firms']:,} firms, {self.seeds} "
            f"{'seed' if self.seeds == 1 else 'seeds'}, {told['runs_finished']} runs in {told['seconds']:.1f} s"
        )

    def described(self) -> dict[str, Any]:
        """Describe what was run."""
        told = {key: self.manifest[key] for key in ("half", "estimated", "regions", "firms")}
        return {**told, **super().described()}

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return (words.asked(len(self.manifest["regions"]), estimated=self.manifest["estimated"]),)

    def answer(self) -> tuple[Words, ...]:
        """Say how entry and exit differ from those of the data."""
        return words.answer(self.tables["comparison"], self.tables.get("standard_errors"))

    def sections(self) -> tuple[Section, ...]:
        """Show the model, its nulls and its variants beside the data."""
        return (words.comparison_section(self.tables["comparison"], self.tables.get("standard_errors")),)

    def following(self, folder: Path) -> str:
        """Name the command that goes on from here."""
        del folder
        held_out = "validate europe --estimated --half held-out"
        return held_out if self.manifest["half"] is None else "estimate europe"


@dataclass(frozen=True, kw_only=True)
class EstimationFindings(Findings):
    """Parameters that were estimated; tables are ``trials``, ``moments`` and ``parameters``."""

    kind: ClassVar[str] = "europe_estimation"
    printed: ClassVar[tuple[str, ...]] = ("parameters", "moments")
    cautions: ClassVar[tuple[str, ...]] = words.LIMITS

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "What moves employment, estimated on half of its countries"

    def size(self) -> str:
        """Say how much was tried."""
        told = self.manifest
        return (
            f"{len(told['regions'])} regions of {told['firms']:,} firms, {len(self.tables['trials'])} trials "
            f"in {told['seconds']:.1f} s"
        )

    def described(self) -> dict[str, Any]:
        """Describe what was tried."""
        best = self.tables["trials"].sort_values("distance", kind="stable").iloc[0]
        told = {key: self.manifest[key] for key in ("regions", "firms", "about_as_good")}
        values = self.tables["parameters"].set_index("parameter")["estimated"].to_dict()
        return {
            **told,
            **super().described(),
            "trials": len(self.tables["trials"]),
            "misfit": float(best["misfit"]),
            "values": values,
        }

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return (words.estimation_asked(len(self.manifest["regions"])),)

    def answer(self) -> tuple[Words, ...]:
        """Say how near the best set comes."""
        return words.estimation_answer(self.tables["trials"], self.manifest["about_as_good"])

    def sections(self) -> tuple[Section, ...]:
        """Show moments and parameters."""
        return (
            words.moments_section(self.tables["moments"]),
            words.parameters_section(self.tables["parameters"], self.manifest["about_as_good"]),
        )

    def following(self, folder: Path) -> str:
        """Name the command that tries them on the other half."""
        del folder
        return "validate europe --estimated --half held-out"
