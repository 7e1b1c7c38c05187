"""What the pages say in words agrees with the code wherever that can be looked up."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

import model.streams
from analysis.runs.experiment import Experiment
from analysis.studies.comparison.design import Comparison
from model.policy.regimes import REGIMES
from model.record import ACCOUNT_SOURCES, MEMO_ITEMS
from model.region import Region
from model.scenario import Scenario
from model.spec.declarations import declarations
from tests.docs.pages import DOCS, PAGES, ROOT, name_of, prose

INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
ROW = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)
# Names that stand for what the reader fills in, or that a page makes up.
PLACEHOLDERS = re.compile(r"NAME|\*|job_mobility|innovation_voucher|open_clusters")
STREAMS = MappingProxyType(
    {
        # The quarters before the start draw from the streams of the run, under a name of their own.
        r"run_up\.(.+)": r"\1",
        r"organisation\.\d+\.\w+\.\w+\.\w+": "organisation.ID.INSTRUMENT.SCOPE.PAYER",
        r"policy\.\d+\.award\.\w+": "policy.NUMBER.award.INSTRUMENT",
        r"policy\.\d+\.luck": "policy.NUMBER.luck",
        r"policy\.\d+\.\w+\.(any|inside|across)": "policy.NUMBER.INSTRUMENT.SCOPE",
    }
)


@cache
def keys() -> frozenset[str]:
    """Dotted keys of all parameters and of the tables that they are in."""
    found = {declaration.key for declaration in declarations(Scenario)}
    return frozenset(found | {key[: end.start()] for key in found for end in re.finditer(r"\.", key)})


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_dotted_keys_are_parameters(page: Path) -> None:
    sections = "|".join(Scenario.model_fields)
    # Streams have dotted names, too.
    text = prose(page).replace(section("odd.md", "Stochasticity"), "")
    named = [word for word in INLINE.findall(text) if re.fullmatch(rf"({sections})(\.\w+)+", word)]
    named = [re.sub(r"\.\d+\.", ".N.", word) for word in named if not PLACEHOLDERS.search(word)]
    assert [word for word in named if word not in keys()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_paths_exist(page: Path) -> None:
    tops = r"(model|analysis|tests|docs|scenarios|benchmarks|\.ci)/[\w./]*"
    named = [word for word in INLINE.findall(prose(page)) if re.fullmatch(tops, word)]
    assert [word for word in named if not (ROOT / word).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(prose(page)):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        other = (page.parent / path).resolve() if path else page
        assert other.is_file(), target
        assert not anchor or anchor in anchors(other), target


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_can_be_reached() -> None:
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in LINK.findall(prose(page))
        if not target.startswith("http")
    }
    pages = {page for page in PAGES if page.is_relative_to(DOCS)} - {DOCS / "index.md"}
    assert pages - linked == set()


def test_streams_are_those_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    used: set[str] = set()
    prepare = model.streams.Streams._prepare

    def note(streams: model.streams.Streams, name: str, length: int) -> object:
        used.add(name)
        return prepare(streams, name, length)

    monkeypatch.setattr(model.streams.Streams, "_prepare", note)
    for regime in REGIMES:
        region = Region(Scenario(steps=8), regime=regime, seed=1)
        while region.running:
            region.step()
    for pattern, name in STREAMS.items():
        used = {re.sub(rf"^{pattern}$", name, stream) for stream in used}
    told = section("odd.md", "Stochasticity")
    assert {name for row in ROW.findall(told) for name in INLINE.findall(row)} == used


def section(page: str, heading: str) -> str:
    text = prose(DOCS / page)
    return re.split(r"^#+ ", text.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_every_source_of_the_account_is_explained() -> None:
    told = [name.strip("`") for name in ROW.findall(section("outcomes.md", "The growth account"))]
    assert told == [*ACCOUNT_SOURCES, *MEMO_ITEMS]


def test_every_source_of_a_parameter_is_a_reference() -> None:
    references = prose(DOCS / "references.md")
    entries = [" ".join(entry.split()) for entry in re.split(r"^- ", references, flags=re.MULTILINE)]
    cited = {declaration.source for declaration in declarations(Scenario)} - {"assumption", "", "-"}
    assert cited
    missing = []
    for source in cited:
        author = re.match(r"(?:assumption; cf\. )?([\w]+)", source)
        year = re.search(r"\d{4}", source)
        assert author is not None
        wanted = f"({year[0]})" if year else "Mesopartner"
        if not any(entry.startswith(author[1]) and wanted in entry for entry in entries):
            missing.append(source)
    assert missing == []


def test_works_that_the_description_cites_are_references() -> None:
    references = " ".join(prose(DOCS / "references.md").split())
    text = " ".join((DOCS / "odd.md").read_text("utf-8").split())
    cited = re.findall(r"(\w+)(?: et al\.|(?:, \w+)*,? & \w+)? \(?(\d{4})[;,)]", text)
    assert len(cited) > 20
    assert {(a, y) for a, y in cited if not re.search(rf"{a}, .{{0,200}}?\({y}\)", references)} == set()


def test_the_manifest_is_as_described() -> None:
    experiment = Experiment("tiny", Scenario(steps=1), ("none",), (0,))
    written = set(Comparison(experiment).run(jobs=1).manifest)
    told = {
        name
        for row in ROW.findall(section("reproducibility.md", "What is kept"))
        for name in INLINE.findall(row)
    }
    assert told == written


def test_regimes_are_described_in_words() -> None:
    text = section("regimes.md", "In plain words")
    for name in REGIMES:
        assert f"**{name.replace('_', ' ').capitalize()}" in text
