"""Sums in kernels are those of numpy, to the bit."""

from __future__ import annotations

import numpy as np
import pytest

from model.kernels.sums import pairwise_sum


@pytest.mark.parametrize("count", [1, 7, 8, 46, 127, 128, 129, 200, 256, 263, 300, 505, 511, 512])
def test_a_sum_in_a_kernel_has_the_bits_of_numpy(count: int) -> None:
    rng = np.random.default_rng(count)
    for _ in range(5):
        values = rng.lognormal(0, 3, count)
        assert pairwise_sum(values) == values.sum()
