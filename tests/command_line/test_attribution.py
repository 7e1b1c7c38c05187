"""Attribution at the command line, end to end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result

from model.record import OUTCOMES
from tests.command_line.command import call, interrupt, start

SMALL = ("--set", "firms.number=20", "--steps", "4", "--regimes", "none,cluster,smart_specialisation")
WORDS = ("absorptive capacity", "networked recombination", "ties", "direct effect", "95% interval")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("user")


@pytest.fixture(scope="module")
def printed(folder: Path) -> Result:
    return call(
        "compare", "--attribute", *SMALL, "--seeds", "3", "--jobs", "1", "--figures", "none", folder=folder
    )


def test_it_prints_what_channels_contribute_beside_the_comparison(printed: Result) -> None:
    assert printed.exit_code == 0, printed.stderr
    assert "comes first" in " ".join(printed.stdout.split())
    shown = printed.stdout.split("Through which channels")[1]
    for words in WORDS:
        assert words in " ".join(shown.split())
    assert len(re.findall(r"^ +cluster support +([+\u2212]|0\.0%)", shown, re.MULTILINE)) == len(OUTCOMES)
    assert re.search(r"^Cluster support (is|cannot)", shown, re.MULTILINE)
    assert "72 runs" in printed.stdout


@pytest.mark.slow
def test_the_same_command_gives_the_same_bytes_on_any_number_of_cores(printed: Result, folder: Path) -> None:
    assert printed.exit_code == 0
    arguments = ("--seeds", "3", "--jobs", "2", "--json", "--out", "other")
    again = start("compare", "--attribute", *SMALL, *arguments, folder=folder)
    assert again.returncode == 0, again.stderr
    first, second = folder / "results" / "machine_building_meets_iot-attribution", folder / "other"
    for name in ("attribution", "counterfactuals", "comparison", "outcomes"):
        for suffix in ("csv", "parquet"):
            file = Path("data", f"{name}.{suffix}")
            assert (first / file).read_bytes() == (second / file).read_bytes(), file
    assert (second / "figures" / "attribution.svg").is_file()
    check_json(again.stdout, second)
    manifest = json.loads((second / "manifest.json").read_text("utf-8"))
    assert manifest["complete"]
    assert manifest["attribution"]["seeds"] == 3
    assert manifest["attribution"]["runs_finished"] == 63


def check_json(text: str, folder: Path) -> None:
    """Standard output has the rows of the table, and they sum to the leads of the comparison."""
    content = json.loads(text)
    table = pd.read_parquet(folder / "data" / "attribution.parquet")
    assert [row["value"] for row in content["attribution"]] == table["value"].tolist()
    assert len(content["attribution_in_words"]) == 2
    parts = table[table["quantity"].isin(["contribution", "remainder"])]
    total = parts.groupby(["outcome", "regime"])["value"].sum()
    for row in content["comparison"]:
        if row["regime"] != "none":
            assert total[row["outcome"], row["regime"]] == pytest.approx(
                row["difference"], rel=1e-9, abs=1e-9
            )


def test_what_cannot_be_attributed_is_said_before_anything_runs(tmp_path: Path) -> None:
    wrong = ("--set", "channels.freeze_ties=true")
    answer = call("compare", "--attribute", *wrong, folder=tmp_path)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "channels.freeze_ties" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_stop_keeps_the_comparison_and_the_seeds_that_are_whole(tmp_path: Path) -> None:
    small = ("--set", "firms.number=20", "--steps", "4", "--regimes", "none,cluster", "--seeds", "200")
    # All 400 runs of the comparison and some with channels held still are done.
    at = r"(4[5-9]|[5-9]\d)\d/3200"
    arguments = ("compare", "--attribute", *small, "--jobs", "2", "--json", "--figures", "none")
    shown, output, code = interrupt(*arguments, folder=tmp_path, at=at)
    assert code == 130, shown
    assert "Traceback" not in shown
    content = json.loads(output)
    assert content["interrupted"]
    assert not content["complete"]
    assert {row["seeds"] for row in content["comparison"]} == {200}
    seeds = {row["seeds"] for row in content["attribution"]}
    assert len(seeds) == 1
    assert 0 < seeds.pop() < 200
    manifest = json.loads((tmp_path / content["results"] / "manifest.json").read_text("utf-8"))
    assert not manifest["complete"]
    assert 0 < manifest["attribution"]["runs_finished"] < 2800
