"""How fast runs are: the default comparison, its parts, and how cost grows.

Run with ``python -m benchmarks.speed``; times are of this machine, ratios are what to compare.
"""

from __future__ import annotations

import time

from analysis.runs.execution import execute
from analysis.runs.experiment import Experiment
from benchmarks.timing import best_of, kernels_watched
from model.loading import load_scenario
from model.region import DEFAULT_SCENARIO, Region, run, warm_up
from model.scenario import Scenario

REGIMES = ("none", "sector", "cluster", "smart_specialisation")


def per_step(scenario: Scenario, repeats: int = 5, steps: int = 40) -> float:
    """Milliseconds per step of a run that has warmed up, at best."""
    times = []
    for seed in range(repeats):
        region = Region(scenario, seed=seed)
        for _ in range(8):
            region.step()
        begun = time.perf_counter()
        for _ in range(steps):
            region.step()
        times.append((time.perf_counter() - begun) / steps * 1000)
    return min(times)


def comparison(scenario: Scenario) -> None:
    """Time the default comparison, 4 regimes x 16 seeds, in two processes and in one."""
    tasks = Experiment(DEFAULT_SCENARIO, scenario, REGIMES).tasks()
    for jobs in (2, 1):
        seconds = best_of(3, lambda jobs=jobs: execute(tasks, jobs))
        print(f"compare, 4 regimes x 16 seeds, {jobs} processes: {seconds:.2f} s")


def kernels_and_rest(scenario: Scenario) -> None:
    """Compare whole runs with the time spent inside kernels alone."""
    for regime in REGIMES:
        chosen = scenario.with_regime(regime)
        whole = min(run(chosen, seed).seconds for seed in range(6))
        inside = []
        with kernels_watched() as watch:
            for seed in range(6):
                watch.seconds = 0.0
                run(chosen, seed)
                inside.append(watch.seconds)
        steps = scenario.steps
        print(
            f"{regime:22s} {1000 * whole / steps:6.3f} ms a step, kernels {1000 * min(inside) / steps:6.3f} ms, "
            f"ratio {whole / min(inside):.2f}"
        )


def growth(scenario: Scenario) -> None:
    """Show how the cost of a step grows with firms, domains and ties, against the default."""
    base = per_step(scenario)
    print(f"default (200 firms, 32 domains, 16 slots): {base:.3f} ms a step = 1")
    for firms in (1_000, 10_000):
        changed = load_scenario(scenario, {"firms.number": firms, "steps": 60})
        print(f"{firms:6d} firms: {per_step(changed, 2, 10) / base:8.2f}")
    small = Scenario.model_validate({})
    bare = per_step(small)
    for domains in (64, 128):
        changed = load_scenario(small, {"knowledge_space.domains": domains})
        print(f"{domains:6d} domains: {per_step(changed, 2, 20) / bare:8.2f}")
    for cost in (0.003, 0.05):
        changed = load_scenario(scenario, {"ties.cost": cost})
        region = Region(changed, seed=0)
        while region.running:
            region.step()
        degree = float(region.record.series[-1][list(region.datacollector.model_vars).index("degree")])
        print(f"tie cost {cost} (mean degree {degree:.1f}): {per_step(changed, 3, 20) / base:8.2f}")


def main() -> None:
    """Run all of it."""
    warm_up(print)
    scenario = load_scenario(DEFAULT_SCENARIO)
    comparison(scenario)
    kernels_and_rest(scenario)
    growth(scenario)


if __name__ == "__main__":
    main()
