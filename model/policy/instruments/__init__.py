"""The registry of instruments: a new one is a file here and a line below."""

from __future__ import annotations

from model.policy.instruments.base import Instrument
from model.policy.instruments.brokerage import Brokerage
from model.policy.instruments.business_support import BusinessSupport
from model.policy.instruments.discovery_pilot import DiscoveryPilot
from model.policy.instruments.generic_infrastructure import GenericInfrastructure
from model.policy.instruments.joint_project import JointProject
from model.policy.instruments.public_research import PublicResearch
from model.policy.instruments.rd_grant import RdGrant
from model.policy.instruments.start_up_support import StartUpSupport
from model.policy.instruments.technology_transfer import TechnologyTransfer
from model.policy.instruments.training import Training

INSTRUMENTS: dict[str, Instrument] = {
    instrument.name: instrument
    for instrument in (
        RdGrant(),
        GenericInfrastructure(),
        Training(),
        BusinessSupport(),
        TechnologyTransfer(),
        Brokerage(),
        JointProject(),
        PublicResearch(),
        DiscoveryPilot(),
        StartUpSupport(),
    )
}
