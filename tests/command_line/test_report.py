"""Reports: what they say is what the tables say, and what a scenario says stays text."""

from __future__ import annotations

import json
import math
import re
import shutil
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import run
from analysis.statistics.comparison import interval
from analysis.words.document import MINUS, NOTHING
from model.record import OUTCOMES
from tests.unit.analysis.studies.sweep.sweeps import SMALL

SETTINGS = [part for key, value in SMALL.items() for part in ("--set", f"{key}={json.dumps(value)}")]
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&" + 64 * "w"
"""As long as a title may be."""

KINDS = ["compare", "run", "surface", "sweep", "facts", "ablate", "organisations", "sensitivity", "replicates",
         "robustness"]  # fmt: skip
STUDIES = ["sensitivity", "replicates", "robustness"]
KNOWN = {"html", "head", "meta", "title", "style", "body", "article", "header", "h1", "h2", "p", "section", "data",
         "ul", "li", "figure", "img", "figcaption", "div", "table", "caption", "thead", "tbody", "tr", "th", "td",
         "pre", "span", "dl", "dt", "dd"}  # fmt: skip


@dataclass
class Page(HTMLParser):
    """What is on a page: its elements, its numbers, its text."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    numbers: list[tuple[str, float, str]] = field(default_factory=list)
    text: str = ""
    _open: dict[str, str | None] | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = dict(attrs) if tag == "data" else None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open is not None:
            source, value = self._open["data-source"], self._open["value"]
            assert source is not None
            assert value is not None
            self.numbers.append((source, float(value), data))
            self._open = None


def invoke(*arguments: str) -> tuple[int, str, str]:
    answer = CliRunner().invoke(run.app, arguments)
    return answer.exit_code, answer.stdout, answer.stderr


def read(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text("utf-8"))
    return page


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Results of every kind that has a report, of a region with a title that would like to be markup."""
    place = tmp_path_factory.mktemp("results")
    scenario = place / "evil.toml"
    scenario.write_text(
        f"extends = 'thin_rural_region'\n[story]\ntitle = {json.dumps(EVIL)}\ntext = {json.dumps(EVIL)}\n",
        "utf-8",
    )
    common = ["--seeds", "3", "--jobs", "1", "--quiet", *SETTINGS]
    commands = {
        "compare": ["compare", str(scenario), "--attribute", "--figures", "none", *common],
        "run": ["run", str(scenario), "--figures", "none", *common],
        "surface": ["surface", str(scenario), "--x", "budget=0.01:0.02:2", "--figures", "none", *common],
        "sweep": [
            "sweep",
            "--scenario",
            str(scenario),
            "--factor",
            "budget=0.01:0.03",
            "--factor",
            "openness",
            "--design",
            "latin_hypercube",
            "--samples",
            "16",
            *common,
        ],
        "ablate": ["ablate", str(scenario), "--regimes", "cluster", "--figures", "none", *common],
        "organisations": [
            "organisations",
            str(scenario),
            "--kinds",
            "university",
            "--figures",
            "none",
            *common,
        ],
        "facts": [
            "facts",
            "--only",
            "13",
            "--seeds",
            "2",
            "--jobs",
            "1",
            "--quiet",
            "--figures",
            "none",
            "--set",
            "steps=8",
        ],
    }
    for name, arguments in commands.items():
        code, _, errors = invoke(*arguments, "--out", str(place / name))
        assert code == 0, errors
    for name in STUDIES:
        code, _, errors = invoke(
            name, str(place / "sweep"), "--figures", "none", "--quiet", "--out", str(place / name)
        )
        assert code == 0, errors
    return {name: place / name for name in KINDS}


@pytest.fixture(scope="module")
def pages(folders: dict[str, Path]) -> dict[str, Page]:
    found = {}
    for name, folder in folders.items():
        code, _, errors = invoke("report", str(folder))
        assert code == 0, errors
        found[name] = read(folder / "report.html")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_a_scenario_says_becomes_markup(pages: dict[str, Page], kind: str) -> None:
    page = pages[kind]
    assert {tag for tag, _ in page.elements} <= KNOWN
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    for tag, attributes in page.elements:
        if tag == "img":
            assert (attributes["src"] or "").startswith("data:image/svg+xml;base64,")
    if kind in {"compare", "run", "surface", "ablate", "organisations"}:
        assert EVIL in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_is_written_as_it_is(pages: dict[str, Page], kind: str) -> None:
    assert len(pages[kind].numbers) > 5 or kind == "facts"
    for source, value, text in pages[kind].numbers:
        if text == NOTHING:
            assert not math.isfinite(value), source
            continue
        if text.startswith("<"):
            assert value < float(text[1:]), source
            continue
        written = float(text.rstrip("*%").replace(",", "").replace(MINUS, "-"))
        shares = (text.rstrip("*").endswith("%") and "probability" in source) or "share" in source
        if source.endswith("/less"):
            assert value >= 0, source
        decimals = len(text.rstrip("*%").partition(".")[2])
        assert written == pytest.approx(100 * value if shares else value, abs=0.5001 * 10**-decimals), source


def test_numbers_of_a_comparison_are_those_of_its_tables(
    pages: dict[str, Page], folders: dict[str, Path]
) -> None:
    data = folders["compare"] / "data"
    comparison = pd.read_csv(data / "comparison.csv").set_index(["outcome", "regime"])
    account = pd.read_csv(data / "account.csv")
    ledger = pd.read_csv(data / "ledger.csv")
    averages = pd.read_csv(data / "averages.csv")
    seen = set()
    for source, value, _ in pages["compare"].numbers:
        kind, *rest = source.split("/")
        expected: float | None = None
        if kind == "comparison" and len(rest) == 3:
            expected = comparison.loc[(rest[0], rest[1]), rest[2]]
        elif kind == "account" and rest[0] != "total":
            rows = account[(account["source"] == rest[0]) & (account["regime"] == rest[1])]
            expected = rows["employment_weighted_knowledge"].sum() / rows["seed"].nunique()
        elif kind == "ledger":
            rows = ledger[(ledger["instrument"] == rest[0]) & (ledger["regime"] == rest[1])]
            # Told in average yearly salaries.
            expected = rows["spent"].sum() / rows["seed"].nunique() / 4
        elif kind == "averages":
            if rest[1] == "first":
                continue
            ahead, behind = rest[1].split("-")
            wide = averages.pivot_table(index="seed", columns="regime", values=rest[0])
            found = interval((wide[ahead] - wide[behind]).to_numpy())
            place = {"low": 1, "high": 2}.get(rest[2] if len(rest) > 2 else "", 0)
            expected = 100 * found[place] / wide["none"].mean()
        if expected is not None:
            seen.add(kind)
            assert value == pytest.approx(expected, rel=1e-6, abs=1e-9, nan_ok=True), source
    assert seen == {"comparison", "account", "ledger", "averages"}


def test_the_account_of_the_page_sums_to_its_total(pages: dict[str, Page]) -> None:
    numbers = {source: value for source, value, _ in pages["compare"].numbers}
    for regime in ("none", "sector", "cluster", "smart_specialisation"):
        sources = [v for s, v in numbers.items() if re.fullmatch(rf"account/(?!total)\w+/{regime}", s)]
        assert sum(sources) == pytest.approx(numbers[f"account/total/{regime}"])


def test_the_page_says_how_to_make_it_again(pages: dict[str, Page], folders: dict[str, Path]) -> None:
    manifest = json.loads((folders["compare"] / "manifest.json").read_text("utf-8"))
    assert manifest["identity"] in pages["compare"].text
    assert "What this cannot tell" in pages["compare"].text


def test_the_price_is_money_over_gain(pages: dict[str, Page], folders: dict[str, Path]) -> None:
    ledger = pd.read_csv(folders["compare"] / "data" / "ledger.csv")
    comparison = pd.read_csv(folders["compare"] / "data" / "comparison.csv").set_index(["outcome", "regime"])
    numbers = {source: value for source, value, _ in pages["compare"].numbers}
    costs = pd.read_csv(folders["compare"] / "data" / "costs.csv").set_index("regime")
    priced = [source.split("/")[1] for source in numbers if re.fullmatch(r"costs/\w+/per_gain", source)]
    assert len(priced) >= 2
    for regime in priced:
        yearly = ledger[ledger["regime"] == regime].groupby("seed")["spent"].sum().mean() / 4
        row = comparison.loc[OUTCOMES[0], regime]
        wanted = [yearly / row["relative"], yearly / row["relative_high"], yearly / row["relative_low"]]
        if row["relative_low"] > 0:
            found = [costs.loc[regime, f"per_gain{end}"] / 4 for end in ("", "_low", "_high")]
            assert found == pytest.approx(wanted)
        if not (row["adjusted"] < 0.05 and row["relative"] > 0):
            wanted = [math.nan] * 3
        assert numbers[f"costs/{regime}/per_gain"] == pytest.approx(wanted[0], nan_ok=True)


@pytest.mark.slow
def test_conditions_are_found_beside_a_comparison_or_given(folders: dict[str, Path], tmp_path: Path) -> None:
    page, surface, sweep = tmp_path / "page.html", str(folders["surface"]), str(folders["sweep"])
    assert invoke("report", str(folders["compare"]), "--out", str(page))[0] == 0
    beside = read(page)
    assert {"cells/count", "points/count"} <= {source for source, _, _ in beside.numbers}
    assert "of another scenario" not in beside.text
    assert invoke("report", str(folders["compare"]), "--conditions", sweep, "--out", str(page))[0] == 0
    assert "cells/count" not in {source for source, _, _ in read(page).numbers}
    alone = tmp_path / "alone"
    shutil.copytree(folders["compare"], alone)
    assert invoke("report", str(alone), "--out", str(page))[0] == 0
    assert f"--out {alone}-surface" in read(page).text
    (told,) = re.findall(r"python run\.py surface (\S+) ", read(page).text)
    common = ["--seeds", "2", "--jobs", "1", "--quiet", "--figures", "none"]
    made = ["surface", told, "--x", "budget=0.01:0.02:2", *common, "--out", f"{alone}-surface"]
    assert invoke(*made)[0] == 0
    assert invoke("report", str(alone), "--out", str(page))[0] == 0
    assert "cells/count" in {source for source, _, _ in read(page).numbers}
    scenario = json.loads((alone / "manifest.json").read_text("utf-8"))
    scenario["scenario"]["steps"] += 1
    (alone / "manifest.json").write_text(json.dumps(scenario), "utf-8")
    assert invoke("report", str(alone), "--conditions", surface, "--out", str(page))[0] == 0
    assert "of another scenario" in read(page).text
    for wrong in (str(tmp_path), str(alone)):
        code, _, errors = invoke("report", str(alone), "--conditions", wrong)
        assert code == 2
        assert "neither" in errors or "no results of surface or sweep" in errors
    code, _, errors = invoke("report", surface, "--conditions", sweep)
    assert code == 2
    assert "is for the page of a comparison" in errors


def test_studies_stand_on_the_page_of_their_sweep(pages: dict[str, Page]) -> None:
    sources = {source for source, _, _ in pages["sweep"].numbers}
    for kind in STUDIES:
        own = {source for source, _, _ in pages[kind].numbers if not source.startswith("samples/")}
        assert own
        assert own <= sources


def test_numbers_of_studies_and_ablations_are_those_of_their_tables(
    pages: dict[str, Page], folders: dict[str, Path]
) -> None:
    effects = pd.read_csv(folders["ablate"] / "data" / "effects.csv")
    effects = effects[effects["outcome"] == OUTCOMES[0]].set_index("term")
    contributions = pd.read_csv(folders["organisations"] / "data" / "contributions.csv")
    contributions = contributions[contributions["outcome"] == OUTCOMES[0]].set_index(["regime", "kind"])
    indices = pd.read_csv(folders["sensitivity"] / "data" / "indices.csv").set_index(
        ["scenario", "regime", "factor"]
    )
    seen = set()
    for source, value, _ in [number for kind in KINDS for number in pages[kind].numbers]:
        table, *rest = source.split("/")
        expected = None
        if table == "effects" and len(rest) == 2:
            expected = effects.loc[rest[0], rest[1]]
        elif table == "contributions" and len(rest) == 3:
            expected = contributions.loc[(rest[0], rest[1]), rest[2]]
        elif table == "indices" and len(rest) == 4:
            expected = indices.loc[tuple(rest[:3]), rest[3]]
        if expected is not None:
            seen.add(table)
            assert value == pytest.approx(expected, rel=1e-9, nan_ok=True), source
    assert seen == {"effects", "contributions", "indices"}


def test_runs_that_failed_are_told(folders: dict[str, Path], tmp_path: Path) -> None:
    for kind, whose in (("compare", "regime"), ("facts", "treatment")):
        folder = tmp_path / kind
        shutil.copytree(folders[kind], folder)
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest["runs_failed"] = [{whose: "sector", "seed": place, "error": EVIL} for place in range(30)]
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        code, _, errors = invoke("report", str(folder))
        assert code == 0, errors
        page = read(folder / "report.html")
        assert "30 runs failed" in page.text
        assert "and 10 more" in page.text
        assert {tag for tag, _ in page.elements} <= KNOWN


def test_a_regime_that_never_finished_is_left_out(folders: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "compare"
    shutil.copytree(folders["compare"], folder)
    comparison = pd.read_parquet(folder / "data" / "comparison.parquet")
    comparison[comparison["regime"] != "sector"].to_parquet(folder / "data" / "comparison.parquet")
    code, _, errors = invoke("report", str(folder))
    assert code == 0, errors
    assert not [
        source for source, _, _ in read(folder / "report.html").numbers if "sector/relative" in source
    ]


def test_several_results_make_one_page(folders: dict[str, Path], tmp_path: Path) -> None:
    to = tmp_path / "all.html"
    code, output, _ = invoke(
        "report", str(folders["compare"]), str(folders["surface"]), "--out", str(to), "--json"
    )
    assert code == 0
    assert len(json.loads(output)["answer"]) == 6
    assert [tag for tag, _ in read(to).elements].count("article") == 2


def test_what_has_no_report_is_told(tmp_path: Path, folders: dict[str, Path]) -> None:
    code, _, errors = invoke("report", str(tmp_path))
    assert code == 2
    assert "holds no results" in errors
    code, _, errors = invoke("report", str(folders["compare"]), "--out", str(tmp_path))
    assert code == 2
    assert "this is a folder" in errors
    torn = tmp_path / "torn"
    shutil.copytree(folders["run"], torn)
    (torn / "data" / "account.parquet").unlink()
    code, _, errors = invoke("report", str(torn))
    assert code == 2
    assert "is not whole" in errors


@pytest.mark.parametrize("kind", ["compare", "run", "sweep"])
def test_a_sheet_has_the_answer_and_how_to_make_it_again(
    folders: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    code, told, errors = invoke(
        "report", str(folders[kind]), "--brief", "--out", str(tmp_path / "sheet.html")
    )
    assert code == 0, errors
    page = read(tmp_path / "sheet.html")
    assert {tag for tag, _ in page.elements} <= KNOWN | {"footer"}
    assert told.splitlines()[0] in page.text
    for part in ("What to be careful with", "How to make this again", "A seed is one simulated region"):
        assert part in page.text
    assert ("What it costs" in page.text) == (kind == "compare")
    assert invoke("report", str(folders[kind]), str(folders["run"]), "--brief")[0] == 2
