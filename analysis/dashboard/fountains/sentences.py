"""The chronicle in a language: a sentence for each event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from analysis.dashboard.fountains.chronicle import Event
from analysis.dashboard.fountains.layout import Layout
from analysis.dashboard.texts import Texts


def sentence(event: Event, layout: Layout, texts: Texts) -> str:
    """Tell an event.

    Parameters
    ----------
    event
        What happened, see `analysis.dashboard.fountains.chronicle`.
    layout
        Names of domains and sectors, in the language of the texts.
    texts
        Messages.
    """
    kind = event["kind"]
    if kind == "policy":
        return "; ".join(
            texts(f"chronicle.{what}", names=_listed(event[what], texts))
            for what in ("supported", "piloted", "stopped")
            if event[what]
        )
    names = {key: layout[f"{key}s"][event[key]] for key in ("domain", "sector") if key in event}
    if kind == "found":
        sectors = [layout["sectors"][each] for each in event["sectors"]] or ["–"]
        how = event["how"]
        if how == "recombined":
            alike = "one" if len(sectors) < 2 else "same" if sectors[0] == sectors[1] else "two"
            how = f"recombined_{alike}"
        return texts(f"chronicle.found_{how}", one=sectors[0], other=sectors[-1], **names)
    return texts(f"chronicle.{kind}", place=event.get("place", 0) + 1, **names)


def chronicle(
    events: Sequence[Iterable[Event]], layout: Layout, texts: Texts, regime: str = ""
) -> list[list[Any]]:
    """Tell a run: quarter, sentence, kind and domain (-1 none) of everything that happened, in order.

    Parameters
    ----------
    events
        Events of each quarter.
    layout, texts
        As for `sentence`.
    regime
        Label of the regime, where two are told together.
    """
    told = []
    for step, some in enumerate(events):
        for event in some:
            what = sentence(event, layout, texts)
            if regime:
                what = texts("chronicle.side", what=what, regime=regime)
            line = texts("chronicle.quarter", step=step, what=what)
            told.append([step, line, event["kind"], event.get("domain", -1)])
    return told


def _listed(entries: Sequence[tuple[str, str]], texts: Texts) -> str:
    return ", ".join(_target(priority, name, texts) for priority, name in entries)


def _target(priority: str, name: str, texts: Texts) -> str:
    """Name a priority; the policy's log calls a cluster ``sector, place 3``."""
    if priority != "cluster":
        return texts.name(name)
    sector, _, place = name.rpartition(", place ")
    return texts("chronicle.cell", sector=texts.name(sector), place=place)
