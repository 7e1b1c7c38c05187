"""What somebody looks at, as a value; the address of the page holds all of it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from model.record import OBSERVABLES, OUTCOMES
from model.scenario import REGIME_NAMES

Value = bool | int | float | str

PAGES = ("compare", "desk", "tipping", "europe", "watch", "lesson", "trust")
CHARTS = ("lead", "mind", "levels", "seed")
"""What the large chart shows: the paired lead over the baseline; the lead of each regime over its twin that draws
lots; means with their bands; one seed."""

SPLITS = ("policies", "recombination")
"""What is watched side by side: two policies, or one with networked recombination and without."""

LANGUAGES = ("en", "de")
APPEARANCES = ("auto", "light", "dark")
SKIPPED = "skipped"
"""In the place of a guess: who wants to see the answer without one."""

DEFAULT_STORY = "machine_building_meets_iot"
TYPICAL = -1
"""In the place of a first seed: the usual seeds, the one first that is typical of the story."""
LAST_SEED = 2**31 - 1
OWN_POLICY = "composed"
"""Regime that is put together on the desk."""
MOST_CHANGES = 60
MOST_STEPS = 10_000
SUBJECTS = ("firm", "organisation", "domain")
MOST_FIELDS = 200
"""Parts of an address."""
LONGEST_NAME = 60
LONGEST_REFERENCE = 120
LONGEST_OWN = 8_000
"""Characters of a packed scenario: addresses of this length pass through servers and mails."""


@dataclass(frozen=True)
class View:
    """Everything that decides on what is seen.

    Attributes
    ----------
    page
        Name in `PAGES`.
    story
        Name of a story of the library.
    own
        Scenario of the user's own, packed by `analysis.dashboard.state.uploaded_scenario.pack`; empty for none.
    region
        Measured region in the place of the scenario's own: a code, or what
        `analysis.dashboard.state.uploaded_regions.Table.reference` gives; empty for none.
    changes
        Values of controls that differ from the scenario, by name of control.
    regimes
        Regimes that are compared.
    seed
        First seed of the runs, or `TYPICAL`.
    outcome
        Observable that the charts show and the text is about.
    chart
        Name in `CHARTS`.
    language, appearance, large
        How it is shown: language, colours, and large type for a second screen.
    split
        Name in `SPLITS`.
    left, right
        Regimes that are watched side by side; only the left one where recombination is compared.
    quarter, subject
        Where the animation stands, and whose story is told: ``firm:12``, ``organisation:3`` or ``domain:0``.
    x, y
        Axes of the response surface.
    policy
        Regime whose priorities and winners the desk shows.
    guess
        Regime that was guessed to lead, or `SKIPPED`.
    tour
        Step of the tour, 0 outside of it.
    """

    page: str = "compare"
    story: str = DEFAULT_STORY
    own: str = ""
    region: str = ""
    changes: tuple[tuple[str, Value], ...] = ()
    regimes: tuple[str, ...] = REGIME_NAMES
    seed: int = TYPICAL
    outcome: str = OUTCOMES[0]
    chart: str = CHARTS[0]
    language: str = "en"
    appearance: str = "auto"
    large: bool = False
    split: str = SPLITS[0]
    left: str = "cluster"
    right: str = "smart_specialisation"
    quarter: int = 0
    subject: str = ""
    x: str = "absorptive_capacity"
    y: str = "recombination"
    policy: str = OWN_POLICY
    guess: str = ""
    tour: int = 0

    def changed(self, name: str, value: Value | None) -> View:
        """Set a control to a value, or back to what the scenario says if it is None."""
        changes = {key: each for key, each in self.changes if key != name}
        if value is not None:
            changes[name] = value
        return replace(self, changes=tuple(sorted(changes.items())))

    @property
    def slug(self) -> str:
        """What files that are taken along are called after: story and region."""
        region = "".join(each if each.isalnum() else "-" for each in self.region.rpartition(":")[2])
        return "-".join(filter(None, ("my-scenario" if self.own else self.story, region)))

    @property
    def bare(self) -> bool:
        """Whether nothing was chosen yet but how it looks, and perhaps a guess made: somebody has just come in."""
        look = {name: getattr(self, name) for name in ("language", "appearance", "large", "guess")}
        return self == replace(View(), **look)

    @property
    def conditions(self) -> tuple[Any, ...]:
        """Scenario and changes, without whom and with which luck they are run."""
        return self.story, self.own, self.region, self.changes

    @property
    def place(self) -> tuple[str, str, str]:
        """Which region is shown under which story: settings of different ones have no common scale."""
        return self.story, self.own, self.region

    @property
    def setting(self) -> tuple[Any, ...]:
        """What runs are made from: views that agree in it show the same curves."""
        return *self.conditions, self.regimes, self.seed


def to_search(view: View) -> str:
    """Write a view as the part of an address behind the question mark; defaults are left out."""
    pairs: list[tuple[str, str]] = []
    for field in fields(View):
        value = getattr(view, field.name)
        if value == field.default:
            continue
        if field.name == "changes":
            pairs += [("set", f"{name}:{json.dumps(each)}") for name, each in value]
        elif isinstance(value, tuple):
            pairs.append((field.name, ",".join(value)))
        elif isinstance(value, bool):
            pairs.append((field.name, "1"))
        else:
            pairs.append((field.name, str(value)))
    return urlencode(pairs, quote_via=quote, safe=":,")


def from_search(search: str) -> tuple[View, tuple[str, ...]]:
    """Read a view from an address.

    Parameters
    ----------
    search
        What stands behind the question mark.

    Returns
    -------
    tuple
        The view, and what of the address made no sense; that is left out.
    """
    found: dict[str, Any] = {}
    changes: dict[str, Value] = {}
    odd: list[str] = []
    try:
        pairs = parse_qsl(search.removeprefix("?"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return View(), (f"more than {MOST_FIELDS} parts",)
    for name, text in pairs:
        try:
            if name == "set":
                key, value = _change(text)
                changes[key] = value
            elif name == "bands":
                # Of links that are older than the chart of leads.
                found |= {"chart": "levels"} if _switch(text) else {}
            else:
                found[name] = _READERS[name](text)
        except (KeyError, ValueError):
            odd.append(f"{name}={text}"[:80])
    if len(changes) > MOST_CHANGES:
        odd.append(f"set ({len(changes)})")
        changes = {}
    return View(**found, changes=tuple(sorted(changes.items()))), tuple(odd)


def _change(text: str) -> tuple[str, Value]:
    name, separator, value = text.partition(":")
    if not separator or not _is_key(name) or len(value) > 400:
        raise ValueError(text)
    read = json.loads(value)
    if not isinstance(read, bool | int | float | str):
        raise ValueError(text)  # noqa: TRY004 - as everything else that makes no sense
    if isinstance(read, float) and not math.isfinite(read):
        raise ValueError(text)
    return name, read


def _is_key(text: str) -> bool:
    parts = text.split(".")
    return len(text) <= 120 and all(part.isascii() and part.replace("_", "a").isalnum() for part in parts)


def _one_of(*names: str) -> Any:
    def read(text: str) -> str:
        if text not in names:
            raise ValueError(text)
        return text

    return read


def _name(text: str) -> str:
    if not text or len(text) > LONGEST_NAME or not _is_key(text):
        raise ValueError(text)
    return text


def _names(text: str) -> tuple[str, ...]:
    names = tuple(_name(part) for part in text.split(","))
    if len(set(names)) < len(names) or len(names) > 12:
        raise ValueError(text)
    return names


def _number(low: int, high: int) -> Any:
    def read(text: str) -> int:
        if not text.isdecimal() or not text.isascii() or len(text) > 10 or not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    return read


def _switch(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError(text)
    return text == "1"


def _packed(text: str) -> str:
    if len(text) > LONGEST_OWN or not text.isascii():
        raise ValueError(text)
    return text


def _reference(text: str) -> str:
    if not text or len(text) > LONGEST_REFERENCE or not text.isprintable():
        raise ValueError(text)
    return text


def _subject(text: str) -> str:
    kind, separator, number = text.partition(":")
    if (
        kind not in SUBJECTS
        or not separator
        or not number.isdecimal()
        or not number.isascii()
        or len(number) > 10
    ):
        raise ValueError(text)
    return text


_READERS: Mapping[str, Any] = {
    "page": _one_of(*PAGES),
    "story": _name,
    "own": _packed,
    "region": _reference,
    "regimes": _names,
    "seed": _number(0, LAST_SEED),
    "outcome": _one_of(*OBSERVABLES),
    "chart": _one_of(*CHARTS),
    "language": _one_of(*LANGUAGES),
    "appearance": _one_of(*APPEARANCES),
    "large": _switch,
    "split": _one_of(*SPLITS),
    "left": _name,
    "right": _name,
    "quarter": _number(0, MOST_STEPS),
    "subject": _subject,
    "x": _name,
    "y": _name,
    "policy": _name,
    "guess": _name,
    "tour": _number(0, 5),
}
