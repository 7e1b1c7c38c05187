"""The runs behind an attribution, and where what follows from them is shown and kept."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from analysis.console.rendering import laid_out
from analysis.errors import RequestError, option
from analysis.runs.execution import Record
from analysis.runs.experiment import Experiment, run_ids
from analysis.runs.making import Made
from analysis.runs.results import Results
from analysis.runs.store import RecordStore
from analysis.statistics.shapley import CHANNELS
from analysis.studies.attribution.design import counterfactuals, tasks
from analysis.studies.attribution.words import section, sentences
from analysis.studies.comparison.design import Comparison
from analysis.studies.comparison.findings import ComparisonFindings
from analysis.studies.publisher import open_results, save
from analysis.words.document import text_of
from analysis.words.names import first_upper, regime
from docs.writers.attribution import page
from model.record import OBSERVABLES, OUTCOMES
from model.region import run
from model.result import RunResult
from model.scenario import Scenario
from tests.unit.analysis.runs import synthetic

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


def attributed(
    seeds: tuple[int, ...] = synthetic.SEEDS, broken: int | None = None, held: int | None = None
) -> ComparisonFindings:
    """A comparison with its attribution; one held run failed, or only the first few of them were made, if asked."""
    asked = Experiment("made_up", Scenario(steps=synthetic.STEPS), REGIMES, seeds, attribute=True)
    own, others = asked.tasks(), tasks(asked)
    results = Results(
        asked, tuple(Record(place, task, made_up(task.scenario, task.seed)) for place, task in enumerate(own))
    )
    rows: list[dict[str, Any]] = []
    failed: list[Record[Any]] = []
    for place, task in enumerate(others[:held]):
        if place == broken:
            failed.append(Record(len(own) + place, task, error="ValueError: no luck", trace="line 1"))
        else:
            made = made_up(task.scenario, task.seed).series().iloc[1:]
            rows += made.assign(regime=task.regime, seed=task.seed).to_dict("records")
    # The order in which a store gives them is none.
    table = pd.DataFrame(rows[::-1], columns=["regime", "seed", "step", *OUTCOMES])
    return Comparison(asked).find(results, Made(table, tuple(failed), stopped=False, seconds=1.0))


@pytest.fixture(scope="module")
def found() -> ComparisonFindings:
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


def test_runs_with_channels_held_still_are_kept_as_outcomes_only(tmp_path: Path) -> None:
    experiment = Experiment("tiny", TINY, ("none", "cluster"), (1,), attribute=True)
    findings = Comparison(experiment).run(jobs=1, store=tmp_path)
    held = tasks(experiment)[0]
    row = findings.tables["counterfactuals"].iloc[2]
    series = run(held.scenario, 1).series().iloc[1:]
    assert row[list(OUTCOMES)].to_dict() == pytest.approx(series[list(OUTCOMES)].mean().to_dict())
    names = run_ids((*experiment.tasks(), *tasks(experiment)))
    assert RecordStore.within(tmp_path).names(names) == set(names[:2])


def test_a_plain_comparison_with_a_channel_held_still_is_recorded_in_full() -> None:
    frozen = TINY.model_copy(update={"channels": TINY.channels.model_copy(update={"freeze_ties": True})})
    findings = Comparison(Experiment("tiny", frozen, ("none", "cluster"), (1,))).run(jobs=1)
    assert findings.tables["series"]["step"].tolist() == [*range(TINY.steps + 1)] * 2
    assert "attribution" not in findings.tables


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
    with pytest.raises(RequestError) as caught:
        Experiment("wrong", scenario, regimes, attribute=True)
    assert hint in caught.value.worded(option)
    Experiment("right", scenario, regimes)


def test_an_attribution_is_another_experiment() -> None:
    one, other = (Experiment("tiny", TINY, REGIMES, attribute=attribute) for attribute in (False, True))
    assert one.identity() != other.identity()


def test_runs_are_told_by_what_was_live(found: ComparisonFindings) -> None:
    outcomes = found.tables["counterfactuals"]
    assert len(outcomes) == 8 * len(REGIMES) * len(synthetic.SEEDS)
    live = outcomes[outcomes[list(CHANNELS)].all(axis=1)].drop(columns=list(CHANNELS))
    pd.testing.assert_frame_equal(live.reset_index(drop=True), found.tables["averages"])


def test_what_is_attributed_is_the_lead_of_the_comparison(found: ComparisonFindings) -> None:
    parts = found.tables["attribution"].query("quantity == 'lead'").set_index(["outcome", "regime"])["value"]
    leads = found.tables["comparison"].set_index(["outcome", "regime"])["difference"].dropna()
    pd.testing.assert_series_equal(parts.sort_index(), leads.sort_index(), check_names=False)
    assert found.complete
    parts = found.tables["attribution"].query("regime == 'cluster' and quantity == 'contribution'")
    first = parts[parts["outcome"] == OUTCOMES[0]].set_index("channels")
    assert first.loc["ties", "share"] > 50
    assert first.loc["absorptive_capacity", "value"] == pytest.approx(0, abs=1e-9)


def test_sets_stand_in_order_whatever_order_runs_end_in(found: ComparisonFindings) -> None:
    outcomes = found.tables["counterfactuals"]
    still = (~outcomes[list(CHANNELS)].astype(bool)).sum(axis=1)
    assert still.is_monotonic_increasing
    one = outcomes[(still == 1) & ~outcomes["ties"].astype(bool)]
    assert one["regime"].tolist() == [name for name in REGIMES for _ in synthetic.SEEDS]
    assert one["seed"].tolist() == list(synthetic.SEEDS) * len(REGIMES)


def test_a_failed_run_takes_its_seed_out_and_is_reported(tmp_path: Path) -> None:
    failed = attributed(broken=0)
    assert failed.complete
    (run_failed,) = failed.failed
    assert run_failed["regime"] == "none with absorptive_capacity held still"
    # It was the baseline's.
    assert set(failed.tables["attribution"]["seeds"]) == {len(synthetic.SEEDS) - 1}
    folder = save(failed, tmp_path / "failed", theme=None)
    told = json.loads((folder / "manifest.json").read_text("utf-8"))["attribution"]
    assert [each["regime"] for each in told["runs_failed"]] == [run_failed["regime"]]
    assert told["runs_finished"] == 7 * len(REGIMES) * len(synthetic.SEEDS) - 1


def test_what_was_stopped_before_any_seed_was_whole_attributes_nothing(tmp_path: Path) -> None:
    early = attributed(held=5)
    assert len(early.tables["attribution"]) == 0
    assert not early.complete
    folder = save(early, tmp_path / "early", theme=None)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["attribution"]["seeds"] == 0
    assert not manifest["complete"]
    assert "nothing is attributed" in text_of(open_results(folder).warnings()[0])
    assert len(attributed(held=0).tables["attribution"]) == 0


def test_tables_and_words_say_what_the_numbers_say(found: ComparisonFindings) -> None:
    table = found.tables["attribution"]
    text = shown(table)
    ties = table.query("regime == 'cluster' and quantity == 'contribution' and channels == 'ties'").iloc[0]
    assert f"{ties['relative']:+.1f}%" in text
    assert f"{ties['share']:.0f}%" in text
    assert f"{ties['relative']:+.1f}%*" in text
    for outcome in OUTCOMES:
        assert OBSERVABLES[outcome].label in text
    assert "nan" not in text
    assert "…" not in text
    sector, cluster = sentences(table)
    assert cluster.startswith("cluster is ")
    assert f"ties contribute {ties['relative']:+.1f} points" in cluster
    assert "absorptive capacity and networked recombination have no clear effect" in cluster
    assert sector.startswith("sector ")


def test_a_lead_that_may_be_nothing_is_not_shared_out(found: ComparisonFindings) -> None:
    table = found.tables["attribution"].assign(low=-1.0, high=1.0)
    assert all("no lead to share out" in sentence for sentence in sentences(table))


def test_percentages_of_nothing_are_not_given(found: ComparisonFindings) -> None:
    gone = ["relative", "relative_low", "relative_high"]
    table = found.tables["attribution"].assign(**dict.fromkeys(gone, np.nan))
    assert all("none has nothing" in sentence for sentence in sentences(table))
    assert "nan" not in shown(table)


def test_one_seed_is_not_argued_from() -> None:
    table = attributed((1,)).tables["attribution"]
    assert all("one seed" in sentence for sentence in sentences(table))
    assert "%*" not in shown(table)
    assert "nan" not in shown(table)


def test_the_page_of_results_says_what_the_folder_holds(found: ComparisonFindings, tmp_path: Path) -> None:
    text = page([save(found, tmp_path / "made_up", theme=None)])
    table = found.tables["attribution"]
    lead = table.query("regime == 'cluster' and quantity == 'lead'").iloc[0]
    reach = (lead["relative_high"] - lead["relative_low"]) / 2
    assert f"| cluster support | **{lead['relative']:+.1f} ± {reach:.1f}** |" in text
    assert "seeds 10000 to 10003: 96 runs, 0 failed" in text
    told = [first_upper(sentence) for sentence in sentences(table, called=regime)]
    assert told[0].startswith("Sector support ")
    assert all(f"- {sentence}" in text for sentence in told)
    with pytest.raises(RequestError, match="compare --attribute"):
        page([save(synthetic.findings(), tmp_path / "plain", theme=None)])


def shown(table: pd.DataFrame) -> str:
    """What the section says, at 80 columns."""
    output = io.StringIO()
    console = Console(file=output, width=80)
    told = section(table)
    assert told is not None
    for each in told.tables:
        console.print(each.caption)
        for part in laid_out(each, console.width):
            console.print(part)
    return output.getvalue()
