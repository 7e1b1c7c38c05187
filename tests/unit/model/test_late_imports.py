"""A run imports what it needs, and Mesa comes whole as soon as somebody looks."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def said(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_region_is_imported_without_what_only_some_need() -> None:
    late = ["networkx", "mesa.space", "mesa.datacollection", "matplotlib"]
    if tuple(map(int, version("mesa").split(".")[:2])) < (3, 5):
        # Later ones import these with their agents.
        late += ["pandas", "mesa.experimental"]
    program = f"import sys, model.region; print([name for name in {late} if name in sys.modules])"
    assert said(program) == "[]"


def test_mesa_is_whole_for_whoever_looks_and_its_classes_are_the_same() -> None:
    program = """
import model.region, mesa
from mesa import Agent
from mesa.datacollection import DataCollector
from model.agents import Firm
assert issubclass(Firm, Agent) and issubclass(model.region.Region, mesa.Model)
assert mesa.DataCollector is DataCollector and mesa.__version__ and mesa.space.MultiGrid
print("whole")
"""
    assert said(program) == "whole"
