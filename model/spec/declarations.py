"""Walks over the declarations: error messages, suggestions, tables and controls are made from this."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from model.spec.section import Section

Kind = Literal["integer", "number", "switch", "choice", "text", "list", "table"]

ANY_ENTRY = "N"
"""Stands for the number of an entry in the key of what is declared once for all entries of a list."""


@dataclass(frozen=True)
class Bounds:
    """Bounds of a number, or of the length of a text, list or table; ``None`` where there is none."""

    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None
    min_length: int | None = None
    max_length: int | None = None


@dataclass(frozen=True)
class Declaration:
    """What is known about one parameter.

    Attributes
    ----------
    key
        Dotted key, ``"firms.number"``; the number of an entry of a list is ``N``.
    variant
        Kind of the entry of a list to which the key belongs, such as ``"demand_shock"``; mostly empty.
    kind
        What sort of value it is.
    default
        Value when a scenario says nothing; ``None`` if it must be given.
    required
        Whether it must be given.
    unit
        Unit; ``"1"`` for a pure number, empty for what is not a number.
    description
        One sentence.
    source
        Author and year, or ``"assumption"``.
    bounds
        Bounds of the value, and of its length.
    choices
        Values of a choice; empty for everything else.
    entry
        What each entry of a list or table is.
    """

    key: str
    variant: str
    kind: Kind
    default: Any
    required: bool
    unit: str
    description: str
    source: str
    bounds: Bounds = field(default_factory=Bounds)
    choices: tuple[str, ...] = ()
    entry: Declaration | None = None

    @property
    def section(self) -> str:
        """Dotted key of the table that it is in; empty at the top."""
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """Last part of its key."""
        return self.key.rpartition(".")[2]


def is_section(annotation: Any) -> bool:
    """Whether a type is a section, a table with declared keys."""
    return isinstance(annotation, type) and issubclass(annotation, Section)


def plain_type(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Take a type out of its annotations.

    Parameters
    ----------
    annotation
        A type, possibly ``Annotated``, possibly several times.

    Returns
    -------
    tuple
        The bare type and the annotations, outermost last.
    """
    metadata: tuple[Any, ...] = ()
    while get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        metadata = (*more, *metadata)
    return annotation, metadata


def variants(annotation: Any) -> dict[str, type[Section]]:
    """List the kinds of section among which ``kind`` chooses.

    Parameters
    ----------
    annotation
        A type.

    Returns
    -------
    dict
        Kind and section; empty if the type is no such choice.
    """
    bare, _ = plain_type(annotation)
    if get_origin(bare) not in {Union, types.UnionType}:
        return {}
    sections = [plain_type(member)[0] for member in get_args(bare)]
    return {str(get_args(member.model_fields["kind"].annotation)[0]): member for member in sections}


@cache
def declarations(root: type[Section]) -> tuple[Declaration, ...]:
    """List everything that is declared, in the order of declaration.

    Parameters
    ----------
    root
        Section in which to start; usually the scenario.

    Returns
    -------
    tuple[Declaration, ...]
        One declaration a parameter. Parameters of the built-in regimes have keys of their own; those
        of entries of a list have an ``N`` in the key.
    """
    return tuple(_walk_section(root, "", ""))


def _walk_section(section: type[Section], prefix: str, variant: str) -> Iterator[Declaration]:
    for name, declared in section.model_fields.items():
        yield from _walk_field(f"{prefix}{name}", declared, variant)


def _walk_field(key: str, declared: FieldInfo, variant: str) -> Iterator[Declaration]:
    bare, _ = plain_type(declared.annotation)
    arguments = get_args(bare)
    if is_section(bare):
        yield from _walk_section(bare, f"{key}.", variant)
    elif get_origin(bare) is tuple and is_section(plain_type(arguments[0])[0]):
        yield from _walk_section(plain_type(arguments[0])[0], f"{key}.{ANY_ENTRY}.", variant)
    elif get_origin(bare) is tuple and variants(arguments[0]):
        for tag, member in variants(arguments[0]).items():
            yield from _walk_section(member, f"{key}.{ANY_ENTRY}.", tag)
    elif get_origin(bare) is dict and variants(arguments[1]):
        for name, value in declared.get_default(call_default_factory=True).items():
            yield from _walk_section(type(value), f"{key}.{name}.", variant)
    else:
        yield describe(key, declared, variant)


def describe(key: str, declared: FieldInfo, variant: str = "") -> Declaration:
    """Describe a field of a section.

    Parameters
    ----------
    key
        Dotted key.
    declared
        The field.
    variant
        Kind of entry to which it belongs.

    Returns
    -------
    Declaration
        What is known about it.
    """
    default = declared.get_default(call_default_factory=True)
    required = default is PydanticUndefined
    return describe_type(
        declared.annotation,
        declared,
        key=key,
        variant=variant,
        default=None if required else default,
        required=required,
        metadata=tuple(declared.metadata),
    )


_KINDS: dict[Any, Kind] = {
    bool: "switch",
    int: "integer",
    float: "number",
    str: "text",
    Literal: "choice",
    tuple: "list",
    dict: "table",
}


def describe_type(
    annotation: Any,
    declared: FieldInfo,
    *,
    key: str,
    variant: str = "",
    default: Any = None,
    required: bool = False,
    metadata: tuple[Any, ...] = (),
) -> Declaration:
    """Describe a value of a type that is part of a field.

    Parameters
    ----------
    annotation
        Type of the value.
    declared
        The field.
    key, variant, default, required
        What is known about the value.
    metadata
        Bounds that the type does not tell.

    Returns
    -------
    Declaration
        What is known about it.
    """
    extra = declared.json_schema_extra if isinstance(declared.json_schema_extra, dict) else {}
    bare, inner = plain_type(annotation)
    kind = _KINDS[get_origin(bare) or bare]
    entry = None
    if kind in {"list", "table"}:
        member = get_args(bare)[0 if kind == "list" else 1]
        entry = describe_type(member, declared, key=f"{key}.{ANY_ENTRY}", variant=variant)
    return Declaration(
        key=key,
        variant=variant,
        kind=kind,
        default=float(default) if kind == "number" and default is not None else default,
        required=required,
        unit=str(extra.get("unit", "")),
        description=declared.description or "",
        source=str(extra.get("source", "")),
        bounds=_bounds((*inner, *metadata)),
        choices=tuple(map(str, get_args(bare))) if kind == "choice" else (),
        entry=entry,
    )


def _bounds(metadata: tuple[Any, ...]) -> Bounds:
    found: dict[str, Any] = {}
    for item in metadata:
        # A field's own annotations lie in its metadata, or in a field inside the type.
        for part in item.metadata if isinstance(item, FieldInfo) else (item,):
            for name in Bounds.__dataclass_fields__:
                value = getattr(part, name, None)
                if value is not None:
                    found[name] = value
    return Bounds(**found)
