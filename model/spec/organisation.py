"""Parameters of one kind of meso-organisation."""

from __future__ import annotations

import copy
from typing import Any, cast

from pydantic import create_model

from model.spec.section import Section, parameter


class OrganisationSpec(Section):
    """Number, capacity and own funding of one kind of meso-organisation."""

    number: int = parameter(1, "Organisations of this kind.", unit="organisations", ge=0, le=100)
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


def organisation_spec(name: str, **defaults: Any) -> type[OrganisationSpec]:
    """Make the parameters of a kind of organisation: those of all kinds, with its own defaults.

    Parameters
    ----------
    name
        Name of the kind, as in TOML.
    **defaults
        Values that differ from the general ones; a kind that is given knowledge is one that firms learn from.

    Returns
    -------
    type[OrganisationSpec]
        A subclass with the given defaults.
    """
    fields: dict[str, Any] = {}
    base = KnowingOrganisationSpec if "knowledge" in defaults else OrganisationSpec
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
