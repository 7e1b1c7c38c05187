"""Turns what pydantic found into lines for people: source, key, value, what is allowed, what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic_core import ErrorDetails

from model.loading.inheritance import Origins
from model.loading.readings import what_to_write
from model.loading.suggestions import suggest
from model.spec import phrases
from model.spec.declarations import plain_type, variants
from model.spec.places import Place, locate
from model.spec.problem import CROSS_CHECK, Problem, listed, nearest
from model.spec.section import Section


def complaints(
    errors: Iterable[ErrorDetails], root: type[Section], origins: Origins, most: int
) -> tuple[list[str], int]:
    """Write errors as lines.

    Parameters
    ----------
    errors
        What pydantic found.
    root
        Section that was validated.
    origins
        Where each value comes from.
    most
        Most lines.

    Returns
    -------
    tuple
        The lines, and how many there would be.
    """
    found, lines, notes = 0, list[str](), set[str]()
    for error in errors:
        number = len(error["ctx"]["problems"]) if error["type"] == CROSS_CHECK else 1
        found += number
        if len(lines) < most:
            lines += [_line(problem, origins, notes) for problem in _problems(error, root)]
    return lines[:most], found


def _line(problem: Problem, origins: Origins, notes: set[str]) -> str:
    given = f" = {phrases.value(problem.value)}" if problem.has_value else ""
    hint = f'; did you mean "{problem.meant}"?' if problem.meant else ""
    note = "" if problem.note in notes else problem.note
    notes.add(note)
    return f"{origins.of(problem.key)}: {phrases.key(*problem.key)}{given}: {problem.rule}{hint}{note}"


def _problems(error: ErrorDetails, root: type[Section]) -> list[Problem]:
    place = locate(root, error["loc"])
    if error["type"] == CROSS_CHECK:
        inner: Sequence[Problem] = error["ctx"]["problems"]
        return [replace(problem, key=(*place.path, *problem.key)) for problem in inner]
    finding = _Finding(place, error["input"], root)
    return [_EXPLANATIONS.get(error["type"], _not_allowed)(finding)]


@dataclass(frozen=True)
class _Finding:
    place: Place
    given: Any
    root: type[Section]


def _unknown_key(finding: _Finding) -> Problem:
    place = finding.place
    where = phrases.key(*place.section_path) or finding.root.model_config.get("title") or "a scenario"
    note = f" Keys of {where}: {listed(list(place.section.model_fields))}"
    meant = suggest(place, finding.root)
    rule = f"there is no such key; did you mean {' or '.join(meant)}?" if meant else "there is no such key."
    return Problem(place.path, rule, finding.given, note=note)


def _missing(finding: _Finding) -> Problem:
    return Problem(finding.place.path, f"is missing; it must be {_allowed(finding.place)}")


def _kind_missing(finding: _Finding) -> Problem:
    path, kinds = finding.place.path, tuple(variants(finding.place.annotation))
    meant = nearest(str(path[-1]), kinds)
    hint = f"; did you mean {phrases.key(*path[:-1], meant)}?" if meant else ""
    return Problem((*path, "kind"), f"is missing; it must be one of {_quoted(kinds)}{hint}")


def _kind_unknown(finding: _Finding) -> Problem:
    kinds = tuple(variants(finding.place.annotation))
    kind = finding.given.get("kind") if isinstance(finding.given, Mapping) else finding.given
    return Problem((*finding.place.path, "kind"), f"must be one of {_quoted(kinds)}", kind, kinds)


def _odd_name(finding: _Finding) -> Problem:
    rule = "must have a name that starts with a letter and has at most 60 letters, digits, - and _"
    return Problem(finding.place.path, rule)


def _not_allowed(finding: _Finding) -> Problem:
    declaration = finding.place.declaration()
    choices = () if declaration is None else declaration.choices
    told = ""
    if declaration is not None and declaration.kind in {"number", "integer"}:
        told = what_to_write(finding.given, declaration)
    rule = f"must be {_allowed(finding.place)}{f'; {told}' if told else ''}"
    return Problem(finding.place.path, rule, finding.given, choices)


def _allowed(place: Place) -> str:
    declaration = place.declaration()
    if declaration is not None:
        return phrases.allowed(declaration)
    bare, _ = plain_type(place.annotation)
    if isinstance(bare, type) and issubclass(bare, Section):
        return f"a table with keys such as {listed(list(bare.model_fields))}"
    if variants(bare):
        return f"a table with a kind, which is one of {_quoted(variants(bare))}"
    limit = _limit(place)
    if bare is not None and getattr(bare, "__origin__", None) is dict:
        return f"a table of tables{limit}, one for each name"
    return f"a list of tables{limit}"


def _limit(place: Place) -> str:
    metadata = place.declared.metadata if place.declared is not None else []
    longest = next((item.max_length for item in metadata if hasattr(item, "max_length")), None)
    return f" (at most {longest})" if longest else ""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


_EXPLANATIONS: dict[str, Callable[[_Finding], Problem]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "union_tag_not_found": _kind_missing,
    "union_tag_invalid": _kind_unknown,
    "string_pattern_mismatch": _odd_name,
}
