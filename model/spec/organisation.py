"""Parameters of one kind of meso-organisation."""

from __future__ import annotations

import copy
from typing import Any, cast

from pydantic import create_model

from model.spec.section import Section, parameter

MOST_ORGANISATIONS = 100
"""Most organisations of one kind at the start."""


class OrganisationSpec(Section):
    """Number, capacity and own funding of one kind of meso-organisation."""

    number: int = parameter(
        1, "Organisations of this kind.", unit="organisations", ge=0, le=MOST_ORGANISATIONS
    )
    capacity: float = parameter(
        20.0,
        "Units of its service that one organisation delivers in a step.",
        unit="units/quarter",
        ge=0,
        le=1e6,
    )
    funding: float = parameter(
        0.0,
        "Money of its own per step, spent on its service for anybody, whatever the policy.",
        unit="wages/quarter",
        ge=0,
        le=1e6,
    )


class KnowingOrganisationSpec(OrganisationSpec):
    """As of any kind, and what an organisation knows that firms learn from."""

    knowledge: float = parameter(
        0.0, "Mean knowledge in the domains that it knows.", unit="frontier units", ge=0, le=1
    )
    breadth: float = parameter(0.0, "Share of all domains that it knows.", unit="share", ge=0, le=1)


class CarryingOrganisationSpec(KnowingOrganisationSpec):
    """As of any kind that knows something, and how it keeps up with universities, whose knowledge it carries."""

    uptake: float = parameter(
        0.0,
        "Share of what universities know better that it takes up in each programme of its own.",
        unit="share",
        ge=0,
        le=1,
    )


class FoundedOrganisationSpec(KnowingOrganisationSpec):
    """As of any kind that knows something, and whether policy founds such organisations in the course of a run."""

    may_be_founded: bool = parameter(
        True, "Whether policymakers may found organisations of this kind; else only those at the start exist."
    )


def organisation_spec(
    name: str, base: type[OrganisationSpec] = OrganisationSpec, **defaults: Any
) -> type[OrganisationSpec]:
    """Make the parameters of a kind of organisation: those of all kinds, with its own defaults.

    Parameters
    ----------
    name
        Name of the kind, as in TOML.
    base
        What can be set of this kind: :class:`KnowingOrganisationSpec` for one that firms learn from, and so on.
    **defaults
        Values that differ from the general ones.

    Returns
    -------
    type[OrganisationSpec]
        A subclass with the given defaults.
    """
    fields: dict[str, Any] = {}
    for key, value in defaults.items():
        declared = base.model_fields[key]
        field = copy.copy(declared)
        field.default = value
        fields[key] = (declared.annotation, field)
    title = "".join(part.title() for part in name.split("_")) + "KindSpec"
    made: Any = create_model(title, __base__=base, __doc__=base.__doc__, __module__=__name__, **fields)
    # Runs are sent between processes, and pickle finds a class by its name in its module.
    globals()[title] = made
    return cast("type[OrganisationSpec]", made)
