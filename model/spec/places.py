"""Follows a path, as pydantic or a user gives it, to what is declared there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from model.spec.declarations import Declaration, describe, describe_type, is_section, plain_type, variants
from model.spec.section import Section

Part = str | int


@dataclass(frozen=True)
class Place:
    """Where a path leads to.

    Attributes
    ----------
    path
        The path, without the kinds that stand in pydantic's own.
    annotation
        Type declared there; ``None`` where nothing is declared.
    declared
        The field whose value is there, or holds what is there.
    section
        Section on the way that is closest to it.
    section_path
        Path of that section.
    """

    path: tuple[Part, ...]
    annotation: Any
    declared: FieldInfo | None
    section: type[Section]
    section_path: tuple[Part, ...]

    def declaration(self) -> Declaration | None:
        """Describe the value that belongs here; ``None`` for a section, or where nothing is declared."""
        bare, _ = plain_type(self.annotation)
        if self.declared is None or bare is None or self.holds_sections:
            return None
        key = ".".join(map(str, self.path))
        if self.annotation is self.declared.annotation:
            return describe(key, self.declared)
        return describe_type(self.annotation, self.declared, key=key)

    @property
    def holds_sections(self) -> bool:
        """Whether a section belongs here, or a list or table of them."""
        bare, _ = plain_type(self.annotation)
        member = (
            plain_type(get_args(bare)[-1 if get_origin(bare) is dict else 0])[0] if get_args(bare) else None
        )
        return any(is_section(kind) or bool(variants(kind)) for kind in (bare, member))


def locate(root: type[Section], parts: Sequence[Part], data: object = None) -> Place:
    """Follow a path through the declarations.

    Parameters
    ----------
    root
        Section in which the path starts.
    parts
        The path. Without ``data`` it is one of pydantic's, in which kinds of entries are parts.
    data
        What is in the section; tells kinds of entries where the path does not.

    Returns
    -------
    Place
        What is declared there.
    """
    walk = _Walk(root, data)
    for part in parts:
        walk.go(part, tagged=data is None)
    if data is not None:
        walk.choose_by_data()
    return Place(tuple(walk.path), walk.annotation, walk.declared, walk.section, walk.section_path)


class _Walk:
    def __init__(self, root: type[Section], data: object) -> None:
        self.annotation: Any = root
        self.data = data
        self.path: list[Part] = []
        self.declared: FieldInfo | None = None
        self.section = root
        self.section_path: tuple[Part, ...] = ()

    def go(self, part: Part, *, tagged: bool) -> None:
        choices = variants(self.annotation)
        if choices and tagged:
            self._enter(choices.get(str(part)))
            return
        self.choose_by_data()
        bare, _ = plain_type(self.annotation)
        if part == "[key]" and not is_section(bare):
            # So pydantic marks that the key itself is wrong.
            return
        self.path.append(part)
        self.data = _child(self.data, part)
        if is_section(bare):
            self.declared = bare.model_fields.get(str(part))
            self._enter(None if self.declared is None else self.declared.annotation)
        elif get_origin(bare) in {dict, tuple}:
            self._enter(get_args(bare)[1 if get_origin(bare) is dict else 0])
        else:
            self._enter(None)

    def choose_by_data(self) -> None:
        choices = variants(self.annotation)
        if choices:
            name = str(self.path[-1]) if self.path else ""
            given = self.data.get("kind") if isinstance(self.data, Mapping) else None
            self._enter(choices.get(given if isinstance(given, str) else name))

    def _enter(self, annotation: Any) -> None:
        self.annotation = annotation
        bare, _ = plain_type(annotation)
        if is_section(bare):
            self.section, self.section_path = bare, tuple(self.path)


def _child(data: object, part: Part) -> object:
    if isinstance(data, Mapping):
        return data.get(part)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return None
