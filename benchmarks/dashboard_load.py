"""Thirty people at the dashboard at once: how long they wait, and whether memory stays flat.

Run with ``python -m benchmarks.dashboard_load``. It starts a server on this machine, opens that many pages in
Chromium, lets every one of them move sliders for some time, and looks at the memory of server and workers.
Another part opens and closes pages and looks whether memory comes back.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from typing import Any

import psutil

from tests.dashboard.browser import ROOT, Visitor, chromium, free_port

SEARCH = "story=machine_building_meets_iot"


def memory(process: subprocess.Popen[Any]) -> float:
    """Give the memory of the server and its workers in MB."""
    server = psutil.Process(process.pid)
    return sum(each.memory_info().rss for each in (server, *server.children(recursive=True))) / 1e6


def move(visitor: Visitor, notch: int) -> float:
    """Move a slider and wait for first curves in the browser; gives the seconds that it took."""
    return float(
        visitor.page.evaluate(
            """async notch => {
                const canvas = document.querySelector('[data-chart=curves] .kf-canvas');
                const lines = () => canvas.kfChart.getOption().series.filter(s => s.id.startsWith('line:'));
                const data = () => JSON.stringify(lines().find(s => s.id === 'line:cluster').data);
                const before = data();
                const slider = document.querySelector('#kf-budget');
                const start = performance.now();
                slider.value = String(notch);
                slider.dispatchEvent(new Event('input', {bubbles: true}));
                for (let at = 0; at < 3000; at += 1) {
                    await new Promise(done => setTimeout(done, 10));
                    if (data() !== before && lines().every(s => s.data[1] !== null)) break;
                }
                return (performance.now() - start) / 1000;
            }""",
            notch,
        )
    )


def main() -> None:
    """Open pages, move sliders, close pages, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--visits", type=int, default=20)
    arguments = parser.parse_args()
    port = free_port()
    command = [
        sys.executable,
        "run.py",
        "dashboard",
        "--port",
        str(port),
        "--max-sessions",
        str(arguments.people),
    ]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        time.sleep(12)
        with chromium() as browser:
            crowd(browser, f"http://127.0.0.1:{port}/", process, arguments.people, arguments.rounds)
            come_and_go(browser, f"http://127.0.0.1:{port}/", process, arguments.visits)
    finally:
        process.terminate()
        process.wait(20)


def crowd(browser: Any, address: str, process: subprocess.Popen[Any], people: int, rounds: int) -> None:
    """Let many people move sliders in turn, all of them with their pages open."""
    begun = time.perf_counter()
    visitors = [Visitor(browser, address).open(SEARCH) for _ in range(people)]
    for visitor in visitors:
        visitor.settled()
    print(f"{people} pages opened in {time.perf_counter() - begun:.1f} s; memory {memory(process):.0f} MB")
    for number in range(rounds):
        waits = [move(visitor, 5 + (7 * place + 11 * number) % 34) for place, visitor in enumerate(visitors)]
        print(
            f"round {number + 1}: change to first curves in the browser: "
            f"median {1e3 * statistics.median(waits):.0f} ms, slowest {1e3 * max(waits):.0f} ms; "
            f"memory {memory(process):.0f} MB"
        )
    complaints = [each for visitor in visitors for each in visitor.complaints]
    print(f"errors in the browser: {len(complaints)}")
    for visitor in visitors:
        visitor.page.close(run_before_unload=True)
        visitor.leave()


def come_and_go(browser: Any, address: str, process: subprocess.Popen[Any], visits: int) -> None:
    """Open a page, look, close it, again and again."""
    for visit in range(visits):
        visitor = Visitor(browser, address).open(SEARCH)
        visitor.settled()
        visitor.page.close(run_before_unload=True)
        visitor.leave()
        if visit % max(1, visits // 4) == 0 or visit == visits - 1:
            print(f"after {visit + 1} visits: memory {memory(process):.0f} MB")


if __name__ == "__main__":
    main()
