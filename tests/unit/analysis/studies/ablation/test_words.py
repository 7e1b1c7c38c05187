"""An ablation in words: what was put into made-up outcomes is told, and nothing else."""

from __future__ import annotations

import pandas as pd

from analysis.statistics.factorial import factorial_effects, walks
from analysis.studies.ablation.words import answer, effects_section, spending_section, walks_section
from analysis.words.document import Number, Table, text_of
from model.record import OUTCOMES
from tests.unit.analysis.studies.ablation.synthetic_ablation import REGIMES, outcomes, treatments

MADE = treatments()
FOUND = outcomes(OUTCOMES)
EFFECTS = factorial_effects(FOUND, MADE.corners, OUTCOMES)
WALKS = walks(FOUND, MADE.flips, OUTCOMES)


def told(runs: pd.DataFrame) -> list[str]:
    effects = factorial_effects(runs, MADE.corners, OUTCOMES)
    return [text_of(sentence) for sentence in answer(effects, walks(runs, MADE.flips, OUTCOMES))]


def test_words_name_what_was_put_in() -> None:
    switches, pair, sector, *others = told(FOUND)
    assert "networked instead of isolated, +" in switches
    assert switches.index("networked instead of isolated") < switches.index("across instead of inside")
    assert (
        "of generic or targeted, fixed or discovering and from above or from below nothing can be said"
        in switches
    )
    assert "networked and across strengthen each other" in pair
    assert sector.startswith("Sector support, +")
    assert "loses most with networked instead of mixed, \N{MINUS SIGN}" in sector
    assert all("neither gains nor loses" in each for each in others)


def test_words_claim_nothing_without_intervals() -> None:
    (only,) = told(FOUND[FOUND["seed"] == 0])
    assert "Only one region was simulated" in only


def test_words_claim_nothing_without_a_whole_seed() -> None:
    (only,) = told(FOUND[FOUND["regime"] != MADE.corners["regime"].iloc[0]])
    assert "nothing can be said" in only


def entries(table: Table) -> list[Number]:
    return [cell for row in table.rows for cell in row if isinstance(cell, Number)]


def test_tables_show_every_switch_pair_and_flip_on_every_outcome() -> None:
    main, pairs, others = effects_section(EFFECTS).tables
    assert (len(main.rows), len(pairs.rows), len(others.rows)) == (5, 10, 5)
    assert len(others.headings) == len(OUTCOMES)
    section = walks_section(WALKS)
    assert len(section.tables) == 2 * len(REGIMES)
    assert sum(len(table.rows) for table in section.tables[::2]) == len(MADE.flips)
    assert [table.rows for table in section.tables[1::2]]


def test_what_is_sure_is_marked_and_nothing_else() -> None:
    for table in (*effects_section(EFFECTS).tables[:2], *walks_section(WALKS).tables[::2]):
        for row in table.rows:
            effect, p = row[1], row[4]
            assert isinstance(effect, Number)
            assert isinstance(p, Number)
            assert effect.sure == (p.value < 0.05)
    others = effects_section(EFFECTS).tables[2]
    assert any(each.sure for each in entries(others))
    assert all(each.sure == each.text.endswith("*") for each in entries(others))


def test_money_that_could_not_be_spent_is_told() -> None:
    spending = pd.DataFrame(
        {"regime": ["none", "sector", "cluster-scope-across"], "spent": [0.0, 10.0, 5.0],
         "share_of_most": [0.0, 1.0, 0.5]}
    )  # fmt: skip
    section = spending_section(spending)
    assert section is not None
    (paragraph,) = map(text_of, section.paragraphs)
    assert (
        "under “cluster, scope, across”: 50% of what was spent where most was; 1 of 2 combinations"
        in paragraph
    )
    assert spending_section(spending[:1]) is None
