"""Keyed random numbers: compiled, vectorised and plain Python give the same bits, and they look random."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.kernels.random_numbers import normal, uniform
from model.streams import Streams, uniforms
from tests.reference.random_numbers import Luck, mix, stream_key
from tests.reference.states import QUICK

words = st.integers(0, 2**64 - 1)
identities = st.integers(0, 2**40)
draws = st.integers(0, 10_000)


@given(key=words, carrier=identities, draw=draws)
@QUICK
def test_uniform_numbers_are_the_same_bits(key: int, carrier: int, draw: int) -> None:
    expected = Luck(key).uniform(carrier, draw)
    assert uniform(np.uint64(key), carrier, draw) == expected
    assert uniforms(np.uint64(key), carrier, draw)[0] == expected
    assert 0.0 < expected < 1.0


@given(key=words, carrier=identities, draw=draws)
@QUICK
def test_normal_numbers_agree(key: int, carrier: int, draw: int) -> None:
    assert normal(np.uint64(key), carrier, draw) == pytest.approx(Luck(key).normal(carrier, draw), rel=1e-12)


@given(seed=st.integers(0, 2**63), name=st.text(max_size=20), step=st.integers(0, 300))
@QUICK
def test_keys_are_the_same(seed: int, name: str, step: int) -> None:
    assert Streams(seed).key(name, step) == stream_key(seed, name, step)
    assert Streams(seed, steps=1).key(name, step) == stream_key(seed, name, step)


def test_known_value() -> None:
    # First output of SplitMix64 started at 0: the finaliser of its increment.
    assert mix(0x9E3779B97F4A7C15) == 0xE220A8397B1DCDAF


def test_numbers_are_uniform_and_unrelated() -> None:
    carriers, places = np.meshgrid(np.arange(300), np.arange(300))
    values = uniforms(Streams(1).key("a.b", 1), carriers, places)
    # Bounds are five standard errors of 90 000 numbers.
    assert abs(values.mean() - 0.5) < 5 * np.sqrt(1 / 12 / values.size)
    assert abs(values.var() - 1 / 12) < 5 * np.sqrt(1 / 180 / values.size)
    for one, other in ((values[1:], values[:-1]), (values[:, 1:], values[:, :-1])):
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 5 / np.sqrt(values.size)
    other_step = uniforms(Streams(1).key("a.b", 2), carriers, places)
    assert abs(np.corrcoef(values.ravel(), other_step.ravel())[0, 1]) < 5 / np.sqrt(values.size)
