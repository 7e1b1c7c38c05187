"""Studies of sweeps whose answers are known: what they find, what they leave out, what they warn of."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import RequestError
from analysis.statistics import feature_scores
from analysis.studies.discovery import design as discovery
from analysis.studies.publisher import open_results, save
from analysis.studies.replicates import design as replicates
from analysis.studies.robustness import design as robustness
from analysis.studies.robustness import words as robust_words
from analysis.studies.sensitivity import design as sensitivity
from analysis.studies.study import Findings
from analysis.studies.sweep.sampling import Sampling
from analysis.words.document import text_of
from tests.unit.analysis.studies.sweep.made_up_sweeps import FACTORS, luck, made_up_design, store_made_up

SOBOL = Sampling("sobol", 64)
MORRIS = Sampling("morris", 12)
HYPERCUBE = Sampling("latin_hypercube", 120)


def warned(found: Findings) -> str:
    return " ".join(map(text_of, found.warnings()))


def advised(found: Findings) -> str:
    return " ".join(map(text_of, found.advice()))


def outcome(values: dict[str, float], regime: str, seed: int) -> float:
    """Sector leads by what absorptive capacity adds; cluster where openness is high; seeds matter alike."""
    lead = {
        "none": 0.0,
        "sector": 20 * (values["absorptive_capacity"] - 0.5),
        "cluster": 40 * (values["openness"] > 0.5) - 5,
    }
    return 100 + 10 * seed + lead[regime]


def noisy(values: dict[str, float], regime: str, seed: int) -> float:
    return outcome(values, regime, seed) + 8 * luck(*values.values(), regime, seed)


@pytest.fixture(autouse=True)
def _few_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    # Scores of factors are tested with all the trees; here they are one table among others.
    monkeypatch.setattr(feature_scores, "TREES", 30)


@pytest.fixture(scope="module")
def hypercube(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of a Latin hypercube, for those who only read it."""
    return store_made_up(tmp_path_factory.mktemp("hypercube") / "sweep", made_up_design(HYPERCUBE), outcome)


def test_sobol_indices_of_a_lead(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(SOBOL), outcome)
    found = sensitivity.design(folder).run()
    assert found.manifest["method"] == "sobol"
    table = found.tables["indices"].set_index(["regime", "factor"])
    # The lead is in percent of the mean of none, which is the same everywhere.
    assert table.loc[("sector", "absorptive_capacity"), "total"] == pytest.approx(1, abs=0.1)
    assert table.loc[("cluster", "openness"), "total"] == pytest.approx(1, abs=0.1)
    assert table.loc[("sector", "openness"), "total"] == 0
    assert set(table[table["influential"]].index) == {
        ("sector", "absorptive_capacity"),
        ("cluster", "openness"),
    }
    assert (table["noise_share"] < 1e-9).all()
    assert table.loc[("sector", "absorptive_capacity"), "rank_correlation"] > 0.9
    (sector, _) = found.sentences()
    assert (
        "sector support adds to knowledge at what it is worth depends most on absorptive capacity (more with"
        in sector
    )


def test_a_failed_run_drops_the_whole_block_and_says_so(tmp_path: Path) -> None:
    folder = store_made_up(
        tmp_path / "sweep", made_up_design(SOBOL), outcome,
        failing=lambda point, regime, seed: (point, regime, seed) == (7, "cluster", 2),
    )  # fmt: skip
    found = sensitivity.design(folder).run()
    table = found.tables["indices"]
    assert (table["blocks"] == 63).all()
    assert (table["blocks_dropped"] == 1).all()
    assert table["total"].max() == pytest.approx(1, abs=0.1)
    assert "1 of 64 blocks of the sobol design" in warned(found)
    assert "1 of 320 points are left out, because 1 run failed" in warned(found)


def test_wide_intervals_are_warned_of_with_what_would_do(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(Sampling("sobol", 16)), noisy)
    found = sensitivity.design(folder).run()
    assert "80 points leave an interval of" in warned(found)
    assert "run.py sweep --samples " in advised(found)
    assert "is luck of 3 seeds" in warned(found)
    assert "run.py sweep --seeds " in advised(found)


def test_morris_screens_and_knows_luck(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(MORRIS), noisy)
    table = sensitivity.design(folder).run().tables["indices"].set_index(["regime", "factor"])
    assert table.loc[("cluster", "openness"), "influential"]
    assert not table.loc[("cluster", "ties.cost"), "influential"]
    assert table.loc[("cluster", "ties.cost"), "luck"] > 1
    plain = store_made_up(tmp_path / "plain", made_up_design(MORRIS), outcome)
    table = sensitivity.design(plain).run().tables["indices"].set_index(["regime", "factor"])
    # From 0.5 to 1.5 sector gains 20, and the mean of none is 120.
    assert table.loc[("sector", "absorptive_capacity"), "mu_star"] == pytest.approx(100 * 20 / 120, rel=1e-6)
    assert table.loc[("sector", "absorptive_capacity"), "luck"] == pytest.approx(0, abs=1e-9)


def test_pawn_is_for_points_at_random_and_of_a_users_own(hypercube: Path) -> None:
    found = sensitivity.design(hypercube, regime="sector").run()
    assert found.manifest["method"] == "pawn"
    table = found.tables["indices"].set_index("factor")
    assert table["influential"].to_dict() == {
        "absorptive_capacity": True,
        "openness": False,
        "ties.cost": False,
    }
    assert "With 120 points, a factor without effect can have an index of up to" in warned(found)


def test_a_method_that_the_design_does_not_allow_is_refused(hypercube: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="needs a sweep with --design sobol"):
        sensitivity.design(hypercube, method="sobol")
    alone = store_made_up(tmp_path / "alone", made_up_design(Sampling("one_at_a_time")), lambda *_: 1.0)
    with pytest.raises(RequestError, match="one factor at a time"):
        sensitivity.design(alone).run()


@pytest.mark.slow
def test_boxes_say_where_each_regime_leads(hypercube: Path) -> None:
    found = discovery.design(hypercube).run()
    boxes = found.tables["boxes"].set_index("regime")
    limits = found.tables["limits"].set_index(["regime", "factor"])
    assert boxes.loc["cluster", "density"] == 1
    assert boxes.loc["cluster", "coverage"] > 0.9
    assert limits.loc[("cluster", "openness"), "low"] == pytest.approx(0.5, abs=0.02)
    assert limits.loc[("cluster", "openness"), "range_high"] == 0.7
    assert limits.loc[("sector", "openness"), "high"] == pytest.approx(0.5, abs=0.02)
    assert boxes.loc["cluster", "rival"] == "sector"
    assert np.isnan(boxes.loc["none", "density"])
    told = " ".join(found.sentences())
    assert "Cluster support leads in" in told
    assert "Where openness is at least 0.5" in told
    assert "Next is mostly sector support" in told
    assert "Having no policy leads at 0 of 120 points only" in warned(found)


def test_over_a_certain_regime_other_points_are_cases(hypercube: Path) -> None:
    over = discovery.design(hypercube, regime="sector", over="cluster").run().tables["boxes"]
    assert list(over["regime"]) == ["sector"]
    # Where openness is low, which is two thirds of its range.
    assert over.loc[0, "share"] == pytest.approx(2 / 3, abs=0.02)
    with pytest.raises(RequestError, match="--over clutser"):
        discovery.design(hypercube, regime="sector", over="clutser")


def test_points_with_failures_count_for_nobody(tmp_path: Path) -> None:
    folder = store_made_up(
        tmp_path / "sweep", made_up_design(HYPERCUBE), outcome,
        failing=lambda point, regime, seed: point < 10 and regime == "none" and seed == 1,
    )  # fmt: skip
    found = robustness.design(folder).run()
    assert set(found.tables["futures"]["point"]) == set(range(10, 120))
    assert "10 of 120 points are left out, because 10 runs failed" in warned(found)


def test_robustness_of_leads(hypercube: Path) -> None:
    found = robustness.design(hypercube).run()
    table = found.tables["criteria"].set_index("regime")
    assert table.loc["sector", "satisficing"] == 1
    assert table.loc["cluster", "satisficing"] == pytest.approx(1 / 3, abs=0.02)
    assert table.loc["cluster", "satisficing_for_sure"] == table.loc["cluster", "satisficing"]
    assert table.loc["cluster", "worst"] == pytest.approx(-100 * 5 / 120)
    # The mean of none is 120; at worst sector misses the 35 of cluster where it gains next to nothing itself.
    assert table.loc["sector", "regret_maximum"] == pytest.approx(100 * 35 / 120, rel=0.05)
    assert any("Criteria disagree" in sentence for sentence in found.sentences())
    assert not found.warnings()


def agreement(*contenders: str) -> str:
    return text_of(robust_words.agreement(pd.DataFrame({"contenders": contenders})))


def test_criteria_agree_where_one_regime_is_first_or_ties_for_first_everywhere() -> None:
    assert agreement("sector", "sector") == "All criteria agree."
    tied = agreement("sector", "none, sector, cluster", "sector, cluster")
    assert tied.startswith("No criterion prefers another policy to sector support")
    assert agreement("sector", "none, cluster").startswith("Criteria disagree")


def test_criteria_do_not_disagree_by_luck_of_few_seeds(tmp_path: Path) -> None:
    def alike(values: dict[str, float], regime: str, seed: int) -> float:
        return 100 + 20 * (regime != "none") + 3 * luck(*values.values(), regime, seed)

    folder = store_made_up(tmp_path / "sweep", made_up_design(HYPERCUBE, seeds=range(2)), alike)
    found = robustness.design(folder).run()
    assert len(set(found.tables["choices"]["choice"])) > 1
    told = " ".join(found.sentences())
    assert "but not by more than luck of 2 seeds would explain" in told
    assert "Criteria disagree" not in told
    assert "luck of 2 seeds may have put another policy first" in warned(found)


@pytest.mark.slow
def test_what_is_opened_again_says_the_same(hypercube: Path, tmp_path: Path) -> None:
    for asked in (sensitivity, discovery, robustness, replicates):
        found = asked.design(hypercube).run()
        opened = open_results(save(found, tmp_path / found.kind, theme=None))
        assert type(opened) is type(found)
        for said in ("answer", "mind", "warnings", "advice", "size", "asked", "sections"):
            # In writing, as no number is equal to itself where there is none.
            assert repr(getattr(opened, said)()) == repr(getattr(found, said)()), (found.kind, said)


def test_regret_without_luck_is_the_same_on_seeds_held_out(hypercube: Path) -> None:
    table = robustness.design(hypercube).run().tables["criteria"]
    assert table["regret_mean_held_out"].tolist() == pytest.approx(table["regret_mean"].tolist())


def test_no_absurd_number_of_seeds_is_advised_where_hardly_anything_is_lost(tmp_path: Path) -> None:
    def led(values: dict[str, float], regime: str, seed: int) -> float:
        return 100 + 30 * (regime == "sector") + 8 * luck(*values.values(), regime, seed)

    folder = store_made_up(tmp_path / "sweep", made_up_design(HYPERCUBE, seeds=range(4)), led)
    found = robustness.design(folder).run()
    table = found.tables["criteria"].set_index("regime")
    assert table.loc["sector", "regret_mean"] < 0.1
    (told,) = (text_of(each) for each in found.warnings() if "standard error" in text_of(each))
    assert "best nearly everywhere" in told
    assert "--seeds 16)" in advised(found)
    assert (table["regret_mean_held_out"] <= table["regret_mean"] + 1e-9).all()


def test_levels_need_a_threshold_to_be_good_enough(hypercube: Path) -> None:
    assert "satisficing" not in robustness.design(hypercube, of="level").run().tables["criteria"]
    table = (
        robustness.design(hypercube, of="level", threshold=130.0).run().tables["criteria"].set_index("regime")
    )
    assert table.loc["none", "satisficing"] == 0
    assert table.loc["sector", "satisficing"] == pytest.approx(0.5, abs=0.02)


def test_replicates_and_what_common_seeds_save(tmp_path: Path) -> None:
    design = made_up_design(HYPERCUBE, seeds=range(10))
    folder = store_made_up(
        tmp_path / "sweep", design,
        lambda at, regime, seed: outcome(at, regime, 0) + 20 * luck(seed) + luck(*at.values(), regime, seed),
    )  # fmt: skip
    found = replicates.design(folder, regime="sector", half_width=0.5).run()
    table = found.tables["summary"].set_index("measure")
    # Two runs with a luck of 1 each, in percent of about 100.
    assert table.loc["paired lead", "deviation"] == pytest.approx(np.sqrt(2), rel=0.15)
    assert table.loc["paired lead", "needed"] == pytest.approx(33, abs=10)
    assert table.loc["paired lead", "saved_by_pairing"] > 50
    assert "without common seeds" in found.sentences()[0]
    assert "would do under every policy" in warned(found)
    assert set(found.tables["running"]["seeds"]) == set(range(2, 11))


def test_a_single_seed_is_refused_or_warned_of(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(HYPERCUBE, seeds=(1,)), outcome)
    with pytest.raises(RequestError, match="1 seed only"):
        replicates.design(folder)
    assert "one seed only" in warned(sensitivity.design(folder).run())
    judged = robustness.design(folder).run()
    assert "one seed only" in warned(judged)
    # Nothing tells luck from what is there, so that no criterion prefers anything.
    assert not any("agree" in sentence for sentence in judged.sentences())


def test_what_is_not_made_yet_is_left_out_and_said(tmp_path: Path) -> None:
    folder = store_made_up(
        tmp_path / "sweep", made_up_design(HYPERCUBE), outcome, missing=lambda point, _, seed: seed == 3 and point > 5
    )  # fmt: skip
    found = robustness.design(folder).run()
    assert found.seeds == 2
    assert "1 of 3 seeds are not finished at every point" in warned(found)
    assert f"run.py resume {folder}" in advised(found)


@pytest.mark.slow
def test_scenarios_are_told_apart(tmp_path: Path) -> None:
    stories = ("machine_building_meets_iot", "thin_rural_region")
    design = made_up_design(Sampling("latin_hypercube", 40), scenarios=stories)
    folder = store_made_up(tmp_path / "sweep", design, outcome)
    assert list(dict.fromkeys(sensitivity.design(folder).run().tables["indices"]["scenario"])) == list(
        stories
    )
    assert len(robustness.design(folder).run().tables["futures"]) == 2 * 40 * 3
    found = discovery.design(folder).run()
    assert "story" in set(found.tables["scores"]["factor"])
    assert "story" not in set(found.tables["limits"]["factor"])


def test_listed_and_whole_factors(tmp_path: Path) -> None:
    factors = {**FACTORS, "absorption.exchange": ["gift", "barter"], "variety": "2:8:3"}
    design = made_up_design(Sampling("latin_hypercube", 80), factors)
    folder = store_made_up(
        tmp_path / "sweep", design,
        lambda values, regime, _: 100 + (regime == "cluster") * (9 if values["absorption.exchange"] == "gift" else -1),
    )  # fmt: skip
    indices = sensitivity.design(folder, regime="cluster").run().tables["indices"].set_index("factor")
    assert list(indices.index[indices["influential"]]) == ["absorption.exchange"]
    assert indices.loc["absorption.exchange", "intervals"] == 2
    found = discovery.design(folder, regime="cluster", over="none").run()
    limits = found.tables["limits"].set_index("factor")
    assert limits.loc["absorption.exchange", "values"] == "gift"
    assert "exchange is gift" in found.sentences()[0]


WRONG = [
    ({"outcome": "bredth"}, "Did you mean breadth"),
    ({"regime": "clustr"}, "Did you mean cluster"),
    ({"regime": "none"}, "ask for --of level"),
    ({"of": "both"}, "must be lead or level"),
]


@pytest.mark.parametrize(("asked", "hint"), WRONG, ids=[hint for _, hint in WRONG])
def test_wrong_questions_get_one_message(asked: dict[str, str], hint: str, tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(Sampling("latin_hypercube", 6)), outcome)
    with pytest.raises(RequestError, match=hint):
        robustness.design(folder, **asked)


def test_studies_are_the_same_each_time(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(Sampling("latin_hypercube", 40)), noisy)
    answers = [
        [
            sensitivity.design(folder, regime="cluster").run(),
            discovery.design(folder, regime="cluster").run(),
            robustness.design(folder, regime="cluster").run(),
            replicates.design(folder, regime="cluster").run(),
        ]
        for _ in range(2)
    ]
    for one, other in zip(*answers, strict=True):
        assert one.sentences() == other.sentences()
        for name in one.tables:
            assert one.tables[name].equals(other.tables[name]), (one.kind, name)
    assert len(list(itertools.chain(*answers))) == 8


@pytest.mark.slow
def test_second_order_tells_pairs_apart(tmp_path: Path) -> None:
    def together(values: dict[str, float], regime: str, _: int) -> float:
        lead = 40 * (values["absorptive_capacity"] - 1) * (values["openness"] - 0.4) / 0.6
        return 100 + lead * (regime == "sector")

    design = made_up_design(Sampling("sobol", 256, second_order=True))
    folder = store_made_up(tmp_path / "sweep", design, together)
    pairs = sensitivity.design(folder, regime="sector").run().tables["pairs"].set_index(["factor", "other"])
    assert pairs.loc[("absorptive_capacity", "openness"), "second_order"] == pytest.approx(1, abs=0.15)
    assert pairs.loc[("absorptive_capacity", "ties.cost"), "second_order"] == pytest.approx(0, abs=0.05)
