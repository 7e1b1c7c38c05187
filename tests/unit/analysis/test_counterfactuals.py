"""The runs behind an attribution, and where what follows from them is shown and kept."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from analysis.attribution import CHANNELS
from analysis.attribution_page import page
from analysis.console.attribution import overview_table, primary_table, sentences
from analysis.console.terminal import Terminal
from analysis.console.work import conduct
from analysis.counterfactuals import Attribution, counterfactuals, run_briefly, tasks
from analysis.errors import RequestError
from analysis.execution import Record
from analysis.experiment import Experiment
from analysis.publication import publish
from analysis.results import Results
from model.record import OBSERVABLES, OUTCOMES
from model.region import run
from model.result import RunResult
from model.scenario import Scenario
from tests.unit.analysis import synthetic

REGIMES = ("none", "sector", "cluster")
TINY = Scenario.model_validate({"steps": 3, "firms": {"number": 12}})


def made_up(scenario: Scenario, seed: int) -> RunResult:
    """A made-up run whose lead is larger where ties are live, with a little luck of its own."""
    result = synthetic.run(scenario, seed)
    regime = scenario.policy.policymakers[0].regime
    channels = scenario.channels
    luck = np.random.default_rng([seed, channels.freeze_ties, channels.networked_recombination])
    ahead = 0.2 * (regime == "cluster") * (1 + 2 * (not channels.freeze_ties) + luck.normal(0, 0.1))
    result.record.series[-1] *= np.exp(ahead)
    return result


def attributed(seeds: tuple[int, ...] = synthetic.SEEDS) -> tuple[Results, Attribution]:
    asked = Experiment("made_up", Scenario(steps=synthetic.STEPS), REGIMES, seeds, attribute=True)
    own, held = (
        tuple(
            Record(place, task, made_up(task.scenario, task.seed))
            for place, task in enumerate(listed, start=first)
        )
        for listed, first in ((asked.tasks(), 0), (tasks(asked), len(asked.tasks())))
    )
    results = Results(asked, own)
    return results, Attribution.of(results, held)


@pytest.fixture(scope="module")
def found() -> tuple[Results, Attribution]:
    return attributed()


def test_every_set_of_channels_is_held_still_once_in_every_regime() -> None:
    experiment = Experiment("tiny", TINY, REGIMES, (1, 2), attribute=True)
    listed = list(counterfactuals(experiment))
    assert len(listed) == len(set(listed)) == 7 * len(REGIMES)
    assert len({each.label for each in listed}) == len(listed)
    planned = tasks(experiment)
    assert len(planned) == 2 * len(listed)
    assert [task.seed for task in planned[: len(listed)]] == [1] * len(listed)
    for task, held in zip(planned, listed, strict=False):
        channels = task.scenario.channels
        assert channels.freeze_absorptive_capacity == ("absorptive_capacity" in held.frozen)
        assert channels.networked_recombination == ("networked_recombination" not in held.frozen)
        assert channels.freeze_ties == ("ties" in held.frozen)
        # Nothing else differs, and what is asked for can be written down as a scenario.
        assert task.scenario.model_copy(update={"channels": TINY.channels}) == TINY.with_regime(held.regime)
        assert Scenario.model_validate(task.scenario.model_dump()) == task.scenario


def test_a_brief_run_ends_as_the_whole_run_does() -> None:
    scenario = TINY.model_copy(update={"channels": TINY.channels.model_copy(update={"freeze_ties": True})})
    whole, brief = run(scenario, 1), run_briefly(scenario, 1)
    assert brief.outcomes == whole.outcomes
    assert [len(rows) for rows in vars(brief.record).values()] == [1] * len(vars(brief.record))
    assert len(run_briefly(TINY, 1).series()) == TINY.steps + 1


def test_a_plain_comparison_with_a_channel_held_still_is_recorded_in_full(tmp_path: Path) -> None:
    frozen = TINY.model_copy(update={"channels": TINY.channels.model_copy(update={"freeze_ties": True})})
    experiment = Experiment("tiny", frozen, ("none", "cluster"), (1,))
    assert conduct(experiment, Terminal(quiet=True), out=tmp_path / "out", jobs=1, theme=None) == 0
    series = pd.read_parquet(tmp_path / "out" / "data" / "series.parquet")
    assert series["step"].tolist() == [*range(TINY.steps + 1)] * 2
    assert not (tmp_path / "out" / "data" / "attribution.parquet").exists()


@pytest.mark.parametrize(
    ("channels", "regimes", "hint"),
    [
        ({"freeze_ties": True}, REGIMES, "channels.freeze_ties=false"),
        ({"networked_recombination": False}, REGIMES, "channels.networked_recombination=true"),
        ({}, ("cluster",), "two or more"),
    ],
)
def test_what_cannot_be_attributed_is_said_beforehand(
    channels: dict[str, bool], regimes: tuple[str, ...], hint: str
) -> None:
    scenario = Scenario.model_validate({"channels": channels})
    with pytest.raises(RequestError, match=hint):
        Experiment("wrong", scenario, regimes, attribute=True)
    Experiment("right", scenario, regimes)


def test_an_attribution_is_another_experiment() -> None:
    one, other = (Experiment("tiny", TINY, REGIMES, attribute=attribute) for attribute in (False, True))
    assert one.identity() != other.identity()


def test_runs_are_told_by_what_was_live(found: tuple[Results, Attribution]) -> None:
    results, attribution = found
    outcomes = attribution.outcomes
    assert len(outcomes) == 8 * len(REGIMES) * len(synthetic.SEEDS)
    live = outcomes[outcomes[list(CHANNELS)].all(axis=1)].drop(columns=list(CHANNELS))
    pd.testing.assert_frame_equal(live.reset_index(drop=True), results.outcomes())
    assert attribution.complete
    parts = attribution.contributions.query("regime == 'cluster' and quantity == 'contribution'")
    first = parts[parts["outcome"] == OUTCOMES[0]].set_index("channels")
    assert first.loc["ties", "share"] > 50
    assert first.loc["absorptive_capacity", "value"] == pytest.approx(0, abs=1e-9)


def test_the_order_in_which_runs_end_does_not_matter(found: tuple[Results, Attribution]) -> None:
    results, attribution = found
    again = Attribution.of(results, attribution.records[::-1])
    pd.testing.assert_frame_equal(again.outcomes, attribution.outcomes)
    pd.testing.assert_frame_equal(again.contributions, attribution.contributions)


def test_a_failed_run_takes_its_seed_out_and_is_reported(
    found: tuple[Results, Attribution], tmp_path: Path
) -> None:
    results, attribution = found
    broken = replace(attribution.records[0], result=None, error="ValueError: no luck", trace="line 1")
    failed = Attribution.of(results, (broken, *attribution.records[1:]))
    assert (failed.complete, len(failed.failed)) == (True, 1)
    assert broken.task.regime == "none with absorptive_capacity held still"
    # It was the baseline's.
    assert set(failed.contributions["seeds"]) == {len(synthetic.SEEDS) - 1}
    folder = publish(results, tmp_path / "failed", theme=None, attribution=failed)
    told = json.loads((folder / "manifest.json").read_text("utf-8"))["attribution"]
    assert [each["regime"] for each in told["runs_failed"]] == [broken.task.regime]
    assert told["runs_finished"] == 7 * len(REGIMES) * len(synthetic.SEEDS) - 1


def test_what_was_stopped_before_any_seed_was_whole_attributes_nothing(
    found: tuple[Results, Attribution], tmp_path: Path
) -> None:
    results, attribution = found
    early = Attribution.of(results, attribution.records[:5])
    assert len(early.contributions) == 0
    assert not early.complete
    folder = publish(results, tmp_path / "early", theme=None, attribution=early)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["attribution"]["seeds"] == 0
    assert not manifest["complete"]
    assert len(Attribution.of(results, ()).contributions) == 0


def test_tables_and_words_say_what_the_numbers_say(found: tuple[Results, Attribution]) -> None:
    _, attribution = found
    table = attribution.contributions
    primary, overview = (printed(each) for each in (primary_table(table, OUTCOMES[0]), overview_table(table)))
    ties = table.query("regime == 'cluster' and quantity == 'contribution' and channels == 'ties'").iloc[0]
    assert f"{ties['relative']:+.1f}" in primary
    assert f"{ties['share']:.0f}%" in primary
    assert f"{ties['relative']:+.1f}±{(ties['relative_high'] - ties['relative_low']) / 2:.1f}" in overview
    for outcome in OUTCOMES:
        assert OBSERVABLES[outcome].label in printed(overview_table(table), width=120)
    assert "nan" not in primary + overview
    assert "…" not in primary + overview
    sector, cluster = sentences(table)
    assert cluster.startswith("cluster ends ")
    assert f"ties contribute {ties['relative']:+.1f} points" in cluster
    assert "of absorptive capacity and networked recombination cannot be told from zero" in cluster
    assert sector.startswith("sector ")


def test_a_lead_that_may_be_nothing_is_not_shared_out(found: tuple[Results, Attribution]) -> None:
    table = found[1].contributions.assign(low=-1.0, high=1.0)
    assert all("no lead to share out" in sentence for sentence in sentences(table))


def test_percentages_of_nothing_are_not_given(found: tuple[Results, Attribution]) -> None:
    gone = ["relative", "relative_low", "relative_high"]
    table = found[1].contributions.assign(**dict.fromkeys(gone, np.nan))
    assert all("none ends with nothing" in sentence for sentence in sentences(table))
    assert "nan" not in printed(overview_table(table)) + printed(primary_table(table, OUTCOMES[0]))


def test_one_seed_is_not_argued_from() -> None:
    _, attribution = attributed((1,))
    table = attribution.contributions
    assert all("one seed" in sentence for sentence in sentences(table))
    assert "±" not in printed(overview_table(table))
    assert "nan" not in printed(primary_table(table, OUTCOMES[0]))


def test_the_page_of_results_says_what_the_folder_holds(
    found: tuple[Results, Attribution], tmp_path: Path
) -> None:
    results, attribution = found
    text = page([publish(results, tmp_path / "made_up", theme=None, attribution=attribution)])
    lead = attribution.contributions.query("regime == 'cluster' and quantity == 'lead'").iloc[0]
    reach = (lead["relative_high"] - lead["relative_low"]) / 2
    assert f"| `cluster` | **{lead['relative']:+.1f} ± {reach:.1f}** |" in text
    assert "seeds 10000 to 10003: 96 runs, 0 failed" in text
    assert all(f"- {sentence}" in text for sentence in sentences(attribution.contributions))
    with pytest.raises(RequestError, match="compare --attribute"):
        page([publish(results, tmp_path / "plain", theme=None)])


def printed(table: Any, width: int = 80) -> str:
    output = io.StringIO()
    Console(file=output, width=width).print(table)
    return output.getvalue()
