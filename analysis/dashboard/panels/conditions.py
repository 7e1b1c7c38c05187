"""The conditions: sliders of the region and of policy, and the switches of each regime."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara

from analysis.dashboard.captions import bounds_words, control_help, control_label, control_unit
from analysis.dashboard.charts.look import Look
from analysis.dashboard.controls import POLICY, REGION, Control, axis_controls, regime_controls
from analysis.dashboard.session import Picture
from analysis.dashboard.texts import Texts
from analysis.dashboard.view import Value
from analysis.dashboard.widgets import Controls


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
    words = {name: texts(f"controls.{name}") for name in ("label", "reset", "help", "exact", "source")}
    words["language"] = texts.language
    Controls(
        groups=groups_of(picture, look),
        words=words,
        event_set=lambda told: on_set(str(told["name"]), told["value"]),
    )


def groups_of(picture: Picture, look: Look) -> list[dict[str, Any]]:
    """Lay out all controls of a view in groups."""
    texts, base = look.texts, picture.setting.base
    changes = dict(picture.view.changes)
    groups = [
        _group("region", texts("controls.region"), axis_controls(REGION, base), changes, texts),
        _group("policy", texts("controls.policy"), axis_controls(POLICY, base), changes, texts),
    ]
    for regime in picture.view.regimes:
        controls = regime_controls(regime, base)
        if controls:
            group = _group(regime, texts.regime(regime), controls, changes, texts)
            colour = look.colour(regime, picture.view.regimes)
            groups.append(group | {"folded": True, "colour": colour})
    return groups


def _group(
    name: str, label: str, controls: Sequence[Control], changes: dict[str, Value], texts: Texts
) -> dict[str, Any]:
    laid_out = [_laid_out(control, changes.get(control.name, control.base), texts) for control in controls]
    return {
        "name": name, "label": label, "folded": False, "colour": "", "controls": laid_out,
        "changed": sum(control.name in changes for control in controls),
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
