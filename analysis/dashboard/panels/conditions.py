"""The conditions: sliders of the region and of policy, and the switches of each regime."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara

from analysis.dashboard.captions import bounds_words, control_help, control_label, control_unit
from analysis.dashboard.charts.look import Look
from analysis.dashboard.state.controls import POLICY, REGION, Control, axis_controls, regime_controls
from analysis.dashboard.state.own_policy import PREFIX, SWITCHES, instrument_controls
from analysis.dashboard.state.picture import Picture
from analysis.dashboard.state.view import OWN_POLICY, Value
from analysis.dashboard.texts import Texts
from analysis.dashboard.widgets import Controls

FRONT = ("absorptive_capacity", "recombination", "openness", "budget")
"""Conditions that everybody sees; the others are for experts."""

FEW = 4
"""Controls of a regime that everybody sees who opens it: the switches that separate regimes."""


@solara.component
def Conditions(picture: Picture, look: Look, on_set: Callable[[str, Value | None], None]) -> None:
    """Show all that can be set.

    Parameters
    ----------
    picture
        What is shown.
    look
        How it looks.
    on_set
        Told the name of a control and its value, None to set it back.
    """
    texts = look.texts
    words = {
        name: texts(f"controls.{name}") for name in ("label", "reset", "help", "exact", "source", "expert")
    }
    words["language"] = texts.language
    Controls(
        groups=groups_of(picture, look),
        words=words,
        event_set=lambda told: on_set(str(told["name"]), told["value"]),
    )


def groups_of(picture: Picture, look: Look) -> list[dict[str, Any]]:
    """Lay out all controls of a view: few in front, the rest for experts."""
    texts, base = look.texts, picture.setting.base
    changes = dict(picture.view.changes)
    own = desk_groups(picture, look) if picture.view.page == "desk" else []
    everything = {each.name: each for each in axis_controls((*REGION, *POLICY), base)}
    front = [everything.pop(name) for name in FRONT if name in everything]
    conditions = _group(
        "conditions", texts("controls.conditions"), front, [*everything.values()], changes, texts
    )
    groups = [*own, conditions]
    for regime in picture.view.regimes:
        if own and regime == OWN_POLICY:
            continue
        controls = regime_controls(regime, base)
        if controls:
            group = _group(regime, texts.regime(regime), controls[:FEW], controls[FEW:], changes, texts)
            group |= {"folded": True, "colour": look.colour(regime, picture.view.regimes)}
            groups.append(group | {"about": texts.known(f"explained.{regime}", "")})
    return groups


def desk_groups(picture: Picture, look: Look) -> list[dict[str, Any]]:
    """Lay out what one's own policy is put together from: how it chooses, and what it buys."""
    texts, base, changes = look.texts, picture.setting.base, dict(picture.view.changes)
    known = {control.name: control for control in regime_controls(OWN_POLICY, base)}
    switches = [known.pop(f"{PREFIX}{name}") for name in SWITCHES]
    weights = instrument_controls(base)
    groups = [
        _group(OWN_POLICY, texts("desk.switches"), switches, [*known.values()], changes, texts),
        _group("instruments", texts("desk.instruments"), weights, (), changes, texts),
    ]
    shares_ = picture.setting.scenario.regimes[OWN_POLICY].delivery
    for part in groups[1]["parts"][0]:
        name = part["name"].rpartition(".")[2]
        part["label"] = texts.known(f"instruments.{name}", name.replace("_", " "))
        part["unit"] = texts("desk.share", share=texts.percent(100 * shares_.get(name, 0.0)))
    groups[1]["about"] = texts("desk.instruments_about")
    for group in groups:
        group["colour"] = look.colour(OWN_POLICY, picture.view.regimes)
    return groups


def _group(
    name: str, label: str, front: Sequence[Control], expert: Sequence[Control], changes: dict[str, Value],
    texts: Texts,
) -> dict[str, Any]:  # fmt: skip
    def lay_out(controls: Sequence[Control]) -> list[dict[str, Any]]:
        return [_laid_out(control, changes.get(control.name, control.base), texts) for control in controls]

    return {
        "name": name, "label": label, "folded": False, "colour": "", "about": "",
        "parts": [lay_out(front), lay_out(expert)],
        "changed": sum(control.name in changes for control in (*front, *expert)),
        "changed_expert": sum(control.name in changes for control in expert),
    }  # fmt: skip


def _laid_out(control: Control, value: Value, texts: Texts) -> dict[str, Any]:
    names = [texts.known(f"choices.{point}", str(point).replace("_", " ")) for point in control.points]
    return {
        "name": control.name, "kind": control.kind, "value": value, "base": control.base,
        "points": list(control.points), "names": names if control.kind == "choice" else [],
        "low": control.low, "high": control.high, "whole": control.whole,
        "label": control_label(control, texts), "unit": control_unit(control, texts),
        "help": control_help(control, texts), "bounds": bounds_words(control, texts), "source": control.source,
    }  # fmt: skip
