"""What a reader of a comparison must be able to rely on: units, colours, subjects, and what was run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures.subject import name_subject, with_subject
from analysis.studies.comparison import chosen, money, policies, turning, winners
from analysis.studies.comparison.compared import Compared
from analysis.studies.comparison.figures import curves, differences, timeline, who_wins
from analysis.studies.surface.figures.difference_maps import ENDS
from analysis.words.document import text_of
from analysis.words.origin import provenance
from model.record import OUTCOMES
from tests.unit.analysis.runs.synthetic import findings, results
from tests.unit.analysis.studies.comparison.test_figures import choosing
from tests.unit.analysis.studies.comparison.test_figures import winners as made_up_winners

MEASURED = {"employment": [300_000.0, 60_000.0], "unit_size": [10.0, 5.0]}


def measured(purse: dict[str, object] | None = None) -> Compared:
    """A comparison in a measured region of 360,000 people."""
    found = findings().compared
    scenario = {**found.manifest["scenario"], "knowledge_space": {"measured": MEASURED}}
    return replace(found, manifest={**found.manifest, "scenario": scenario, "money": purse})


def employees(found: Compared) -> float:
    series = found.table("series")
    return float(series[series["step"] == 0]["employment"].mean())


@pytest.mark.parametrize(
    ("purse", "people"),
    [
        (None, 360_000),
        ({"wage_bill": 1e9, "people": 400_000.0, "population": None, "source": "given"}, 400_000),
        ({"wage_bill": 1e9, "people": None, "population": None, "source": "given"}, None),
    ],
    ids=["size", "people", "wages only"],
)
def test_jobs_are_those_of_the_region_and_not_simulated_ones(
    purse: dict[str, object] | None, people: float | None
) -> None:
    found = measured(purse)
    expected = 1.0 if people is None else people / employees(found)
    assert money.people_for_one(found) == pytest.approx(expected)


def test_groups_gain_as_many_jobs_as_people_stand_behind_them() -> None:
    found = measured()
    found = replace(found, tables={**found.tables, "who_wins": made_up_winners()})
    section = winners.section(found)
    assert section is not None
    table = made_up_winners()
    mine = table[(table["regime"] == winners.best(found)) & (table["measure"] == "jobs")]
    rows = mine.set_index("group")["gain"]
    shown = {row[0]: row[-2].value for row in section.tables[0].rows if row[0] in rows.index}  # type: ignore[union-attr]
    assert shown
    for group, jobs in shown.items():
        assert jobs == pytest.approx(rows[group] * 360_000 / employees(found))


def test_a_policy_has_one_colour_in_all_figures_whatever_it_is_compared_with() -> None:
    named = {"sector": "stay", "cluster": "switch"}
    series = results().series().replace({"regime": named})
    shades = style.regime_colours(["none", "stay", "switch", "smart_specialisation"], style.THEMES["light"])
    over_time = curves.difference_curves(series, OUTCOMES, "stay")
    assert to_hex(over_time.axes[0].get_lines()[1].get_color()) == shades["switch"]
    comparison = findings().tables["comparison"].replace({"regime": named})
    dots = differences.paired_differences(comparison.assign(baseline="stay"))
    assert shades["switch"] in {to_hex(line.get_color()) for line in dots.axes[0].get_lines()}
    table = made_up_winners().replace({"regime": {"cluster": "switch"}})
    figure = who_wins.who_wins(table, "switch", "none", regimes=["none", "stay", "switch"])
    assert {to_hex(line.get_color()) for line in figure.axes[0].get_lines()[1:]} == {shades["switch"]}


@pytest.mark.parametrize(
    "title", ["Who wins", "A title that takes nearly all of the width of the figure that it has"]
)
@pytest.mark.parametrize("width", [12.8, 6.4])
def test_every_figure_names_its_region_and_setting_however_long_the_title(title: str, width: float) -> None:
    theme = style.THEMES["light"]
    figure = style.open_figure(title, "How to read it.", theme, (width, 5.0))
    figure.subplots()
    name_subject(figure, "RO21 Nord-Est (North-East)", theme, "16 simulated regions, 20 years")
    told = " ".join(" ".join(text.get_text() for text in figure.texts).replace("-\n", "-").split())
    assert told.count("RO21 Nord-Est (North-East)") == 1
    assert told.count("16 simulated regions, 20 years") == 1
    assert "How to read it." in told


def test_a_timeline_fills_its_figure() -> None:
    figure: Figure = timeline.timeline(choosing().compared)
    figure.draw_without_rendering()
    # Bars, not blank paper below them.
    assert figure.axes[0].get_position().y0 < 0.25


def test_no_difference_is_minus_zero() -> None:
    table = findings().tables["comparison"].assign(relative=-0.01, relative_low=-0.1, relative_high=0.1)
    figure = differences.paired_differences(table)
    assert {text.get_text() for ax in figure.axes for text in ax.texts if "%" in text.get_text()} == {"0.0%"}


def test_leads_of_less_than_a_year_are_left_out() -> None:
    changes = [(1, "a"), (2, "b"), (3, "a"), (9, "b"), (11, "a"), (30, "c"), (39, "b")]
    assert turning.lasting_leads(changes, 40) == [(3, "a"), (30, "c"), (39, "b")]
    assert turning.lasting_leads([(1, "a")], 2) == [(1, "a")]


def test_policies_as_written_do_not_take_the_place_of_the_date() -> None:
    written = {"as_written": "agency: sector support", "stay": "ministry: cluster support"}
    manifest = {"written": "2030-01-01T00:00:00+00:00", "policies_as_written": written}
    assert dict(provenance(manifest))["Results written"] == manifest["written"]
    (told,) = policies.in_words(written)
    assert text_of(told) == (
        "Policies: the policy as written (agency: sector support); “stay” (ministry: cluster support)."
    )
    assert policies.in_words({}) == ()


def test_who_delivers_is_named_as_people_name_it() -> None:
    found = choosing().compared
    log = found.tables["priorities"].assign(delivered_by="agency, business_support, training")
    section = chosen.section(replace(found, tables={**found.tables, "priorities": log}))
    assert section is not None
    assert (
        "Delivered by the policymaker, business support agencies and training providers"
        in section.tables[0].caption
    )


def test_the_palette_of_differences_is_not_that_of_regimes() -> None:
    used = {shade for theme in style.THEMES.values() for shade in theme.regimes.values()}
    assert not used & set(ENDS)


@pytest.mark.parametrize(
    ("value", "text"), [(-0.04, "0.0%"), (0.0, "0.0%"), (0.26, "+0.3%"), (-1.26, "−1.3%")]
)
def test_differences_in_figures_have_a_minus_and_a_unit(value: float, text: str) -> None:
    assert style.signed(value, 1) == text


def test_figures_of_other_studies_name_their_region_and_setting() -> None:
    def draw() -> Figure:
        figure = style.open_figure(
            "Which switch does the work", "A note.", style.THEMES["light"], style.SLIDE
        )
        figure.subplots()
        return figure

    (figure,) = (
        make() for make in with_subject({"x": draw}, "A region", "light", findings().setting()).values()
    )
    assert "A region; 4 simulated regions, 3 years" in [text.get_text() for text in figure.texts]
