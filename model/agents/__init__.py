"""Firms, meso-organisations and policymakers as Mesa agents."""

from __future__ import annotations

from model.agents.carrier import Carrier, Firm
from model.agents.organisation import Commission, MesoOrganisation, kind_name
from model.agents.policymaker import Policymaker
from model.agents.population import Population

__all__ = ["Carrier", "Commission", "Firm", "MesoOrganisation", "Policymaker", "Population", "kind_name"]
