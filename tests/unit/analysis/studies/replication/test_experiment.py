"""The replication around its kernel: networks, starts, tables and verdicts."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from analysis.runs.execution import Execution
from analysis.studies.replication import statements
from analysis.studies.replication.design import Replication
from analysis.studies.replication.economy import EconomySpec, initial_levels, network_of, small_world, trade
from analysis.studies.replication.experiment import (
    REWIRING,
    TREATMENTS,
    apply,
    describe,
    identity,
    means_table,
    run_network,
    runs_table,
    tasks,
)
from analysis.studies.replication.statements import FAILS, HOLDS, PARTLY, RECONSTRUCTION, TOO_FEW

SMALL = EconomySpec(agents=30, neighbours=4, experts=3, rewiring=0.2)
SEEDS = tuple(range(40))
AT = {0.0: 0.0, 0.09: 1.0, 0.16: 1.0, 1.0: 0.0}


def made_up(shape: dict[float, float], noise: float = 0.1, seeds: tuple[int, ...] = SEEDS) -> pd.DataFrame:
    """Runs of every treatment whose measures follow a shape, with some luck."""
    luck = np.random.default_rng(1)
    rows = [
        {
            "treatment": treatment, "rewiring": p, "seed": seed,
            **dict.fromkeys(("mean_level", "variance", "coefficient_of_variation", "rounds"),
                            10 + height + noise * luck.standard_normal()),
        }
        for treatment in TREATMENTS for p, height in shape.items() for seed in seeds
    ]  # fmt: skip
    return pd.DataFrame(rows)


def verdicts(runs: pd.DataFrame) -> list[str]:
    differences = statements.differences_table(runs)
    return statements.statements_table(differences, pd.DataFrame())["verdict"].tolist()


def test_measures_of_networks_are_those_of_networkx() -> None:
    network = small_world(SMALL, 3)
    graph = nx.Graph([(int(i), int(j)) for i, j in network.ties])
    found = describe(network, SMALL.agents)
    assert found["path_length"] == pytest.approx(nx.average_shortest_path_length(graph))
    assert found["clustering"] == pytest.approx(nx.average_clustering(graph))


def test_paths_are_counted_among_the_connected() -> None:
    apart = network_of(np.array([[0, 1], [1, 2], [3, 4]], np.int64), 6)
    assert describe(apart, 6) == {
        "path_length": pytest.approx((4 * 1 + 2 + 2 + 1 + 1) / 8),
        "clustering": 0.0,
    }


def test_partners_are_ties_both_ways() -> None:
    network = small_world(SMALL, 5)
    pairs = {
        (i, int(j)) for i in range(30) for j in network.partners[network.begin[i] : network.begin[i + 1]]
    }
    assert pairs == {pair for i, j in network.ties.tolist() for pair in ((i, j), (j, i))}
    assert len(network.ties) == 30 * 4 / 2


def test_the_ring_is_a_ring() -> None:
    network = small_world(SMALL.model_copy(update={"rewiring": 0.0}), 5)
    steps = (network.ties[:, 1] - network.ties[:, 0]) % 30
    assert set(np.minimum(steps, 30 - steps).tolist()) == {1, 2}


def test_a_seed_starts_with_the_same_knowledge_on_every_network() -> None:
    levels = initial_levels(SMALL, 7)
    again = initial_levels(SMALL.model_copy(update={"rewiring": 1.0}), 7)
    assert (levels == again).all()
    assert ((levels == 30).sum(axis=1) <= 1).all()
    assert (levels == 30).sum() == 3
    without = initial_levels(SMALL, 7, experts=False)
    assert (without[levels != 30] == levels[levels != 30]).all()
    assert without.max() < 10
    assert (initial_levels(SMALL, 8) != levels).any()


def test_experts_are_spread_over_agents_and_categories() -> None:
    where = np.zeros((30, 5))
    for seed in range(200):
        where += initial_levels(SMALL, seed) == 30
    assert (where.sum(axis=0) > 80).all()
    assert where.sum(axis=1).max() < 45


def test_a_stopped_exchange_is_the_beginning_of_a_whole_one() -> None:
    spec = SMALL.model_copy(update={"rounds_of_the_stopped": 7})
    network = small_world(spec, 2)
    stopped = apply(TREATMENTS["stopped"], spec, network, 2)
    assert stopped.rounds == 7
    assert not stopped.exhausted
    whole = trade(spec, network, initial_levels(spec, 2), 2, most_rounds=7)
    assert (whole.levels == stopped.levels).all()


def test_outcomes_summarise_agents() -> None:
    network = small_world(SMALL, 2)
    exchange = trade(SMALL, network, initial_levels(SMALL, 2), 2)
    found, own = exchange.outcomes(), exchange.levels.mean(axis=1)
    assert found["mean_level"] == pytest.approx(exchange.levels.mean())
    assert found["variance"] == pytest.approx(own.var())
    assert found["coefficient_of_variation"] == pytest.approx(own.std() / own.mean())
    assert found["rounds"] == exchange.rounds > 0


def test_an_unexhausted_exchange_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.studies.replication.experiment.WITHOUT_LIMIT", 3)
    with pytest.raises(RuntimeError, match="barter: trade was not exhausted after 3 rounds"):
        run_network(SMALL, 1)


@pytest.mark.slow
def test_the_same_bits_in_one_process_and_in_two() -> None:
    tables = []
    for jobs in (1, 2):
        asked = tasks(SMALL, (1, 2))
        with Execution(asked, jobs, run_network) as execution:
            assert [record.error for record in execution] == [None] * len(asked)
        tables.append(runs_table(execution.records()))
    pd.testing.assert_frame_equal(tables[0], tables[1], check_exact=True)
    assert len(tables[0]) == 2 * len(REWIRING) * (len(TREATMENTS) + 1)
    means = means_table(tables[0])
    row = means.query("treatment == 'gift' and measure == 'variance' and rewiring == 0.3").iloc[0]
    runs = tables[0].query("treatment == 'gift' and rewiring == 0.3")["variance"]
    assert row["mean"] == pytest.approx(runs.mean())
    assert row["standard_error"] == pytest.approx(runs.std() / np.sqrt(2))


def test_the_identity_tells_experiments_apart() -> None:
    assert identity(SMALL, (1, 2)) == identity(SMALL, (1, 2))
    others = [
        identity(SMALL, (1, 3)),
        identity(SMALL.model_copy(update={"absorbed": 0.2}), (1, 2)),
    ]
    assert identity(SMALL, (1, 2)) not in others


def test_a_clear_peak_is_found_and_controls_that_have_it_fail() -> None:
    assert verdicts(made_up(AT)) == [HOLDS, HOLDS, FAILS, FAILS, FAILS, FAILS, HOLDS, FAILS]


def test_a_rising_curve_has_no_peak_and_controls_hold() -> None:
    rising = {0.0: 0.0, 0.09: 1.0, 0.16: 1.5, 1.0: 3.0}
    assert verdicts(made_up(rising)) == [FAILS, FAILS, FAILS, HOLDS, HOLDS, HOLDS, FAILS, HOLDS]


def test_what_cannot_be_told_from_chance_holds_partly() -> None:
    flat = dict.fromkeys(AT, 0.0)
    assert set(verdicts(made_up(flat))) <= {PARTLY, HOLDS, FAILS}
    assert verdicts(made_up({**flat, 0.09: 0.02, 0.16: 0.02}))[0] == PARTLY


def test_few_seeds_decide_nothing() -> None:
    assert set(verdicts(made_up(AT, seeds=SEEDS[:29]))) == {TOO_FEW}
    assert set(verdicts(made_up({0.0: 0.0, 0.09: 1.0}))) == {TOO_FEW}


def test_the_weakest_difference_is_shown() -> None:
    runs = made_up({0.0: 0.0, 0.09: 1.0, 0.16: 2.0, 1.0: 0.9})
    differences = statements.differences_table(runs)
    first = statements.statements_table(differences, pd.DataFrame()).iloc[0]
    assert (first["rewiring"], first["against"]) == (0.09, 1.0)
    values = runs[runs["treatment"] == "barter"].pivot_table(
        index="seed", columns="rewiring", values="mean_level"
    )
    sample = values[0.09] - values[1.0]
    assert first["difference"] == pytest.approx(sample.mean())
    assert first["in_standard_errors"] == pytest.approx(sample.mean() / (sample.std() / np.sqrt(len(sample))))


@pytest.mark.parametrize(("shift", "verdict"), [(0.0, HOLDS), (1.0, FAILS)])
def test_the_earlier_reconstruction_is_held_against_ours(shift: float, verdict: str) -> None:
    shape = {p: level - 10 + shift for p, level in RECONSTRUCTION.items()}
    runs = made_up(shape)
    table = statements.reconstruction_table(means_table(runs))
    assert table["gap"].tolist() == pytest.approx([shift] * 7, abs=0.1)
    last = statements.statements_table(statements.differences_table(runs), table).iloc[-1]
    assert last["verdict"] == verdict
    assert abs(last["difference"] - shift) < 0.1


def test_under_other_parameters_there_is_no_reconstruction_to_compare_with() -> None:
    found = Replication(SMALL, (1,)).run(jobs=1)
    assert found.complete
    assert found.tables["reconstruction"].empty
    assert "reconstruction" not in " ".join(found.tables["statements"]["statement"])
    (sentence,) = found.sentences()
    assert "cannot be judged" in sentence


def test_the_small_world_has_short_paths_and_clusters() -> None:
    paths = {0.0: 20.0, 0.01: 8.0, 0.09: 4.0, 0.16: 3.5, 0.5: 3.1, 1.0: 3.0}
    clustering = {0.0: 0.66, 0.01: 0.65, 0.09: 0.5, 0.16: 0.4, 0.5: 0.1, 1.0: 0.02}
    rows = [
        {"treatment": "network", "rewiring": p, "measure": measure, "mean": value}
        for measure, values in (("path_length", paths), ("clustering", clustering))
        for p, value in values.items()
    ]
    assert statements.small_world_region(pd.DataFrame(rows)) == (0.09, 0.16)
    assert statements.small_world_region(pd.DataFrame(rows).query("rewiring < 1")) is None
