"""Composed: a point in the space of regimes that users choose."""

from __future__ import annotations

from typing import ClassVar

from model.policy.regimes.composition import ComposedSpec
from model.policy.regimes.engine import SwitchedRegime


class Composed(SwitchedRegime[ComposedSpec]):
    """Do what its switches say."""

    kind: ClassVar[str] = "composed"
    spec_type: ClassVar[type[ComposedSpec]] = ComposedSpec

    @staticmethod
    def compose(spec: ComposedSpec) -> ComposedSpec:
        """Take it as it is."""
        return spec
