"""How large a region a browser bears: what a picture costs to take, to send and to draw, and whether the page answers.

Run with ``python -m benchmarks.dashboard_size``. For each number of firms a page of a server on this machine
watches two regimes as fountains: how long until the film is there, the time between pictures while it plays, what
drawing one takes, and how long the page was ever busy without a break (``longest task``). Then the curves of
four regimes: the time from a slider to first and to whole curves.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

from analysis.dashboard.fountains.frames import Camera, written
from model.loading import load_scenario
from model.region import Region
from tests.dashboard.browser import Visitor, chromium, server

STORY = "machine_building_meets_iot"

WATCH_TASKS = """() => {
    window.kfLongest = 0;
    new PerformanceObserver(found => found.getEntries().forEach(each => {
        window.kfLongest = Math.max(window.kfLongest, each.duration);
    })).observe({entryTypes: ['longtask']});
}"""

PLAY = """async () => {
    const fountains = document.querySelector('.kf-fountains').__vue__;
    const draws = [], stills = [];
    for (let step = 1; step <= fountains.last; step += 4) {
        fountains.step = step;
        await fountains.$nextTick();
        const begun = performance.now();
        fountains.stages.forEach(stage => { stage.key = ''; });
        fountains.draw();
        stills.push(performance.now() - begun);
        fountains.playing = true;
        for (const phase of [0.2, 0.5, 0.8]) {
            fountains.phase = phase; fountains.clock = step + phase;
            const start = performance.now();
            fountains.draw();
            draws.push(performance.now() - start);
        }
        fountains.playing = false;
    }
    fountains.step = 0;
    await fountains.$nextTick();
    window.kfLongest = 0;
    fountains.speed = 3;
    fountains.toggle();
    const gaps = [], end = performance.now() + SECONDS * 1000;
    let before = performance.now();
    while (fountains.playing && before < end) {
        await new Promise(done => requestAnimationFrame(done));
        const now = performance.now();
        gaps.push(now - before);
        before = now;
    }
    fountains.playing = false;
    return {draws, stills, gaps, longest: window.kfLongest, megabytes: fountains.film.length / 1e6};
}""".replace("SECONDS", "15")

SLIDE = """async () => {
    const canvas = document.querySelector('[data-chart=curves] .kf-canvas');
    const lines = () => canvas.kfChart.getOption().series.filter(s => s.id.startsWith('line:'));
    const shown = () => JSON.stringify(lines().map(s => s.data));
    const before = shown(), slider = document.querySelector('#kf-budget'), start = performance.now();
    slider.value = String(Number(slider.value) + 3);
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    let first = null;
    while (performance.now() - start < 120000) {
        await new Promise(done => setTimeout(done, 5));
        const changed = shown() !== before && lines().every(s => s.data[1] !== null);
        if (changed && first === null) first = performance.now() - start;
        if (changed && lines().every(s => !s.data.includes(null))) break;
    }
    return {first, whole: performance.now() - start, longest: window.kfLongest};
}"""


def main() -> None:
    """Measure each number of firms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, nargs="*", default=[200, 1000, 5000])
    arguments = parser.parse_args()
    for firms in arguments.firms:
        taking(firms)
    with server() as address, chromium() as browser:
        for firms in arguments.firms:
            watching(browser, address, firms)
            comparing(browser, address, firms)


def taking(firms: int) -> None:
    """Time a step of the model, alone and filmed, and taking and writing a quarter of film."""
    scenario = load_scenario(STORY, {"firms.number": firms}).with_regime("cluster")
    camera, plain = Camera(scenario, 10_000), Region(scenario, seed=10_000)
    steps, pictures, bare, size = [], [], [], 0
    while camera.running:
        start = time.perf_counter()
        plain.step()
        bare.append(time.perf_counter() - start)
        start = time.perf_counter()
        camera.step()
        between = time.perf_counter()
        size = len(written(camera.take()))
        steps.append(between - start)
        pictures.append(time.perf_counter() - between)
    print(
        f"{firms} firms: a step {1e3 * statistics.median(bare):.1f} ms, while it is filmed "
        f"{1e3 * statistics.median(steps):.1f} ms; a quarter of film {1e3 * statistics.median(pictures):.1f} ms and "
        f"{size / 1e3:.0f} kB"
    )


def watching(browser: Any, address: str, firms: int) -> None:
    """Watch two regimes play."""
    visitor = Visitor(browser, address)
    begun = time.perf_counter()
    visitor.open(f"story={STORY}&page=watch&set=size_of_region:{firms}")
    visitor.page.evaluate(WATCH_TASKS)
    visitor.page.wait_for_selector("[data-canvas=basin1]")
    there = time.perf_counter() - begun
    found = visitor.page.evaluate(PLAY)
    gaps = sorted(found["gaps"])
    print(
        f"{firms} firms watched: film of {found['megabytes']:.1f} MB there after {there:.1f} s; drawing both sides "
        f"{statistics.median(found['draws']):.1f} ms, slowest {max(found['draws']):.1f}, the first of a quarter "
        f"{statistics.median(found['stills']):.1f}; between pictures "
        f"{statistics.median(gaps):.1f} ms, p95 {gaps[int(0.95 * len(gaps))]:.1f}; longest task "
        f"{found['longest']:.0f} ms; errors {len(visitor.complaints)}"
    )
    visitor.leave()


def comparing(browser: Any, address: str, firms: int) -> None:
    """Move a slider under four curves."""
    visitor = Visitor(browser, address).open(f"story={STORY}&set=size_of_region:{firms}")
    visitor.settled()
    visitor.page.evaluate(WATCH_TASKS)
    found = visitor.page.evaluate(SLIDE)
    print(
        f"{firms} firms compared: first curves {found['first']:.0f} ms, whole {found['whole']:.0f} ms; longest task "
        f"{found['longest']:.0f} ms"
    )
    visitor.leave()


if __name__ == "__main__":
    main()
