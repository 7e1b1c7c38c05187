"""Loads scenarios: from TOML, with what they extend and single settings on top, fully checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import tomli_w
from pydantic import ValidationError

from model.loading.errors import MOST_COMPLAINTS, ScenarioError
from model.loading.inheritance import Origins, read_chain
from model.loading.library import find, library
from model.loading.messages import complaints
from model.loading.reading import read_table, shown
from model.loading.settings import apply, parse_settings
from model.scenario import Scenario
from model.spec.section import Section

__all__ = ["ScenarioError", "dump_scenario", "library", "load_scenario", "load_section", "read_section"]

AnySection = TypeVar("AnySection", bound=Section)


def load_scenario(
    reference: Scenario | str | Path, settings: Mapping[str, object] | Sequence[str] = ()
) -> Scenario:
    """Load a scenario.

    Parameters
    ----------
    reference
        Name of a story in ``scenarios/library``, path of a file that ends in ``.toml``, or a scenario
        that is to be changed.
    settings
        Single settings on top: ``"dotted.key=value"`` texts, or values by dotted key.

    Returns
    -------
    Scenario
        The scenario, fully checked.

    Raises
    ------
    ScenarioError
        If anything is wrong; its text is the message for the user.
    """
    changes = parse_settings(settings)
    if isinstance(reference, Scenario):
        table, origins = reference.model_dump(mode="json"), Origins("scenario")
    else:
        table, origins = read_chain(find(reference))
    apply(table, changes, Scenario, origins)
    return _validate(table, Scenario, origins)


def load_section(
    section: type[AnySection], settings: Mapping[str, object] | Sequence[str] = ()
) -> AnySection:
    """Load parameters that are no scenario: defaults, with single settings on top.

    Parameters
    ----------
    section
        Where they are declared.
    settings
        As for :func:`load_scenario`.

    Returns
    -------
    Section
        The parameters, fully checked.

    Raises
    ------
    ScenarioError
        If anything is wrong; its text is the message for the user.
    """
    table: dict[str, Any] = {}
    origins = Origins("parameters")
    apply(table, parse_settings(settings), section, origins)
    return _validate(table, section, origins)


def read_section(path: Path, section: type[AnySection]) -> AnySection:
    """Read a TOML file that is no scenario, but is declared and checked like one.

    Parameters
    ----------
    path
        A file.
    section
        What it must be.

    Returns
    -------
    Section
        What it says, fully checked.

    Raises
    ------
    ScenarioError
        If it cannot be read or anything in it is wrong; its text is the message for the user.
    """
    return _validate(read_table(path), section, Origins(shown(path)))


def _validate(table: dict[str, Any], section: type[AnySection], origins: Origins) -> AnySection:
    try:
        return section.model_validate(table)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise ScenarioError(*complaints(found, section, origins, MOST_COMPLAINTS)) from None


def dump_scenario(scenario: Scenario) -> str:
    """Write a scenario in full, defaults included, as TOML that loads as an equal one.

    Parameters
    ----------
    scenario
        Any scenario.

    Returns
    -------
    str
        TOML.
    """
    return tomli_w.dumps(scenario.model_dump(mode="json"))
