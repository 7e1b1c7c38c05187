"""What Cowan & Jonard (2004) say, on seeds that nothing was looked at on before."""

from __future__ import annotations

import pytest

from analysis.runs.execution import Execution
from analysis.runs.experiment import arrange
from analysis.studies.replication.economy import EconomySpec
from analysis.studies.replication.experiment import means_table, run_network, runs_table
from analysis.studies.replication.statements import (
    ENDS,
    HOLDS,
    PEAK,
    STANDARD_ERRORS,
    differences_table,
    statements_table,
)

HELD_OUT = range(20_000, 20_040)


@pytest.mark.slow
def test_mean_knowledge_is_highest_in_the_small_world_and_not_in_the_controls() -> None:
    spec = EconomySpec()
    asked = arrange({str(p): spec.model_copy(update={"rewiring": p}) for p in (*ENDS, *PEAK)}, HELD_OUT)
    with Execution(asked, 2, run_network) as execution:
        assert [record.error for record in execution if record.error] == []
    runs = runs_table(execution.records())
    differences = differences_table(runs)
    peak = differences[(differences["treatment"] == "barter") & (differences["measure"] == "mean_level")]
    assert len(peak) == 4
    assert (peak["in_standard_errors"] > STANDARD_ERRORS).all()
    verdicts = statements_table(differences, runs.iloc[:0]).set_index("statement")["verdict"]
    assert verdicts["Control: without experts the peak vanishes"] == HOLDS
    assert verdicts["Control: stopped early the peak vanishes"] == HOLDS
    assert verdicts["Control: with gifts the peak vanishes"] == HOLDS
    # Not only because all networks share their seeds.
    means = means_table(runs).query("treatment == 'barter' and measure == 'mean_level'").set_index("rewiring")
    for end in ENDS:
        for top in PEAK:
            error = (means["standard_error"][top] ** 2 + means["standard_error"][end] ** 2) ** 0.5
            assert means["mean"][top] - means["mean"][end] > STANDARD_ERRORS * error
