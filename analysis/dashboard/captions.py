"""Names, units and other words beside what is drawn, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.dashboard.charts.curves import Mark
from analysis.dashboard.charts.look import Look
from analysis.dashboard.state.controls import Control, value_of
from analysis.dashboard.state.own_policy import DELIVERY, THEMES, themes_in
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.seeds import ranges
from analysis.dashboard.state.settings import Setting
from analysis.dashboard.state.view import Value, View
from analysis.dashboard.texts import Texts
from analysis.runs.axes import NAMED
from model.record import OBSERVABLES
from model.scenario import Scenario

MOST_TOLD = 4
"""Changes of one regime that are named one by one."""


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


def axis_name(name: str, texts: Texts) -> str:
    """Give the name of an axis."""
    return texts.known(f"axes.{name}.label", NAMED[name].label)


def control_label(control: Control, texts: Texts) -> str:
    """Give the name of a control."""
    if control.name in NAMED:
        return texts.known(f"axes.{control.name}.label", NAMED[control.name].label)
    last = control.name.rpartition(".")[2]
    return key_label(last, texts)


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
        "panel": theme.background, "line": theme.grid, "quiet": theme.quiet, "link": texts("about.link"),
        "percent": "\u202f%" if texts.language == "de" else "%",
    }  # fmt: skip


def changes_between(before: View, now: View, setting: Setting, texts: Texts) -> str:
    """Say which controls differ between two views, and where they stand now.

    Parameters
    ----------
    before, now
        Views.
    setting
        Setting of the later one.
    texts
        Messages.
    """
    old, new = dict(before.changes), dict(now.changes)
    names = [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    return _changes_words({name: new.get(name) for name in names}, setting, texts)


def setting_words(view: View, setting: Setting, texts: Texts) -> str:
    """Say how a setting departs from its story."""
    return _changes_words(dict(view.changes), setting, texts) or texts("about.unchanged")


def _changes_words(changes: Mapping[str, Value | None], setting: Setting, texts: Texts) -> str:
    """Name controls and where they stand, those of a regime together, and only counted where they are many."""
    shared: list[str] = []
    of_regimes: dict[str, list[str]] = {}
    for name, value in changes.items():
        told = _change_words(name, value, setting, texts)
        owner = _owner(name)
        (of_regimes.setdefault(owner, []) if owner else shared).append(told)
    for owner, told_of_it in of_regimes.items():
        listed = ", ".join(told_of_it)
        if len(told_of_it) > MOST_TOLD:
            listed = texts("controls.many", count=len(told_of_it))
        shared.append(f"{texts.regime(owner)}: {listed}")
    return "; ".join(shared)


def _owner(name: str) -> str:
    """Give the regime that a control belongs to; empty for the region's."""
    parts = name.split(".")
    return parts[1] if parts[0] == "regimes" and len(parts) > 2 else ""


def _change_words(name: str, value: Value | None, setting: Setting, texts: Texts) -> str:
    label = texts.known(f"axes.{name}.label", NAMED[name].label) if name in NAMED else key_label(name, texts)
    if name in NAMED and NAMED[name].relative:
        return f"{label} × {texts.number(float(1.0 if value is None else value))}"
    if value is None:
        key = NAMED[name].keys[0] if name in NAMED else name
        value = value_of(setting.base, key)
    if name.endswith(f".{THEMES}"):
        return f"{label} {theme_words(value, setting, texts)}"
    return f"{label} {value_words(value, texts)}"


def theme_words(value: Value | Sequence[int], setting: Setting, texts: Texts) -> str:
    """Write the domains of a list by name; those that there are not by their number."""
    numbers = (
        themes_in(value) if isinstance(value, str) else tuple(value) if isinstance(value, Sequence) else ()
    )
    names = dict(enumerate(setting.scenario.knowledge_space.all_domain_names, start=1))
    told = [texts.name(names[number]) if number in names else str(number) for number in numbers]
    if len(told) > 1:
        return texts("words.and", names=", ".join(told[:-1]), last=told[-1])
    return told[0] if told else texts("controls.no_themes")


def value_words(value: Value | Sequence[int], texts: Texts) -> str:
    """Write the value of a control, or of a list that a control fills."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, bool):
        return texts("controls.yes" if value else "controls.no")
    if isinstance(value, str):
        return texts.known(f"choices.{value}", value.replace("_", " "))
    return texts.number(value, 4)


def key_label(key: str, texts: Texts) -> str:
    """Give the name of a parameter, or of an instrument whose share it is."""
    parts = key.split(".")
    plain = parts[-1].replace("_", " ")
    plain = plain[:1].upper() + plain[1:]
    if parts[-2:-1] == [DELIVERY]:
        return texts.known(f"instruments.{parts[-1]}", plain)
    return texts.known(f"parameters.{parts[-1]}.label", plain)


def place_words(picture: Picture, texts: Texts) -> str:
    """Name the story, or the region that is in its place."""
    view = picture.view
    story = (
        texts("bar.own")
        if view.own
        else texts.known(f"stories.{view.story}.title", picture.setting.base.story.title)
    )
    return f"{story}, {view.region.rpartition(':')[2]}" if view.region else story


def seeds_words(seeds: Sequence[int], texts: Texts) -> str:
    """Write which seeds are shown, those that follow each other as a range."""
    return ", ".join(
        str(first) if first == last else texts("compare.range", first=first, last=last)
        for first, last in ranges(seeds)
    )


def about_chart(picture: Picture, look: Look, title: str, said: str = "") -> dict[str, Any]:
    """Give what a chart says of itself on a slide: title, what it says, region, setting, seeds and source."""
    texts, seeds = look.texts, picture.sample.seeds
    return {
        "title": title, "said": said, "source": texts("about.source"),
        "lines": [
            place_words(picture, texts),
            setting_words(picture.view, picture.setting, texts),
            texts("about.seeds", which=seeds_words(seeds[: max(1, picture.sample.shown)], texts),
                  count=max(1, picture.sample.shown)) if seeds else "",
        ],
    }  # fmt: skip
