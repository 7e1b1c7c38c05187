"""Regions that ship, by code; regions that somebody brings: checked, for their session, and gone with it."""

from __future__ import annotations

import base64
import gc
import weakref

import numpy as np
import pytest

from analysis.dashboard.panels.head import take_in
from analysis.dashboard.state.settings import EVERYBODYS, Settings, is_private, setting_for
from analysis.dashboard.state.uploaded_regions import MOST_TABLE_BYTES, MOST_TABLES, DoubtfulError, Uploads
from analysis.dashboard.state.view import View, from_search, to_search
from analysis.dashboard.texts import Texts
from analysis.errors import RequestError
from analysis.regions.application import with_region
from analysis.regions.catalogue import find_region
from model.loading import load_scenario
from tests.unit.analysis.dashboard.state.test_session import begin

NACE = ("C10", "C28", "F41", "H49", "J62")

MANY_DOMAINS = b"region," + b",".join(b"d%d" % at for at in range(200)) + b"\n"
MANY_DOMAINS += b"".join(b"X%d" % row + b",1" * (199 - row) + b",2" * (row + 1) + b"\n" for row in range(40))


def wide(regions: int = 3, seed: int = 0) -> bytes:
    amounts = np.random.default_rng(seed).integers(1, 900, (regions, len(NACE)))
    rows = [f"R{number},{','.join(map(str, row))}" for number, row in enumerate(amounts)]
    return "\n".join([f"region,{','.join(NACE)}", *rows]).encode()


def shares() -> bytes:
    """A table in which every region sums to 100: it may be meant so."""
    rows = [f"R{number},{12 + number},{23 - number},20,27,18" for number in range(6)]
    return "\n".join([f"region,{','.join(NACE)}", *rows]).encode()


def long() -> bytes:
    return (
        "region;domain;value\n" + "\n".join(f"R;{code};{9 + at},5" for at, code in enumerate(NACE))
    ).encode()


def test_a_region_that_ships_is_in_the_address_and_is_the_one_of_the_command_line() -> None:
    view, odd = from_search("region=ITH5&set=budget:0.02")
    assert odd == ()
    assert from_search(to_search(view)) == (view, ())
    expected = with_region(load_scenario(view.story), find_region("ITH5"), sized=True)
    assert setting_for(View(region="ITH5")).scenario == expected
    assert setting_for(view).scenario.policy.budget == 0.02


@pytest.mark.parametrize(
    "reference", ["XX99", "/etc:passwd", "../regions:ITH5", "own:0000:R0", "own:", "ith5"]
)
def test_an_address_finds_no_folder_and_nothing_that_is_not_there(reference: str) -> None:
    with pytest.raises(RequestError):
        setting_for(View(region=reference))


def test_events_of_another_region_are_left_out_and_told() -> None:
    setting = setting_for(View(story="food_meets_nutrition", region="ITH5"))
    assert setting.scenario.events == ()
    assert len(setting.without) == len(load_scenario("food_meets_nutrition").events) > 0


@pytest.mark.parametrize("content", [wide(), long()])
def test_a_table_becomes_regions(content: bytes) -> None:
    uploads = Uploads()
    table = uploads.take([("mine.csv", content)], len(content), "employment")
    reference, name = table.choices[0]
    assert name in {"R", "R0"}
    assert "5 domains" in table.notes[0]
    setting = Settings(uploads).setting_for(View(region=reference))
    assert setting.scenario.knowledge_space.domains == len(NACE)
    assert is_private(View(region=reference))
    assert from_search(to_search(View(region=reference)))[0].region == reference


def test_a_matrix_comes_along_with_a_table_of_domains_that_nobody_knows() -> None:
    table = wide().replace(b"C10", b"cheese").replace(b"C28", b"clocks")
    names = ["cheese", "clocks", *NACE[2:]]
    rows = [",".join([name, *("0" if name == other else "0.4" for other in names)]) for name in names]
    matrix = "\n".join([f"domain,{','.join(names)}", *rows]).encode()
    with pytest.raises(RequestError, match="relatedness in its name"):
        Uploads().take([("mine.csv", table)], 0, "employment")
    taken = Uploads().take([("my relatedness.csv", matrix), ("mine.csv", table)], 0, "employment")
    assert taken.members.relatedness.loc["cheese", "clocks"] == 0.4


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"\x00\x01\x02\x03", "no text"),
        (b"region,a,b,c,d\n", "no rows"),
        (b"region,C10,C28,F41,H49\nX,1,2,three,4\n", "three"),
        (b"region,C10,C28,F41,H49\nX,1,2,-3,4\n", "-3"),
        (b"region,C10,C28,F41,H49\nX,1,2,3,4,5\n", "row 2"),
        (b"region,C10,C10,F41,H49\nX,1,2,3,4\n", "C10"),
        (b"=HYPERLINK(1),b\nx,2\n", "domain"),
        (b'region,"' + b"a" * 200_000, "quote"),
        (MANY_DOMAINS, "200"),
        (b"x" * (MOST_TABLE_BYTES + 1), "at most"),
    ],
)
def test_a_table_with_bad_content_is_refused_with_a_reason(content: bytes, told: str) -> None:
    uploads = Uploads()
    with pytest.raises(RequestError, match=r"mine\.csv") as refused:
        uploads.take([("mine.csv", content)], len(content), "employment")
    assert told in str(refused.value)
    # What is said here can be done here: there are no options, and no workbooks are read.
    assert "--" not in str(refused.value)
    assert ".xls" not in str(refused.value)
    assert uploads.tables == ()


def test_a_doubtful_table_is_refused_with_a_reason_and_read_if_it_is_meant_so() -> None:
    uploads, files = Uploads(), [("mine.csv", shares())]
    with pytest.raises(DoubtfulError, match=r"mine\.csv.*sums to 100") as refused:
        uploads.take(files, 0, "employment")
    assert refused.value.kind == "shares"
    assert "--" not in str(refused.value)
    assert uploads.tables == ()
    table = uploads.take(files, 0, "employment", ("shares",))
    assert table.members.amounts.loc["R1", "C10"] == 13
    with pytest.raises(DoubtfulError):
        uploads.take(files, 0, "employment", ("binary",))


def test_who_says_that_a_doubtful_table_is_meant_so_sees_its_regions() -> None:
    session, _, _ = begin(View())
    content = base64.b64encode(shares()).decode()
    told = {
        "kind": "regions",
        "files": [{"name": "mine.csv", "text": content}],
        "size": 9,
        "measure": "firms",
    }
    problem, notice, doubt = take_in(session, told, Texts("en"))
    assert "sums to 100" in problem
    assert (notice, doubt) == ((), "shares")
    problem, notice, doubt = take_in(session, told | {"accept": [doubt]}, Texts("en"))
    assert (problem, doubt) == ("", "")
    assert notice[0] == "Read from mine.csv:"
    assert session.picture.view.region.startswith("own:")


def test_options_that_are_not_on_the_page_are_said_to_be_of_the_command_line() -> None:
    content = b"region;C10;C28;F41;H49\nX;1,234;2,500;3,125;4,750\nY;1,934;2,100;3,225;4,150\n"
    with pytest.raises(RequestError, match=r"run\.py regions import --decimal comma") as refused:
        Uploads().take([("mine.csv", content)], 0, "employment")
    assert str(refused.value).count("--") == str(refused.value).count("regions import --")


@pytest.mark.parametrize("files", [[], [("a.csv", wide()), ("b.csv", wide())], [("relatedness.csv", wide())]])
def test_files_of_which_nobody_knows_what_they_are_for_are_refused(files: list[tuple[str, bytes]]) -> None:
    with pytest.raises(RequestError, match="one table of regions"):
        Uploads().take(files, 0, "employment")


def test_what_is_too_large_is_refused_unseen_and_what_is_measured_must_be_known() -> None:
    with pytest.raises(RequestError, match="at most"):
        Uploads().take([("mine.csv", b"")], 10**9, "employment")
    with pytest.raises(RequestError, match="one of employment"):
        Uploads().take([("mine.csv", wide())], 0, "happiness")


def test_a_session_holds_a_few_tables_and_nobody_else_sees_them() -> None:
    session, scheduler, shown = begin()
    for seed in range(MOST_TABLES + 1):
        session.bring([(f"{seed}.csv", wide(seed=seed))], 0, "employment")
    assert [table.name for table in session.uploads.tables] == ["3.csv", "2.csv", "1.csv"]
    assert shown[-1].problem == ""
    assert shown[-1].setting.scenario.knowledge_space.domains == len(NACE)
    scheduler.answer()
    assert shown[-1].finished
    view = shown[-1].view
    other, _, seen = begin(view)
    assert "bring the same table" in seen[-1].problem
    assert other.picture.view.region == ""
    with pytest.raises(RequestError):
        EVERYBODYS.setting_for(view)


def test_what_was_brought_goes_with_the_session() -> None:
    session, scheduler, shown = begin()
    session.bring([("mine.csv", wide())], 0, "employment")
    scheduler.answer()
    left = (
        weakref.ref(session.uploads.tables[0].members.amounts),
        weakref.ref(next(iter(shown[-1].sample.runs["none"]))),
    )
    session.close()
    shown.clear()
    scheduler.left.clear()
    del session
    gc.collect()
    assert [each() for each in left] == [None, None]
