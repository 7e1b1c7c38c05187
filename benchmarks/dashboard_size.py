"""How large a region a browser bears: what a picture costs to take, to send and to draw, and whether the page answers.

Run with ``python -m benchmarks.dashboard_size``. For each number of firms a page of a server on this machine
watches two regimes: how long until the film is there, the time between pictures while it plays at its fastest,
what drawing one takes, and how long the page was ever busy without a break (``longest task``). Then the curves of
four regimes: the time from a slider to first and to whole curves.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

from analysis.dashboard.film import take_frame, written
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
    const canvas = document.querySelector('[data-canvas=network0]');
    const film = canvas.closest('.kf-film').parentElement.__vue__;
    const draws = [];
    for (let step = 0; step <= film.last; step += 4) {
        film.step = step;
        await film.$nextTick();
        const start = performance.now();
        film.draw();
        draws.push(performance.now() - start);
    }
    film.step = 0;
    document.querySelector('[data-tool=speed]').value = '20';
    document.querySelector('[data-tool=speed]').dispatchEvent(new Event('change'));
    document.querySelector('[data-tool=play]').click();
    const gaps = [];
    let before = performance.now();
    while (film.playing) {
        await new Promise(done => requestAnimationFrame(done));
        const now = performance.now();
        gaps.push(now - before);
        before = now;
    }
    return {draws, gaps, longest: window.kfLongest, megabytes: film.films.length / 1e6};
}"""

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
    """Time a step of the model, and taking and writing a picture of it."""
    region = Region(load_scenario(STORY, {"firms.number": firms}), regime="cluster", seed=10_000)
    steps, pictures, size = [], [], 0
    while region.running:
        start = time.perf_counter()
        region.step()
        between = time.perf_counter()
        size = len(written(take_frame(region)))
        steps.append(between - start)
        pictures.append(time.perf_counter() - between)
    print(
        f"{firms} firms: a step {1e3 * statistics.median(steps):.1f} ms, a picture "
        f"{1e3 * statistics.median(pictures):.1f} ms and {size / 1e3:.0f} kB"
    )


def watching(browser: Any, address: str, firms: int) -> None:
    """Watch two regimes play."""
    visitor = Visitor(browser, address)
    begun = time.perf_counter()
    visitor.open(f"story={STORY}&page=watch&set=size_of_region:{firms}")
    visitor.page.evaluate(WATCH_TASKS)
    visitor.page.wait_for_selector("[data-canvas=network1]")
    there = time.perf_counter() - begun
    found = visitor.page.evaluate(PLAY)
    gaps = sorted(found["gaps"])
    print(
        f"{firms} firms watched: film of {found['megabytes']:.1f} MB there after {there:.1f} s; drawing a step "
        f"{statistics.median(found['draws']):.1f} ms, slowest {max(found['draws']):.1f}; between pictures "
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
