"""Set what is known in scenarios and points of sweeps: `python -m benchmarks.settings --tries 2000`.

Random parameters get random values, right and wrong ones, in the ways in which people write them. What is accepted must
run, with what was set and nothing else changed; what is wrong must be refused in words.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import tomli_w

from benchmarks.made_points import judge_points
from model import run
from model.loading import ScenarioError, load_scenario
from model.scenario import Scenario

Outcome = tuple[int, str, str]
"""Seed, verdict (right, refused, wrong), and why."""

SMALL: dict[str, Any] = {
    "steps": 3, "firms.number": 14, "start.run_up": 2, "knowledge_space.domains": 10, "knowledge_space.sectors": 2,
    "knowledge_space.cross_cutting_domains": 2,
}  # fmt: skip
"""What makes a run short."""

LEFT = ("story.", "events", "knowledge_space.measured.", "processes.", "policy.policymakers", "recording.")
"""What is no single parameter."""

WRONG_NUMBERS: tuple[Any, ...] = (
    "many",
    "1,5",
    "",
    True,
    [1.0],
    float("nan"),
    float("inf"),
    -1e300,
    {"a": 1},
)


def flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Give the values of a scenario by dotted key."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{before}{key}"
        found |= flat(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return found


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give a table of tables from values by dotted key."""
    table: dict[str, Any] = {}
    for key, value in values.items():
        *parts, last = key.split(".")
        node = table
        for part in parts:
            node = node.setdefault(part, {})
        node[last] = value
    return table


def base_values() -> dict[str, Any]:
    """Give the values of the scenario that is changed."""
    return flat(load_scenario(Scenario(), SMALL).model_dump(mode="json"))


def draw(luck: random.Random, base: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """Draw settings, and whether one of them is wrong for sure."""
    names = [key for key, value in base.items() if _is_single(key, value)]
    chosen = luck.sample(names, luck.choice([1, 1, 2, 3, 6]))
    settings = {name: _near(luck, base[name]) for name in chosen}
    if luck.random() < 0.3:
        name = luck.choice(chosen)
        settings[name] = _wrong(luck, base[name])
        return settings, True
    return settings, False


def _is_single(key: str, value: object) -> bool:
    return not key.startswith(LEFT) and key not in SMALL and isinstance(value, bool | int | float)


def _near(luck: random.Random, value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return max(0, value + luck.choice([-2, -1, 1, 2, 3]))
    digits = luck.choice([2, 4, 12])
    return round(value * luck.uniform(0.6, 1.4), digits) if value else round(luck.random() / 2, digits)


def _wrong(luck: random.Random, value: Any) -> Any:
    if isinstance(value, bool):
        return luck.choice(["perhaps", 0.5, 2])
    if isinstance(value, int) and luck.random() < 0.5:
        return value + 0.5
    return luck.choice(WRONG_NUMBERS)


def _written(luck: random.Random, settings: dict[str, Any], folder: Path) -> tuple[Any, Any]:
    """Write settings in one of the ways of people: what is loaded, and what is set on top."""
    way = luck.choice(["mapping", "options", "dotted", "sections", "extended"])
    if way == "mapping":
        return Scenario(), {**SMALL, **settings}
    if way == "options" and all(not isinstance(value, dict) for value in settings.values()):
        return Scenario(), [f"{key}={_text(value)}" for key, value in {**SMALL, **settings}.items()]
    path = folder / "mine.toml"
    whole = {**SMALL, **settings}
    if way == "dotted":
        lines = "".join(tomli_w.dumps({"x": value}).replace("x", key, 1) for key, value in whole.items() if
                        not isinstance(value, dict))  # fmt: skip
        tables = {key: value for key, value in whole.items() if isinstance(value, dict)}
        text = lines + (tomli_w.dumps(nested(tables)) if tables else "")
    else:
        text = tomli_w.dumps(nested(whole))
    if way == "extended":
        (folder / "first.toml").write_text(text, "utf-8")
        text = 'extends = "first.toml"\n'
    if luck.random() < 0.5:
        text = text.replace("\n", "\r\n")
    path.write_bytes(text.encode("utf-8-sig" if luck.random() < 0.3 else "utf-8"))
    return path, ()


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def judge_scenario(seed: int, folder: Path, base: Mapping[str, Any], *, running: bool = True) -> Outcome:
    """Set random parameters, and look what came of it.

    Parameters
    ----------
    seed
        Seed of what is set.
    folder
        Where files may be.
    base
        Values of the scenario that is changed.
    running
        Whether what is accepted is run, too.

    Returns
    -------
    tuple
        What came of it.
    """
    luck = random.Random(seed)  # noqa: S311
    settings, wrong = draw(luck, base)
    told = ", ".join(f"{key} = {value!r}" for key, value in settings.items())
    reference, changes = _written(luck, settings, folder)
    try:
        scenario = load_scenario(reference, changes)
    except ScenarioError as error:
        # Which parameter it is, or which file cannot be read.
        named = "byte-order mark" in str(error) or any(
            key.rpartition(".")[2] in str(error) for key in settings
        )
        return seed, *(("refused", str(error)) if named else ("wrong", f"{told}: refused for {error}"))
    except Exception as error:  # noqa: BLE001
        return seed, "wrong", f"{told}: neither read nor refused: {error!r}"
    fault = "accepted" if wrong else _apart(scenario, {**base, **settings}, seed, running=running)
    return seed, *(("wrong", f"{told}: {fault}") if fault else ("right", ""))


def _apart(scenario: Scenario, wanted: Mapping[str, Any], seed: int, *, running: bool) -> str:
    """Say how a scenario differs from what was set, or what it does from what that does; empty if in nothing."""
    found = flat(scenario.model_dump(mode="json"))
    for key, value in wanted.items():
        if value != found.get(key) or type(value) is not type(found.get(key)):
            return f"{key} is {found.get(key)!r}"
    if not running:
        return ""
    try:
        ran = run(scenario, seed).record.series
        again = run(Scenario.model_validate(nested(wanted)), seed).record.series
    except Exception as error:  # noqa: BLE001
        return f"accepted, but does not run: {error!r}"
    return "" if np.array_equal(ran, again, equal_nan=True) else "what ran is not what was set"


def main() -> None:
    """Try many settings and many points, and count what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tries", type=int, default=2_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first")
    asked = parser.parse_args()
    base, worst = base_values(), 0
    seeds = range(asked.first, asked.first + asked.tries)
    for what in ("scenarios", "files of points"):
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            outcomes = [
                judge_scenario(seed, place, base) if what == "scenarios" else judge_points(seed, place)
                for seed in seeds
            ]
        counts = Counter(verdict for _, verdict, _ in outcomes)
        for seed, _, why in [each for each in outcomes if each[1] == "wrong"]:
            print(f"WRONG {seed}: {why}")
        told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("right", "refused", "wrong"))
        print(f"{len(outcomes)} {what}: {told}; {time.perf_counter() - begun:.0f} s", flush=True)
        worst += counts["wrong"]
    raise SystemExit(1 if worst else 0)


if __name__ == "__main__":
    main()
