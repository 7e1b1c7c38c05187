"""Writes the declarations as a page of tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from model.spec import phrases
from model.spec.declarations import ANY_ENTRY, Declaration, declarations
from model.spec.section import Section

_COLUMNS = ("key", "type", "unit", "bounds", "default", "description", "source")
_TYPES = {
    "integer": "whole number",
    "number": "number",
    "switch": "true or false",
    "choice": "choice",
    "text": "text",
    "list": "list",
    "table": "table",
}
_INTRODUCTION = """# Parameters

Every parameter of a scenario, as declared in `model/spec/`, `model/policy/` and `model/meso/`. This page is
generated from the declarations with `python -m model.loading.generated`; nothing here is edited by hand.

A parameter is set in a scenario file, under the heading of its table, or for one run with `--set` by its
dotted key: `--set firms.number=300`. An entry of a list goes by its number, from 0 on:
`policy.policymakers.0.share`. A regime of your own, `[regimes.NAME]`, names as its `kind` the built-in regime
that it is a variant of and has the parameters of that one. Unit 1 stands for a pure number. *Source* names
where the mechanism or the value comes from; *assumption* marks a choice of this model.
"""


def parameter_page(root: type[Section]) -> str:
    """Write all parameters as a Markdown page.

    Parameters
    ----------
    root
        Section in which to start; usually the scenario.

    Returns
    -------
    str
        Markdown.
    """
    groups = groupby(declarations(root), key=lambda declared: (declared.section, declared.variant))
    return "\n".join([_INTRODUCTION, *(_section(*where, list(group)) for where, group in groups)])


def _section(section: str, variant: str, declared: list[Declaration]) -> str:
    lines = [f"## {_heading(section, variant)}", ""]
    lines += ["| " + " | ".join(_COLUMNS) + " |", "|" + " --- |" * len(_COLUMNS)]
    lines += ["| " + " | ".join(_cells(declaration)) + " |" for declaration in declared]
    return "\n".join([*lines, ""])


def _heading(section: str, variant: str) -> str:
    if not section:
        return "At the top"
    if not section.endswith(f".{ANY_ENTRY}"):
        return f"`[{section}]`"
    heading = f"`[[{section.removesuffix(f'.{ANY_ENTRY}')}]]`"
    return f'{heading} with `kind = "{variant}"`' if variant else heading


def _cells(declaration: Declaration) -> Iterator[str]:
    words = declaration.kind in {"text", "list"} and declaration.source == "assumption"
    yield f"`{declaration.name}`"
    yield _type(declaration)
    yield declaration.unit or "-"
    yield _bounds(declaration) or "-"
    yield "must be given" if declaration.required else f"`{phrases.value(declaration.default, 200)}`"
    yield declaration.description.replace("|", "\\|")
    yield "-" if words else declaration.source


def _type(declaration: Declaration) -> str:
    kind = _TYPES[declaration.kind]
    return f"{kind} of {_TYPES[declaration.entry.kind]}s" if declaration.entry else kind


def _bounds(declaration: Declaration) -> str:
    if declaration.kind == "choice":
        return ", ".join(f"`{choice}`" for choice in declaration.choices)
    parts = [phrases.length(declaration)]
    if declaration.entry is not None:
        each = " ".join(
            filter(None, [phrases.bounds(declaration.entry.bounds), phrases.length(declaration.entry)])
        )
        parts.append(f"each {each}" if each else "")
    return ", ".join(filter(None, [phrases.bounds(declaration.bounds), *parts]))
