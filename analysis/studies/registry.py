"""Kinds of findings: one line each, by the name that their manifest says."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType

from analysis.studies.study import Findings

KINDS = MappingProxyType({
    "comparison": "analysis.studies.comparison.findings:ComparisonFindings",
    "ablation": "analysis.studies.ablation.findings:AblationFindings",
    "facts": "analysis.studies.facts.findings:FactsFindings",
    "organisations": "analysis.studies.organisations.findings:OrganisationsFindings",
    "calibration_adjust": "analysis.studies.calibration.findings:AdjustmentFindings",
    "calibration_check": "analysis.studies.calibration.findings:YieldFindings",
    "atlas": "analysis.studies.atlas.findings:AtlasFindings",
    "europe": "analysis.studies.europe.findings:EuropeFindings",
    "europe_estimation": "analysis.studies.europe.findings:EstimationFindings",
    "profile": "analysis.studies.profile.findings:ProfileFindings",
    "replication": "analysis.studies.replication.findings:ReplicationFindings",
    "discovery": "analysis.studies.discovery.findings:DiscoveryFindings",
    "replicates": "analysis.studies.replicates.findings:ReplicatesFindings",
    "robustness": "analysis.studies.robustness.findings:RobustnessFindings",
    "sensitivity": "analysis.studies.sensitivity.findings:SensitivityFindings",
    "surface": "analysis.studies.surface.findings:SurfaceFindings",
    "sweep": "analysis.studies.sweep.findings:SweepFindings",
    "optimisation": "analysis.studies.optimisation.findings:OptimisationFindings",
    "laboratory": "analysis.studies.laboratory.findings:LaboratoryFindings",
})  # fmt: skip


def findings_of(kind: str) -> type[Findings] | None:
    """Return the class of findings of a kind; None where there is none."""
    place = KINDS.get(kind)
    if place is None:
        return None
    # Read late: who opens one kind of results does not wait for the others.
    module, _, name = place.partition(":")
    found: type[Findings] = getattr(import_module(module), name)
    return found
