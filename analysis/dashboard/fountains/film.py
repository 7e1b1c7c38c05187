"""A film of two runs as a file: drawn by a browser of this machine, with the drawing of the page."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.dashboard.charts.look import dashes
from analysis.dashboard.fountains.frames import Camera, Frame, written
from analysis.dashboard.fountains.layout import layout_of
from analysis.dashboard.fountains.script import SECTOR_COLOURS, script
from analysis.dashboard.fountains.sentences import chronicle
from analysis.dashboard.texts import Texts
from analysis.errors import RequestError
from analysis.figures.style import THEMES, regime_colours
from model.loading import load_scenario
from model.meso import ORGANISATION_KINDS
from model.scenario import Scenario
from model.space import build_space
from model.streams import Streams

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)  # fmt: skip
PATIENCE = 900
"""Seconds in which a browser has to have drawn a film."""

COUNTS = ("researched", "learnt", "recombined", "piloted", "forgotten")

PAGE = """<!doctype html><meta charset="utf-8"><body><script>
onerror = (what) => {{ document.body.textContent = "drawing failed: " + what; }};
{script}
filmPage({given});
</script>"""


@dataclass(frozen=True)
class Shooting:
    """What is filmed.

    Attributes
    ----------
    scenario
        Resolved scenario with all its regimes.
    sides
        Regimes side by side.
    recombination
        Whether networked recombination happens, for each side.
    seed
        Seed of both runs.
    first, quarters
        First quarter of the film and how many there are.
    language
        Language of all that is written.
    width, height
        Size in pixels.
    pictures, seconds
        Pictures in a second, and seconds that a quarter lasts.
    """

    scenario: Scenario
    sides: tuple[str, ...]
    recombination: tuple[bool, ...] = ()
    seed: int = 10_000
    first: int = 0
    quarters: int = 24
    language: str = "en"
    width: int = 960
    height: int = 600
    pictures: int = 10
    seconds: float = 0.7

    @property
    def last(self) -> int:
        """Last quarter of the film."""
        return min(self.scenario.steps, self.first + self.quarters - 1)


def make_film(shooting: Shooting, progress: Callable[[str], None] = lambda _: None) -> bytes:
    """Film two runs.

    Parameters
    ----------
    shooting
        What is filmed.
    progress
        Told what is being done.

    Returns
    -------
    bytes
        The film, as a GIF.

    Raises
    ------
    RequestError
        If there is no browser to draw it, or the quarters are none of the run.
    """
    if shooting.first > shooting.scenario.steps:
        raise RequestError(
            field="first", value=shooting.first, rule=f"the run ends in quarter {shooting.scenario.steps}",
            remedy="film an earlier one",
        )  # fmt: skip
    browser = _browser()
    frames = []
    for place, regime in enumerate(shooting.sides):
        progress(f"running {regime.replace('_', ' ')}")
        frames.append(_run(shooting, place))
    progress("drawing")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "film.html"
        page.write_text(page_of(shooting, frames), "utf-8")
        said = subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                "--dump-dom", page.as_uri(),
            ],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    found = re.search(r"<pre>([A-Za-z0-9+/=]+)</pre>", said.stdout)
    if found is None:
        told = re.search(r"drawing failed: [^<]*", said.stdout)
        why = told.group(0) if told else said.stderr.strip()[-300:] or f"exit code {said.returncode}"
        raise RequestError(f"The browser {browser} drew no film: {why}")
    return base64.b64decode(found.group(1))


def page_of(shooting: Shooting, frames: Sequence[Sequence[Frame]]) -> str:
    """Write a page that draws what was filmed, and needs nothing else.

    Parameters
    ----------
    shooting
        What is filmed.
    frames
        All quarters of each side.
    """
    texts, scenario = Texts(shooting.language), shooting.scenario
    sides, chronicles = [], []
    for place, regime in enumerate(shooting.sides):
        space = build_space(scenario.knowledge_space, Streams(shooting.seed))
        layout = layout_of(space) | {"places": scenario.firms.places}
        layout |= {key: [texts.name(each) for each in layout[key]] for key in ("domains", "sectors")}
        label = texts.regime(regime)
        if shooting.recombination:
            label = texts("watch.on" if shooting.recombination[place] else "watch.off", regime=label)
        dashed = dashes(regime)
        sides.append(layout | {
            "label": label, "dashes": [] if isinstance(dashed, str) else dashed,
            "colour": regime_colours(scenario.all_regimes, THEMES["dark"])[regime],
        })  # fmt: skip
        chronicles.append(chronicle([frame.events for frame in frames[place]], layout, texts))
    given = {
        "colours": list(SECTOR_COLOURS), "words": words(texts), "from": shooting.first, "last": shooting.last,
        "film": {
            "width": shooting.width, "height": shooting.height, "pictures": shooting.pictures,
            "seconds": shooting.seconds, "quarters": shooting.quarters,
        },
        "told": {
            "title": scenario.story.title, "quarter": texts("watch.time"), "sides": sides,
            "source": texts("watch.film_source", seed=shooting.seed), "chronicles": chronicles,
        },
    }  # fmt: skip
    films = "[" + ",".join("[" + ",".join(map(written, side)) + "]" for side in frames) + "]"
    # Nothing in a name may end the script.
    safe = (json.dumps(given)[:-1] + f', "frames": {films}}}').replace("</", "<\\/")
    return PAGE.format(script=script(), given=safe)


def words(texts: Texts) -> dict[str, str]:
    """Give what a film writes beside names."""
    found = {name: texts(f"watch.{name}") for name in COUNTS} | {"language": texts.language}
    return found | {
        f"letter_{kind}": texts.known(f"letters.{kind}", kind[0].upper()) for kind in ORGANISATION_KINDS
    }


def _run(shooting: Shooting, place: int) -> list[Frame]:
    scenario = shooting.scenario.with_regime(shooting.sides[place])
    if shooting.recombination and not shooting.recombination[place]:
        scenario = load_scenario(scenario, {"channels.networked_recombination": False})
    camera = Camera(scenario, shooting.seed)
    frames = [camera.take()]
    while camera.running:
        camera.step()
        frames.append(camera.take())
    camera.region.__dict__.clear()
    return frames


def _browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise RequestError(
            "There is no browser on this machine that can draw a film: install Chromium, Chrome or Edge, or save the "
            "film from the page Watch of the dashboard, in whatever browser."
        )
    return found
