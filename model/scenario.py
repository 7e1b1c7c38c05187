"""A scenario: all sections of parameters put together, and checked against each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Self, Union

from pydantic import Field, create_model, field_validator, model_validator

from model.meso import ORGANISATION_KINDS
from model.policy.instruments import INSTRUMENTS
from model.policy.regimes import REGIMES
from model.policy.regimes.base import RegimeSpec
from model.policy.regimes.switches import SwitchedSpec
from model.processes.process import Process
from model.schedule import SCHEDULE
from model.spec.absorption import AbsorptionSpec
from model.spec.channels import ChannelsSpec
from model.spec.events import DemandShock, Event, FrontierShock, RegimeSwitch
from model.spec.firms import FirmsSpec
from model.spec.forgetting import ForgettingSpec
from model.spec.kinds import Identifier
from model.spec.knowledge_space import KnowledgeSpaceSpec
from model.spec.life_cycles import LifeCyclesSpec
from model.spec.market import EntrySpec, MarketSpec
from model.spec.membership import MembershipSpec
from model.spec.policy import PolicymakerSpec, PolicySpec
from model.spec.potentials import PotentialsSpec
from model.spec.problem import Problem, not_known, refuse
from model.spec.recombination import RecombinationSpec
from model.spec.recording import RecordingSpec
from model.spec.research import ResearchSpec
from model.spec.section import Section, parameter
from model.spec.start import StartSpec
from model.spec.story import Story
from model.spec.ties import TiesSpec

REGIME_NAMES: tuple[str, ...] = ("none", "sector", "cluster", "smart_specialisation")
"""The regimes that are compared unless others are named."""
BY_LOT = "_by_lot"
"""What the name of a lottery twin ends with."""


def _table_of(name: str, specs: dict[str, type[Section]], description: str) -> Any:
    fields: dict[str, Any] = {
        key: (spec, Field(default=spec(), description=(spec.__doc__ or key).strip().splitlines()[0]))
        for key, spec in specs.items()
    }
    return create_model(name, __base__=Section, __doc__=description, **fields)


if TYPE_CHECKING:
    InstrumentsSpec = Any
    OrganisationsSpec = Any
    ProcessesSpec = Any
    AnyRegimeSpec = RegimeSpec
else:
    InstrumentsSpec = _table_of(
        "InstrumentsSpec",
        {name: instrument.spec for name, instrument in INSTRUMENTS.items()},
        "Unit costs and effects of the instruments, the same for every regime.",
    )
    OrganisationsSpec = _table_of(
        "OrganisationsSpec",
        {name: kind.spec for name, kind in ORGANISATION_KINDS.items()},
        "The meso-organisations of the region.",
    )
    ProcessesSpec = _table_of(
        "ProcessesSpec",
        {entry.name: entry.spec for entry in SCHEDULE if isinstance(entry, Process) and entry.spec},
        "Parameters of processes that bring their own.",
    )
    AnyRegimeSpec = Annotated[
        Union[tuple(regime.spec_type for regime in REGIMES.values())],  # noqa: UP007
        Field(discriminator="kind"),
    ]


def twin_of(name: str) -> str:
    """Name of the lottery twin of a regime: the same money and instruments, with priorities drawn by lot."""
    return f"{name}{BY_LOT}"


def _built_in_regimes() -> dict[str, RegimeSpec]:
    return {name: regime.spec_type.model_validate({"kind": name}) for name, regime in REGIMES.items()}


class Scenario(Section):
    """Everything that a run depends on, but for its seed."""

    story: Story = Field(default=Story(), description="Title, paragraph and questions for class.")
    steps: int = parameter(80, "Horizon: number of steps, one a quarter.", unit="quarters", ge=1, le=10_000)
    knowledge_space: KnowledgeSpaceSpec = KnowledgeSpaceSpec()
    start: StartSpec = StartSpec()
    firms: FirmsSpec = FirmsSpec()
    absorption: AbsorptionSpec = AbsorptionSpec()
    potentials: PotentialsSpec = PotentialsSpec()
    life_cycles: LifeCyclesSpec = LifeCyclesSpec()
    research: ResearchSpec = ResearchSpec()
    recombination: RecombinationSpec = RecombinationSpec()
    forgetting: ForgettingSpec = ForgettingSpec()
    ties: TiesSpec = TiesSpec()
    market: MarketSpec = MarketSpec()
    entry: EntrySpec = EntrySpec()
    organisations: OrganisationsSpec = OrganisationsSpec()
    instruments: InstrumentsSpec = InstrumentsSpec()
    membership: MembershipSpec = MembershipSpec()
    processes: ProcessesSpec = ProcessesSpec()
    policy: PolicySpec = PolicySpec()
    regimes: dict[Identifier, AnyRegimeSpec] = Field(
        default_factory=_built_in_regimes,
        max_length=256,
        description="Regimes by name: the built-in ones, changed or not, and a user's own.",
    )
    events: tuple[Event, ...] = parameter((), "Scheduled events.", max_length=1000)
    channels: ChannelsSpec = ChannelsSpec()
    recording: RecordingSpec = RecordingSpec()

    @property
    def all_regimes(self) -> dict[str, RegimeSpec]:
        """Regimes by name, and the lottery twin of each that chooses: the same, with priorities drawn by lot."""
        twins = {
            twin_of(name): regime.model_copy(update={"by_lot": True})
            for name, regime in self.regimes.items()
            if isinstance(regime, SwitchedSpec) and not regime.by_lot
        }
        return {**self.regimes, **{name: twin for name, twin in twins.items() if name not in self.regimes}}

    @field_validator("regimes", mode="before")
    @classmethod
    def _built_in_regimes_remain(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        given = {
            name: {"kind": name, **table} if isinstance(table, dict) and name in REGIMES else table
            for name, table in value.items()
        }
        return {**_built_in_regimes(), **given}

    @model_validator(mode="after")
    def _sections_agree(self) -> Self:
        refuse(
            [
                *self._odd_regimes(),
                *self._odd_policymakers(),
                *self._odd_events(),
                *self._too_few_firms(),
                *self._too_long_grants(),
            ]
        )
        return self

    def _too_long_grants(self) -> Iterator[Problem]:
        grant = self.instruments.rd_grant
        # What nobody has set, or only written down as it is, may be longer than a short run.
        usual = type(grant).model_fields["duration"].default
        if grant.duration != usual and grant.duration > self.steps:
            rule = f"must be at most {self.steps}, the horizon (steps)"
            yield Problem(("instruments", "rd_grant", "duration"), rule, grant.duration)

    def _too_few_firms(self) -> Iterator[Problem]:
        needed = self.knowledge_space.measured.active
        if self.firms.number < needed:
            rule = f"must be at least {needed}: one for each measured domain in which somebody is employed"
            yield Problem(("firms", "number"), rule, self.firms.number)

    def _odd_regimes(self) -> Iterator[Problem]:
        for name, regime in self.regimes.items():
            key = ("regimes", name)
            if name in REGIMES and regime.kind != name:
                rule = f'must be "{name}", the built-in regime; give a regime of your own another name'
                yield Problem((*key, "kind"), rule, regime.kind)
            for instrument, share in regime.delivery.items():
                yield from not_known(
                    (*key, "delivery", instrument), "instruments", instrument, INSTRUMENTS, share
                )
            for index, number in enumerate(getattr(regime, "political_list", ())):
                if number > self.knowledge_space.sectors:
                    rule = f"must be at most {self.knowledge_space.sectors}, the number of sectors"
                    yield Problem((*key, "political_list", index), rule, number)
            for index, number in enumerate(getattr(regime, "listed_domains", ())):
                if number > self.knowledge_space.domains:
                    rule = f"must be at most {self.knowledge_space.domains}, the number of domains"
                    yield Problem((*key, "listed_domains", index), rule, number)

    def _odd_policymakers(self) -> Iterator[Problem]:
        left_out, domains = self.policy.left_out, self.knowledge_space.domains
        for index, number in enumerate(left_out):
            if number > domains:
                rule = f"must be at most {domains}, the number of domains"
                yield Problem(("policy", "left_out", index), rule, number)
        if len(set(left_out)) >= domains:
            yield Problem(("policy", "left_out"), "must leave something that can be a priority")
        for index, policymaker in enumerate(self.policy.policymakers):
            key = ("policy", "policymakers", index)
            yield from not_known((*key, "regime"), "regimes", policymaker.regime, self.all_regimes)
            if policymaker.start > self.steps:
                yield Problem(
                    (*key, "start"), f"must be at most {self.steps}, the horizon (steps)", policymaker.start
                )

    def _odd_events(self) -> Iterator[Problem]:
        policymakers = [policymaker.name for policymaker in self.policy.policymakers]
        space = self.knowledge_space
        for index, event in enumerate(self.events):
            key = ("events", index)
            if event.step > self.steps:
                yield Problem(
                    (*key, "step"), f"must be at most {self.steps}, the horizon (steps)", event.step
                )
            if isinstance(event, RegimeSwitch):
                yield from not_known((*key, "regime"), "regimes", event.regime, self.all_regimes)
                if event.policymaker:
                    yield from not_known(
                        (*key, "policymaker"), "policymakers", event.policymaker, policymakers
                    )
            elif isinstance(event, DemandShock | FrontierShock):
                for number, name in enumerate(event.domains):
                    yield from not_known((*key, "domains", number), "domains", name, space.all_domain_names)
                for number, name in enumerate(event.sectors):
                    yield from not_known((*key, "sectors", number), "sectors", name, space.all_sector_names)

    def with_regime(self, name: str) -> Scenario:
        """Give the whole budget to one policymaker under a regime, for the whole run.

        Parameters
        ----------
        name
            Name of a built-in regime or of one defined in the scenario.

        Returns
        -------
        Scenario
            A copy; scheduled switches of regime are left out.

        Raises
        ------
        ValueError
            If there is no regime of this name.
        """
        refuse(not_known(("regime",), "regimes", name, self.all_regimes))
        policy = self.policy.model_copy(update={"policymakers": (PolicymakerSpec(regime=name),)})
        events = tuple(event for event in self.events if event.kind != "regime_switch")
        return self.model_copy(update={"policy": policy, "events": events})
