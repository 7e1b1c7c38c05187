"""Regimes, instruments and observables of one's own from a notebook, with several processes too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import model
from tests.docs.pages import EXTENDING, ROOT, blocks

REGISTERED = """

from model import observables
from model.observables.observable import Observable, ObservableGroup
from model.policy.instruments import INSTRUMENTS
from model.policy.instruments.training import Training
from model.policy.regimes import REGIMES


class Coaching(Training):
    name = "coaching"
    label = "Coaching"


def _oldest(moment, into):
    into[0] = float(moment.world.carriers.age.max())


REGIMES["cohesion"] = Cohesion
INSTRUMENTS["coaching"] = Coaching()
_AGE = ObservableGroup((Observable("oldest", "Oldest firm", "quarters", "Age of the oldest firm."),), _oldest)
observables.GROUPS += (_AGE,)
observables.OBSERVABLES |= {each.name: each for each in _AGE.observables}
"""
NOTEBOOK = """
import json, threading
import model

if __name__ == "__main__":
    # A notebook has threads of its own, so that workers cannot be forked from it.
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    model.extend("own")
    from analysis import compare

    found = compare("thin_rural_region", regimes=["none", "cohesion"], seeds=3, steps=4, jobs=2, firms__number=20,
                    regimes__cohesion__delivery={"training": 0.5, "coaching": 0.5})
    spent = found.ledger.groupby(["regime", "instrument"])["spent"].sum()
    print(json.dumps({"coaching": spent["cohesion", "coaching"], "oldest": found.series["oldest"].max(),
                      "failed": found.findings.failed}))
"""


def test_a_notebook_registers_its_own_and_runs_it_in_several_processes(tmp_path: Path) -> None:
    (page,) = (page for page in EXTENDING if page.stem == "regime")
    (cohesion,) = (block.text for block in blocks(page) if block.title.endswith("cohesion.py"))
    (tmp_path / "own.py").write_text(cohesion + REGISTERED, "utf-8")
    (tmp_path / "notebook.py").write_text(NOTEBOOK, "utf-8")
    done = subprocess.run(
        [sys.executable, "notebook.py"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["failed"] == []
    assert told["coaching"] > 0
    assert told["oldest"] > 0


def test_an_extension_that_comes_too_late_is_told() -> None:
    assert model.Scenario
    with pytest.raises(RuntimeError, match="comes too late"):
        model.extend("own_policy")
