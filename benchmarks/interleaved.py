"""How much faster this checkout is than another, whatever else the machine does meanwhile.

Run with ``python -m benchmarks.interleaved OTHER``, the folder of another checkout whose kernels are compiled. Both
make the same runs in turn, each in a process of its own, and say how much time of the processor they took; what is
told is the median of the ratios of neighbours, with the least and the most. With ``--same`` outcomes are compared,
too, to the bit.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGIMES = ("none", "sector", "cluster", "smart_specialisation")

_RUNS = """
import hashlib, json, resource, sys

def used():
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])

asked = json.loads(sys.argv[1])
from model.region import Region, run, warm_up
imported = used()
from model.loading import load_scenario
warm_up()
scenario = load_scenario("machine_building_meets_iot", asked["settings"])
begun = used()
seen = hashlib.blake2b(digest_size=8)
for seed in range(1, asked["seeds"] + 1):
    Region(scenario.with_regime("none"), seed=seed)
built = used()
for seed in range(1, asked["seeds"] + 1):
    for regime in asked["regimes"]:
        seen.update(run(scenario.with_regime(regime), seed).record.series.tobytes())
print(json.dumps({"imports": imported, "building": built - begun, "runs": used() - built, "seen": seen.hexdigest()}))
"""


def measure(folder: Path, asked: dict[str, object]) -> dict[str, float | str]:
    """Make the runs with one checkout, and give seconds of the processor for each part."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    ended = subprocess.run(
        [sys.executable, "-c", _RUNS, json.dumps(asked)],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float | str] = json.loads(ended.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Let both make the runs in turn, and tell the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("other", type=Path, help="folder of another checkout")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--regimes", default=",".join(REGIMES))
    parser.add_argument("--firms", type=int, default=200)
    parser.add_argument("--same", action="store_true", help="fail where outcomes differ")
    given = parser.parse_args()
    asked = {
        "seeds": given.seeds,
        "regimes": given.regimes.split(","),
        "settings": {"firms.number": given.firms},
    }
    pairs = [(measure(ROOT, asked), measure(given.other.resolve(), asked)) for _ in range(given.pairs)]
    for part in ("imports", "building", "runs"):
        ratios = [float(ours[part]) / float(theirs[part]) for ours, theirs in pairs]
        seconds = statistics.median(float(ours[part]) for ours, _ in pairs)
        print(
            f"{part:9s} {statistics.median(ratios):.2f} of the other ({min(ratios):.2f} to {max(ratios):.2f}); "
            f"{seconds:.2f} s of the processor here"
        )
    if given.same and len({str(found["seen"]) for pair in pairs for found in pair}) > 1:
        raise SystemExit("outcomes differ")


if __name__ == "__main__":
    main()
