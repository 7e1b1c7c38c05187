"""Why trust it: what the model is, what speaks for it and what against, for a class, on one screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import solara

from analysis.dashboard.charts.look import Look
from analysis.dashboard.page import Part, text
from analysis.dashboard.texts import Texts

PATH = Path(__file__).resolve().parents[1] / "trust.json"


@cache
def evidence() -> dict[str, Any]:
    """Give what was measured, as `docs.writers.trust` keeps it."""
    found: dict[str, Any] = json.loads(PATH.read_text("utf-8"))
    return found


@solara.component
def Trust(look: Look) -> None:
    """Show the page on what speaks for the model and what against."""
    texts, found = look.texts, evidence()
    with Part(texts("trust.title"), extra="kf-trust"):
        if found["outdated"]:
            text(texts("trust.outdated"), "kf-problem", tag="p")
        with solara.v.Html(tag="div", class_="kf-columns"):
            for name, points in (
                ("is", list(texts.several("trust.is"))), ("for", speaks_for(found, texts)),
                ("against", speaks_against(found, texts)),
            ):  # fmt: skip
                with solara.v.Html(tag="section", class_=f"kf-trust-{name}"):
                    text(texts(f"trust.{name}_title"), tag="h3")
                    with solara.v.Html(tag="ul"):
                        for point in points:
                            text(point, tag="li")
        text(texts("trust.so"), "kf-lead", tag="p")
        text(texts("trust.more"), "kf-note", tag="p")


def speaks_for(found: dict[str, Any], texts: Texts) -> list[str]:
    """Say what speaks for the model.

    Parameters
    ----------
    found
        See `evidence`.
    texts
        Messages.
    """
    facts = found["facts"]
    holds, built = _with(facts, "holds"), _with(facts, "by construction")
    names = _told(holds, texts)
    said = [texts("trust.facts_hold", holds=len(holds), all=len(facts), seeds=found["seeds"], names=names)]
    if built:
        said.append(texts("trust.facts_built", count=len(built), names=_told(built, texts)))
    if "replication" in found:
        said.append(texts("trust.replication", **found["replication"]))
    if "europe" in found:
        said.append(texts("trust.europe_tells", **_numbers(found["europe"]["tells_entries"], texts)))
    return [*said, texts("trust.twice")]


def speaks_against(found: dict[str, Any], texts: Texts) -> list[str]:
    """Say what speaks against the model; see `speaks_for`."""
    facts = found["facts"]
    said = []
    for verdict, key in (("partly", "facts_partly"), ("does not hold", "facts_not")):
        some = _with(facts, verdict)
        if some:
            said.append(texts(f"trust.{key}", count=len(some), all=len(facts), names=_told(some, texts)))
    if "europe" in found:
        enters = {side: texts.share(value) for side, value in found["europe"]["enters"].items()}
        said += [
            texts("trust.europe_enters", **enters),
            texts("trust.europe_foretells", **_numbers(found["europe"]["foretells"], texts)),
        ]
    calibration = found["calibration"]
    if calibration["outside"]:
        said.append(texts("trust.calibration", **calibration))
    return [*said, texts("trust.assumptions", limits=found["limits"])]


def _with(facts: dict[str, str], verdict: str) -> list[str]:
    return [name for name, given in facts.items() if given == verdict]


def _told(names: Sequence[str], texts: Texts) -> str:
    return "; ".join(texts.known(f"trust.facts.{name}", name.replace("_", " ")) for name in names)


def _numbers(values: dict[str, float], texts: Texts) -> dict[str, str]:
    return {side: texts.number(value, 2) for side, value in values.items()}
