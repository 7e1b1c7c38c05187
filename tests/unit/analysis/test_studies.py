"""Studies of sweeps whose answers are known: what they find, what they leave out, what they warn of."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import RequestError
from analysis.studies import discovery, replicates, robustness, sensitivity
from analysis.studies.study import open_study
from analysis.sweeps.sampling import Sampling
from tests.unit.analysis.made_up_sweeps import FACTORS, luck, made_up_design, store_made_up

SOBOL = Sampling("sobol", 64)
MORRIS = Sampling("morris", 12)
HYPERCUBE = Sampling("latin_hypercube", 120)


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


@pytest.fixture(scope="module")
def hypercube(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of a Latin hypercube, for those who only read it."""
    return store_made_up(tmp_path_factory.mktemp("hypercube") / "sweep", made_up_design(HYPERCUBE), outcome)


def test_sobol_indices_of_a_lead(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(SOBOL), outcome)
    found = sensitivity.findings(open_study(folder))
    assert found.asked["method"] == "sobol"
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
    assert "depends most on absorptive capacity" in found.sentences[0]
    assert "rising with it" in found.sentences[0]


def test_a_failed_run_drops_the_whole_block_and_says_so(tmp_path: Path) -> None:
    folder = store_made_up(
        tmp_path / "sweep", made_up_design(SOBOL), outcome,
        failing=lambda point, regime, seed: (point, regime, seed) == (7, "cluster", 2),
    )  # fmt: skip
    found = sensitivity.findings(open_study(folder))
    table = found.tables["indices"]
    assert (table["blocks"] == 63).all()
    assert (table["blocks_dropped"] == 1).all()
    assert table["total"].max() == pytest.approx(1, abs=0.1)
    assert any("1 of 64 blocks of the sobol design" in warning for warning in found.warnings)
    assert any("1 of 320 points are left out, because 1 runs failed" in warning for warning in found.warnings)


def test_wide_intervals_are_warned_of_with_what_would_do(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(Sampling("sobol", 16)), noisy)
    warned = " ".join(sensitivity.findings(open_study(folder)).warnings)
    assert "80 points leave an interval of" in warned
    assert "run.py sweep --samples " in warned
    assert "is luck of 3 seeds" in warned
    assert "run.py sweep --seeds " in warned


def test_morris_screens_and_knows_luck(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(MORRIS), noisy)
    table = sensitivity.findings(open_study(folder)).tables["indices"].set_index(["regime", "factor"])
    assert table.loc[("cluster", "openness"), "influential"]
    assert not table.loc[("cluster", "ties.cost"), "influential"]
    assert table.loc[("cluster", "ties.cost"), "luck"] > 1
    plain = store_made_up(tmp_path / "plain", made_up_design(MORRIS), outcome)
    table = sensitivity.findings(open_study(plain)).tables["indices"].set_index(["regime", "factor"])
    # From 0.5 to 1.5 sector gains 20, and the mean of none is 120.
    assert table.loc[("sector", "absorptive_capacity"), "mu_star"] == pytest.approx(100 * 20 / 120, rel=1e-6)
    assert table.loc[("sector", "absorptive_capacity"), "luck"] == pytest.approx(0, abs=1e-9)


def test_pawn_is_for_points_at_random_and_of_a_users_own(hypercube: Path) -> None:
    found = sensitivity.findings(open_study(hypercube, regime="sector"))
    assert found.asked["method"] == "pawn"
    table = found.tables["indices"].set_index("factor")
    assert table["influential"].to_dict() == {
        "absorptive_capacity": True,
        "openness": False,
        "ties.cost": False,
    }
    assert any(
        "with 120 points, a factor without effect can have an index of up to" in each
        for each in found.warnings
    )


def test_a_method_that_the_design_does_not_allow_is_refused(hypercube: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="needs a sweep with --design sobol"):
        sensitivity.findings(open_study(hypercube), "sobol")
    alone = store_made_up(tmp_path / "alone", made_up_design(Sampling("one_at_a_time")), lambda *_: 1.0)
    with pytest.raises(RequestError, match="one factor at a time"):
        sensitivity.findings(open_study(alone))


def test_boxes_say_where_each_regime_leads(hypercube: Path) -> None:
    found = discovery.findings(open_study(hypercube))
    boxes = found.tables["boxes"].set_index("regime")
    limits = found.tables["limits"].set_index(["regime", "factor"])
    assert boxes.loc["cluster", "density"] == 1
    assert boxes.loc["cluster", "coverage"] > 0.9
    assert limits.loc[("cluster", "openness"), "low"] == pytest.approx(0.5, abs=0.02)
    assert limits.loc[("cluster", "openness"), "range_high"] == 0.7
    assert limits.loc[("sector", "openness"), "high"] == pytest.approx(0.5, abs=0.02)
    assert boxes.loc["cluster", "rival"] == "sector"
    assert np.isnan(boxes.loc["none", "density"])
    told = " ".join(found.sentences)
    assert "cluster leads at" in told
    assert "where openness is at least 0.5" in told
    assert any(warning.startswith("none leads at 0 of 120 points only") for warning in found.warnings)


def test_over_a_certain_regime_other_points_are_cases(hypercube: Path) -> None:
    study = open_study(hypercube, regime="sector")
    over = discovery.findings(study, "cluster").tables["boxes"]
    assert list(over["regime"]) == ["sector"]
    # Where openness is low, which is two thirds of its range.
    assert over.loc[0, "share"] == pytest.approx(2 / 3, abs=0.02)
    with pytest.raises(RequestError, match="--over clutser"):
        discovery.findings(study, "clutser")


def test_points_with_failures_count_for_nobody(tmp_path: Path) -> None:
    folder = store_made_up(
        tmp_path / "sweep", made_up_design(HYPERCUBE), outcome,
        failing=lambda point, regime, seed: point < 10 and regime == "none" and seed == 1,
    )  # fmt: skip
    found = robustness.findings(open_study(folder))
    assert set(found.tables["futures"]["point"]) == set(range(10, 120))
    assert any(
        "10 of 120 points are left out, because 10 runs failed" in warning for warning in found.warnings
    )


def test_robustness_of_leads(hypercube: Path) -> None:
    found = robustness.findings(open_study(hypercube))
    table = found.tables["criteria"].set_index("regime")
    assert table.loc["sector", "satisficing"] == 1
    assert table.loc["cluster", "satisficing"] == pytest.approx(1 / 3, abs=0.02)
    assert table.loc["cluster", "satisficing_for_sure"] == table.loc["cluster", "satisficing"]
    assert table.loc["cluster", "worst"] == pytest.approx(-100 * 5 / 120)
    # The mean of none is 120; at worst sector misses the 35 of cluster where it gains next to nothing itself.
    assert table.loc["sector", "regret_maximum"] == pytest.approx(100 * 35 / 120, rel=0.05)
    assert any("Criteria disagree" in sentence for sentence in found.sentences)
    assert not found.warnings


def test_criteria_agree_where_one_regime_is_first_or_ties_for_first_everywhere() -> None:
    assert robustness._agreement(["sector", "sector"]) == "All criteria agree."
    tied = robustness._agreement(["sector", "none, sector, cluster", "sector, cluster"])
    assert tied == "No criterion prefers another regime to sector."
    assert robustness._agreement(["sector", "none, cluster"]).startswith("Criteria disagree")


def test_regret_without_luck_is_the_same_on_seeds_held_out(hypercube: Path) -> None:
    table = robustness.findings(open_study(hypercube)).tables["criteria"]
    assert table["regret_mean_held_out"].tolist() == pytest.approx(table["regret_mean"].tolist())


def test_no_absurd_number_of_seeds_is_advised_where_hardly_anything_is_lost(tmp_path: Path) -> None:
    def led(values: dict[str, float], regime: str, seed: int) -> float:
        return 100 + 30 * (regime == "sector") + 8 * luck(*values.values(), regime, seed)

    folder = store_made_up(tmp_path / "sweep", made_up_design(HYPERCUBE, seeds=range(4)), led)
    found = robustness.findings(open_study(folder))
    table = found.tables["criteria"].set_index("regime")
    assert table.loc["sector", "regret_mean"] < 0.1
    (told,) = (warning for warning in found.warnings if "standard error" in warning)
    assert "best nearly everywhere" in told
    assert "--seeds 16)" in told
    assert table.loc["cluster", "regret_mean_held_out"] < table.loc["cluster", "regret_mean"]


def test_levels_need_a_threshold_to_be_good_enough(hypercube: Path) -> None:
    study = open_study(hypercube, of="level")
    assert "satisficing" not in robustness.findings(study).tables["criteria"]
    table = robustness.findings(study, threshold=130.0).tables["criteria"].set_index("regime")
    assert table.loc["none", "satisficing"] == 0
    assert table.loc["sector", "satisficing"] == pytest.approx(0.5, abs=0.02)


def test_replicates_and_what_common_seeds_save(tmp_path: Path) -> None:
    design = made_up_design(HYPERCUBE, seeds=range(10))
    folder = store_made_up(
        tmp_path / "sweep", design,
        lambda at, regime, seed: outcome(at, regime, 0) + 20 * luck(seed) + luck(*at.values(), regime, seed),
    )  # fmt: skip
    found = replicates.findings(open_study(folder, regime="sector"), 0.5)
    table = found.tables["summary"].set_index("measure")
    # Two runs with a luck of 1 each, in percent of about 100.
    assert table.loc["paired lead", "deviation"] == pytest.approx(np.sqrt(2), rel=0.15)
    assert table.loc["paired lead", "needed"] == pytest.approx(33, abs=10)
    assert table.loc["paired lead", "saved_by_pairing"] > 50
    assert "without common seeds" in found.sentences[0]
    assert any("would do under every regime" in warning for warning in found.warnings)
    assert set(found.tables["running"]["seeds"]) == set(range(2, 11))


def test_a_single_seed_is_refused_or_warned_of(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(HYPERCUBE, seeds=(1,)), outcome)
    study = open_study(folder)
    with pytest.raises(RequestError, match="1 seed only"):
        replicates.findings(study)
    assert any("one seed only" in warning for warning in sensitivity.findings(study).warnings)
    assert any("one seed only" in warning for warning in robustness.findings(study).warnings)


def test_what_is_not_made_yet_is_left_out_and_said(tmp_path: Path) -> None:
    folder = store_made_up(
        tmp_path / "sweep", made_up_design(HYPERCUBE), outcome, missing=lambda point, _, seed: seed == 3 and point > 5
    )  # fmt: skip
    found = robustness.findings(open_study(folder))
    assert found.study.samples[0].seeds == (1, 2)
    assert any("1 of 3 seeds are not through" in warning for warning in found.warnings)


def test_scenarios_are_told_apart(tmp_path: Path) -> None:
    stories = ("machine_building_meets_iot", "thin_rural_region")
    design = made_up_design(Sampling("latin_hypercube", 40), scenarios=stories)
    folder = store_made_up(tmp_path / "sweep", design, outcome)
    study = open_study(folder)
    assert list(dict.fromkeys(sensitivity.findings(study).tables["indices"]["scenario"])) == list(stories)
    assert len(robustness.findings(study).tables["futures"]) == 2 * 40 * 3
    found = discovery.findings(study)
    assert "story" in set(found.tables["scores"]["factor"])
    assert "story" not in set(found.tables["limits"]["factor"])


def test_listed_and_whole_factors(tmp_path: Path) -> None:
    factors = {**FACTORS, "absorption.exchange": ["gift", "barter"], "variety": "2:8:3"}
    design = made_up_design(Sampling("latin_hypercube", 80), factors)
    folder = store_made_up(
        tmp_path / "sweep", design,
        lambda values, regime, _: 100 + (regime == "cluster") * (9 if values["absorption.exchange"] == "gift" else -1),
    )  # fmt: skip
    study = open_study(folder, regime="cluster")
    indices = sensitivity.findings(study).tables["indices"].set_index("factor")
    assert list(indices.index[indices["influential"]]) == ["absorption.exchange"]
    assert indices.loc["absorption.exchange", "intervals"] == 2
    found = discovery.findings(study, "none")
    limits = found.tables["limits"].set_index("factor")
    assert limits.loc["absorption.exchange", "values"] == "gift"
    assert "exchange is gift" in found.sentences[0]


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
        open_study(folder, **asked)


def test_studies_are_the_same_each_time(tmp_path: Path) -> None:
    folder = store_made_up(tmp_path / "sweep", made_up_design(Sampling("latin_hypercube", 40)), noisy)
    answers = [
        [
            sensitivity.findings(study),
            discovery.findings(study),
            robustness.findings(study),
            replicates.findings(study),
        ]
        for study in (open_study(folder, regime="cluster"), open_study(folder, regime="cluster"))
    ]
    for one, other in zip(*answers, strict=True):
        assert one.sentences == other.sentences
        for name in one.tables:
            assert one.tables[name].equals(other.tables[name]), (one.kind, name)
    assert len(list(itertools.chain(*answers))) == 8


def test_second_order_tells_pairs_apart(tmp_path: Path) -> None:
    def together(values: dict[str, float], regime: str, _: int) -> float:
        lead = 40 * (values["absorptive_capacity"] - 1) * (values["openness"] - 0.4) / 0.6
        return 100 + lead * (regime == "sector")

    design = made_up_design(Sampling("sobol", 256, second_order=True))
    folder = store_made_up(tmp_path / "sweep", design, together)
    pairs = (
        sensitivity.findings(open_study(folder, regime="sector"))
        .tables["pairs"]
        .set_index(["factor", "other"])
    )
    assert pairs.loc[("absorptive_capacity", "openness"), "second_order"] == pytest.approx(1, abs=0.15)
    assert pairs.loc[("absorptive_capacity", "ties.cost"), "second_order"] == pytest.approx(0, abs=0.05)
