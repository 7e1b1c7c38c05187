"""Suggestions of what was meant."""

from __future__ import annotations

from analysis.runs.suggestion import did_you_mean


def test_names_that_are_close_are_suggested() -> None:
    assert did_you_mean("clustr", ["none", "cluster"]) == "Did you mean 'cluster'?"
    assert did_you_mean("zzz", ["none", "cluster"]) == ""


def test_what_people_call_a_regime_is_known() -> None:
    assert did_you_mean("S3", ["none", "smart_specialisation"]) == "Did you mean 'smart_specialisation'?"
    assert did_you_mean("s3", ["none", "cluster"]) == ""
