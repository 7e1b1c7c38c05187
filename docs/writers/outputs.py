"""Runs every command in small, and compares what two states of the project put out.

``python docs/writers/outputs.py make FOLDER`` keeps tables, figures, JSON, text and reports of all commands in a
folder; ``python docs/writers/outputs.py compare BEFORE AFTER`` says what differs. Times, paths and versions may.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
import time
from contextlib import chdir
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIZE = ("--steps", "8", "--set", "firms.number=60")
RUNS = (*SIZE, "--jobs", "1", "--seeds", "300-303")
EUROPE = ("--every", "60", "--firms", "80", "--jobs", "1")
SWEEP = ("sweep", *RUNS, "--regimes", "none,cluster,sector", "--factor", "firms.skill_mean=0.2:0.8:2")
WIDE = ("--factor", "ties.cost=0.0:0.02:2")
COMMANDS: dict[str, tuple[str, ...]] = {
    "scenarios_list": ("scenarios", "list"),
    "scenarios_show": ("scenarios", "show", "thin_rural_region"),
    "scenarios_validate": ("scenarios", "validate"),
    "regions_list": ("regions", "list"),
    "regions_search": ("regions", "search", "jura"),
    "regions_show": ("regions", "show", "ITH5", "--out", "regions_show"),
    "compare": ("compare", *RUNS, "--attribute", "--out", "compare"),
    "compare_region": ("compare", "--region", "ITH5", "--steps", "4", "--seeds", "2", "--jobs", "1", "--out", "region"),
    "run": ("run", *RUNS, "--out", "run"),
    "surface": ("surface", *RUNS, "--x", "absorptive_capacity=0.5:1.5:3", "--y", "budget=0.01:0.03:2",
                "--out", "surface"),
    "surface_curve": ("surface", *RUNS, "--x", "horizon", "--out", "surface_curve"),
    "ablate": ("ablate", *RUNS, "--out", "ablate"),
    "organisations": ("organisations", *RUNS, "--kinds", "university,cluster_organisation", "--out", "organisations"),
    "sweep": (*SWEEP, *WIDE, "--design", "latin_hypercube", "--samples", "24", "--out", "sweep"),
    "sobol": (*SWEEP, *WIDE, "--design", "sobol", "--samples", "4", "--out", "sobol"),
    "morris": (*SWEEP, *WIDE, "--design", "morris", "--samples", "3", "--out", "morris"),
    "status": ("status", "sweep"),
    "export": ("export", "sweep", "--to", "export.csv"),
    "sensitivity": ("sensitivity", "sweep", "--out", "sensitivity"),
    "sensitivity_sobol": ("sensitivity", "sobol", "--out", "sensitivity_sobol"),
    "sensitivity_morris": ("sensitivity", "morris", "--out", "sensitivity_morris"),
    "discover": ("discover", "sweep", "--out", "discover"),
    "robustness": ("robustness", "sweep", "--out", "robustness"),
    "replicates": ("replicates", "sweep", "--out", "replicates"),
    "facts": ("facts", "--only", "1,4,8", "--seeds", "300-302", "--jobs", "1", "--set", "firms.number=60",
              "--out", "facts"),
    "replicate": ("replicate", "--seeds", "300-302", "--jobs", "1", "--set", "agents=24",
                  "--set", "neighbours=4", "--set", "experts=3", "--out", "replicate"),
    "validate": ("validate", "europe", *EUROPE, "--out", "validate"),
    "estimate": ("estimate", "europe", "--every", "50", *EUROPE[2:], "--trials", "3", "--out", "estimate"),
    "calibrate_check": ("calibrate", "check", *SIZE, "--jobs", "1", "--seeds", "400-402", "--out", "check"),
    "calibrate_adjust": ("calibrate", "adjust", *SIZE, "--jobs", "1", "--seeds", "2", "--rounds", "2",
                         "--out", "adjust"),
}  # fmt: skip
"""Commands by the name of what they print; each writes into a folder of its own."""
REPORTS = ("compare", "region", "run", "surface", "surface_curve", "ablate", "organisations", "sweep", "sensitivity",
           "discover", "robustness", "replicates", "facts", "replicate",
           "validate", "estimate", "check", "adjust", "regions_show")  # fmt: skip
TEXTS = {".csv", ".html", ".json", ".md", ".svg", ".toml", ".txt"}
PASSING = (
    (re.compile(r"\d+(\.\d+)? ?(s|min|h|ms|seconds|minutes)\b"), "TIME"),
    (re.compile(r"\d[\d,.]* a second"), "RATE"),
    (re.compile(r"process \d+"), "PROCESS"),
    (re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(\.\d+)?(\+00:00|Z)?)?"), "DATE"),
    (re.compile(r"(?:/[\w.+-]+)+/(?=[\w.-])"), "PATH/"),
    (re.compile(r"<dt>Commit</dt>.*\n"), ""),
    (re.compile(r"\.(\w+)\.new-[0-9a-f]+"), r"\1"),
    (re.compile(r"data:image/[^\"]+"), "IMAGE"),
)
"""What may differ between two runs of one command."""
UNLIKE = {"command", "commit", "duration", "kind", "machine", "packages", "processors", "python", "seconds", "version",
          "written", "uncommitted"}  # fmt: skip
"""Entries of manifests that may differ, or be new."""


def make(folder: Path) -> None:
    """Run all commands, in this process, which saves seconds of imports."""
    sys.path.insert(0, str(ROOT))
    from typer.testing import CliRunner  # noqa: PLC0415

    import run  # noqa: PLC0415 - of the state of the project that this file lies in

    folder.mkdir(parents=True)
    asked = {**COMMANDS, **{f"report_{name}": ("report", name, "--out", f"{name}.html") for name in REPORTS}}
    with chdir(folder):
        for name, arguments in asked.items():
            begun = time.perf_counter()
            for form, more in (("txt", ()), ("json", ("--json",))):
                # Results note the command that made them.
                sys.argv = ["run.py", *arguments, *more]
                answer = CliRunner().invoke(run.app, sys.argv[1:])
                told = f"{answer.stdout}\n-- exit code {answer.exit_code}\n"
                if answer.exception is not None and not isinstance(answer.exception, SystemExit):
                    told += f"{type(answer.exception).__name__}: {answer.exception}\n"
                Path(f"printed_{name}.{form}.txt").write_text(told, "utf-8")
                Path(f"warned_{name}.{form}.txt").write_text(answer.stderr, "utf-8")
            print(f"{name}: {answer.exit_code} in {time.perf_counter() - begun:.1f} s", flush=True)  # noqa: T201


def compare(before: Path, after: Path) -> int:
    """Say which files differ and how, and give how many do."""
    there, here = (
        {str(p.relative_to(f)) for p in f.rglob("*") if p.suffix in TEXTS} for f in (before, after)
    )
    told = [f"only before: {name}" for name in sorted(there - here)]
    told += [f"only after: {name}" for name in sorted(here - there)]
    for name in sorted(there & here):
        former, latter = (_lasting(folder / name) for folder in (before, after))
        if former != latter:
            lines = list(difflib.unified_diff(former.splitlines(), latter.splitlines(), lineterm="", n=0))[2:]
            told.append("\n    ".join([f"differs: {name}", *(line[:200] for line in lines[:8])]))
    print("\n".join([*told, f"{len(there | here)} files, {len(told)} differ"]))  # noqa: T201
    return len(told)


def _lasting(path: Path) -> str:
    """Read what of a file is not of the moment."""
    text = path.read_text("utf-8", errors="replace")
    if path.suffix == ".json":
        text = json.dumps(_without(json.loads(text)), indent=1, sort_keys=True)
    for pattern, instead in PASSING:
        text = pattern.sub(instead, text)
    return re.sub(r"[ \t─━]+", " ", text)


def _without(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _without(value) for key, value in content.items() if key not in UNLIKE}
    return [_without(value) for value in content] if isinstance(content, list) else content


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    commands.add_parser("make").add_argument("folder", type=Path)
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    given = parser.parse_args()
    if given.what == "make":
        make(given.folder)
    else:
        sys.exit(bool(compare(given.before, given.after)))
