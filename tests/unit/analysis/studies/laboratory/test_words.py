"""The laboratory in words: what is in its tables is told, and nothing else."""

from __future__ import annotations

import math

from analysis.statistics.aims import Aim
from analysis.studies.laboratory.design import tables_of
from analysis.studies.laboratory.measures import MEASURES
from analysis.studies.laboratory.protocol import Line, Taken, said
from analysis.studies.laboratory.tables import interval_of, number_of
from analysis.studies.laboratory.words import answer, sections, warnings
from analysis.words.document import MINUS, text_of
from tests.unit.analysis.studies.laboratory.made_up import conduct, readings

LINES = (
    Line("searched", "Best of 200 searched policies over the lottery", 5.0, 1.5, 8.5, aim=Aim(4, above=1)),
    Line("latent_5", "Latent domains opened", 0.02, 0.01, 0.03, "share", Aim(0.1, 0.15)),
    Line("seeds", "Seeds that tell a lead", 20.0, 12.0, math.inf, "seeds", Aim(most=16)),
    Line("searched_output", "the same on output", 1.0),
)
TABLES = tables_of({"headroom": Taken(LINES)})


def test_every_aim_is_told_with_its_verdict() -> None:
    first, *others = (text_of(sentence) for sentence in answer(TABLES["measures"]))
    assert first == "Of 3 aims: 1 met, 1 missed and 1 that cannot be told."
    assert others == [
        (
            "Met: best of 200 searched policies over the lottery (+5.0, likely +1.5 to +8.5; "
            "aim: at least 4, lower end above 1)."
        ),
        "Missed: latent domains opened (2%, likely 1% to 3%; aim: 10% to 15%).",
        "Cannot be told: seeds that tell a lead (20, likely 12 or more; aim: at most 16).",
    ]


def test_where_no_measure_was_finished_that_is_told() -> None:
    (told,) = answer(tables_of({})["measures"])
    assert text_of(told) == "No measure with an aim was taken to its end."
    assert not list(sections(tables_of({}), {}))


def test_numbers_are_written_in_their_unit_and_say_where_they_come_from() -> None:
    rows = TABLES["measures"].set_index("line", drop=False)
    assert number_of(rows.loc["latent_5"]).text == "2%"
    assert number_of(rows.loc["searched"]).source == "measures/searched/estimate"
    assert interval_of(rows.loc["searched_output"]) == ""
    assert said(Aim(-15, 15), "%") == f"{MINUS}15% to 15%"


def test_every_measure_has_a_section_that_can_be_shown() -> None:
    taken, told = {}, {}
    for name, measure in MEASURES.items():
        taken[name], asked = conduct(measure, lambda wanted: readings(wanted, lambda _cell, _regime: 0.0))
        told[name] = {"question": measure.question, "runs": sum(map(len, asked)), "seconds": 1.0, "failed": 0}
    tables = tables_of(taken)
    shown = list(sections(tables, told))
    assert len(shown) == 12
    for section in shown:
        for table in section.tables:
            assert table.rows
            assert {len(row) for row in table.rows} == {len(table.headings)}
    drawn = {name for section in shown for name in section.figures}
    assert drawn == {"measures", "mind", "surface", "steadiness"}


def test_what_is_missing_is_told() -> None:
    manifest = {"asked": ["mind", "seeds"], "measures": {"seeds": {"failed": 2}}}
    assert [text_of(sentence) for sentence in warnings(manifest)] == [
        "not taken: mind; the same command goes on from there.",
        "seeds: 2 runs failed and do not count.",
    ]


def test_figures_are_drawn_of_what_has_no_interval_and_of_what_nothing_is_known() -> None:
    from analysis.studies.laboratory import figures  # noqa: PLC0415 - a second, for one test

    nothing = Line("effect", "Nothing finished", math.nan, aim=Aim(0, 5))
    table = tables_of({"all": Taken((*LINES, nothing))})["measures"]
    for theme in ("light", "dark"):
        figure = figures.measures(table, theme=theme)
        told = [text.get_text() for ax in figure.axes for text in ax.texts]
        assert [text.split()[-1] for text in told] == ["met", "missed", "told", "told"]
