"""Makes a film of fountains, and says where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.console.terminal import Terminal
from analysis.dashboard.fountains.film import Shooting, make_film
from analysis.dashboard.texts import languages
from analysis.errors import RequestError
from analysis.regions.application import load_with_region
from analysis.runs.suggestion import did_you_mean
from model.scenario import Scenario


@dataclass(frozen=True)
class Wanted:
    """What is asked for, as it was typed.

    Attributes
    ----------
    scenario, settings, region
        What is run.
    regimes
        One or two regimes, with commas between.
    recombination
        Whether one regime is shown with networked recombination and without.
    seed, first, quarters
        Seed, None for the one typical of the story; first quarter of the film, and how many.
    language
        Language of the film.
    size
        Width and height, with an x between.
    out
        File to write.
    """

    scenario: str
    settings: Sequence[str]
    region: str | None
    regimes: str
    recombination: bool
    seed: int | None
    first: int
    quarters: int
    language: str
    size: str
    out: Path


def film(wanted: Wanted, terminal: Terminal) -> None:
    """Make a film and write it.

    Parameters
    ----------
    wanted
        What is asked for.
    terminal
        Where progress and result are said.

    Raises
    ------
    RequestError
        If there is no such regime or language, the size is none, or there is no browser to draw with.
    """
    scenario = load_with_region(wanted.scenario, wanted.settings, wanted.region)
    sides = tuple(part.strip() for part in wanted.regimes.split(",") if part.strip())
    _check_regimes(sides, scenario, wanted)
    if wanted.language not in languages():
        raise RequestError(
            field="language", value=wanted.language, rule="there is no such language",
            remedy=f"choose one of {', '.join(languages())}",
        )  # fmt: skip
    width, height = _size(wanted.size)
    if wanted.out.suffix.lower() != ".gif":
        raise RequestError(
            field="out", value=str(wanted.out), rule="a film is a GIF", remedy="end its name in .gif"
        )
    seed = scenario.story.typical_seed if wanted.seed is None else wanted.seed
    shooting = Shooting(
        scenario, sides * 2 if wanted.recombination else sides, (True, False) if wanted.recombination else (),
        seed, wanted.first, wanted.quarters, wanted.language, width, height,
    )  # fmt: skip
    made = make_film(shooting, lambda what: terminal.say(f"{what} ..."))
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    wanted.out.write_bytes(made)
    terminal.say(
        f"A film of quarters {shooting.first} to {shooting.last}, {len(made) / 1e6:.1f} MB: {wanted.out}"
    )


def _check_regimes(sides: Sequence[str], scenario: Scenario, wanted: Wanted) -> None:
    known = scenario.all_regimes
    for name in sides:
        if name not in known:
            raise RequestError(
                field="regimes", value=name, rule=f"there is no such regime{did_you_mean(name, known)}",
                remedy=f"choose among {', '.join(scenario.regimes)}",
            )  # fmt: skip
    most = 1 if wanted.recombination else 2
    if not 1 <= len(sides) <= most:
        what = "one regime" if wanted.recombination else "one regime or two"
        raise RequestError(
            field="regimes", value=wanted.regimes, rule=f"a film shows {what}", remedy="name fewer"
        )


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (
        width.isdecimal() and height.isdecimal() and 320 <= int(width) <= 1920 and 240 <= int(height) <= 1200
    ):
        raise RequestError(
            field="size", value=text, rule="must be width x height, from 320x240 to 1920x1200",
            remedy="write it like 960x600",
        )  # fmt: skip
    return int(width), int(height)
