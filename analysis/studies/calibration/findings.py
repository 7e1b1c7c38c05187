"""What calibration found: yields of instruments, and unit costs under which they are alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from analysis.studies.calibration import words
from analysis.studies.study import Findings
from analysis.words.document import Section, Words


@dataclass(frozen=True, kw_only=True)
class CalibrationFindings(Findings):
    """What both studies of unit costs have in common."""

    yields: ClassVar[str]
    """Table of yields."""

    @property
    def seeds(self) -> int:
        """Simulated regions that were finished with every instrument."""
        return int(self.tables[self.yields].drop_duplicates(["instrument", "unit_cost"])["seeds"].max())

    def size(self) -> str:
        """Say how much was run."""
        told = self.manifest
        return f"{len(told['seeds'])} seeds, {told['scenario']['steps']} quarters, in {told['seconds']:.1f} s"

    def described(self) -> dict[str, Any]:
        """Describe what was run."""
        return {"steps": self.manifest["scenario"]["steps"], **super().described()}

    def asked(self) -> tuple[Words, ...]:
        """Say what was asked."""
        return ((words.ASKED,),)


@dataclass(frozen=True, kw_only=True)
class YieldFindings(CalibrationFindings):
    """What instruments yield; the table ``yields`` is that of `analysis.studies.calibration.procedure.judge`."""

    kind: ClassVar[str] = "calibration_check"
    printed: ClassVar[tuple[str, ...]] = ("yields",)
    yields: ClassVar[str] = "yields"

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "What each instrument yields for the same money"

    def answer(self) -> tuple[Words, ...]:
        """Say which instruments are within tolerance, and how sure that is."""
        return words.verdict(self.tables["yields"])

    def sections(self) -> tuple[Section, ...]:
        """Show yields."""
        return (Section("Yields", tables=(words.yields_table(self.tables["yields"], "yields"),)),)

    def following(self, folder: Path) -> str:
        """Name the command that calibration is for."""
        del folder
        return "compare"


@dataclass(frozen=True, kw_only=True)
class AdjustmentFindings(CalibrationFindings):
    """What rounds of adjusting found; tables are ``rounds``, as in `YieldFindings`, and ``unit_costs``."""

    kind: ClassVar[str] = "calibration_adjust"
    printed: ClassVar[tuple[str, ...]] = ("unit_costs", "rounds")
    yields: ClassVar[str] = "rounds"

    @property
    def subtitle(self) -> str:
        """The question in short."""
        return "Unit costs under which instruments yield the same for the same money"

    @property
    def unit_costs(self) -> dict[str, float]:
        """Unit cost that follows for each instrument."""
        found: pd.Series[float] = self.tables["unit_costs"].set_index("instrument")["unit_cost"]
        return {str(name): float(cost) for name, cost in found.items()}

    def answer(self) -> tuple[Words, ...]:
        """Say which unit costs follow."""
        return (words.costs(self.unit_costs),)

    def sections(self) -> tuple[Section, ...]:
        """Show yields of each round."""
        return tuple(
            Section(f"Round {number}", tables=(words.yields_table(rows, f"rounds/{number}"),))
            for number, rows in self.tables["rounds"].groupby("round")
        )

    def following(self, folder: Path) -> str:
        """Name the command that keeps the costs, or checks those that were kept."""
        del folder
        kept = "--write" in self.manifest.get("command", ())
        return "calibrate check --write" if kept else "calibrate adjust --write"
