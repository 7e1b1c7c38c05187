"""Names, units and other words beside what is drawn, in the language of the page."""

from __future__ import annotations

from typing import Any

from analysis.axes import NAMED
from analysis.dashboard.charts.curves import Mark
from analysis.dashboard.charts.look import Look
from analysis.dashboard.controls import Control
from analysis.dashboard.texts import Texts
from model.record import OBSERVABLES
from model.scenario import Scenario


def outcome_label(name: str, texts: Texts) -> str:
    """Give the name of an observable as people read it."""
    return texts.known(f"outcomes.{name}", OBSERVABLES[name].label)


def unit_label(unit: str, texts: Texts) -> str:
    """Give a unit as people read it."""
    return texts.known(f"units.{unit}", unit)


def axis_label(name: str, texts: Texts) -> str:
    """Give the name of an axis with its unit."""
    label, unit = NAMED[name].label, NAMED[name].unit
    return f"{texts.known(f'axes.{name}.label', label)} ({texts.known(f'axes.{name}.unit', unit)})"


def control_label(control: Control, texts: Texts) -> str:
    """Give the name of a control."""
    if control.name in NAMED:
        return texts.known(f"axes.{control.name}.label", NAMED[control.name].label)
    last = control.name.rpartition(".")[2]
    plain = last.replace("_", " ")
    return texts.known(f"parameters.{last}.label", plain[:1].upper() + plain[1:])


def control_help(control: Control, texts: Texts) -> str:
    """Give the sentence that explains a control."""
    if control.name in NAMED:
        return texts.known(f"axes.{control.name}.help", control.help)
    return texts.known(f"parameters.{control.name.rpartition('.')[2]}.help", control.help)


def control_unit(control: Control, texts: Texts) -> str:
    """Give the unit of a control."""
    if control.name in NAMED:
        return texts.known(f"axes.{control.name}.unit", control.unit)
    return unit_label(control.unit, texts)


def bounds_words(control: Control, texts: Texts) -> str:
    """Say what values a control can take."""
    if control.kind != "range" or control.low is None:
        return ""
    low = texts.number(control.low, 4)
    if control.high is None:
        return texts("controls.from", low=low)
    return texts("controls.from_to", low=low, high=texts.number(control.high, 4))


def marks_of(scenario: Scenario, texts: Texts) -> tuple[Mark, ...]:
    """List what a scenario plans, to be marked on the axis of time; switches of regime are not compared."""
    return tuple(
        Mark(event.step, _event_words(event, texts))
        for event in scenario.events
        if event.kind != "regime_switch"
    )


def _event_words(event: Any, texts: Texts) -> str:
    where = [*getattr(event, "domains", ()), *getattr(event, "sectors", ())]
    what = texts(f"events.{event.kind}", factor=texts.number(event.factor))
    return f"{what}: {texts.name(where[0])}{' …' if len(where) > 1 else ''}" if where else what


def chart_words(look: Look) -> dict[str, str]:
    """Give what a chart needs to write in the browser."""
    texts, theme = look.texts, look.theme
    return {
        "png": texts("charts.png"), "svg": texts("charts.svg"), "csv": texts("charts.csv"),
        "quarter": texts("charts.quarter"), "language": texts.language, "ink": theme.text,
        "panel": theme.background, "line": theme.grid,
    }  # fmt: skip
