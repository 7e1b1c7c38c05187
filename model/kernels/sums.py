"""Sums in the order in which numpy adds: what moves from numpy into a kernel keeps its bits."""

from __future__ import annotations

from model.kernels.compilation import part

_BLOCK = 128


@part
def _block_sum(values, first, last):
    """Sum of at most 128 numbers: eight running sums, put together in pairs."""
    count = last - first
    total = 0.0
    if count < 8:
        for n in range(first, last):
            total += values[n]
        return total
    a, b, c, d = values[first], values[first + 1], values[first + 2], values[first + 3]
    e, f, g, h = values[first + 4], values[first + 5], values[first + 6], values[first + 7]
    whole = first + count - count % 8
    for n in range(first + 8, whole, 8):
        a += values[n]
        b += values[n + 1]
        c += values[n + 2]
        d += values[n + 3]
        e += values[n + 4]
        f += values[n + 5]
        g += values[n + 6]
        h += values[n + 7]
    total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for n in range(whole, last):
        total += values[n]
    return total


@part
def _in_two(values, first, last):
    """Sum of at most 128 numbers, or of two such halves."""
    count = last - first
    if count <= _BLOCK:
        return _block_sum(values, first, last)
    half = first + count // 2 - count // 2 % 8
    return _block_sum(values, first, half) + _block_sum(values, half, last)


@part
def _in_four(values, first, last):
    """The same, halved once more where a half is too long."""
    count = last - first
    if count <= _BLOCK:
        return _block_sum(values, first, last)
    half = first + count // 2 - count // 2 % 8
    return _in_two(values, first, half) + _in_two(values, half, last)


@part
def pairwise_sum(values):
    """Sum of up to 512 numbers, the most domains there are, to the bit as ``numpy.sum``.

    Parameters
    ----------
    values
        Shape (n,), n at most 512, next to each other in memory.

    Returns
    -------
    float
        Their sum.
    """
    count = values.shape[0]
    if count <= _BLOCK:
        return _block_sum(values, 0, count)
    half = count // 2 - count // 2 % 8
    return _in_four(values, 0, half) + _in_four(values, half, count)
